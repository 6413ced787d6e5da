import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { fixtures } from '@tccc/mocks';
import { beforeAll, describe, expect, test } from 'vitest';
import { drawTerminal, readLines } from '../demo/picture.js';
import { runDemo } from '../demo/scenes.js';
import { root } from '../support/root.js';

describe('the demo', () => {
  const coloured: string[] = [];
  let lines: string[];
  beforeAll(async () => {
    await runDemo((line) => coloured.push(line));
    lines = coloured.map((line) => stripVTControlCharacters(line).trimEnd());
  });

  test('shows two tasks of a blind retry, and one of the client', () => {
    const rowOf = (name: string) =>
      lines
        .find((line) => line.includes(name))!
        .trim()
        .split(/ {2,}/);
    expect(rowOf('fetch and retry').slice(1, 4)).toEqual(['2', '2', '1 of 1']);
    expect(rowOf('@tccc/outbound').slice(1)).toEqual([
      '1',
      '1',
      '0 of 1',
      'ConnectionLost, outcome: unknown',
    ]);
  });

  test('shows a lost response that is settled, and a task that is paused, looked at and stopped', () => {
    const created = lines.findIndex((line) => line.includes('looked up by its marker'));
    const shown = lines.slice(created, created + 5).map((line) => line.trim().replaceAll(/ +/g, ' '));
    expect(shown).toEqual([
      expect.stringMatching(
        /^createAutoCalloutTask success, TaskId \d+, looked up by its marker order-17-part-3$/,
      ),
      'describeAutoCalloutTask running',
      'pauseAutoCalloutTask paused',
      'stopAutoCalloutTask ended',
      'tasks: 1, called twice: 0',
    ]);
  });

  test('shows no phone number', () => {
    const numbers = fixtures.flatMap(
      ({ request }) => [request['Callees'] ?? [], request['Callers'] ?? []].flat() as string[],
    );
    expect(numbers.length).toBeGreaterThan(3);
    for (const number of numbers) expect(lines.join('\n')).not.toContain(number.replace(/^\+/, ''));
  });

  test('is what the picture in docs shows; if not, run pnpm demo -- --picture', async () => {
    const withoutTimes = (line: string) => line.replaceAll(/\b\d+ s\b/g, '… s');
    const [command, blank, ...shown] = readLines(await readFile(join(root, 'docs/demo.svg'), 'utf8'));
    expect([command, blank]).toEqual([expect.stringMatching(/^\$ npx -y pnpm@[\d.]+ demo$/), '']);
    expect(shown.map(withoutTimes)).toEqual(lines.slice(0, -1).map(withoutTimes));
  });

  test('fits the picture, which is the same for the same lines', async () => {
    const picture = await drawTerminal(coloured, 'Demo');
    expect(readLines(picture)).toEqual(lines);
    expect(await drawTerminal(coloured, 'Demo')).toBe(picture);
  });
});

test('a picture shows what a terminal shows', async () => {
  const picture = await drawTerminal(['0 %\r\u001b[2K\u001b[32m100 %\u001b[39m <a & b>  中文 x'], 'Progress');
  expect(readLines(picture)).toEqual(['100 % <a & b>  中文 x']);
  expect(picture).toMatch(/fill="#56d364"[^>]*>100\u00a0%</);
});
