import { OutboundClient } from '@tccc/outbound';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { MockEngine, MockServer, mockClientOptions } from '../src/index.js';
import { listOf, numbersOf, setUpCalls, taskOf } from './calls-support.js';
import { CREATE, failureOf, lose, setUp, settle, task } from './settle-support.js';

/** A test that hangs has none of its own left to end it. */
const LIMIT = { timeout: 5_000 };

afterEach(() => vi.useRealTimers());

describe('fake timers stop neither', LIMIT, () => {
  test('the search for what was created, nor its end', async () => {
    vi.useFakeTimers();
    const { engine, client } = setUp();
    lose(engine, 'after');
    expect(await client.createAutoCalloutTask(task, { settle })).toHaveProperty('settled');
    lose(engine, 'before');
    const looked = client.createAutoCalloutTask(task, { settle: { withinMs: 20 } });
    expect(await failureOf(looked)).toMatchObject({ outcome: 'unknown', action: CREATE });
    await client.close();
  });

  test('the results of calls', async () => {
    vi.useFakeTimers();
    const { client, time } = setUpCalls({ calls: { shares: { ok: 1 } } });
    const { TaskId } = await client.createAutoCalloutTask(taskOf(numbersOf(3)));
    time.s += 3_000;
    const results = await listOf(client.taskResults({ SdkAppId: 1, TaskId }));
    expect(results.map(({ state }) => state)).toEqual(['reached', 'reached', 'reached']);
    await client.close();
  });

  // On a kept connection, undici itself waits for the immediate that is global at the time.
  test.each([
    ['one call on a connection', undefined, 1],
    ['calls and retries, if immediates are real', ['Date', 'setTimeout', 'clearTimeout', 'performance'], 3],
  ] as const)('a client of a server: %s', async (_name, toFake, calls) => {
    const engine = new MockEngine({ rateLimit: 'off' });
    await using server = await MockServer.start(engine);
    vi.useFakeTimers(toFake === undefined ? {} : { toFake: [...toFake] });
    const client = new OutboundClient(mockClientOptions(engine, server));
    if (calls > 1) engine.faults.add({ fault: 'rate-limited', nth: 2 });
    for (let call = 0; call < calls; call++) await client.createAutoCalloutTask(task);
    expect(engine.createdCount).toBe(calls);
    await client.close();
    vi.useRealTimers();
  });
});
