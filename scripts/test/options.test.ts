import { join } from 'node:path';
import { OutboundClient } from '@tccc/outbound';
import { expect, test } from 'vitest';
import { readCallOptions } from '../../packages/core/src/options/call-options.js';
import {
  grouped,
  limitsOf,
  numbersOf,
  optionsPage,
  rangeInWords,
  rangesOf,
} from '../support/options-page.js';
import type { Group, Option } from '../support/options.js';
import { GROUPS, readOptions } from '../support/options.js';
import { formatPage } from '../support/pages.js';
import { root } from '../support/root.js';

const options = readOptions();
const all = (Object.keys(GROUPS) as Group[]).flatMap((group) =>
  options[group].map((option) => ({ group, path: `${GROUPS[group]}${option.name}`, option })),
);
const numbers = all.filter(({ option }) => option.type === 'number');

/** The names that the SDK takes, as it lists them when it refuses another one. */
function namesTaken(refuse: () => unknown): string[] {
  try {
    refuse();
  } catch (error) {
    return /Known names are (.*)\.$/.exec((error as Error).message)![1]!.split(', ');
  }
  throw new Error('It was not refused.');
}

test.each<[Group, () => unknown]>([
  ['OutboundClientOptions', () => new OutboundClient({ site: 'intl', ...wrong })],
  ['PacingOptions', () => new OutboundClient({ site: 'intl', pacing: wrong })],
  ['RetryOptions', () => new OutboundClient({ site: 'intl', retry: wrong })],
  ['CallOptions', () => readCallOptions(wrong, 1)],
])('the page has every name of %s that is taken, and no other', (group, refuse) => {
  expect(options[group].map(({ name }) => name)).toEqual(namesTaken(refuse));
});

const wrong = { nonsense: 1 } as object;

test.each(['OutboundClientOptions', 'PacingOptions', 'RetryOptions'] as const)(
  'a number among %s has limits, and nothing else has',
  (name) => {
    const declared = numbers.filter(({ group }) => group === name).map(({ option }) => option.name);
    expect(numbersOf(name)).toEqual(declared);
  },
);

test.each(numbers)('the comment of $path ($group) states its range and its default', ({ group, option }) => {
  const known = limitsOf(group, option);
  expect(rangesOf(option)).toEqual([rangeInWords(known)]);
  const isOfCall = group === 'CallOptions';
  if (known.fallback !== undefined && !isOfCall) expect(option.default).toBe(grouped(known.fallback));
  else expect(option.default).toMatch(/^the /);
});

test.each(all.filter(({ option }) => option.choices.length > 0))(
  'the default of $path is one of its choices, or said in words',
  ({ option }) => {
    const [quoted] = option.default?.match(/(?<=^').*(?='$)/) ?? [];
    if (quoted !== undefined) expect(option.choices).toContain(quoted);
  },
);

/** What a comment lacks. A number and a choice of texts need no example, and nor does what only tests need. */
function missingFrom({ type, choices, comment, example, default: fallback }: Option): string[] {
  const isObvious = type === 'number' || choices.length > 0 || comment.endsWith('; for tests.');
  return [
    ...(fallback === undefined ? ['@default'] : []),
    ...(isObvious || example !== undefined ? [] : ['@example']),
  ];
}

/** What is still to be written in the comments. Take away what has been. */
const TO_BE_WRITTEN: string[] = [];

test('the comment of every option has its default, and an example unless it is obvious', () => {
  const missing = all.flatMap(({ path, option }) => missingFrom(option).map((tag) => `${path} ${tag}`));
  expect(missing).toEqual(TO_BE_WRITTEN);
});

test('the client takes every choice, and every example that is plain data', async () => {
  let count = 0;
  for (const { path, option } of all.filter(({ group }) => group !== 'CallOptions')) {
    const [outer, inner] = path.split('.');
    for (const value of [...option.choices, ...dataOf(option.example)]) {
      await new OutboundClient({
        ...(outer === 'endpoint' ? {} : { site: 'intl' }),
        [outer!]: inner === undefined ? value : { [inner]: value },
      } as never).close();
      count++;
    }
  }
  expect(count).toBeGreaterThan(10);
});

/** The value of an example; none if it is more than plain data. */
function dataOf(example = ''): unknown[] {
  try {
    return [JSON.parse(example.replaceAll("'", '"').replaceAll(/(\w+): /g, '"$1": '))];
  } catch {
    return [];
  }
}

test('docs/options.md is what the comments and the limits make', async () => {
  const page = await formatPage('docs/options.md', optionsPage(options));
  await expect(page).toMatchFileSnapshot(join(root, 'docs/options.md'));
});
