import { setTimeout as sleep } from 'node:timers/promises';
import { MockEngine, MockServer, mockCredentials } from '@tccc/mocks';
import { OutboundClient } from '@tccc/outbound';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fleetReport, joinFleet, planFleet, resolveFleet } from '../src/fleet.js';
import type { ReportRow } from '../src/index.js';
import { PostgresLedgers } from '../src/postgres.js';
import { startJitter, startMember } from './fleet-support.js';
import type { TestServer } from './servers.js';
import { hasServers, startPostgres, startRedis } from './servers.js';
import { atEnd, calledBy, numbers, template } from './support.js';

/** Requests that a process has on their way at most. */
const IN_FLIGHT = 8;

const MEMBERS = [1, 2, 3, 4];

let schemas = 0;

describe.skipIf(!hasServers('redis-server', 'postgresql'))('a fleet', () => {
  let redis: TestServer;
  let postgres: TestServer;
  beforeAll(async () => {
    [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
  });
  afterAll(() => Promise.all([redis.stop(), postgres.stop()]));

  /** A mock on a port, a client that sees it without delay, and a run that is planned but not begun. */
  async function plan(chunks: number) {
    const engine = new MockEngine({ seed: 1 });
    const server = await MockServer.start(engine);
    atEnd(() => server.close());
    const client = new OutboundClient({ endpoint: server.url, credentials: mockCredentials });
    atEnd(() => client.close());
    const schema = `fleet_${schemas++}`;
    const connection = { connectionString: postgres.url };
    const ledgers = new PostgresLedgers({ connection, schema, leaseMs: 5_000 });
    atEnd(() => ledgers.close());
    const input = [...numbers(2 * chunks), '+8613800000000', 'nobody'];
    const { run } = await planFleet({ ledgers, client, input, template, chunkSize: 2 });
    const jitter = await startJitter(server.url, 30, 7);
    atEnd(() => jitter.close());
    const options = {
      endpoint: jitter.url,
      credentials: mockCredentials,
      run,
      schema,
      leaseMs: 5_000,
      postgres: postgres.url,
      redis: redis.url,
      join: { settleWithinMs: 0, concurrency: IN_FLIGHT },
    };
    const report = async () => {
      const rows: ReportRow[] = [];
      for await (const row of fleetReport(ledgers, run)) rows.push(row);
      return rows;
    };
    return { engine, client, ledgers, input, run, options, report };
  }

  /** What the report says is what the service has, and each line is in it once. */
  function check(engine: MockEngine, input: readonly unknown[], rows: readonly ReportRow[]): void {
    expect(engine.calledMoreThanOnce).toEqual(new Map());
    expect(rows.map(({ line }) => line)).toEqual(input.map((_, index) => index + 1));
    const accepted = rows.filter(({ state }) => state === 'accepted');
    const task = new Map(
      engine.created.map(({ id, params }) => [(params['Callees'] as string[])[0]!, String(id)]),
    );
    for (const { callee, id } of accepted.filter(({ callee }) => task.has(callee)))
      expect(id).toBe(task.get(callee));
    expect(rows.filter(({ state }) => state === 'left-out').map(({ reason }) => reason)).toEqual([
      'duplicate',
      'not-a-number',
    ]);
  }

  test('of 4 processes never exceeds the limit at the service', async () => {
    const { engine, input, options, report } = await plan(80);
    const members = MEMBERS.map(() => startMember(options));
    await Promise.all(members.map(({ ended }) => ended));
    expect(engine.journal.worstWindow(1_000)).toBeLessThanOrEqual(20);
    expect(new Set(engine.journal.entries.map(({ code }) => code))).toEqual(new Set(['OK']));
    const rows = await report();
    check(engine, input, rows);
    expect(
      rows
        .filter(({ state }) => state === 'accepted')
        .map(({ callee }) => callee)
        .sort(),
    ).toEqual(calledBy(engine).sort());
  });

  test('loses a process, Redis and PostgreSQL on the way: nothing twice, nothing lost, unknowns named', async () => {
    const { engine, client, ledgers, input, run, options, report } = await plan(100);
    const members = MEMBERS.slice(1).map(() => startMember(options));
    const sent = async (count: number) => {
      while (engine.journal.entries.length < count) await sleep(10);
    };
    await sent(25);
    members[0]!.kill();
    await sent(45);
    await redis.kill();
    await sleep(300);
    await redis.start();
    await sent(70);
    await postgres.kill();
    await postgres.start();
    const ends = await Promise.all(members.map(({ ended }) => ended));
    expect(ends.map(({ isKilled }) => isKilled)).toEqual([true, false, false]);
    // What the process that was killed had on its way may come later than its slots are held.
    expect(engine.journal.worstWindow(1_000, 'CreateAutoCalloutTask')).toBeLessThanOrEqual(20 + IN_FLIGHT);

    const rows = await report();
    check(engine, input, rows);
    expect(new Set(rows.map(({ state }) => state)).has('planned')).toBe(false);
    expect(new Set(rows.map(({ state }) => state)).has('sending')).toBe(false);
    // What is unknown is named with its chunk; here the service shows what it has, so that only what never came is left.
    const unknown = rows.filter(({ state }) => state === 'unknown');
    for (const { callee, reason } of unknown)
      expect([calledBy(engine).includes(callee), reason]).toEqual([false, 'Interrupted']);
    const chunks = [...new Set(unknown.map(({ chunk }) => chunk!))];
    await resolveFleet(ledgers, run, chunks, 'send-again');
    const { counts } = await joinFleet({ ledgers, run, client, settleWithinMs: 0 }).report;
    expect(counts.accepted.callees).toBe(200);
    expect(calledBy(engine).sort()).toEqual(numbers(200).map((number) => number.replace('+', '00')));
    check(engine, input, await report());
  });
});
