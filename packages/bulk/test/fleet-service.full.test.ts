import { MockEngine, mockClientOptions } from '@tccc/mocks';
import { OutboundClient } from '@tccc/outbound';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fleetResults, joinFleet, planFleet, settleFleet } from '../src/fleet.js';
import { PostgresLedgers } from '../src/postgres.js';
import type { TestServer } from './servers.js';
import { hasServers, startPostgres } from './servers.js';
import { atEnd, numbers, template } from './support.js';

const CREATE = 'CreateAutoCalloutTask';

describe.skipIf(!hasServers('postgresql'))('a run of a fleet', () => {
  let postgres: TestServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  function place(schema: string) {
    const ledgers = new PostgresLedgers({ connection: { connectionString: postgres.url }, schema });
    atEnd(() => ledgers.close());
    const engine = new MockEngine({ seed: 1 });
    const { endpoint: _, ...options } = mockClientOptions(engine);
    /** A client of a place; the mock answers for it. */
    const clientAt = (where: object) => {
      const client = new OutboundClient({ ...options, ...where, allowHttp: true } as never);
      atEnd(() => client.close());
      return client;
    };
    const rehearsing = clientAt({ endpoint: 'http://127.0.0.1:8080' });
    const list = { ledgers, input: numbers(30), template, chunkSize: 10 };
    return { ledgers, engine, rehearsing, real: clientAt({ site: 'intl' }), list };
  }

  test('that was rehearsed is not taken for the real one', async () => {
    const { ledgers, engine, rehearsing, real, list } = place('rehearsed');
    const { run } = await planFleet({ ...list, client: rehearsing });
    await joinFleet({ ledgers, run, client: rehearsing }).report;
    expect(engine.calls(CREATE)).toHaveLength(3);
    const results = async () => {
      for await (const _ of fleetResults({ ledgers, run, client: real }));
    };
    for (const attempt of [
      () => planFleet({ ...list, client: real }),
      () => joinFleet({ ledgers, run, client: real }).report,
      () => settleFleet({ ledgers, run, client: real }),
      results,
    ]) {
      const error = await attempt().catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'OtherService' });
      expect((error as Error).message).toContain('give the real run a name of its own');
    }
    const second = await planFleet({ ...list, name: 'real', client: real });
    const { counts } = await joinFleet({ ledgers, run: second.run, client: real }).report;
    expect([second.isNew, counts.accepted.chunks]).toEqual([true, 3]);
    expect((await planFleet({ ...list, client: rehearsing })).run).toBe(run);
  });

  test('can be sent to another service as long as nobody has anything of it, and nobody works on it', async () => {
    const { ledgers, rehearsing, real, list } = place('free');
    const { run } = await planFleet({ ...list, client: rehearsing });
    const [one, other] = [await ledgers.open(run), await ledgers.open(run)];
    expect(await one.sendTo('local')).toBe('local');
    expect(await other.sendTo('intl')).toBe('local');
    await one.close();
    expect(await other.sendTo('intl')).toBe('intl');
    expect(await other.service()).toBeUndefined();
    await other.close();
    expect((await joinFleet({ ledgers, run, client: real }).report).outcome).toBe('finished');
  });

  test('of an earlier version of this package goes on: its ledger does not say who has what', async () => {
    const { ledgers, real, list } = place('earlier');
    const { run } = await planFleet({ ...list, client: real });
    const ledger = await ledgers.open(run);
    const chunk = (await ledger.claim())!;
    await ledger.record(chunk, { state: 'accepted', id: '17' }, 'run');
    await ledger.close();
    const { counts } = await joinFleet({ ledgers, run, client: real }).report;
    expect(counts.accepted.chunks).toBe(3);
    const after = await ledgers.open(run);
    expect(await after.service()).toBeUndefined();
    await after.close();
  });
});
