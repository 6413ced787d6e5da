import { join } from 'node:path';
import type { MockEngine } from '@tccc/mocks';
import type { OutboundClient } from '@tccc/outbound';
import { expect, test } from 'vitest';
import type { BulkEvent } from '../src/index.js';
import { settleBulk } from '../src/index.js';
import { mockClient, numbers, rowsOf, runAll, template, temporaryFolder } from './support.js';

/** Gives a client the method that looks a task up, over what the mock has created. */
function addLookup(client: OutboundClient, engine: MockEngine): unknown[][] {
  const asked: unknown[][] = [];
  const settleCreateAutoCalloutTask = (keys: object, marker: string, options: object) => {
    asked.push([keys, options]);
    const found = engine.created.filter(({ params }) => String(params['Name']).endsWith(` [${marker}]`));
    const code = found.length === 0 ? 'NotFound' : 'FoundTwice';
    if (found.length !== 1) return Promise.reject(Object.assign(new Error(code), { code }));
    return Promise.resolve({ TaskId: found[0]!.id });
  };
  Object.defineProperty(client, 'settleCreateAutoCalloutTask', { value: settleCreateAutoCalloutTask });
  return asked;
}

const common = { template, chunkSize: 10, input: numbers(40), concurrency: 1 } as const;

test('what is unknown is looked up at the end of a run; what is not found stays unknown, and is not sent again', async () => {
  const { engine, client } = mockClient();
  const asked = addLookup(client, engine);
  engine.faults.add({ fault: 'internal-error', nth: 2, strikes: 'before' });
  engine.faults.add({ fault: 'internal-error', nth: 3, strikes: 'after' });
  const ledger = join(await temporaryFolder(), 'run.ledger');
  const { report, events } = await runAll({ ...common, client, ledger, settleWithinMs: 5 });
  expect(asked[0]).toEqual([
    { SdkAppId: 1_400_000_000 },
    { withinMs: 5, signal: expect.any(AbortSignal) as AbortSignal },
  ]);
  expect(report.counts).toMatchObject({ accepted: { chunks: 3 }, unknown: { chunks: 1 } });
  expect(events.filter(({ type }) => type === 'not-found')).toEqual([
    { type: 'not-found', chunk: 2, code: 'NotFound' },
  ]);
  const ids = new Set((await rowsOf(ledger)).flatMap(({ id }) => (id === undefined ? [] : [id])));
  expect([...ids]).toEqual(engine.created.map(({ id }) => String(id)));
  const heard: BulkEvent[] = [];
  await settleBulk({ client, ledger, settleWithinMs: 0 }, (event) => heard.push(event));
  expect(heard).toEqual([{ type: 'not-found', chunk: 2, code: 'NotFound' }]);
  expect(engine.journal.size).toBe(4);
});

test('a task that is found twice is not settled', async () => {
  const { engine, client } = mockClient();
  addLookup(client, engine);
  engine.faults.add({ fault: 'internal-error', nth: [1, 2], strikes: 'after' });
  const folder = await temporaryFolder();
  for (const name of ['a', 'b'])
    await runAll({
      ...common,
      input: numbers(10),
      client,
      ledger: join(folder, name),
      settleWithinMs: false,
    });
  const heard: BulkEvent[] = [];
  await settleBulk({ client, ledger: join(folder, 'a') }, (event) => heard.push(event));
  expect(heard).toEqual([{ type: 'not-found', chunk: 1, code: 'FoundTwice' }]);
});

test('a client that cannot look says so', async () => {
  const { engine, client } = mockClient();
  Object.defineProperty(client, 'settleCreateAutoCalloutTask', { value: undefined });
  engine.faults.add({ fault: 'internal-error', nth: 1 });
  const ledger = join(await temporaryFolder(), 'run.ledger');
  await runAll({ ...common, client, ledger });
  await expect(settleBulk({ client, ledger })).rejects.toMatchObject({ code: 'InvalidOption' });
});
