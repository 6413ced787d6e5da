import { MockEngine, MockServer, mockCredentials } from '@tccc/mocks';
import { OutboundClient } from '@tccc/outbound';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { joinFleet, planFleet, resolveFleet } from '../src/fleet.js';
import { PostgresLedgers } from '../src/postgres.js';
import { startMember } from './fleet-support.js';
import type { TestServer } from './servers.js';
import { hasServers, startPostgres } from './servers.js';
import { atEnd, calledBy, numbers, template } from './support.js';

/** Steps of a process that sends a chunk and finds nothing else to do, and a few more. */
const STEPS = 12;

const LEASE_MS = 1_000;

describe.skipIf(!hasServers('postgresql'))('a worker that is suspended', () => {
  let postgres: TestServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  /** A worker that suspends itself at a step; whatever it held is released and sent by others before it wakes. */
  async function suspendAt(step: number) {
    const engine = new MockEngine({ seed: step, rateLimit: 'off' });
    const server = await MockServer.start(engine);
    atEnd(() => server.close());
    const client = new OutboundClient({ endpoint: server.url, credentials: mockCredentials });
    atEnd(() => client.close());
    const schema = `suspended_${step}`;
    const connection = { connectionString: postgres.url };
    const ledgers = new PostgresLedgers({ connection, schema, leaseMs: LEASE_MS });
    atEnd(() => ledgers.close());
    const { run } = await planFleet({ ledgers, client, input: numbers(2), template, chunkSize: 2 });
    const member = startMember({
      endpoint: server.url,
      credentials: mockCredentials,
      postgres: postgres.url,
      schema,
      run,
      leaseMs: LEASE_MS,
      suspendAt: step,
      join: { concurrency: 1, settleWithinMs: false },
    });
    const state = await member.suspended;
    for (;;) {
      const { counts } = await joinFleet({ ledgers, run, client, settleWithinMs: 0 }).report;
      if (counts.unknown.chunks === 0) break;
      // The service has none of them, and a person says so.
      const ledger = await ledgers.open(run);
      const open: number[] = [];
      for await (const { chunk } of ledger.chunks('unknown')) open.push(chunk);
      await ledger.close();
      await resolveFleet(ledgers, run, open, 'send-again');
    }
    member.wake();
    await member.ended;
    return { state, engine };
  }

  test('and whose chunk a person has released meanwhile, sends nothing when it wakes, at whatever step', async () => {
    const steps = Array.from({ length: STEPS }, (_, index) => index + 1);
    let suspensions = 0;
    // A few at a time, since they wait for leases to end.
    while (steps.length > 0) {
      const ends = await Promise.all(steps.splice(0, 4).map(suspendAt));
      for (const { state, engine } of ends) {
        if (state === 'suspended') suspensions++;
        expect(engine.calledMoreThanOnce).toEqual(new Map());
        expect(calledBy(engine).sort()).toEqual(numbers(2).map((number) => number.replace('+', '00')));
      }
    }
    // Else it would prove nothing.
    expect(suspensions).toBeGreaterThan(7);
  }, 300_000);
});
