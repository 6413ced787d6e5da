import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { OutboundClientOptions } from '@tccc/outbound';
import { OutboundClient, isSettleError } from '@tccc/outbound';
import { describe, expect, test } from 'vitest';
import type { MockEngine } from '../src/index.js';
import {
  CREATE,
  LIST,
  MARKER,
  SdkAppId,
  campaign,
  failureOf,
  make,
  requestsOf,
  setUp,
  settle,
  task,
} from './settle-support.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('looking up', () => {
  const LENGTH = 450;

  async function crowded(options: Partial<OutboundClientOptions> = {}) {
    const set = setUp(options);
    await make(set.client, ...Array.from({ length: LENGTH }, (_, index) => `Task ${index}`));
    return set;
  }

  const pages = Math.ceil((LENGTH + 1) / 100);

  test('many at a time share one reading of the list, whatever they look for and whose client it is', async () => {
    const { engine, client, options } = await crowded();
    await using _open = client;
    await using other = new OutboundClient(options);
    const markers = Array.from({ length: 64 }, (_, index) => `crowd-${index}-of-64`);
    const ids = await make(client, ...markers.slice(0, 32).map((marker) => `Task [${marker}]`));
    const found = await Promise.all(
      markers.map((marker, index) =>
        (index % 2 === 0 ? client : other)
          .settleAutoCalloutTask({ SdkAppId }, marker, { withinMs: 0 })
          .then(({ TaskId }) => TaskId)
          .catch((error: unknown) => (isSettleError(error) ? error.code : error)),
      ),
    );
    expect(found).toEqual([...ids, ...Array.from({ length: 32 }, () => 'NotFound')]);
    expect(requestsOf(engine).length).toBeLessThanOrEqual(pages + 1);
  });

  test('creations that are lost at the same time share it, too', async () => {
    const { engine, client } = await crowded();
    await using _open = client;
    engine.faults.add({ fault: 'internal-error', strikes: 'after', action: CREATE });
    const settled = await Promise.all(
      Array.from({ length: 64 }, (_, index) =>
        client.createAutoCalloutTask({ ...task, Name: `Lost ${index}` }, { settle: { withinMs: 5_000 } }),
      ),
    );
    expect(settled.map(({ TaskId }) => TaskId)).toEqual(
      settled.map(
        (_, index) =>
          engine.created.find(({ params }) => String(params.Name).startsWith(`Lost ${index} [`))!.id,
      ),
    );
    // One reading may be under way when the last of them begin.
    expect(requestsOf(engine).length).toBeLessThanOrEqual(3 * (pages + 1));
  });

  test('clients of different accounts, services and settings do not share', async () => {
    const [one, other] = [setUp(), setUp()];
    await using first = one.client;
    await using second = other.client;
    const [id] = await make(first, `Spring [${MARKER}]`);
    const look = (client: OutboundClient) =>
      client.settleAutoCalloutTask({ SdkAppId }, MARKER, { withinMs: 0 });
    const [found, missed] = await Promise.allSettled([look(first), look(second)]);
    expect(found).toMatchObject({ value: { TaskId: id } });
    expect(missed).toMatchObject({ reason: { code: 'NotFound' } });
  });

  test('goes on for the others if the client that reads is closed, or its signal aborted', async () => {
    for (const end of ['close', 'abort'] as const) {
      const { engine, client, options } = await crowded();
      const other = new OutboundClient(options);
      await using _open = other;
      const [id] = await make(other, `Spring [${MARKER}]`);
      const controller = new AbortController();
      let count = 0;
      engine.respond(LIST, (_params, context) => {
        if (++count === 2) setImmediate(() => (end === 'close' ? void client.close() : controller.abort()));
        return context.answer() as never;
      });
      const [first, second] = await Promise.allSettled([
        client.settleAutoCalloutTask({ SdkAppId }, 'nobody-has-this', {
          withinMs: 60_000,
          signal: controller.signal,
        }),
        other.settleAutoCalloutTask({ SdkAppId }, MARKER, { withinMs: 0 }),
      ]);
      expect(first).toMatchObject({ reason: { code: 'Cancelled' } });
      expect(second).toMatchObject({ value: { TaskId: id } });
      await client.close();
    }
  });

  /** Each page is full and new; the second one has the task. */
  function endless(engine: MockEngine, names: readonly string[] = [`Spring [${MARKER}]`]) {
    let count = 0;
    engine.respond(LIST, () => {
      const marked = count === 1 ? names.map((Name, index) => ({ TaskId: 7 + index, Name })) : [];
      const others = Array.from({ length: 100 - marked.length }, (_, index) => ({
        TaskId: 1_000 + count * 100 + index,
        Name: 'x',
      }));
      count++;
      return { TotalCount: 1_000_000_000, Tasks: [...marked, ...others] as never };
    });
  }

  test('a list that never ends is bounded by withinMs, and what was found before counts', async () => {
    const { engine, client } = setUp();
    await using _open = client;
    endless(engine);
    const found = await client.settleAutoCalloutTask({ SdkAppId }, MARKER, { withinMs: 300 });
    expect(found).toMatchObject({ TaskId: 7, settled: { isOnlyOne: false, lookups: 0 } });
    const error = await failureOf(
      client.settleAutoCalloutTask({ SdkAppId }, 'nobody-has-this', { withinMs: 300 }),
    );
    expect(error).toMatchObject({ code: 'NoLookup', outcome: 'unknown', lookups: 0 });
    endless(engine, [`A [${MARKER}]`, `B [${MARKER}]`]);
    expect(
      await failureOf(client.settleAutoCalloutTask({ SdkAppId }, MARKER, { withinMs: 300 })),
    ).toMatchObject({
      code: 'FoundTwice',
      ids: [7, 8],
    });
  });

  test('a page that never comes is bounded, too', async () => {
    const { engine, client } = setUp();
    await using _open = client;
    engine.respond(LIST, (() => new Promise(() => {})) as never);
    const error = await failureOf(client.settleAutoCalloutTask({ SdkAppId }, MARKER, { withinMs: 200 }));
    expect(error).toMatchObject({ code: 'NoLookup', outcome: 'unknown' });
  });

  test('one that goes on for long does not hold others', async () => {
    const { engine, client } = setUp();
    await using _open = client;
    endless(engine);
    const controller = new AbortController();
    const long = failureOf(
      client.settleAutoCalloutTask({ SdkAppId }, 'nobody-has-this', {
        withinMs: 60_000,
        signal: controller.signal,
      }),
    );
    const short = await failureOf(
      client.settleAutoCalloutTask({ SdkAppId }, 'nor-has-anybody-this', { withinMs: 200 }),
    );
    expect(short).toMatchObject({ code: 'NoLookup' });
    controller.abort();
    expect(await long).toMatchObject({ code: 'Cancelled' });
  });

  test('asks for shorter pages if one is too long for a response', async () => {
    const { engine, client } = setUp({ maxResponseBytes: 20_000 });
    await using _open = client;
    await make(
      client,
      ...Array.from({ length: 250 }, (_, index) =>
        index === 7 ? `Spring [${MARKER}]` : `Task ${index} ${'x'.repeat(500)}`,
      ),
    );
    const { TaskId } = await client.settleAutoCalloutTask({ SdkAppId }, MARKER, { withinMs: 0 });
    expect(TaskId).toBe(engine.created[7]!.id);
    const ids = [];
    for await (const one of client.eachAutoCalloutTask({ SdkAppId })) ids.push(one.TaskId);
    expect(ids.sort((a, b) => a - b)).toEqual(engine.created.map(({ id }) => id).sort((a, b) => a - b));
  });

  test('reads a list in which another has an id beyond 2^53', async () => {
    const { engine, client } = setUp();
    await using _open = client;
    for (const TaskId of ['9007199254740993', -(2 ** 60), 1e300, '-12345678901234567890']) {
      engine.respond(
        LIST,
        () =>
          ({
            TotalCount: '3',
            Tasks: [
              { TaskId, Name: 'Other' },
              null,
              { TaskId: 7, Name: `Spring [${MARKER}]` },
              { Name: 5 },
            ] as never,
          }) as never,
      );
      const { TaskId: found } = await client.settleAutoCalloutTask({ SdkAppId }, MARKER, { withinMs: 0 });
      expect(found).toBe(7);
    }
  });

  test.each(['whole names', 'nothing'])(
    'with withinMs: 0 the whole list is read if the filter takes %s',
    async (what) => {
      const { engine, client } = setUp();
      await using _open = client;
      const { CampaignId } = await client.createPredictiveDialingCampaign(campaign, { settle });
      const names: unknown[] = [];
      engine.respond('DescribePredictiveDialingCampaigns', (params, context) => {
        const { Name } = params as { Name?: string };
        names.push(Name);
        const isTaken = what === 'nothing' ? Name === undefined : Name === undefined || Name.includes('[');
        return isTaken ? (context.answer() as never) : { TotalCount: 0, CampaignList: [] };
      });
      const found = await client.settlePredictiveDialingCampaign(
        { SdkAppId: (campaign as { SdkAppId: number }).SdkAppId },
        MARKER,
        {
          withinMs: 0,
        },
      );
      expect(found.CampaignId).toBe(CampaignId);
      expect(names).toEqual([MARKER, undefined]);
    },
  );

  test('a signal ends it though nothing else refers to that', async () => {
    const { engine, client } = setUp();
    await using _open = client;
    const asked = new Promise<void>((resolve) => {
      engine.respond(LIST, (_params, context) => {
        resolve();
        return context.answer() as never;
      });
    });
    const failure = failureOf(
      client.settleAutoCalloutTask({ SdkAppId }, MARKER, {
        withinMs: 5_000,
        signal: AbortSignal.timeout(150),
      }),
    );
    // On a busy machine, the signal can end it before it has asked.
    await Promise.race([asked, failure]);
    await nextTurn();
    collectGarbage();
    const error = await failure;
    expect(error).toMatchObject({ code: 'Cancelled' });
  });

  test('leaves no listener on a signal', async () => {
    const { client } = setUp();
    await using _open = client;
    const { signal } = new AbortController();
    let listeners = 0;
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    signal.addEventListener = (...args: Parameters<typeof add>) => (listeners++, add(...args));
    signal.removeEventListener = (...args: Parameters<typeof remove>) => (listeners--, remove(...args));
    await failureOf(client.settleAutoCalloutTask({ SdkAppId }, MARKER, { withinMs: 0, signal }));
    expect(listeners).toBe(0);
  });
});
