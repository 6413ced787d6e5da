import { afterEach, describe, expect, test } from 'vitest';
import type { ErrorTable } from '../src/action.js';
import { clientFor, closeClients, failureOf } from './support/client.js';
import { TestServer, createThing, respondError } from './support/service.js';

afterEach(closeClients);

const table: ErrorTable = {
  Refused: { outcome: 'not-executed', retry: 'never', subcodes: true },
  'Refused.Half': { outcome: 'unknown', retry: 'never' },
  'Refused.Own': { meaning: 'Its own words.', outcome: 'not-executed', retry: 'never' },
};
const meanings = { Refused: 'It was refused.', 'Refused.Half': 'Half of it was done.' };

/** What a call fails with that the service answers with this code. */
async function refusedWith(code: string, load: () => Promise<Record<string, string>>) {
  await using server = await TestServer.start((response) => respondError(response, code));
  const definition = { ...createThing, errors: () => table, meanings: load };
  return await failureOf(clientFor(server).call(definition, { Name: 'x' }));
}

describe('what a code means that its table does not say', () => {
  test.each([
    ['Refused', 'not-executed', 'It was refused.'],
    ['Refused.Other', 'not-executed', 'It was refused.'],
    ['Refused.Half', 'unknown', 'Half of it was done.'],
    ['Refused.Own', 'not-executed', 'Its own words.'],
  ])('%s is loaded when it comes', async (code, outcome, words) => {
    const error = await refusedWith(code, async () => meanings);
    expect(error).toMatchObject({ kind: 'service', code, outcome });
    expect(error.message).toContain(words);
  });

  test.each([
    ['Refused', 'not-executed', 'Nothing was done.'],
    ['Refused.Half', 'unknown', 'The request may have been executed.'],
  ])('%s has the same outcome if it cannot be loaded', async (code, outcome, words) => {
    const error = await refusedWith(code, () => Promise.reject(new Error('lost')));
    expect(error).toMatchObject({ kind: 'service', code, outcome });
    expect(error.message).toContain(words);
  });
});

test.each([
  ['Refused.Own', 'refused-own'],
  ['Refused.Other', 'refused'],
  ['Brandnew.Code', 'a-code-that-is-not-listed'],
])('the docs of %s are at #%s', async (code, anchor) => {
  const error = await refusedWith(code, async () => meanings);
  expect(error.code).toBe(code);
  expect(error.docs).toMatch(new RegExp(`/errors#${anchor}$`));
});
