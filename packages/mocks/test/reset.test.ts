import { OutboundClient } from '@tccc/outbound';
import { describe, expect, test } from 'vitest';
import { MockEngine, MockServer, createMock, mockClientOptions } from '../src/index.js';

const list = { SdkAppId: 1, PageSize: 1, PageNumber: 0 };

/** How many of some calls are right: each has a response of its own. */
async function rightCalls(client: OutboundClient, count = 5): Promise<number> {
  let right = 0;
  for (let call = 0; call < count; call++) {
    await client.describeAutoCalloutTasks(list, { deadlineMs: 10_000 });
    right++;
  }
  return right;
}

describe('a client that runs goes on as before', () => {
  test('after each engine.reset()', async () => {
    const { engine, clientOptions } = createMock({ seed: 1 });
    const client = new OutboundClient(clientOptions);
    for (let reset = 0; reset < 3; reset++) {
      engine.reset();
      expect(await rightCalls(client)).toBe(5);
    }
    await client.close();
  });

  test('after a reset over HTTP', async () => {
    const engine = new MockEngine({ seed: 1, rateLimit: 'off' });
    await using server = await MockServer.start(engine);
    const client = new OutboundClient(mockClientOptions(engine, server));
    expect(await rightCalls(client)).toBe(5);
    const answer = await fetch(`${server.url}/__mock/reset`, { method: 'POST' });
    expect(await answer.json()).toEqual({ reset: true });
    expect(await rightCalls(client)).toBe(5);
    expect(engine.journal.size).toBe(5);
    await client.close();
  });

  test('after the mock was started again with the same seed', async () => {
    const start = () => new MockEngine({ seed: 1, rateLimit: 'off' });
    const first = await MockServer.start(start());
    const client = new OutboundClient(mockClientOptions(start(), first));
    expect(await rightCalls(client)).toBe(5);
    await first.close();
    const engine = start();
    await using second = await MockServer.start(engine, { port: Number(new URL(first.url).port) });
    expect(second.url).toBe(first.url);
    expect(await rightCalls(client)).toBe(5);
    // No call needed a second attempt.
    expect(engine.journal.size).toBe(5);
    await client.close();
  });

  test('also if it creates, and the faults begin anew', async () => {
    const { engine, clientOptions } = createMock({ seed: 3 });
    const client = new OutboundClient(clientOptions);
    const ids: number[] = [];
    for (let reset = 0; reset < 2; reset++) {
      engine.reset();
      engine.faults.add({ fault: 'internal-error', nth: 1, strikes: 'before' });
      const task = { SdkAppId: 1, NotBefore: 1, Callees: ['1'], Callers: ['2'], IvrId: 1 };
      await expect(client.createAutoCalloutTask(task)).rejects.toMatchObject({ outcome: 'unknown' });
      ids.push((await client.createAutoCalloutTask(task)).TaskId);
    }
    expect(ids[1]).toBe(ids[0]);
    await client.close();
  });
});
