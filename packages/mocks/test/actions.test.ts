import { OutboundClient, actions, isValidationError } from '@tccc/outbound';
import { findFaults } from '@tccc/outbound/internal';
import { describe, expect, test } from 'vitest';
import { createMock, fixtures } from '../src/index.js';
import { prepare } from './support.js';

type Call = (params: unknown) => Promise<Record<string, unknown>>;

/** A client of a mock of its own. */
function setUp() {
  const { engine, clientOptions } = createMock({ seed: 1 });
  return { engine, client: new OutboundClient(clientOptions) };
}

/** The method of an action: the one whose name differs only in case. */
function methodOf(client: OutboundClient, action: string): Call {
  const names = Object.getOwnPropertyNames(OutboundClient.prototype);
  const name = names.find((one) => one.toLowerCase() === action.toLowerCase())!;
  return (client as unknown as Record<string, Call>)[name]!.bind(client);
}

// Whatever the spec has: each action works from end to end without a line of code for it.
describe.each(fixtures.map((fixture) => [fixture.action, fixture] as const))('%s', (action, { request }) => {
  const { result, rules } = actions[action];

  test('takes its documented example, and answers what its result must have', async () => {
    const { engine, client } = setUp();
    await using _open = client;
    const params = await prepare(
      action,
      (name, given) => methodOf(client, name)(given),
      (ms) => engine.advance(ms),
    );
    const answer = await methodOf(client, action)(params);
    for (const field of [...result.required, 'RequestId']) expect(answer).toHaveProperty(field);
    expect(engine.journal.entries.at(-1)).toMatchObject({ action, code: 'OK' });
  });

  test('refuses an unknown parameter before anything is sent', async () => {
    const { engine, client } = setUp();
    await using _open = client;
    const refusal: unknown = await methodOf(
      client,
      action,
    )({ ...request, NoSuchParameter: 1 }).catch((error: unknown) => error);
    expect(isValidationError(refusal) && refusal.issues.map(({ rule }) => rule)).toEqual([
      'additionalProperties',
    ]);
    expect(engine.journal.size).toBe(0);
  });

  test('reads nothing of wrong parameters that it does not need', () => {
    for (const wrong of [null, [], 'text', 1]) {
      expect(findFaults(rules, wrong)).toEqual([{ path: [], rule: 'type', value: wrong, rules: rules() }]);
    }
  });
});
