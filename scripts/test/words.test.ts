import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { root } from '../support/root.js';

const run = promisify(execFile);

const { stdout } = await run('git', ['ls-files', '-co', '--exclude-standard', '*.md'], { cwd: root });
const pages = stdout
  .trim()
  .split('\n')
  .filter((page) => !page.startsWith('docs/bench/'));

/** Words that the house does not use, and what it says instead. */
const WORDS: readonly [pattern: RegExp, instead: string][] = [
  [/\brepl(y|ies|ied)\b/i, 'response'],
  [/\brepetitions?\b/i, 'retry'],
  [/\b(test )?doubles?\b/i, 'mock'],
  // A name such as the Authorization header is written as it is.
  [/\b(?!(?:re)?siz|priz)[a-z]\w*iz(?:e|es|ed|ing|ation)\b/, 'British spelling: -ise'],
  [/\b(colors?|behaviors?|canceled|canceling|favorites?)\b/i, 'British spelling'],
  // Of other languages: what a native speaker would not write.
  [
    /\bis none (?:of|to)\b|\bthere is not\b|\bwhoever\b|\bamid\b/i,
    'plain English: "is not", "does not exist", "anyone who"',
  ],
  [/\bbeside (?:the|its|that|it|them)\b/i, 'plain English: "next to", "apart from"'],
  [/\b(under the hood|out of the box|on the fly|at a glance|rule of thumb|in a nutshell)\b/i, 'plain words'],
];

/** What a page says outside code. */
function proseOf(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`]*`/g, '');
}

function found(text: string): string[] {
  return WORDS.flatMap(([pattern, instead]) => {
    const [word] = pattern.exec(proseOf(text)) ?? [];
    return word === undefined ? [] : [`${word}: ${instead}`];
  });
}

test.each(pages)('%s keeps to the words of the house', async (page) => {
  expect(found(await readFile(join(root, page), 'utf8'))).toEqual([]);
});

test('other words are noticed, but not in code', () => {
  expect(found('The reply is serialized.')).toEqual([
    'reply: response',
    'serialized: British spelling: -ise',
  ]);
  expect(found('The size of the prize.')).toEqual([]);
  expect(found('`reply`\n\n```ts\ncolor();\n```\n')).toEqual([]);
});
