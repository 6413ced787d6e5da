import { setTimeout as sleep } from 'node:timers/promises';
import { MockEngine, MockServer, mockCredentials } from '@tccc/mocks';
import { OutboundClient } from '@tccc/outbound';
import type { TestContext } from 'vitest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fleetReport, joinFleet, planFleet, resolveFleet } from '../src/fleet.js';
import type { ReportRow } from '../src/index.js';
import { PostgresLedgers } from '../src/postgres.js';
import { addFaults } from './faults.js';
import { startMember } from './fleet-support.js';
import { hastyClock } from './hasty-clock.js';
import type { TestServer } from './servers.js';
import { hasServers, startPostgres } from './servers.js';
import type { Register } from './support.js';
import { calledBy, numbers, seededRandom, template } from './support.js';

/** Seeds; each is one run of a fleet of two whose processes are killed until they have nothing left to do. */
const SEEDS = Number(process.env['FLEET_CRASH_SEEDS'] ?? 3);

/** Steps of one of two processes, about; it may be killed at any of them. */
const STEPS = 16;

const LEASE_MS = 1_000;

/** Options of every client. */
const HASTE = { pacing: false as const, attemptTimeoutMs: 500, retry: { baseMs: 1, capMs: 1 } };

describe.skipIf(!hasServers('postgresql'))('a fleet that is killed at any step', () => {
  let postgres: TestServer;
  let deaths = 0;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  async function sendUntilDone(seed: number, { onTestFinished }: TestContext): Promise<void> {
    const engine = new MockEngine({ seed, rateLimit: 'off' });
    const server = await MockServer.start(engine);
    const schema = `crash_${seed}`;
    const connection = { connectionString: postgres.url };
    const ledgers = new PostgresLedgers({ connection, schema, leaseMs: LEASE_MS });
    try {
      const register: Register = (close) => onTestFinished(async () => void (await close()));
      await sendTo({ seed, engine, server, ledgers, schema, register });
    } finally {
      await ledgers.close();
      await server.close();
    }
  }

  /** Leaves no connection behind, so that it is seen when those of the fleet have gone. */
  async function asClient<T>(server: MockServer, work: (client: OutboundClient) => Promise<T>): Promise<T> {
    const access = { endpoint: server.url, credentials: mockCredentials };
    const client = new OutboundClient({ ...access, ...HASTE, random: () => 0 });
    try {
      return await work(client);
    } finally {
      await client.close();
    }
  }

  interface World {
    seed: number;
    engine: MockEngine;
    server: MockServer;
    ledgers: PostgresLedgers;
    schema: string;
    register: Register;
  }

  async function sendTo(world: World): Promise<void> {
    const { seed, engine, server, ledgers, schema, register } = world;
    const random = seededRandom(seed);
    const input = [...numbers(12), '+8613800000003', 'nobody'];
    const planned = { ledgers, input, template, chunkSize: 3 };
    const { run } = await asClient(server, (client) => planFleet({ ...planned, client }));
    const options = {
      endpoint: server.url,
      credentials: mockCredentials,
      run,
      schema,
      leaseMs: LEASE_MS,
      isHasty: true,
      postgres: postgres.url,
      client: HASTE,
    };
    /** A process that may kill itself. @returns whether it did */
    const die = async (join: object): Promise<boolean> => {
      const killAt = Math.ceil(random() * STEPS);
      const killAfterMs = random() < 0.3 ? 1 + Math.floor(random() * 8) : 0;
      const { isKilled } = await startMember({ ...options, killAt, killAfterMs, join }, register).ended;
      return isKilled;
    };
    /** The same without a process: only what is killed needs one, and to start it takes longer than to live. */
    const live = async (join: object): Promise<boolean> => {
      const connection = { connectionString: postgres.url };
      const own = new PostgresLedgers({ connection, schema, leaseMs: LEASE_MS });
      const clock = hastyClock(60);
      await asClient(server, (client) => joinFleet({ ...join, ledgers: own, client, run, clock }).report);
      await own.close();
      return false;
    };
    for (let round = 1; ; round++) {
      expect(round, 'it comes to an end').toBeLessThan(15);
      addFaults(engine);
      const join = { settleWithinMs: round === 1 ? (false as const) : 0, concurrency: 2 };
      const member = round < 3 ? die : live;
      const killed = await Promise.all([member(join), member(join)]);
      deaths += killed.filter(Boolean).length;
      while (server.connections > 0) await sleep(2);
      // Whatever has happened so far, nobody was called twice.
      expect(engine.calledMoreThanOnce).toEqual(new Map());
      if (!killed.includes(false)) continue;
      if (await isClear(world, run)) break;
    }

    const rows: ReportRow[] = [];
    for await (const row of fleetReport(ledgers, run)) rows.push(row);
    expect(rows.map(({ line }) => line)).toEqual(input.map((_, index) => index + 1));
    const accepted = rows.filter(({ state }) => state === 'accepted');
    expect(accepted.map(({ callee }) => callee).sort()).toEqual(calledBy(engine).sort());
    expect(accepted).toHaveLength(12);
    for (const { callee, id } of accepted) {
      const task = engine.created.find(({ params }) => (params['Callees'] as string[]).includes(callee))!;
      expect(String(task.id)).toBe(id);
    }
    expect(rows.slice(12).map(({ reason }) => reason)).toEqual(['duplicate', 'not-a-number']);
  }

  /** What the service has is found by its marker; a person has the word on the rest, which is sent again then. */
  async function isClear({ engine, server, ledgers }: World, run: string): Promise<boolean> {
    engine.faults.clear();
    await asClient(server, (client) => joinFleet({ ledgers, run, client, settleWithinMs: 0 }).report);
    const ledger = await ledgers.open(run);
    const open: number[] = [];
    for await (const { chunk, state, marker } of ledger.chunks()) {
      if (state === 'accepted') continue;
      const created = engine.created.filter(({ params }) => String(params['Name']).includes(`[${marker}]`));
      expect([state, created]).toEqual(['unknown', []]);
      open.push(chunk);
    }
    await ledger.close();
    await resolveFleet(ledgers, run, open, 'send-again');
    return open.length === 0;
  }

  describe.concurrent('and joined again until done, calls nobody twice', () => {
    const seeds = Array.from({ length: SEEDS }, (_, index) => index + 1);
    test.for(seeds)('seed %i', sendUntilDone);
  });

  afterAll(() => {
    // Else it would prove nothing.
    expect(deaths).toBeGreaterThan(SEEDS);
  });
});
