import { expect, test, vi } from 'vitest';
import { Dispatch } from '../src/run/dispatch.js';
import type { BulkEvent } from '../src/index.js';
import type { Ledger, LedgerChunk } from '../src/ledger/ledger.js';
import { checkChange } from '../src/ledger/ledger.js';
import { readBulkOptions } from '../src/options.js';
import { paceTable } from '../src/run/options.js';
import type { CalleeRow } from '../src/plan/rows.js';
import { stopwatch } from '../src/postgres/stopwatch.js';
import { senderFor } from '../src/run/send.js';
import { readTemplate } from '../src/request/template.js';
import { calledBy, mockClient, template } from './support.js';

const rows: CalleeRow[] = [[1, 1, '008613800000001']];

/** A ledger of two chunks in memory. */
function memoryLedger() {
  const plain = { from: 0, to: 1, callees: 1, sha256: '', by: 'run', revision: 0 } as const;
  const chunks = [1, 2].map((chunk): LedgerChunk => ({
    ...plain,
    chunk,
    marker: `tccc-marker-${chunk}`,
    state: 'planned',
  }));
  const change = (chunk: number, own: object) =>
    (chunks[chunk - 1] = {
      ...chunks[chunk - 1]!,
      ...own,
      revision: chunks[chunk - 1]!.revision + 1,
    } as LedgerChunk);
  const zero = { chunks: 0, callees: 0 };
  const ledger = {
    claim: async () => {
      const next = chunks.find(({ state }) => state === 'planned');
      return next && change(next.chunk, { state: 'sending' });
    },
    record: async ({ chunk, revision }: LedgerChunk, state: { state: LedgerChunk['state'] }) => {
      checkChange(chunk, revision, chunks[chunk - 1], state.state, 'run');
      return change(chunk, state);
    },
    counts: async () => ({ planned: zero, sending: zero, accepted: zero, refused: zero, unknown: zero }),
  } as unknown as Ledger;
  return { ledger, chunks, change };
}

function dispatch(confirm: (chunk: LedgerChunk) => Promise<number | undefined>, memory = memoryLedger()) {
  const { engine, client } = mockClient({ rateLimit: 'off' });
  const events: BulkEvent[] = [];
  const given = readTemplate(template);
  const run = () =>
    new Dispatch({
      ...{ ledger: memory.ledger, sender: senderFor(client, given), template: given, confirm },
      ...{ load: async () => rows, settings: readBulkOptions(paceTable, { concurrency: 1 }) },
      ...{ signal: new AbortController().signal, emit: (event: BulkEvent) => events.push(event) },
    }).run();
  return { ...memory, engine, client, events, run };
}

test('what is not its own any more when it is to be sent is not sent, and the rest goes on', async () => {
  const memory = memoryLedger();
  const { engine, chunks, run } = dispatch(async ({ chunk }) => {
    if (chunk === 2) return 1_000;
    // It was suspended here, and others have taken it for dead.
    memory.change(1, { state: 'unknown', code: 'Interrupted' });
    return undefined;
  }, memory);
  expect(await run()).toBeUndefined();
  expect(chunks.map(({ state }) => state)).toEqual(['unknown', 'accepted']);
  expect(engine.created).toHaveLength(1);
});

test('a request takes no longer than it may', async () => {
  const { client, chunks, run } = dispatch(async () => 1_234);
  const create = vi.spyOn(client, 'createAutoCalloutTask');
  await run();
  expect(create.mock.calls.map(([, options]) => options?.deadlineMs)).toEqual([1_234, 1_234]);
  expect(chunks.map(({ state }) => state)).toEqual(['accepted', 'accepted']);
});

test('if the database cannot be asked, nothing is sent', async () => {
  const { engine, run } = dispatch(() => Promise.reject(new Error('The way is cut.')));
  await expect(run()).rejects.toThrow('The way is cut.');
  expect(calledBy(engine)).toEqual([]);
});

test('time counts by the clock that has gone further', () => {
  let [wall, monotonic] = [5_000_000, 100];
  const clock = { now: () => wall, monotonic: () => monotonic, schedule: () => () => {} };
  const elapsedMs = stopwatch(clock);
  expect(elapsedMs()).toBe(0);
  // The machine was asleep, during which its monotonic clock stands still.
  wall += 3_600_000;
  expect(elapsedMs()).toBe(3_600_000);
  // It was set back.
  wall -= 7_200_000;
  monotonic += 30;
  expect(elapsedMs()).toBe(30);
});
