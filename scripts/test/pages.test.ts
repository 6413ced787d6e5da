import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as core from '@tccc/core';
import { describe, expect, test } from 'vitest';
import { WARNINGS } from '../../packages/bulk/src/input/warnings.js';
import { describeValue, safeName } from '../../packages/core/src/errors/describe.js';
import { safeText } from '../../packages/core/src/errors/redact.js';
import { root } from '../support/root.js';

const read = (page: string) => readFile(join(root, page), 'utf8');
const { stdout } = await promisify(execFile)('git', ['ls-files', '-co', '--exclude-standard', 'docs/*.md'], {
  cwd: root,
});
const guides = stdout.trim().split('\n');

/** The code that each item of a list begins with, up to its colon. */
function firstCodes(list: string): string[] {
  return [...list.matchAll(/^- (`[^:]+):/gm)].flatMap(([, codes]) =>
    [...codes!.matchAll(/`([\w-]+)`/g)].map(([, code]) => code!),
  );
}

describe('a user finds', () => {
  test('every page from the README, in one step', async () => {
    const readme = await read('README.md');
    for (const guide of guides) expect(readme).toContain(`](${guide})`);
  });

  test('the page of the mock from ARCHITECTURE.md', async () => {
    expect(await read('ARCHITECTURE.md')).toContain('](docs/mock.md)');
  });

  test('in docs/diagnostics.md every channel, and no others', async () => {
    const page = await read('docs/diagnostics.md');
    const channels = [...page.matchAll(/^- `(@tccc\/core:\w+)`/gm)].map(([, channel]) => channel);
    // The tracing channel of calls is described below the list.
    expect([...channels, core.channelNames.call].sort()).toEqual(
      [...new Set(Object.values(core.channelNames))].sort(),
    );
  });

  test('in docs/diagnostics.md every reason not to retry, and no others', async () => {
    const source = await read('packages/core/src/diagnostics.ts');
    const [, body] = /type NoRetryReason =([^;]*);/.exec(source)!;
    const page = await read('docs/diagnostics.md');
    const [, list] = /^Each `reason`[^\n]*\n\n([^]*?)\n\n/m.exec(page)!;
    expect(firstCodes(list!)).toEqual([...body!.matchAll(/'([\w-]+)'/g)].map(([, reason]) => reason));
  });

  test('in docs/lists.md every kind of warning', async () => {
    const page = await read('docs/lists.md');
    const kinds = Object.keys(WARNINGS).filter((kind) => !kind.startsWith('number-'));
    expect(kinds.filter((kind) => !page.includes(`\`${kind}\``))).toEqual([]);
  });

  test('in docs/proxy.md the variables that are read, and no others', async () => {
    const source = await read('packages/core/src/transport/pool/proxy-env.ts');
    const variables = new Set(source.match(/\b[a-z]+_proxy\b/gi));
    expect(new Set(firstCodes(await read('docs/proxy.md')))).toEqual(variables);
  });

  test('in docs/credentials.md every source', async () => {
    const page = await read('docs/credentials.md');
    const sources = Object.keys(core).filter((name) => /Source$|^chain$|Credentials$/.test(name));
    expect(sources.length).toBeGreaterThan(5);
    expect(sources.filter((source) => !page.includes(source))).toEqual([]);
  });
});

describe('SECURITY.md says truly', () => {
  /** The numbers of the row that begins with this. */
  const numbersOf = async (row: string) => {
    const line = (await read('SECURITY.md')).split('\n').find((text) => text.startsWith(`| ${row}`))!;
    return (line.match(/\d[\d,]*/g) ?? []).map((number) => Number(number.replace(',', '')));
  };
  const isShown = (text: string) => safeText(text) === text;

  test('what passes of a message of the service', async () => {
    const [letters, digits, many, characters] = await numbersOf('Messages of the service');
    expect([isShown('a'.repeat(letters!)), isShown('a'.repeat(letters! + 1))]).toEqual([true, false]);
    expect([isShown('1'.repeat(digits!)), isShown('1'.repeat(digits! + 1))]).toEqual([true, false]);
    const withDigits = (count: number) => Array.from({ length: count }, () => '1').join(' and ');
    expect([isShown(withDigits(many! - 1)), isShown(withDigits(many!))]).toEqual([true, false]);
    expect(safeText('a word '.repeat(1_000))).toHaveLength(characters!);
  });

  test('that a known secret is removed, while an unknown one of letters passes', () => {
    const secret = 'secretOfLettersOnly';
    expect(safeText(`The key ${secret}.`)).toContain(secret);
    expect(safeText(`The key ${secret}.`, [secret])).not.toContain(secret);
  });

  test('what is shown of parameters', async () => {
    const [below] = await numbersOf('Parameters in errors');
    expect(describeValue(below! - 1, 'number')).toBe(String(below! - 1));
    expect(describeValue(below!, 'number')).not.toContain(String(below));
    expect(describeValue(7)).not.toContain('7');
    expect([safeName('IvrId'), safeName('Ivr13800138000')]).toEqual(['IvrId', undefined]);
  });
});
