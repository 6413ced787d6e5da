/** Where the page is built, at the same place beside the sources and beside what is published. */
export const PAGE_FOLDER = new URL('../page/dist/', import.meta.url);
