import { describe, expect, test } from 'vitest';
import type { Clock } from '../src/clock.js';
import { FleetSlot } from '../src/redis/slot.js';
import type { RedisClient } from '../src/redis/window.js';
import { FleetWindow } from '../src/redis/window.js';

const RATE = { limit: 5, windowMs: 1_000 };

/** A window whose Redis answers as it is told, after a time. */
function setUp() {
  let now = 1_000_000;
  const answers: { say: number[]; afterMs?: number }[] = [];
  const clock: Clock = { now: () => now, monotonic: () => now, schedule: () => () => {} };
  const client: RedisClient = {
    eval: async () => {
      await Promise.resolve();
      const { say, afterMs = 0 } = answers.shift()!;
      const [taken, value, begun] = say;
      const at = now * 1_000;
      now += afterMs;
      return [taken, value ?? at, at, ...(begun === undefined ? [] : [begun])];
    },
  };
  const window = new FleetWindow({ client, prefix: 'p', clock, guardMs: 100 });
  return {
    pass: (ms: number) => (now += ms),
    /** Asks for a slot, and gets this answer. */
    take: (say: number[], afterMs?: number) => {
      answers.push({ say, ...(afterMs === undefined ? {} : { afterMs }) });
      return window.take('key', RATE);
    },
    /** The next question will be to renew a slot. */
    expectMove: () => answers.push({ say: [1] }),
  };
}

/** Answers of the script. */
const GIVEN = [1];
const taken = (begun: number) => [RATE.limit + 1, 50, begun];

describe('a Redis that gives no slot', () => {
  async function setUpTrusted() {
    const all = setUp();
    // The clock of the server is trusted after a window.
    await all.take(taken(0));
    all.pass(1_200);
    return all;
  }

  test('has lost its log once, however often it is asked meanwhile, and slots in use are renewed', async () => {
    const { take, pass, expectMove } = await setUpTrusted();
    const slot = (await take(GIVEN)) as FleetSlot;
    expect(slot).toBeInstanceOf(FleetSlot);
    for (let times = 0; times < 8; times++) {
      expect(await take(taken(7))).toBe(50);
      pass(110);
      expectMove();
      slot.release('answered');
      await new Promise((resolve) => setImmediate(resolve));
    }
  });

  test('that was late is late no longer once it says in time that others have the slots', async () => {
    const { take } = await setUpTrusted();
    for (let times = 0; times < 4; times++) expect(await take(GIVEN, 600)).toBe(1);
    await expect(take(GIVEN, 600)).rejects.toThrow(/half the window/);
    await expect(take(taken(0), 600)).rejects.toThrow(/half the window/);
    expect(await take(taken(0))).toBe(50);
  });

  test('that has lost its log again and again keeps it once it tells who has the slots', async () => {
    const { take } = await setUpTrusted();
    for (const begun of [1, 2, 3]) expect(await take(taken(begun))).toBe(50);
    await expect(take(taken(4))).rejects.toThrow(/4 times in a row/);
    await expect(take(taken(4))).rejects.toThrow(/4 times in a row/);
    expect(await take(taken(0))).toBe(50);
    expect(await take(taken(5))).toBe(50);
  });
});
