/** Where the page is built: at the same path relative to the sources and to the published files. */
export const PAGE_FOLDER = new URL('../page/dist/', import.meta.url);
