import { dirname, join, relative } from 'node:path/posix';
import { pages } from './map.js';

/** The reference is one page in the repository, and one for each action on the site. */
export const REFERENCE = 'packages/outbound/REFERENCE.md';

/** The name of the page of an action. */
export function referencePage(action: string): string {
  return `reference/${action}`;
}

/**
 * The links of a page, as the site has them. What is not on the site, such as a source, is named and not linked.
 *
 * @param actions By the anchor of their heading.
 */
export function moveLinks(
  text: string,
  from: string,
  to: string,
  actions: ReadonlyMap<string, string>,
): string {
  const withImages = text.replaceAll(
    /<img src="(?![a-z]+:)([^"]+)"/g,
    (_, link: string) => `<img src="/${imageOf(join(dirname(from), link))}"`,
  );
  return withImages.replaceAll(
    /(!?)\[((?:[^\]`]|`[^`]*`)*)\]\((?![a-z]+:)([^)\s]+)(?: (?:"[^"]*"|'[^']*'))?\)/g,
    (_, image: string, label: string, link: string) => {
      const [path = '', anchor] = link.split('#');
      const file = path === '' ? from : join(dirname(from), path);
      if (image === '!') return `![${label}](/${imageOf(file)})`;
      const target = targetOf(file, anchor, actions);
      if (target === undefined) return label;
      const way = relative(dirname(to), target.page);
      const hash = target.anchor === undefined ? '' : `#${target.anchor}`;
      return `[${label}](${way.startsWith('.') ? '' : './'}${way}.md${hash})`;
    },
  );
}

function targetOf(file: string, anchor: string | undefined, actions: ReadonlyMap<string, string>) {
  if (file === REFERENCE) {
    const action = actions.get(anchor ?? '');
    return action === undefined
      ? { page: 'reference/index', anchor: undefined }
      : { page: referencePage(action), anchor: undefined };
  }
  const page = pages.find(({ from }) => from === file);
  return page === undefined ? undefined : { page: page.to, anchor };
}

/** Where a picture lies on the site. */
export function imageOf(file: string): string {
  return file.replaceAll('/', '-');
}
