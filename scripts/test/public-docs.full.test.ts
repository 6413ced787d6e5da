import { expect, test } from 'vitest';
import { faultsOfExamples, publicSymbols } from '../support/public-docs.js';

const symbols = await publicSymbols();

test('every function and class that a package exports has an example', () => {
  expect(symbols.length).toBeGreaterThan(80);
  const missing = symbols.filter(({ example }) => example === undefined);
  expect(missing.map(({ entry, name }) => `${entry} ${name}`)).toEqual([]);
});

test('the examples compile, with what only a program of a user has left open', async () => {
  expect(await faultsOfExamples(symbols)).toEqual([]);
});

test('an example that is wrong is noticed', async () => {
  const wrong = {
    entry: '@tccc/outbound',
    name: 'wrong',
    example: 'client.createAutoCalloutTask({ IvrID: 8 });',
  };
  expect(await faultsOfExamples([wrong])).toEqual([expect.stringContaining('IvrID')]);
});
