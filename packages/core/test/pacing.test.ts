import { describe, expect, test } from 'vitest';
import type { Cancellation } from '../src/cancellation.js';
import type { PacingMode, PacingRequest, PacingSlot } from '../src/pacing/pacer.js';
import { LocalPacer } from '../src/pacing/local-pacer.js';
import { PacingRefusal } from '../src/pacing/pacer.js';
import { seededRandom } from '../../mocks/src/common/random.js';
import { worstWindow } from '../../mocks/src/common/rate-window.js';
import { FakeClock, settle } from './support/fake-clock.js';

/** A cancellation that a test can trigger. */
class Cancel implements Cancellation {
  #listener: (() => void) | undefined;
  readonly signal = new AbortController().signal;

  onCancel(listener: () => void): void {
    this.#listener = listener;
  }

  offCancel(): void {
    this.#listener = undefined;
  }

  now(): void {
    this.#listener?.();
  }
}

const take = async (pacer: LocalPacer, request: PacingRequest): Promise<PacingSlot> => pacer.acquire(request);

function setUp(mode: PacingMode = 'response', limit = 20) {
  const clock = new FakeClock();
  const pacer = new LocalPacer(clock);
  const request = (more: Partial<PacingRequest> = {}): PacingRequest => ({
    action: 'Act',
    key: 'k',
    mode,
    limit,
    windowMs: 1000,
    maxQueue: 10_000,
    remainingMs: Infinity,
    cancellation: new Cancel(),
    ...more,
  });
  return { clock, pacer, request };
}

/** Sends `calls` calls through a network that delays each way by 15 to 115 ms, and says when they came and went. */
async function simulate(mode: PacingMode, seed: number, calls: number) {
  const { clock, pacer, request } = setUp(mode);
  const random = seededRandom(seed);
  const delay = () => 15 + 100 * random();
  const sent: number[] = [];
  const arrived: number[] = [];
  const order: number[] = [];
  let done = 0;
  for (let call = 0; call < calls; call++) {
    void Promise.resolve(pacer.acquire(request())).then((slot) => {
      order.push(call);
      sent.push(clock.monotonic());
      slot.sent?.();
      const [up, down] = [delay(), delay()];
      clock.schedule(() => arrived.push(clock.monotonic()), up);
      clock.schedule(() => {
        slot.release('answered');
        done++;
      }, up + down);
    });
  }
  await clock.advance(1_000 * calls);
  return { sent, arrived, order, done, timers: clock.timers };
}

describe.each([1, 2, 3, 4, 5])('400 calls over a jittery network, seed %i', (seed) => {
  test('by response: no second at the service holds more than 20, at the theoretical rate', async () => {
    const { arrived, sent, order, done, timers } = await simulate('response', seed, 400);
    expect(done).toBe(400);
    expect(worstWindow(arrived, 1000)).toBe(20);
    expect(order).toEqual(Array.from({ length: 400 }, (_, index) => index));
    const meanRoundTripMs = 130;
    const expectedMs = (400 / 20 - 1) * (1000 + meanRoundTripMs);
    expect(sent.at(-1)! / expectedMs).toBeGreaterThan(0.97);
    expect(sent.at(-1)! / expectedMs).toBeLessThan(1.03);
    expect(timers).toBe(0);
  });

  test('by send: exactly the full rate at the sender', async () => {
    const { sent } = await simulate('send', seed, 400);
    expect(worstWindow(sent, 1000)).toBe(20);
    expect(sent.at(-1)).toBe(19_000);
  });
});

describe('LocalPacer', () => {
  test('never grants early when timers fire early', async () => {
    const { clock, pacer, request } = setUp('response', 1);
    (await take(pacer, request())).release('answered');
    let granted = false;
    void take(pacer, request()).then(() => (granted = true));
    await clock.advance(999.5);
    expect(granted).toBe(false);
    await clock.advance(0.5);
    expect(granted).toBe(true);
  });

  test('gives a slot that was not used back at once', async () => {
    const { clock, pacer, request } = setUp('response', 1);
    const slot = await take(pacer, request());
    let granted = false;
    void take(pacer, request()).then(() => (granted = true));
    await settle();
    expect(granted).toBe(false);
    slot.release('unused');
    slot.release('answered'); // Only the first counts.
    await settle();
    expect(granted).toBe(true);
    expect(clock.timers).toBe(0);
  });

  test('an aborted request leaves the queue and uses no slot', async () => {
    const { clock, pacer, request } = setUp('response', 1);
    const first = await take(pacer, request());
    const cancel = new Cancel();
    const order: string[] = [];
    const aborted = take(pacer, request({ cancellation: cancel })).catch((error: unknown) => error);
    void take(pacer, request()).then(() => order.push('second'));
    cancel.now();
    expect(await aborted).toBeInstanceOf(PacingRefusal);
    expect(pacer.queued).toBe(1);
    first.release('answered');
    await clock.advance(1000);
    expect(order).toEqual(['second']);
  });

  test('sweeps out thousands of aborted requests', async () => {
    const { clock, pacer, request } = setUp('response', 1);
    const first = await take(pacer, request());
    const cancels = Array.from({ length: 5_000 }, () => new Cancel());
    const aborted = cancels.map((cancellation) =>
      take(pacer, request({ cancellation })).catch(() => 'aborted'),
    );
    const last = take(pacer, request()).then(() => 'granted');
    for (const cancel of cancels) cancel.now();
    expect(new Set(await Promise.all(aborted))).toEqual(new Set(['aborted']));
    expect(pacer.queued).toBe(1);
    first.release('answered');
    await clock.advance(1000);
    expect(await last).toBe('granted');
    expect(clock.timers).toBe(0);
  });

  test('refuses more than the queue may hold', async () => {
    const { pacer, request } = setUp('response', 1);
    await take(pacer, request());
    void take(pacer, request({ maxQueue: 1 }));
    await expect(take(pacer, request({ maxQueue: 1 }))).rejects.toMatchObject({ reason: 'queue-full' });
  });

  test('refuses at once what could only be granted after the deadline', async () => {
    const { clock, pacer, request } = setUp('response', 2);
    (await take(pacer, request())).release('answered');
    await clock.advance(400);
    (await take(pacer, request())).release('answered');
    // The next is due in 600 ms, the one after that in 1000, the third a window after the first.
    await expect(take(pacer, request({ remainingMs: 599 }))).rejects.toMatchObject({ reason: 'too-late' });
    void take(pacer, request({ remainingMs: 600 }));
    await expect(take(pacer, request({ remainingMs: 999 }))).rejects.toMatchObject({ reason: 'too-late' });
    void take(pacer, request({ remainingMs: 1000 }));
    await expect(take(pacer, request({ remainingMs: 1599 }))).rejects.toMatchObject({ reason: 'too-late' });
    expect(pacer.queued).toBe(2);
  });

  test('keeps keys apart', async () => {
    const { pacer, request } = setUp('response', 1);
    await take(pacer, request());
    expect(await take(pacer, request({ key: 'other' }))).toBeDefined();
  });

  test('forgets keys that hold nothing back, such as expired temporary ones', async () => {
    const { clock, pacer, request } = setUp('response', 1);
    for (let key = 0; key < 1000; key++) {
      (await take(pacer, request({ key: `k${key}` }))).release('answered');
      await clock.advance(1000);
    }
    expect(pacer.keys).toBeLessThanOrEqual(2);
  });

  test('keeps to the lowest limit stated for a key, until it is idle', async () => {
    const { clock, pacer, request } = setUp('response', 2);
    const slots = [await take(pacer, request()), await take(pacer, request())];
    let granted = 0;
    void take(pacer, request({ limit: 1 })).then(() => granted++);
    void take(pacer, request({ limit: 20 })).then(() => granted++);
    for (const slot of slots) slot.release('answered');
    await clock.advance(1000);
    expect(granted).toBe(1);
    await clock.advance(10_000);
    expect(granted, 'the one slot is in flight').toBe(1);
    const other = setUp('response', 1);
    (await take(other.pacer, other.request())).release('answered');
    await other.clock.advance(1000);
    await take(other.pacer, other.request({ limit: 2 }));
    expect(await take(other.pacer, other.request({ limit: 2 })), 'an idle key takes any limit').toBeDefined();
  });

  test('shares one limit between requests of both modes', async () => {
    const { clock, pacer, request } = setUp('response', 2);
    (await take(pacer, request({ mode: 'send' }))).sent?.();
    (await take(pacer, request({ mode: 'response' }))).sent?.();
    let granted = 0;
    void take(pacer, request({ mode: 'send' })).then(() => granted++);
    void take(pacer, request({ mode: 'send' })).then(() => granted++);
    await clock.advance(999);
    expect(granted).toBe(0);
    await clock.advance(1);
    expect(granted, 'the slot of the sent one; the other still awaits its response').toBe(1);
  });

  test('by send, the second begins when the request is sent, not when it has its turn', async () => {
    const { clock, pacer, request } = setUp('send', 2);
    const cold = [await take(pacer, request()), await take(pacer, request())];
    await clock.advance(700); // The connections are made.
    for (const slot of cold) slot.sent?.();
    let granted = 0;
    void take(pacer, request()).then(() => granted++);
    await clock.advance(999);
    expect(granted).toBe(0);
    await clock.advance(1);
    expect(granted).toBe(1);
  });

  test.each(['send', 'response'] as const)(
    'by %s, a slot that was not sent is free at once',
    async (mode) => {
      const { pacer, request } = setUp(mode, 1);
      const slot = await take(pacer, request({ mode }));
      slot.release('unused');
      expect(await take(pacer, request({ mode, remainingMs: 0 }))).toBeDefined();
    },
  );

  test('a request that waits for a connection may come back at once: a call with 900 ms left is not refused', async () => {
    const { pacer, request } = setUp('response', 1);
    const connecting = await take(pacer, request());
    const waiting = take(pacer, request({ remainingMs: 900 }));
    connecting.release('unused');
    expect(await waiting).toBeDefined();
    const { pacer: other, request: more } = setUp('response', 1);
    (await take(other, more())).sent?.();
    await expect(take(other, more({ remainingMs: 900 }))).rejects.toMatchObject({ reason: 'too-late' });
  });

  test('a slot whose request was abandoned is held ten seconds longer', async () => {
    const { clock, pacer, request } = setUp('response', 2);
    const [lost, answered] = [await take(pacer, request()), await take(pacer, request())];
    for (const slot of [lost, answered]) slot.sent?.();
    lost.release('abandoned');
    answered.release('answered');
    let granted = 0;
    const next = async () => {
      const slot = await take(pacer, request());
      granted++;
      return slot;
    };
    void next();
    void next();
    await clock.advance(1_000);
    expect(granted).toBe(1);
    await clock.advance(9_999);
    expect(granted).toBe(1);
    await clock.advance(1);
    expect(granted).toBe(2);
    expect(clock.timers).toBe(0);
  });

  test('knows the wait for a slot that is held', async () => {
    const { pacer, request } = setUp('response', 1);
    (await take(pacer, request())).release('abandoned');
    await expect(take(pacer, request({ remainingMs: 10_999 }))).rejects.toMatchObject({ reason: 'too-late' });
    void take(pacer, request({ remainingMs: 11_000 }));
    expect(pacer.queued).toBe(1);
  });
});

describe('a slot that is kept', () => {
  test('is for the next request of its key, which does not wait', async () => {
    const { clock, pacer, request } = setUp('response', 2);
    const first = await pacer.acquire(request());
    const kept = await pacer.reserve(request());
    await expect(take(pacer, request({ key: 'other', remainingMs: 0 }))).resolves.toBeDefined();
    const second = await take(pacer, request({ remainingMs: 0 }));
    for (const slot of [first, second]) slot.sent?.();
    const refused = { reason: 'too-late' };
    await expect(take(pacer, request({ remainingMs: 999 }))).rejects.toMatchObject(refused);
    kept.release();
    await expect(take(pacer, request({ remainingMs: 999 })), 'it was taken already').rejects.toMatchObject(
      refused,
    );
    for (const slot of [first, second]) slot.release('answered');
    await clock.advance(1_000);
    expect(await take(pacer, request({ remainingMs: 0 }))).toBeDefined();
  });

  test('is free again at once when it is given back, and can be given back twice', async () => {
    const { pacer, request } = setUp('response', 1);
    const kept = await pacer.reserve(request());
    let isNext = false;
    void pacer.reserve(request()).then(() => (isNext = true));
    await settle();
    expect(isNext).toBe(false);
    kept.release();
    kept.release();
    await settle();
    expect(isNext).toBe(true);
    expect(await take(pacer, request({ remainingMs: 0 }))).toBeDefined();
  });

  test('comes after all that wait to send, however much later they began to', async () => {
    const { clock, pacer, request } = setUp('response', 1);
    (await pacer.acquire(request())).release('answered');
    const order: string[] = [];
    void pacer.reserve(request()).then(() => order.push('kept'));
    for (const name of ['first', 'second'])
      void Promise.resolve(pacer.acquire(request())).then((slot) => {
        order.push(name);
        slot.release('answered');
      });
    await clock.advance(3_000);
    expect(order).toEqual(['first', 'second', 'kept']);
  });

  test('is not waited for any more once the wait is cancelled', async () => {
    const { clock, pacer, request } = setUp('response', 1);
    (await pacer.acquire(request())).release('answered');
    const cancellation = new Cancel();
    const waiting = pacer.reserve(request({ cancellation }));
    cancellation.now();
    await expect(waiting).rejects.toMatchObject({ reason: 'too-late' });
    expect(clock.timers).toBe(0);
    await clock.advance(1_000);
    expect(await take(pacer, request())).toBeDefined();
  });
});
