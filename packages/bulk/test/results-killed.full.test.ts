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
import { bundled } from './bundled.js';
import { callMock, pushAccess, rowsFrom, sentByFleet, sentList, withoutRecords } from './results-support.js';
import type { TestServer } from './servers.js';
import { freePort, hasServers, startPostgres } from './servers.js';
import { atEnd, numbers, seededRandom, temporaryFolder, template } from './support.js';

const child = await bundled('results-child.mjs');

/** 20 numbers in 4 tasks, and one line that is left out. */
const LINES = [...numbers(20), 'nobody'];
const calls = { atOnce: 2, recordDelayMs: 5_000 };

/** Steps of a pass over everything, without any that is kept. */
const STEPS = 40;

/** The first life of the last pass dies at a step of its own for each seed, so that these are spread over all of them. */
const SEEDS = Array.from({ length: 5 }, (_, index) => index);

let deaths = 0;

function start(options: object) {
  const life = spawn(process.execPath, [child, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(life, 'exit').then(([, signal]) => signal === 'SIGKILL');
  return { life, ended };
}

/** One pass, which may be killed: then there are no rows. */
async function pass(options: object): Promise<ResultRow[] | undefined> {
  const { life, ended } = start(options);
  let output = '';
  life.stdout.on('data', (data: Buffer) => (output += data.toString()));
  await once(life, 'close');
  if (await ended) {
    deaths++;
    return undefined;
  }
  return (JSON.parse(output) as { rows: ResultRow[] }).rows;
}

/** Passes until one is not killed. */
async function passes(options: object, killAt: () => number): Promise<ResultRow[]> {
  for (let lives = 1; ; lives++) {
    const rows = await pass({ ...options, killAt: lives < 4 ? killAt() : 0 });
    if (rows !== undefined) return rows;
  }
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
    const options = () => ({
      endpoint: server.url,
      credentials: mockCredentials,
      ledger,
      nowMs: time.s * 1_000,
    });
    for (let round = 0; round < 2; round++) {
      time.s += Math.ceil(random() * 10);
      check(await passes(options(), () => Math.ceil(random() * STEPS)), engine);
    }
    time.s += 5_000;
    let killAt = Math.ceil(((seed + 0.5) / SEEDS.length) * STEPS);
    const last = await passes(options(), () => {
      const at = killAt;
      killAt = Math.ceil(random() * STEPS);
      return at;
    });
    // The same run, of which no results are kept.
    const fresh = join(await temporaryFolder(), 'fresh.ledger');
    await copyFile(placeOf(ledger), fresh);
    await copyFile(planPathOf(ledger), planPathOf(fresh));
    const whole = await rowsFrom(bulkResults({ client, ledger: fresh }));
    expect(last).toEqual(JSON.parse(JSON.stringify(whole)));
    expect(last.map(({ isFinal }) => isFinal)).not.toContain(false);
    check(last, engine);
  });

  describe.skipIf(!hasServers('postgresql'))('of a fleet', () => {
    let postgres: TestServer;
    beforeAll(async () => {
      postgres = await startPostgres();
    });
    afterAll(() => postgres.stop());

    test.each(SEEDS)('with receivers that are killed, too, seed %i', async (seed) => {
      const random = seededRandom(seed);
      const { client, engine, time } = callMock({ seed, calls });
      const server = await MockServer.start(engine);
      atEnd(() => server.close());
      const schema = `killed_${seed}`;
      const ledgers = new PostgresLedgers({ connection: { connectionString: postgres.url }, schema });
      atEnd(() => ledgers.close());
      const run = await sentByFleet(ledgers, client, LINES, { chunkSize: 5 });
      const place = { postgres: postgres.url, schema };
      const options = () => ({
        ...place,
        endpoint: server.url,
        credentials: mockCredentials,
        run,
        nowMs: time.s * 1_000,
      });
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
        check(await passes(options(), () => Math.ceil(random() * STEPS)), engine);
      }
      const last = (await pass(options()))!;
      const whole = await rowsFrom(fleetResults({ ledgers: withoutRecords(ledgers), run, client }));
      expect(last).toEqual(JSON.parse(JSON.stringify(whole)));
      expect(last.map(({ isFinal }) => isFinal)).not.toContain(false);
    });
  });

  afterAll(() => expect(deaths, 'most die where they should').toBeGreaterThan(SEEDS.length * 2));
});
