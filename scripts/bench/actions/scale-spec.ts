import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse, stringify } from 'yaml';

interface Reference {
  $ref: string;
}

interface OpenApi {
  paths: Record<string, Reference>;
  'x-results'?: unknown;
}

/**
 * Rewrites a spec folder so that it has `count` actions. Fewer than there are: those that create, without what looks them up.
 * More: copies of all, each set with names and entities of its own.
 */
export async function scaleSpec(folder: string, count: number): Promise<void> {
  const path = join(folder, 'openapi.yaml');
  const openapi = parse(await readFile(path, 'utf8')) as OpenApi;
  const actions = Object.values(openapi.paths).map(({ $ref }) => $ref);
  // Names actions that read.
  if (count < actions.length) delete openapi['x-results'];
  const kept =
    count < actions.length ? await keepCreators(folder, actions) : await addCopies(folder, actions, count);
  openapi.paths = Object.fromEntries(kept.map(($ref) => [`/${nameOf($ref)}`, { $ref }]));
  await writeFile(path, stringify(openapi));
}

const nameOf = (file: string) => basename(file, '.yaml');

async function keepCreators(folder: string, files: readonly string[]): Promise<string[]> {
  const creators: string[] = [];
  for (const file of files) {
    const path = join(folder, file);
    const text = await readFile(path, 'utf8');
    if (!text.includes('kind: creates')) {
      await rm(path);
      continue;
    }
    await writeFile(path, withoutBlock(text, '  x-settle:'));
    creators.push(file);
  }
  await dropUnusedTypes(folder, creators);
  return creators;
}

/** The generator refuses types that nothing uses. */
async function dropUnusedTypes(folder: string, files: readonly string[]): Promise<void> {
  const path = join(folder, 'types.yaml');
  const types = parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  for (;;) {
    const all = texts.join('\n') + stringify(types);
    const unused = Object.keys(types).filter(
      (name) => !all.includes(`/${name}'`) && !all.includes(`/${name}"`),
    );
    if (unused.length === 0) break;
    for (const name of unused) delete types[name];
  }
  await writeFile(path, stringify(types));
}

/** Takes out a key and everything that is indented below it. */
function withoutBlock(text: string, key: string): string {
  const lines = text.split('\n');
  const start = lines.indexOf(key);
  if (start === -1) return text;
  const indent = key.search(/\S/u);
  let end = start + 1;
  while (lines[end]!.search(/\S/u) > indent) end += 1;
  return [...lines.slice(0, start), ...lines.slice(end)].join('\n');
}

/** Names in the spec hold letters only. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

async function addCopies(folder: string, files: readonly string[], count: number): Promise<string[]> {
  const names = files.map(nameOf).toSorted((a, b) => b.length - a.length);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const all = [...files];
  for (let set = 0; all.length < count; set += 1) {
    const suffix = LETTERS[set]!;
    // A set that is cut short would refer to actions that are not there.
    for (const [index, file] of files.entries()) {
      const copy = file.replace('.yaml', `Copy${suffix}.yaml`);
      await writeFile(join(folder, copy), renamed(texts[index]!, names, suffix));
      all.push(copy);
    }
  }
  return all;
}

function renamed(text: string, names: readonly string[], suffix: string): string {
  const actions = new RegExp(`\\b(?:${names.join('|')})\\b`, 'gu');
  return text
    .replace(actions, (name) => `${name}Copy${suffix}`)
    .replace(/entity: ([a-z-]+)/gu, `entity: $1-copy-${suffix.toLowerCase()}`);
}
