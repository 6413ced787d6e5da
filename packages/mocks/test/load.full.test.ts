import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Clock, DispatcherLike } from '@tccc/outbound';
import { OutboundClient } from '@tccc/outbound';
import { describe, expect, test } from 'vitest';
import { MockEngine, MockServer, mockCredentials } from '../src/index.js';
import { exampleOf } from './support.js';

const task = exampleOf('CreateAutoCalloutTask') as { Callees: string[] };

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Time that jumps to the next timer whenever nothing else is left to do. */
function jumpingClock(): Clock & { run(until: () => boolean): Promise<void> } {
  let now = 0;
  const timers = new Set<{ at: number; callback: () => void }>();
  return {
    now: () => Date.now(),
    monotonic: () => now,
    schedule(callback, delayMs) {
      const timer = { at: now + Math.max(0, delayMs), callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async run(until) {
      while (!until()) {
        await nextTurn();
        let next: { at: number; callback: () => void } | undefined;
        for (const timer of timers) if (next === undefined || timer.at < next.at) next = timer;
        if (next === undefined || next.at === Infinity) continue;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.callback();
      }
    },
  };
}

/** Answers at once, and notes the order of the numbers that were called. */
function recorder() {
  const order: number[] = [];
  const dispatcher: DispatcherLike = {
    dispatch({ body }, handler) {
      order.push(Number((JSON.parse(String(body)) as typeof task).Callees[0]));
      const controller = { abort: () => {} };
      handler.onRequestStart(controller, {});
      handler.onResponseStart(controller, 200, {});
      handler.onResponseData(controller, Buffer.from('{"Response":{"TaskId":1,"RequestId":"r"}}'));
      handler.onResponseEnd(controller, {});
      return true;
    },
  };
  return { order, dispatcher };
}

describe('10,000 calls in the queue', () => {
  const QUEUED = 10_000;

  test('are sent first in, first out; aborted ones use no slot; one too many is refused; memory stays small', async () => {
    const clock = jumpingClock();
    const { order, dispatcher } = recorder();
    const client = new OutboundClient({
      site: 'intl',
      credentials: mockCredentials,
      dispatcher,
      clock,
      deadlineMs: Infinity,
    });
    const controllers: AbortController[] = [];
    const results: Promise<string>[] = [];
    const send = (number: number, signal?: AbortSignal) =>
      client
        .createAutoCalloutTask(
          { ...task, Callees: [String(number)] } as never,
          signal === undefined ? {} : { signal },
        )
        .then(
          () => 'done',
          (error: { code: string }) => error.code,
        );

    for (let number = 0; number < 20; number++) results.push(send(number));
    await Promise.all(results);
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (let number = 20; number < 20 + QUEUED; number++) {
      if (number % 10 !== 0) results.push(send(number));
      else {
        const controller = new AbortController();
        controllers.push(controller);
        results.push(send(number, controller.signal));
      }
    }
    await nextTurn();
    collectGarbage();
    const bytesPerCall = (process.memoryUsage().heapUsed - before) / QUEUED;
    expect(await send(999_999)).toBe('QueueFull');
    for (const controller of controllers) controller.abort();
    let settled = 0;
    for (const result of results) void result.then(() => settled++);
    await clock.run(() => settled === results.length);

    const aborted = (number: number) => number >= 20 && number % 10 === 0;
    const expected = Array.from({ length: 20 + QUEUED }, (_, number) => number).filter(
      (number) => !aborted(number),
    );
    expect(order).toEqual(expected);
    expect((await Promise.all(results)).filter((result) => result === 'Aborted')).toHaveLength(QUEUED / 10);
    // 9,000 calls at 20 a second, less the first window: an aborted one would have taken a slot's time.
    expect(clock.monotonic()).toBe(((expected.length - 20) / 20) * 1000);
    expect(bytesPerCall).toBeLessThan(8_192);
    await client.close();
  });
});

describe('a service that is down and comes back', () => {
  test('sees at most 1.1 requests per call, and calls recover without a restart', async () => {
    const engine = new MockEngine({ rateLimit: 'off' });
    await using server = await MockServer.start(engine);
    await using client = new OutboundClient({
      endpoint: server.url,
      credentials: mockCredentials,
      pacing: false,
      random: () => 0,
    });
    const send = () =>
      client.createAutoCalloutTask(task as never).then(
        () => 'done',
        (error: { code: string }) => error.code,
      );
    const sendMany = (count: number) => Promise.all(Array.from({ length: count }, send));

    const remove = engine.faults.add({ fault: 'rate-limited' });
    await sendMany(300);
    expect(engine.journal.size).toBeLessThanOrEqual(330);
    remove();
    expect(new Set(await sendMany(50))).toEqual(new Set(['done']));

    await server.refuse();
    await sendMany(60); // Some may be written to connections whose end has not been noticed yet.
    expect(new Set(await sendMany(100))).toEqual(new Set(['ConnectionRefused']));
    await server.accept();
    expect(new Set(await sendMany(50))).toEqual(new Set(['done']));
  });

  test('with a clock that is hours off: one correction, shared by concurrent calls', async () => {
    const offsetMs = -7 * 3_600_000;
    const engine = new MockEngine({
      rateLimit: 'off',
      clock: { now: () => Date.now() + offsetMs, monotonic: () => performance.now() },
    });
    await using server = await MockServer.start(engine);
    await using client = new OutboundClient({
      endpoint: server.url,
      credentials: mockCredentials,
      pacing: false,
    });
    await Promise.all(Array.from({ length: 20 }, () => client.createAutoCalloutTask(task as never)));
    expect(engine.created).toHaveLength(20);
    expect(engine.journal.size).toBeLessThanOrEqual(40);
    const before = engine.journal.size;
    await Promise.all(Array.from({ length: 20 }, () => client.createAutoCalloutTask(task as never)));
    expect(engine.journal.size - before).toBe(20);
  });
});
