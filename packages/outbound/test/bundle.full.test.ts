import { mkdir, mkdtemp, readFile, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActionName, CreationDefinition } from '../src/index.js';
import { actions } from '../src/index.js';

const packages = fileURLToPath(new URL('../../', import.meta.url));

let folder = '';

/** A project that has the packages as they are built, which is how they are shipped. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tccc-bundle-'));
  await mkdir(join(folder, 'node_modules/@tccc'), { recursive: true });
  for (const name of ['core', 'outbound'])
    await symlink(join(packages, name), join(folder, 'node_modules/@tccc', name));
});

afterAll(() => rm(folder, { recursive: true }));

/** What a bundler makes of a program that uses the packages. */
async function bundle(source: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: folder },
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['undici', 'undici/*', 'ini'],
    write: false,
  });
  return outputFiles[0]!.text;
}

/** Texts that only one action's code holds: its name, its own parameters, and the meanings of its own codes. */
function textsOf(name: ActionName): string[] {
  const { rules, errors } = actions[name];
  const meanings = Object.values(errors()).map(({ meaning }) => meaning);
  return [name, ...Object.keys(rules().properties!), ...meanings.filter((meaning) => meaning !== undefined)];
}

/** The module of an action, without its comments. */
async function codeOf(name: string): Promise<string> {
  const generated = (file: string) => readFile(new URL(`../src/generated/${file}`, import.meta.url), 'utf8');
  const [, file] = new RegExp(`export \\{ ${name} \\} from '\\./(.+)\\.js';`).exec(
    await generated('index.ts'),
  )!;
  const text = await generated(`${file}.ts`);
  return text.replace(/\/\*\*.*?\*\//gs, '');
}

let core: Promise<string> | undefined;

/** What a program carries that calls no action. */
const bundledCore = () => (core ??= bundle(`export { ServiceClient } from '@tccc/core';`));

/** Whether the text stands on its own: `Name` is part of other words. */
function holdsWord(text: string, word: string): boolean {
  return new RegExp(`(?<!\\w)${word.replace(/[^\w ]/g, '\\$&')}(?!\\w)`).test(text);
}

const names = Object.keys(actions) as ActionName[];

describe.each(names)('a program that only calls %s', (name) => {
  test('carries nothing of the other actions', async () => {
    const text = await bundle(`
      import { ServiceClient } from '@tccc/core';
      import { ${name} } from '@tccc/outbound';
      export const call = (params) => new ServiceClient({}).call(${name}, params);
    `);
    for (const own of textsOf(name)) expect(text).toContain(own);
    const allOwn = await codeOf(name);
    const ofCore = await bundledCore();
    const foreign = names
      .flatMap(textsOf)
      .filter((each) => !holdsWord(allOwn, each) && !holdsWord(ofCore, each));
    expect(foreign.length).toBeGreaterThan(5);
    expect(foreign.filter((each) => holdsWord(text, each))).toEqual([]);
  });
});

test('a program that only tells errors apart carries no action', async () => {
  const text = await bundle(`export { isServiceError } from '@tccc/outbound';`);
  for (const name of names) expect(text).not.toContain(name);
});

test.each(names.filter((name) => 'settle' in actions[name]))(
  'what is known of looking %s up is data, and brings no validator of the list',
  async (name) => {
    const text = await bundle(`export { ${name} } from '@tccc/outbound';`);
    const { list } = (actions[name] as unknown as CreationDefinition).settle;
    expect(text).toContain(`list: "${list}"`);
    expect(text).not.toContain(`name: "${list}"`);
  },
);

test('the names of time zones are apart, and are loaded when one is checked', async () => {
  const dist = join(folder, 'node_modules/@tccc/core/dist');
  const modules = (await readdir(dist)).filter((name) => name.endsWith('.js'));
  const texts = await Promise.all(modules.map((name) => readFile(join(dist, name), 'utf8')));
  const holders = modules.filter((_name, at) => texts[at]!.includes('Longyearbyen'));
  expect(holders).toEqual([expect.stringMatching(/^time-zone-names/)]);
  expect(texts.filter((text) => text.includes(`from "./${holders[0]}"`))).toEqual([]);
  expect(texts.join('')).toContain(`import("./${holders[0]}")`);
});

test('the client carries every action', async () => {
  const text = await bundle(`export { OutboundClient } from '@tccc/outbound';`);
  for (const name of names) for (const each of textsOf(name)) expect(text).toContain(each);
});

test.each(['core/dist/kernel.js', 'core/dist/runner.js', 'outbound/dist/index.js'])(
  '%s is ASCII, for V8 keeps any other at twice the memory',
  async (file) => {
    const text = await readFile(join(folder, 'node_modules/@tccc', file), 'latin1');
    expect(/[^\0-\x7f]/.exec(text)?.[0]).toBeUndefined();
  },
);
