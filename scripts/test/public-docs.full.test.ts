import { expect, test } from 'vitest';
import { faultsOfExamples, publicSymbols } from '../support/public-docs.js';

const symbols = await publicSymbols();

test('every function and class that a package exports has an example', () => {
  expect(symbols.length).toBeGreaterThan(80);
  const missing = symbols.filter(({ example }) => example === undefined);
  expect(missing.map(({ entry, name }) => `${entry} ${name}`)).toEqual([]);
});

/** A user's mistake: the compiler is asked once, about this and about all examples. */
const WRONG = {
  entry: '@tccc/outbound',
  name: 'wrong',
  example: 'client.createAutoCalloutTask({ IvrID: 8 });',
};

test('the examples compile, with what only a program of a user has left open, and one that is wrong is noticed', async () => {
  const noticed = expect.stringMatching(/example-of-wrong\.ts: .*IvrID/) as string;
  expect(await faultsOfExamples([...symbols, WRONG])).toEqual([noticed]);
});
