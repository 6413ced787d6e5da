import { OutboundClient } from '@tccc/outbound';
import { describe, expect, test } from 'vitest';
import { createMock } from '../src/index.js';
import { NOW, listOf, numbersOf, taskOf } from './calls-support.js';

const HOUR = 3_600;

/** A mock, and a client whose clock is off by some seconds, as it learns when the service refuses its first request. */
function setUpSkewed(skewSeconds: number) {
  const time = { s: NOW };
  const now = () => time.s * 1_000;
  const { engine, clientOptions } = createMock({
    seed: 1,
    itemMs: 10_000,
    clock: { now, monotonic: () => 0 },
    calls: { shares: { ok: 1 }, sessionDelayMs: 120_000 },
  });
  const clock = { ...clientOptions.clock, monotonic: now, now: () => now() + skewSeconds * 1_000 };
  return { engine, time, client: new OutboundClient({ ...clientOptions, clock }) };
}

describe.each([-2 * HOUR, 2 * HOUR])('with a clock that is off by %i seconds', (skew) => {
  test('nobody counts as never dialled before the lag of the lists has passed, and everybody after it', async () => {
    const { client, time } = setUpSkewed(skew);
    const { TaskId } = await client.createAutoCalloutTask(taskOf(numbersOf(4), { NotAfter: NOW + 25 }));
    const states = async () =>
      (await listOf(client.taskResults({ SdkAppId: 1, TaskId }))).map((one) => one.state);
    time.s += 30;
    expect(await states()).toEqual(['pending', 'pending', 'pending', 'pending']);
    time.s += 850;
    expect(await states()).toEqual(['reached', 'reached', 'reached', 'never-dialled']);
  });

  test('one pass after another gives every record', async () => {
    const { client, time } = setUpSkewed(skew);
    const found = new Set<string>();
    let since = NOW - 3 * HOUR;
    // The first pass is the first that the client does, and finds out that its clock is off.
    for (let pass = 0; pass < 5; pass++) {
      const records = client.reconcile({ SdkAppId: 1, since, lateSeconds: 60 });
      for await (const { sessionId } of records) found.add(sessionId);
      since = records.next!;
      const soon = { NotBefore: time.s };
      if (pass < 3) await client.createAutoCalloutTask(taskOf(numbersOf(5), soon));
      time.s += 20 * 60;
    }
    expect(found.size).toBe(15);
  });
});
