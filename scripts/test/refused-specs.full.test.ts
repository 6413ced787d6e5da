import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generate } from '../generate/generate.js';
import { root } from '../support/root.js';
import type { Broken } from './broken-specs.js';
import { broken } from './broken-specs.js';

test.each(broken)('$name is refused', async ({ file, change, says, remedy, ...where }) => {
  const folder = await mkdtemp(join(tmpdir(), 'tccc-spec-'));
  try {
    await cp(join(root, 'spec'), folder, { recursive: true });
    const before = await readFile(join(folder, file), 'utf8').catch(() => '');
    const after = before === '' ? change[1] : before.replace(...change);
    expect(after).not.toBe(before);
    await writeFile(join(folder, file), after);
    const message = await generate(folder).then(
      () => 'nothing',
      (error: Error) => error.message,
    );
    const said = message.split('\n').filter((line) => line.includes(says));
    const places = placesOf(file, after, where).map((place) => `spec/${place}: `);
    const shown = said.filter((line) => places.some((place) => line.includes(place)));
    expect(shown, message).not.toEqual([]);
    expect(shown[0]).toContain(remedy);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('the template of the README is taken', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tccc-spec-'));
  try {
    await cp(join(root, 'spec'), folder, { recursive: true });
    const [, template] = /```yaml\n([^]*?)```/.exec(await readFile(join(folder, 'README.md'), 'utf8'))!;
    await writeFile(join(folder, 'auto-callout/LookUpThing.yaml'), template!);
    const openapi = await readFile(join(folder, 'openapi.yaml'), 'utf8');
    const withSource = openapi.replace('x-sources:\n', 'x-sources:\n  thing-page: { title: A page }\n');
    const path = '  /LookUpThing:\n    $ref: auto-callout/LookUpThing.yaml\n';
    await writeFile(join(folder, 'openapi.yaml'), withSource + path);
    expect([...(await generate(folder)).keys()]).toContain(
      'packages/outbound/src/generated/look-up-thing.ts',
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

/** The places that a message may name. */
function placesOf(file: string, text: string, { line, at }: Pick<Broken, 'line' | 'at'>): string[] {
  if (line === undefined) return [at ?? `${file}:1`];
  return text.split('\n').flatMap((one, index) => (one.includes(line) ? [`${file}:${index + 1}`] : []));
}
