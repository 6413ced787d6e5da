import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MockEngine } from '@tccc/mocks';
import { MockServer, Pusher, mockCredentials } from '@tccc/mocks';
import { endStatuses } from '@tccc/outbound';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fleetResults } from '../src/fleet.js';
import type { ResultRow } from '../src/index.js';
import { bulkResults } from '../src/index.js';
import { placeOf } from '../src/ledger/place.js';
import { planPathOf } from '../src/plan/load.js';
import { PostgresLedgers } from '../src/postgres.js';
import { SHORT_LIFE, bundled } from '../../core/test/support/bundled.js';
import { freePort } from '../../core/test/support/free-port.js';
import { callMock, pushAccess, rowsFrom, sentByFleet, sentList, withoutRecords } from './results-support.js';
import type { TestServer } from './servers.js';
import { hasServers, startPostgres } from './servers.js';
import { atEnd, numbers, seededRandom, temporaryFolder, template } from './support.js';

const child = await bundled(new URL('results-child.mjs', import.meta.url));

/** 20 numbers in 4 tasks, and one line that is left out. */
const LINES = [...numbers(20), 'nobody'];
const calls = { atOnce: 2, recordDelayMs: 5_000 };

/** Steps of a pass over everything, without any that is kept. */
const STEPS = 40;

/** The first life of the last pass dies at a step of its own for each seed, so that these are spread over all of them. */
const SEEDS = Array.from({ length: 5 }, (_, index) => index);

let deaths = 0;

/** A process of its own. @returns it, and whether it has killed itself, once it has ended */
function start(options: object) {
  const life = spawn(process.execPath, [...SHORT_LIFE, child, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(life, 'exit').then(([code, signal]) => {
    expect([null, 0], 'it fails only where it kills itself').toContain(code);
    return signal === 'SIGKILL';
  });
  atEnd(async () => life.kill('SIGKILL'));
  return { life, ended };
}

/** A pass over everything that kills itself at a step, unless it has ended before. */
async function killed(options: object): Promise<void> {
  if (await start(options).ended) deaths++;
}

/** Rows as a process would tell them. */
async function told(results: AsyncIterable<ResultRow>): Promise<ResultRow[]> {
  return JSON.parse(JSON.stringify(await rowsFrom(results))) as ResultRow[];
}

/** Each line once and in order, and nobody reached whom nobody has answered. */
function check(rows: readonly ResultRow[], engine: MockEngine): void {
  expect(rows.map(({ line }) => line)).toEqual(LINES.map((_, index) => index + 1));
  const answers = new Set(endStatuses.filter(({ group }) => group === 'answered').map(({ name }) => name));
  const answered = [...engine.endedCalls(() => 0)]
    .filter(({ record }) => answers.has(String(record['EndStatusString'])))
    .map(({ record }) => String(record['Callee']));
  for (const { state, callee } of rows) if (state === 'reached') expect(answered).toContain(callee);
}

describe('results that are killed at any step, and run again, are those of one that was not', () => {
  test.each(SEEDS)('of a ledger on this machine, seed %i', async (seed) => {
    const random = seededRandom(seed);
    const { client, engine, ledger, time } = await sentList(LINES, { seed, calls }, { chunkSize: 5 });
    const server = await MockServer.start(engine);
    atEnd(() => server.close());
    const access = { endpoint: server.url, credentials: mockCredentials, ledger };
    const killedAt = (killAt: number) => killed({ ...access, nowMs: time.s * 1_000, killAt });
    for (let round = 0; round < 2; round++) {
      time.s += Math.ceil(random() * 10);
      await killedAt(Math.ceil(random() * STEPS));
      // Only what is killed needs a process.
      check(await told(bulkResults({ client, ledger })), engine);
    }
    time.s += 5_000;
    await killedAt(Math.ceil(((seed + 0.5) / SEEDS.length) * STEPS));
    await killedAt(Math.ceil(random() * STEPS));
    const last = await told(bulkResults({ client, ledger }));
    // The same run, of which no results are kept.
    const fresh = join(await temporaryFolder(), 'fresh.ledger');
    await copyFile(placeOf(ledger), fresh);
    await copyFile(planPathOf(ledger), planPathOf(fresh));
    expect(last).toEqual(await told(bulkResults({ client, ledger: fresh })));
    expect(last.map(({ isFinal }) => isFinal)).not.toContain(false);
    check(last, engine);
  });

  describe.skipIf(!hasServers('postgresql'))('of a fleet', () => {
    let postgres: TestServer;
    beforeAll(async () => {
      postgres = await startPostgres();
    });
    afterAll(() => postgres.stop());

    test.each(SEEDS.slice(0, 3))('with receivers that are killed, too, seed %i', async (seed) => {
      const random = seededRandom(seed);
      const { client, engine, time } = callMock({ seed, calls });
      const server = await MockServer.start(engine);
      atEnd(() => server.close());
      const schema = `killed_${seed}`;
      const ledgers = new PostgresLedgers({ connection: { connectionString: postgres.url }, schema });
      atEnd(() => ledgers.close());
      const run = await sentByFleet(ledgers, client, LINES, { chunkSize: 5 });
      const place = { postgres: postgres.url, schema };
      const access = { ...place, endpoint: server.url, credentials: mockCredentials, run };
      const { SdkAppId } = template.params as { SdkAppId: number };
      const port = await freePort();
      const receive = { ...pushAccess, sdkAppId: SdkAppId, port };
      const url = `http://127.0.0.1:${port}/`;
      const pusher = new Pusher(engine, { url, ...pushAccess, faults: { loss: 0.2, repeat: 0.2 } });

      for (let round = 0; round < 3; round++) {
        time.s += round === 2 ? 5_000 : Math.ceil(random() * 10);
        const receiver = start({ ...place, receive, killAt: Math.ceil(random() * 30) });
        await once(receiver.life.stdout, 'data');
        await pusher.deliver();
        receiver.life.kill();
        if (await receiver.ended) deaths++;
        await killed({ ...access, nowMs: time.s * 1_000, killAt: Math.ceil(random() * STEPS) });
        check(await told(fleetResults({ ledgers, run, client })), engine);
      }
      const last = await told(fleetResults({ ledgers, run, client }));
      expect(last).toEqual(await told(fleetResults({ ledgers: withoutRecords(ledgers), run, client })));
      expect(last.map(({ isFinal }) => isFinal)).not.toContain(false);
    });
  });

  afterAll(() => expect(deaths, 'most die where they should').toBeGreaterThan(SEEDS.length * 3));
});
