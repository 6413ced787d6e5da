import type { CreateAutoCalloutTaskRequest } from '@tccc/outbound';
import { OutboundClient, isSettleError, isTcccError } from '@tccc/outbound';
import { describe, expect, test } from 'vitest';
import type { FaultName, MockOptions } from '../src/index.js';
import { Refusal, createMock, fixtures } from '../src/index.js';

const MARKER = 'order-17-part-3';
const task = {
  ...fixtures.find(({ action }) => action === 'CreateAutoCalloutTask')!.request,
  Name: 'Spring survey',
} as unknown as CreateAutoCalloutTaskRequest;
const application = { SdkAppId: task.SdkAppId };

/**
 * Calls back after so many turns of the event loop that a response of the mock is there before: the time-out of a lookup may be as
 * short as a pause.
 */
function afterTurns(callback: () => void, turns = 50): () => void {
  let next = setImmediate(function turn() {
    if (--turns === 0) callback();
    else next = setImmediate(turn);
  });
  return () => clearImmediate(next);
}

/** A mock and a client of it whose pauses take no time: what it waits for is on `clock`. */
function setUp(options: MockOptions = {}) {
  const startMs = Date.now();
  // Of the service, too, only what is skipped passes.
  const frozen = { now: () => startMs, monotonic: () => 0 };
  const { engine, clientOptions } = createMock({ seed: 1, clock: frozen, ...options });
  const { clock: real } = clientOptions;
  // Whole, so that no rounding decides whether there is time for one more look.
  const begunAtMs = Math.floor(real.monotonic());
  let skippedMs = 0;
  const pauses: number[] = [];
  const clock = {
    now: real.now,
    // Only pauses take time, however busy the machine is.
    monotonic: () => begunAtMs + skippedMs,
    /** Pauses between lookups (`pause.ts`, which names its callback so) end at once; everything else takes its time. */
    schedule(callback: () => void, delayMs: number, inBackground?: boolean) {
      if (callback.name !== 'end') return real.schedule(callback, delayMs, inBackground);
      return afterTurns(() => {
        pauses.push(delayMs);
        skippedMs += delayMs;
        engine.advance(Math.round(delayMs));
        callback();
      });
    },
  };
  return {
    engine,
    pauses,
    client: new OutboundClient({ ...clientOptions, clock, attemptTimeoutMs: 20_000 }),
  };
}

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'succeeded',
    (error: unknown) => error,
  );
}

describe('a creation whose response is lost', () => {
  test.each<FaultName>(['bad-gateway', 'internal-error', 'no-id', 'empty'])(
    'to %s is found by its marker',
    async (fault) => {
      const { engine, client } = setUp();
      await using _open = client;
      engine.faults.add({
        fault,
        nth: 1,
        ...(fault === 'internal-error' || fault === 'no-id' ? { strikes: 'after' } : {}),
      });
      const result = await client.createAutoCalloutTask(task, { settle: { marker: MARKER } });
      expect(result.TaskId).toBe(engine.created[0]!.id);
      expect(result.settled).toMatchObject({ marker: MARKER, lookups: 1 });
      expect(engine.created[0]!.params.Name).toBe(`Spring survey [${MARKER}]`);
      expect(engine.createdCount).toBe(1);
    },
  );

  test('is found as soon as a list that lags shows it, after pauses that grow', async () => {
    const { engine, client, pauses } = setUp({ listDelayMs: 9_000 });
    await using _open = client;
    engine.faults.add({ fault: 'bad-gateway', action: 'CreateAutoCalloutTask', nth: 1 });
    const { TaskId, settled } = await client.createAutoCalloutTask(task, { settle: true });
    expect(TaskId).toBe(engine.created[0]!.id);
    expect(settled!.lookups).toBe(6);
    expect(settled!.marker).toMatch(/^tccc-[a-z2-9]{12}$/);
    const waited = pauses.filter((ms) => ms >= 500);
    expect(waited).toEqual([500, 1_000, 2_000, 4_000, 8_000]);
  });

  test('is looked for again and again without a listener for each look, of which Node.js would warn', async () => {
    const { engine, client } = setUp({ listDelayMs: 600_000 });
    await using _open = client;
    engine.faults.add({ fault: 'bad-gateway', action: 'CreateAutoCalloutTask', nth: 1 });
    const settle = { marker: MARKER, withinMs: 300_000 };
    const error = await failureOf(client.createAutoCalloutTask(task, { settle }));
    // Such a warning fails every run of the tests.
    expect(isSettleError(error) && error.lookups).toBeGreaterThan(11);
  });

  test('stays unknown if it is not found in time, and the error has what it takes to look again', async () => {
    const { engine, client } = setUp({ listDelayMs: 60_000 });
    await using _open = client;
    engine.faults.add({ fault: 'bad-gateway', action: 'CreateAutoCalloutTask', nth: 1 });
    const error = await failureOf(
      client.createAutoCalloutTask(task, { settle: { marker: MARKER, withinMs: 7_000 } }),
    );
    if (!isSettleError(error)) throw error;
    expect(error).toMatchObject({
      code: 'NotFound',
      outcome: 'unknown',
      marker: MARKER,
      lookups: 5,
      ids: [],
    });
    expect(error.elapsedMs).toBeGreaterThanOrEqual(7_000);
    expect(error.cause).toMatchObject({ outcome: 'unknown' });
    expect(error.traceId).toBe((error.cause as { traceId?: string }).traceId);
    expect(error.message).not.toContain(MARKER);
    expect(JSON.stringify(error)).toContain(MARKER);
    engine.advance(60_000);
    const settled = await client.settleAutoCalloutTask(application, MARKER);
    expect(settled.TaskId).toBe(engine.created[0]!.id);
    expect(engine.createdCount).toBe(1);
  });

  test('and was never executed stays unknown', async () => {
    const { engine, client } = setUp();
    await using _open = client;
    engine.faults.add({ fault: 'internal-error', nth: 1, strikes: 'before' });
    const error = await failureOf(client.createAutoCalloutTask(task, { settle: { withinMs: 2_000 } }));
    expect(error).toMatchObject({ code: 'NotFound', outcome: 'unknown' });
    expect(engine.createdCount).toBe(0);
  });

  test('is found once the list works again, and not looked for if it never will', async () => {
    const { engine, client } = setUp();
    await using _open = client;
    engine.faults.add({ fault: 'bad-gateway', action: 'CreateAutoCalloutTask', nth: 1 });
    let failures = 0;
    engine.respond('DescribeAutoCalloutTasks', (_params, context) =>
      ++failures <= 4 ? new Refusal('InternalError.DBError', 'Down.') : (context.answer() as never),
    );
    const { settled } = await client.createAutoCalloutTask(task, { settle: true });
    expect(settled!.lookups).toBe(1);
    engine.faults.add({ fault: 'bad-gateway', action: 'CreateAutoCalloutTask', nth: 1 });
    engine.respond('DescribeAutoCalloutTasks', () => new Refusal('UnauthorizedOperation', 'No.'));
    const error = await failureOf(client.createAutoCalloutTask(task, { settle: true }));
    expect(error).toMatchObject({ code: 'NoLookup', outcome: 'unknown', lookups: 0 });
    expect((error as Error).message).toContain('UnauthorizedOperation');
  });

  test.each<FaultName>(['redirect', 'oversize', 'unsafe-id', 'unknown-code', 'refusal-no-request-id'])(
    'is found although the first look at the list met %s',
    async (fault) => {
      const { engine, client } = setUp();
      await using _open = client;
      engine.faults.add({ fault: 'bad-gateway', action: 'CreateAutoCalloutTask', nth: 1 });
      engine.faults.add({ fault, action: 'DescribeAutoCalloutTasks', nth: 1 });
      const { TaskId, settled } = await client.createAutoCalloutTask(task, { settle: true });
      expect(TaskId).toBe(engine.created[0]!.id);
      expect(settled!.lookups).toBe(1);
      expect(engine.faults.struck.get(fault)).toBe(1);
    },
  );

  test('is found among many others, by a filter where the list has one', async () => {
    const { engine, client } = setUp();
    await using _open = client;
    for (let count = 0; count < 120; count++) await client.createAutoCalloutTask(task);
    engine.faults.add({ fault: 'bad-gateway', action: 'CreateAutoCalloutTask', nth: 1 });
    await client.createAutoCalloutTask(task, { settle: true });
    for (let count = 0; count < 120; count++) await client.createAutoCalloutTask(task);
    const marked = engine.created.find(({ params }) => String(params.Name).includes('['))!;
    const marker = /\[(.*)\]/.exec(String(marked.params.Name))![1]!;
    expect((await client.settleAutoCalloutTask(application, marker)).TaskId).toBe(marked.id);

    const campaign = fixtures.find(({ action }) => action === 'CreatePredictiveDialingCampaign')!.request;
    engine.faults.add({ fault: 'bad-gateway', action: 'CreateAutoCalloutTask', nth: 1 });
    const { CampaignId } = await client.createPredictiveDialingCampaign(campaign as never, {
      settle: { marker: MARKER },
    });
    expect(CampaignId).toBe(engine.created.at(-1)!.id);
  });
});

test('two with one marker are an error that names both', async () => {
  const { engine, client } = setUp();
  await using _open = client;
  for (const _time of [1, 2]) await client.createAutoCalloutTask(task, { settle: { marker: MARKER } });
  const error = await failureOf(client.settleAutoCalloutTask(application, MARKER));
  const ids = engine.created.map(({ id }) => id);
  expect(error).toMatchObject({ code: 'FoundTwice', outcome: 'unknown' });
  expect([...(error as { ids: number[] }).ids].sort()).toEqual([...ids].sort());
});

test.each([[undefined], [null], [0], [-3], ['x7'], [2 ** 60]])(
  'an item with the marker and the id %j settles nothing',
  async (TaskId) => {
    const { engine, client } = setUp();
    await using _open = client;
    const item = { Name: `Spring survey [${MARKER}]`, ...(TaskId !== undefined && { TaskId }) };
    engine.respond('DescribeAutoCalloutTasks', () => ({
      TotalCount: 2,
      Tasks: [item, { ...item }] as never,
    }));
    const error = await failureOf(client.settleAutoCalloutTask(application, MARKER, { withinMs: 100 }));
    expect(isSettleError(error) && [error.code, error.outcome, error.ids]).toEqual([
      'NoLookup',
      'unknown',
      [],
    ]);
  },
);

test('a creation that is refused, or succeeds, is not looked up', async () => {
  const { engine, client } = setUp();
  await using _open = client;
  const result = await client.createAutoCalloutTask(task, { settle: true });
  expect(result).not.toHaveProperty('settled');
  const error = await failureOf(client.createAutoCalloutTask({ ...task, Callees: [] }, { settle: true }));
  expect(isTcccError(error) && error.kind).toBe('validation');
  expect(engine.journal.entries.map(({ action }) => action)).toEqual(['CreateAutoCalloutTask']);
});

test('without the option nothing is added, and without a name the marker is the name', async () => {
  const { engine, client } = setUp();
  await using _open = client;
  await client.createAutoCalloutTask(task);
  const { Name: _none, ...nameless } = task;
  await client.createAutoCalloutTask(nameless, { settle: { marker: MARKER } });
  expect(engine.created.map(({ params }) => params.Name)).toEqual(['Spring survey', `[${MARKER}]`]);
});

test('a signal or the end of the client ends the lookups, and the marker stays', async () => {
  for (const end of ['signal', 'close'] as const) {
    const { engine, clientOptions } = createMock({ seed: 1, listDelayMs: 60_000 });
    const client = new OutboundClient(clientOptions);
    await using _open = client;
    const abort = new AbortController();
    engine.faults.add({ fault: 'bad-gateway', action: 'CreateAutoCalloutTask', nth: 1 });
    engine.respond('DescribeAutoCalloutTasks', (_params, context) => {
      setImmediate(() => (end === 'signal' ? abort.abort() : void client.close()));
      return context.answer() as never;
    });
    const call = client.createAutoCalloutTask(task, { signal: abort.signal, settle: { marker: MARKER } });
    expect(await failureOf(call)).toMatchObject({ code: 'Cancelled', outcome: 'unknown', marker: MARKER });
  }
});

test.each([
  [{ settle: 'yes' }, /settle must be true, false, or an object/],
  [{ settle: { markr: 'x' } }, /Did you mean marker/],
  [{ settle: { marker: 'short' } }, /marker must be 8 to 64/],
  [{ settle: { withinMs: -1 } }, /settle.withinMs must be a number from 0/],
])('%j is refused before anything is sent', async (options, message) => {
  const { engine, client } = setUp();
  await using _open = client;
  const error = await failureOf(client.createAutoCalloutTask(task, options as never));
  expect(error).toMatchObject({ code: 'InvalidOption', message: expect.stringMatching(message) as string });
  expect(engine.journal.size).toBe(0);
});
