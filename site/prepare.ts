import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { changelogPage } from './changelog.js';
import { codeSections } from './codes.js';
import { REFERENCE, imageOf, moveLinks, referencePage } from './links.js';
import { pages } from './map.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'site/pages');

/** Writes every page of the site, from the repository and from the sources. */
export async function prepare(): Promise<void> {
  await rm(target, { recursive: true, force: true });
  await mkdir(join(target, 'public'), { recursive: true });
  const reference = await read(REFERENCE);
  const [intro = '', ...actions] = reference.split(/^(?=## [A-Z])/m);
  const names = new Map(actions.map((text) => [nameOf(text).toLowerCase(), nameOf(text)]));
  const write = (from: string, to: string, text: string) => writePage(to, moveLinks(text, from, to, names));

  for (const { from, to } of pages) await write(from, to, await contentOf(from));
  await write('site/content/index.md', 'index', await read('site/content/index.md'));
  await write(REFERENCE, 'reference/index', intro);
  for (const text of actions) {
    const to = referencePage(nameOf(text));
    await writePage(to, linkTypes(moveLinks(promote(text), REFERENCE, to, names), actions));
  }
  await writePage('changelog', await changelog());
  await copyImages();
  await apiReference();
}

async function contentOf(file: string): Promise<string> {
  const text = (await read(file)).replaceAll(/<!-- .*? -->\n*/g, '');
  // The site has a section for each code, which errors lead to.
  return file === 'docs/errors.md' ? `${text}\n\n${await codeSections()}\n` : text;
}

/** An action's name, or what the anchor of another section is. */
function nameOf(section: string): string {
  const title = /^## (.+)/.exec(section)?.[1] ?? '';
  return title.includes(' ') ? title.toLowerCase().replaceAll(' ', '-') : title;
}

/** In the tables of a page, each data type leads to where it is described. */
function linkTypes(page: string, sections: readonly string[]): string {
  const described = sections.find((text) => text.startsWith('## Data types\n')) ?? '';
  const types = new Set([...described.matchAll(/^### (\w+)$/gm)].map(([, type]) => type!));
  return page.replaceAll(/(?<=^\| `\w+` +\| )\w+/gm, (type) =>
    types.has(type) ? `[${type}](./data-types.md#${type.toLowerCase()})` : type,
  );
}

/** Headings one level up: a section becomes a page. */
function promote(section: string): string {
  return section.replaceAll(/^#(#+ )/gm, '$1');
}

async function read(file: string): Promise<string> {
  return readFile(join(root, file), 'utf8');
}

async function writePage(to: string, text: string): Promise<void> {
  const file = join(target, `${to}.md`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** What waits for the next release, and what has been released. */
async function changelog(): Promise<string> {
  const waiting = (await readdir(join(root, '.changeset'))).filter((file) => file.endsWith('.md')).sort();
  const changesets = await Promise.all(waiting.map((file) => read(join('.changeset', file))));
  const released: Record<string, string> = {};
  for (const name of (await readdir(join(root, 'packages'))).sort()) {
    const text = await read(`packages/${name}/CHANGELOG.md`).catch(() => undefined);
    if (text !== undefined) released[name] = text;
  }
  return changelogPage(changesets, released);
}

async function copyImages(): Promise<void> {
  const { stdout } = await run('git', ['ls-files', '-co', '--exclude-standard', '*.svg', '*.png'], {
    cwd: root,
  });
  for (const file of stdout.trim().split('\n'))
    await copyFile(join(root, file), join(target, 'public', imageOf(file)));
}

/** What each package exports, from its sources: a page for each module, with a section for each symbol. */
async function apiReference(): Promise<void> {
  const bin = join(dirname(createRequire(import.meta.url).resolve('typedoc/package.json')), 'bin/typedoc');
  await run(process.execPath, [bin, '--options', join(root, 'site/typedoc.json')], {
    cwd: join(root, 'site'),
  });
  const files = await readdir(join(target, 'api'), { recursive: true });
  for (const file of files.filter((name) => name.endsWith('.md'))) {
    const page = join(target, 'api', file);
    await writeFile(page, withIds(withNames(await readFile(page, 'utf8'))));
  }
}

/** TypeDoc names a module by its file: `bulk/src/redis` is what a user imports as `@tccc/bulk/redis`. */
function withNames(page: string): string {
  return page.replaceAll(/(?<=^# | \/ |\[)(\w+)\/src((?:\/\w+)?)(?=\]|$)/gm, '@tccc/$1$2');
}

/** A place that links lead to is the heading below it. In links, VitePress makes a hyphen of each underscore. */
function withIds(page: string): string {
  return page.replaceAll(
    /<a id="([^"]+)"><\/a>\n+(#+ .+)/g,
    (_, id: string, heading: string) => `${heading} {#${id.replaceAll('_', '-')}}`,
  );
}
