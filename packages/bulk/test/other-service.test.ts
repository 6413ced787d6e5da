import { readFile } from 'node:fs/promises';
import type { MockEngine } from '@tccc/mocks';
import { mockClientOptions } from '@tccc/mocks';
import { OutboundClient } from '@tccc/outbound';
import { describe, expect, test } from 'vitest';
import { bulkResults, bulkStatus, resolveBulk, resumeBulk, runBulk, settleBulk } from '../src/index.js';
import { serviceOf } from '../src/run/service.js';
import { atEnd, common, numbers, setUp } from './support.js';

const CREATE = 'CreateAutoCalloutTask';

/** A client of a place; the mock answers for it. */
function clientAt(engine: MockEngine, place: { site: 'intl' | 'cn' } | { endpoint: string }): OutboundClient {
  const { endpoint: _, ...options } = mockClientOptions(engine);
  const client = new OutboundClient({ ...options, ...place, allowHttp: true } as never);
  atEnd(() => client.close());
  return client;
}

const atMock = { endpoint: 'http://127.0.0.1:8080' };

const resultsOf = async (client: OutboundClient, ledger: string) => {
  let lines = 0;
  for await (const _ of bulkResults({ client, ledger })) lines++;
  return lines;
};

describe('a ledger that was sent to one service', () => {
  test.each([
    [atMock, { site: 'intl' }, 'this machine', 'the site intl'],
    [{ site: 'cn' }, { site: 'intl' }, 'the site cn', 'the site intl'],
    [{ endpoint: 'https://ccc.intl.tencentcloudapi.com' }, { site: 'cn' }, 'the site intl', 'the site cn'],
  ] as const)('is not taken for what another has: %j, then %j', async (first, second, was, is) => {
    const { engine, ledger } = await setUp();
    const [own, other] = [clientAt(engine, first), clientAt(engine, second)];
    const given = { ...common, ledger, input: numbers(30) };
    await runBulk({ ...given, client: own, concurrency: 1 }).report;
    const sent = engine.calls(CREATE).length;
    const tries = [
      () => runBulk({ ...given, client: other }).report,
      () => resumeBulk({ client: other, ledger }).report,
      () => settleBulk({ client: other, ledger }),
      () => resultsOf(other, ledger),
    ];
    for (const attempt of tries) {
      const error = await attempt().catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'OtherService' });
      expect((error as Error).message).toContain(`sent to ${was}, not to ${is}. `);
    }
    expect(engine.calls(CREATE)).toHaveLength(sent);
    expect((await resumeBulk({ client: own, ledger }).report).outcome).toBe('finished');
    expect(await resultsOf(own, ledger)).toBe(30);
    expect((await readFile(ledger, 'utf8')).match(/"service":"/g), 'it says so once').toHaveLength(1);
  });

  test('by a program that rehearsed in its own process is not taken for the real one', async () => {
    const { client, engine, ledger } = await setUp();
    await runBulk({ ...common, client, ledger, input: numbers(30) }).report;
    const real = clientAt(engine, { site: 'intl' });
    const error = await resultsOf(real, ledger).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'OtherService' });
    expect((error as Error).message).toMatch(/If that was a rehearsal, .*\. If it was a gateway, /);
  });

  test('can be sent to another one as long as nobody has anything of it', async () => {
    const { engine, ledger } = await setUp();
    const [wrong, right] = [clientAt(engine, { site: 'cn' }), clientAt(engine, { site: 'intl' })];
    engine.faults.add({ fault: 'token-refused', action: CREATE, nth: [1, 2] });
    await runBulk({ ...common, client: wrong, ledger, input: numbers(30), concurrency: 1 }).report;
    const refused = (await bulkStatus(ledger)).open.filter(({ state }) => state === 'refused');
    if (refused.length > 0)
      await resolveBulk(
        ledger,
        refused.map(({ chunk }) => chunk),
        'send-again',
      );
    engine.faults.clear();
    const { counts } = await resumeBulk({ client: right, ledger }).report;
    expect(counts.accepted.callees).toBe(30);
    await expect(resumeBulk({ client: wrong, ledger }).report).rejects.toThrow('another run would call');
  });

  test('is anybody’s, if nobody knows who has what was sent first', async () => {
    const { engine, ledger } = await setUp();
    const [gateway, mock, site] = [
      clientAt(engine, { endpoint: 'https://gateway.example.com' }),
      clientAt(engine, atMock),
      clientAt(engine, { site: 'intl' }),
    ];
    const controller = new AbortController();
    const first = runBulk({
      ...common,
      client: gateway,
      ledger,
      input: numbers(30),
      concurrency: 1,
      signal: controller.signal,
    });
    for await (const { type } of first) if (type === 'chunk') controller.abort();
    expect((await bulkStatus(ledger)).counts).toMatchObject({
      planned: { chunks: 2 },
      accepted: { chunks: 1 },
    });
    await resumeBulk({ client: mock, ledger }).report;
    expect(await resultsOf(site, ledger)).toBe(30);
  });

  test('is found again by another address of it, and by a gateway', async () => {
    const { engine, ledger } = await setUp();
    await runBulk({ ...common, client: clientAt(engine, { site: 'intl' }), ledger, input: numbers(30) })
      .report;
    for (const endpoint of [
      'https://ccc.ap-singapore.intl.tencentcloudapi.com',
      'https://gateway.example.com',
    ])
      expect(await resultsOf(clientAt(engine, { endpoint }), ledger)).toBe(30);
  });
});

test.each([
  ['http://localhost:1', 'local'],
  ['http://[::1]:1', 'local'],
  ['http://mock.localhost', 'local'],
  ['https://127.0.0.2', 'local'],
  ['https://ccc.tencentcloudapi.com', 'cn'],
  ['https://ccc.intl.tencentcloudapi.com', 'intl'],
  ['https://ccc.tencentcloudapi.com.example.com', 'other'],
  ['https://127.0.0.1.example.com', 'other'],
  ['https://localhost.example.com', 'other'],
])('%s is %s', (endpoint, service) => {
  expect(serviceOf({ site: undefined, endpoint })).toBe(service);
});
