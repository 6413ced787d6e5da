/** The address of the docs while the project has none. Releasing puts the `homepage` of the root's package.json in its place. */
export const DOCS_PLACEHOLDER = 'https://tccc-docs.invalid';

/** Where the docs explain a code: the page of errors has an anchor for each. */
export function docsOf(code: string): string {
  return `${DOCS_PLACEHOLDER}/errors#${anchorOf(code)}`;
}

/** In place of a code of the service that an action does not document. */
export const UNLISTED_CODE = 'a-code-that-is-not-listed';

/** Codes of the service have points, which do not work in an anchor. */
export function anchorOf(code: string): string {
  return code.replaceAll('.', '-').toLowerCase();
}
