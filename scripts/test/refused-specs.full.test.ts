import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generate } from '../generate/generate.js';
import { root } from '../support/root.js';
import type { Broken } from './broken-specs.js';
import { broken } from './broken-specs.js';

/** A copy of the spec, in which each test changes files and puts them back. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tccc-spec-'));
  await cp(join(root, 'spec'), folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true }));

/** What a file of the copy has, if it is there. */
const textOf = (file: string) => readFile(join(folder, file), 'utf8').catch(() => undefined);

/** What the generator makes of the spec with other texts in these files. */
async function generateWith(files: Record<string, string>): Promise<Map<string, string>> {
  const before = await Promise.all(Object.keys(files).map(textOf));
  try {
    for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
    return await generate(folder);
  } finally {
    for (const [index, file] of Object.keys(files).entries()) {
      const text = before[index];
      await (text === undefined ? rm(join(folder, file)) : writeFile(join(folder, file), text));
    }
  }
}

test.each(broken)('$name is refused', async ({ file, change, says, remedy, ...where }) => {
  const before = await textOf(file);
  const after = before === undefined ? change[1] : before.replace(...change);
  expect(after).not.toBe(before);
  const message = await generateWith({ [file]: after }).then(
    () => 'nothing',
    (error: Error) => error.message,
  );
  const said = message.split('\n').filter((line) => line.includes(says));
  const places = placesOf(file, after, where).map((place) => `spec/${place}: `);
  const shown = said.filter((line) => places.some((place) => line.includes(place)));
  expect(shown, message).not.toEqual([]);
  expect(shown[0]).toContain(remedy);
});

test('the template of the README is taken', async () => {
  const [, template] = /```yaml\n([^]*?)```/.exec((await textOf('README.md'))!)!;
  const openapi = (await textOf('openapi.yaml'))!;
  const withSource = openapi.replace('x-sources:\n', 'x-sources:\n  thing-page: { title: A page }\n');
  const path = '  /LookUpThing:\n    $ref: auto-callout/LookUpThing.yaml\n';
  const generated = await generateWith({
    'auto-callout/LookUpThing.yaml': template!,
    'openapi.yaml': withSource + path,
  });
  expect([...generated.keys()]).toContain('packages/outbound/src/generated/look-up-thing.ts');
});

/** The places that a message may name. */
function placesOf(file: string, text: string, { line, at }: Pick<Broken, 'line' | 'at'>): string[] {
  if (line === undefined) return [at ?? `${file}:1`];
  return text.split('\n').flatMap((one, index) => (one.includes(line) ? [`${file}:${index + 1}`] : []));
}
