import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { actions } from '@tccc/outbound';
import { describe, expect, test } from 'vitest';
import { MockEngine } from '../src/index.js';
import { Arrivals, MAX_ARRIVALS } from '../src/journal/arrivals.js';
import { Journal } from '../src/journal/journal.js';
import { keepRequest } from '../src/journal/kept-requests.js';
import { RateWindow, worstWindow } from '../src/common/rate-window.js';
import { seededRandom } from '../src/common/random.js';
import { exampleOf, signedRequest } from './support.js';

const example = exampleOf('CreateAutoCalloutTask');

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** A mock whose journal is small, and a way to create something with so many callees. */
function setUp(journal: { maxEntries?: number; maxBytes?: number }) {
  const engine = new MockEngine({ seed: 1, rateLimit: 'off', journal });
  const create = (...Callees: string[]) =>
    engine.handle(signedRequest(JSON.stringify({ ...example, Callees })));
  return { engine, create };
}

const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `86${from + index}`);

describe('the journal is bounded', () => {
  test('by entries: counters go on, and it says from when on it is partial', () => {
    const { engine, create } = setUp({ maxEntries: 100 });
    for (let count = 0; count < 1_050; count++) create(String(count));
    const { journal } = engine;
    expect(journal.size).toBe(1_050);
    expect(engine.createdCount).toBe(1_050);
    expect(journal.entries.length).toBeLessThanOrEqual(100);
    expect(journal.entries.length).toBeGreaterThan(80);
    expect(journal.entries.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: journal.entries.length }, (_, index) => journal.keptFrom + index),
    );
    expect(journal.entries.at(-1)!.sequence).toBe(1_050);
    expect(engine.created.map(({ id }) => id)).toEqual(journal.entries.map(({ createdId }) => createdId));
    expect(engine.created.at(-1)!.params.Callees).toEqual(['1049']);
  });

  test('by bytes, whatever the requests are', () => {
    const maxBytes = 300_000;
    const { engine, create } = setUp({ maxBytes });
    for (let count = 0; count < 60; count++) {
      create(...numbers(count % 3 === 0 ? 4_000 : 2));
      expect(engine.journal.bytes).toBeLessThanOrEqual(maxBytes);
    }
    expect(engine.createdCount).toBe(60);
    expect(engine.created.length).toBeGreaterThan(1);
    create(...numbers(40_000)); // More than there is room for.
    expect([engine.journal.entries.length, engine.journal.bytes, engine.createdCount]).toEqual([0, 0, 61]);
  });

  test('names of headers count as well', () => {
    const bytesOf = (name: string) =>
      keepRequest({ ...signedRequest(''), headers: { [name]: '' } }, false).bytes;
    expect(bytesOf('x'.repeat(8_000)) - bytesOf('x')).toBe(7_999);
  });

  test('refused requests count as well, with what the journal keeps of them', () => {
    const maxBytes = 200_000;
    const { engine } = setUp({ maxBytes });
    const wrong = JSON.stringify(Object.fromEntries(numbers(300).map((name) => [`x${name.repeat(60)}`, 1])));
    for (let count = 0; count < 40; count++) engine.handle(signedRequest(wrong));
    const { size, bytes, entries } = engine.journal;
    expect([size, entries.length < size, bytes <= maxBytes]).toEqual([40, true, true]);
    const { issues } = entries.at(-1)!;
    expect(issues).toHaveLength(20);
    expect(Math.max(...issues!.map(({ message }) => message.length))).toBeLessThan(500);
  });

  test('nothing is lost within the bounds', () => {
    const { engine, create } = setUp({});
    for (let count = 0; count < 200; count++) create(String(count), 'twice');
    expect([engine.journal.keptFrom, engine.created.length, engine.createdCount]).toEqual([1, 200, 200]);
    expect(engine.calledMoreThanOnce).toEqual(new Map([['twice', 200]]));
  });

  test('the estimate is on the high side of the memory that is taken', () => {
    const journal = new Journal();
    const value = { ...example, Callees: numbers(30) };
    const text = JSON.stringify(value);
    const before = heapUsed();
    for (let count = 0; count < 5_000; count++) {
      const body = { text: `${text.slice(0, -1)} }`, value: JSON.parse(text) as unknown, bytes: text.length };
      journal.record(
        {
          receivedAtMs: count,
          action: 'a',
          secretId: 's',
          code: 'OK',
          requestId: 'r',
          tookMs: 0,
          createdId: count + 1,
        },
        body,
      );
    }
    const taken = heapUsed() - before;
    expect(journal.keptFrom).toBe(1);
    expect(journal.bytes).toBeGreaterThan(taken);
    expect(journal.bytes).toBeLessThan(8 * taken);
  });
});

describe('the estimate of entities', () => {
  test.each([
    ['small', 2],
    ['large', 3_000],
  ])('is on the high side of what they take: %s ones', (_name, callees) => {
    weighed(callees); // The first time, V8 keeps what it compiles as well.
    const { estimate, taken } = weighed(callees);
    expect(estimate).toBeGreaterThan(taken);
    expect(estimate).toBeLessThan(8 * taken);
  });

  /** Of many entities with so many callees each: the estimate, and what they really take. */
  function weighed(callees: number) {
    // A journal of next to nothing, so that only the entities are weighed.
    const limits = { maxEntries: 100_000, maxBytes: 1e9 };
    const engine = new MockEngine({
      seed: 1,
      rateLimit: 'off',
      journal: { maxEntries: 1 },
      entities: limits,
    });
    const create = (count: number) => {
      const body = JSON.stringify({ ...example, Name: `task ${count}`, Callees: numbers(callees, count) });
      engine.handle(signedRequest(body));
    };
    create(0);
    const [before, bytes] = [heapUsed(), engine.entityBytes];
    for (let count = 0; count < 3_000 / Math.sqrt(callees); count++) create(count);
    return { estimate: engine.entityBytes - bytes, taken: heapUsed() - before };
  }
});

describe('large requests', () => {
  test('look like small ones', () => {
    const { engine, create } = setUp({});
    const callees = [...numbers(5_000), '861'];
    create(...callees);
    expect(engine.created).toEqual([
      {
        action: 'CreateAutoCalloutTask',
        id: expect.any(Number) as number,
        requestId: expect.any(String) as string,
        params: { ...example, Callees: callees },
      },
    ]);
    expect(engine.journal.entries[0]).toMatchObject({ code: 'OK', params: { Callees: callees } });
    expect(engine.calledMoreThanOnce).toEqual(new Map([['861', 2]]));
    const [[, json]] = [...engine.journal.entriesAsJson(0, 1)] as [[number, string]];
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(engine.journal.entries[0])));
  });
});

describe('worstWindow', () => {
  test('is exact for the first million requests, and says from when on it looks after that', () => {
    const arrivals = new Arrivals();
    // A burst at the very beginning.
    for (let count = 0; count < MAX_ARRIVALS; count++) arrivals.add(count < 50 ? 0 : count * 100, 'a');
    expect([arrivals.worstWindow(1_000), arrivals.keptFrom]).toEqual([50, 1]);
    arrivals.add(MAX_ARRIVALS * 100, 'a');
    expect([arrivals.worstWindow(1_000), arrivals.keptFrom]).toEqual([10, MAX_ARRIVALS / 2 + 1]);
  });

  test('knows the times of requests that are long gone from the entries', () => {
    const journal = new Journal({ maxEntries: 10 });
    const entry = { action: 'a', secretId: '', code: 'OK', requestId: 'r', tookMs: 0 };
    for (let count = 0; count < 1_000; count++)
      journal.record({ ...entry, receivedAtMs: count < 50 ? 0 : count * 100 });
    expect([journal.worstWindow(1_000), journal.worstWindowFrom, journal.size]).toEqual([50, 1, 1_000]);
  });

  test('tells actions apart', () => {
    const journal = new Journal();
    for (const [receivedAtMs, action] of [
      [0, 'a'],
      [1, 'b'],
      [2, 'b'],
      [2_000, 'a'],
    ] as const)
      journal.record({ receivedAtMs, action, secretId: '', code: 'OK', requestId: 'r', tookMs: 0 });
    expect([undefined, 'a', 'b', 'c'].map((action) => journal.worstWindow(1_000, action))).toEqual([
      3, 1, 2, 0,
    ]);
  });
});

describe('the rate window', () => {
  test('never admits more than the limit, and never refuses without need', () => {
    const random = seededRandom(7);
    const window = new RateWindow();
    const admitted: number[] = [];
    let now = 0;
    for (let count = 0; count < 5_000; count++) {
      now += random() * 40;
      const recent = admitted.filter((time) => now - time < 500).length;
      expect(window.admit('key', now, 9, 500)).toBe(recent < 9);
      if (recent < 9) admitted.push(now);
    }
    expect(worstWindow(admitted, 500)).toBe(9);
  });

  test('forgets keys that come from requests', () => {
    const window = new RateWindow();
    const before = heapUsed();
    for (let count = 0; count < 200_000; count++) window.admit(`AKID${count}`, count, 20, 1_000);
    expect(heapUsed() - before).toBeLessThan(2_000_000);
    expect(window.admit('AKID199999', 200_000, 1, 1_000)).toBe(false);
  });
});

test('each action has its own limit, from its definition', () => {
  const { CreateAutoCalloutTask: first, CreatePredictiveDialingCampaign: second } = actions;
  const original = second.rateLimit;
  Object.assign(second, { rateLimit: { limit: 3, windowMs: 1_000 } });
  try {
    const clock = { now: () => Date.now(), monotonic: () => 0 };
    const engine = new MockEngine({ seed: 1, clock });
    const admitted = (action: string) => {
      const sent = signedRequest(JSON.stringify(exampleOf(action)), { action });
      for (let count = 0; count < 25; count++) engine.handle(sent);
      return engine.created.filter((created) => created.action === action).length;
    };
    expect([admitted(second.name), admitted(first.name)]).toEqual([3, first.rateLimit.limit]);
  } finally {
    Object.assign(second, { rateLimit: original });
  }
});

test.each(['DescribeAutoCalloutTasks', 'UpdatePredictiveDialingCampaign'])('%s creates nothing', (action) => {
  const engine = new MockEngine({ seed: 1 });
  engine.handle(signedRequest(JSON.stringify(exampleOf(action)), { action }));
  expect([engine.created, engine.createdCount]).toEqual([[], 0]);
  expect(engine.journal.entries[0]).not.toHaveProperty('createdId');
});

test.each([
  [{ rateLimit: 0 }, /rateLimit must be/],
  [{ rateLimit: 1.5 }, /rateLimit must be/],
  [{ signatures: 'maybe' as never }, /signatures must be 'strict' or/],
  [{ newerParameters: 'maybe' as never }, /newerParameters must be 'accept' or/],
  [{ journal: { maxEntries: 0 } }, /journal.maxEntries/],
  [{ journal: { maxBytes: Number.NaN } }, /journal.maxBytes/],
  [{ entities: { maxEntries: 0 } }, /entities.maxEntries/],
  [{ listDelayMs: -1 }, /listDelayMs must be an integer from 0/],
  [{ itemMs: 0 }, /itemMs must be an integer from 1/],
  [{ credentials: [{ secretId: 'a b', secretKey: 'k' }] }, /secretId/],
  [{ sede: 1 } as object, /no option sede. Did you mean seed\?/],
])('the options %j are refused', (options, message) => {
  expect(() => new MockEngine(options)).toThrow(message);
});

function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
