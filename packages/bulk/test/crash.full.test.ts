import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MockEngine, MockServer, mockCredentials } from '@tccc/mocks';
import { OutboundClient } from '@tccc/outbound';
import { afterAll, describe, expect, test } from 'vitest';
import { bulkStatus, optOutBulk, resolveBulk, runBulk, settleBulk } from '../src/index.js';
import { SHORT_LIFE, bundled } from '../../core/test/support/bundled.js';
import { addFaults } from './faults.js';
import { hastyClock } from './hasty-clock.js';
import { calledBy, numberOf, rowsOf, seededRandom, template } from './support.js';

const child = await bundled(new URL('crash-child.mjs', import.meta.url));

/** Runs that a process has at a time, and that die with it: to start it takes longer than to begin all of them. */
const RUNS = 4;

/** Steps of all of them without faults; with faults there are more. */
const STEPS = RUNS * 30;

/** The first lives die at steps that are spread over all of them; the others anywhere. */
const SEEDS = Number(process.env['CRASH_SEEDS'] ?? 8);

/** How often a seed dies. To die twice shows what a life does that finds the remains of another; the last seed dies more. */
const deathsOf = (seed: number) => (seed === SEEDS ? 4 : seed % 2 === 0 ? 2 : 1);

/** 12 numbers in 4 chunks, and every kind of line that is left out. */
const LINES = [
  'phone,name',
  ...Array.from({ length: 12 }, (_, index) => `${numberOf(index).slice(2)},n${index}`),
  `+${numberOf(3)},again`,
  'nobody,x',
  ',empty',
  '',
  `${numberOf(50).slice(2)},x,too many`,
];

const forFile = { ...template, columns: { Callee: 'phone', Variables: { name: 'name' } } };

/** What a run is told in a life: the options of its client and its own. */
interface Options {
  client: object;
  run: object;
}

/** What the process of some runs is told: when it dies. */
interface Life {
  runs: readonly Options[];
  killAt: number;
  killAfterMs: number;
}

/** A life of a process of its own, which kills itself. @returns whether it came to that */
async function die(life: Life): Promise<boolean> {
  const process_ = spawn(process.execPath, [...SHORT_LIFE, child, JSON.stringify(life)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  process_.stderr.on('data', (data: Buffer) => (complaint += data.toString()));
  const [code, signal] = (await once(process_, 'close')) as [number | null, string | null];
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(complaint);
  return signal === 'SIGKILL';
}

/** The same without a process: only what is killed needs one, and to start it takes longer than to live. */
async function live({ client: clientOptions, run }: Options): Promise<void> {
  const client = new OutboundClient({ ...clientOptions, random: () => 0 } as never);
  await runBulk({ ...run, client, clock: hastyClock(1) } as never).report;
  await client.close();
}

/** What was sent by a process that has died may still arrive. */
async function quiet(server: MockServer): Promise<void> {
  while (server.connections > 0) await sleep(2);
}

/** What the service has is found by its marker, by a process that has sent nothing of it; a person has the word on the rest. */
async function clarify(server: MockServer, engine: MockEngine, ledger: string): Promise<void> {
  engine.faults.clear();
  const client = new OutboundClient({ endpoint: server.url, credentials: mockCredentials });
  await settleBulk({ client, ledger, settleWithinMs: 0 });
  await client.close();
  addFaults(engine);
  const { open } = await bulkStatus(ledger);
  for (const { chunk, marker, state } of open) {
    const created = engine.created.filter(({ params }) => String(params['Name']).includes(`[${marker}]`));
    expect([state, created]).toEqual(['unknown', []]);
    await resolveBulk(ledger, [chunk], 'send-again');
  }
}

/** Numbers that were opted out, and how many tasks there were just after. */
type OptOuts = Map<string, number>;

/** Between two lives, or while a process works: now and then somebody wants not to be called any more. */
async function optOutSomebody(ledger: string, engine: MockEngine, random: () => number, optOuts: OptOuts) {
  const index = Math.floor(random() * 12);
  if (!existsSync(ledger) || random() < 0.5 || optOuts.size === 2) return;
  await optOutBulk(ledger, [`+${numberOf(index)}`]);
  const written = `00${numberOf(index)}`;
  if (!optOuts.has(written)) optOuts.set(written, engine.createdCount);
}

/** Nobody is called by a task that was made after the opt-out, unless its request was on its way before. */
function checkOptOuts(engine: MockEngine, optOuts: OptOuts): void {
  for (const [written, before] of optOuts) {
    const later = engine.created.slice(before).flatMap(({ params }) => params['Callees'] as string[]);
    expect(later).not.toContain(written);
  }
}

/** Whatever a process that was killed has left behind: only its owner may read it. */
async function checkFiles(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const { mode } = await stat(join(folder, name));
    if (!name.endsWith('.csv') && !name.endsWith('.sock')) expect(mode & 0o077, name).toBe(0);
  }
}

/** One run, the service that it calls, and who was opted out of it. */
interface World {
  engine: MockEngine;
  server: MockServer;
  folder: string;
  ledger: string;
  random: () => number;
  optOuts: OptOuts;
}

async function makeWorld(seed: number): Promise<World> {
  const engine = new MockEngine({ seed, rateLimit: 'off' });
  addFaults(engine);
  const server = await MockServer.start(engine);
  const folder = await mkdtemp(join(tmpdir(), 'tccc-bulk-crash-'));
  await writeFile(join(folder, 'list.csv'), LINES.join('\r\n'));
  const ledger = join(folder, 'run.ledger');
  return { engine, server, folder, ledger, random: seededRandom(seed), optOuts: new Map() };
}

function optionsOf({ server, folder, ledger }: World, isFirstLife: boolean): Options {
  const access = { endpoint: server.url, credentials: mockCredentials };
  const retry = { baseMs: 1, capMs: 1 };
  // At first nothing is looked for at the end of a life, so that later ones find what it has left behind.
  const settleWithinMs = isFirstLife ? false : 0;
  const list = { input: join(folder, 'list.csv'), ledger, template: forFile };
  return {
    client: { ...access, pacing: false, attemptTimeoutMs: 500, retry },
    run: { ...list, chunkSize: 3, concurrency: 3, settleWithinMs },
  };
}

let deaths = 0;

async function sendUntilDone(seed: number): Promise<void> {
  const indexes = Array.from({ length: RUNS }, (_, index) => index);
  const worlds = await Promise.all(indexes.map((index) => makeWorld(RUNS * seed + index)));
  try {
    await sendAll(worlds, seed);
    for (const world of worlds) await checkEnd(world);
  } finally {
    for (const { server, folder } of worlds) {
      await server.close();
      await rm(folder, { recursive: true });
    }
  }
}

async function sendAll(worlds: readonly World[], seed: number): Promise<void> {
  const random = seededRandom(seed);
  let left = worlds;
  for (let lives = 1; left.length > 0; lives++) {
    expect(lives, 'it comes to an end').toBeLessThan(30);
    const runs = left.map((world) => optionsOf(world, lives === 1));
    const place = lives === 1 ? (seed - random()) / SEEDS : random();
    const killAt = Math.ceil((place * STEPS * left.length) / RUNS);
    const killAfterMs = random() < 0.3 ? 1 + Math.floor(random() * 8) : 0;
    const isToDie = lives <= deathsOf(seed);
    const isKilled = isToDie && (await die({ runs, killAt, killAfterMs }));
    if (!isToDie) await Promise.all(runs.map(live));
    if (isKilled && lives === 1) deaths++;
    const ends = await Promise.all(left.map((world) => afterLife(world, isKilled)));
    left = left.filter((_, index) => !ends[index]);
  }
}

/** Whatever has happened so far, nobody was called twice. @returns whether the run has come to its end */
async function afterLife(world: World, isKilled: boolean): Promise<boolean> {
  const { engine, server, folder, ledger, random, optOuts } = world;
  await quiet(server);
  await checkFiles(folder);
  if (isKilled) await optOutSomebody(ledger, engine, random, optOuts);
  expect(engine.calledMoreThanOnce).toEqual(new Map());
  if (isKilled) return false;
  const { open, counts } = await bulkStatus(ledger);
  if (open.length === 0 && counts.planned.chunks === 0) return true;
  await clarify(server, engine, ledger);
  return false;
}

async function checkEnd({ engine, folder, ledger, optOuts }: World): Promise<void> {
  expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  const rows = await rowsOf(ledger);
  expect(rows.map(({ line }) => line)).toEqual(LINES.slice(1).map((_, index) => index + 2));
  const accepted = rows.filter(({ state }) => state === 'accepted');
  expect(accepted.map(({ callee }) => callee).sort()).toEqual(calledBy(engine).sort());
  checkOptOuts(engine, optOuts);
  const optedOut = rows.filter(({ reason }) => reason === 'do-not-call').map(({ callee }) => callee);
  expect([...optOuts.keys()]).toEqual(expect.arrayContaining(optedOut));
  expect(accepted).toHaveLength(12 - optedOut.length);
  for (const { callee, id } of accepted) {
    const task = engine.created.find(({ params }) => (params['Callees'] as string[]).includes(callee))!;
    expect(String(task.id)).toBe(id);
  }
  expect(rows.slice(12).map(({ reason }) => reason)).toEqual([
    'duplicate',
    'not-a-number',
    'no-number',
    'no-number',
    'malformed',
  ]);
}

describe.concurrent('killed at any step, and resumed until done, nobody is called twice', () => {
  const seeds = Array.from({ length: SEEDS }, (_, index) => index + 1);
  test.each(seeds)('seed %i', sendUntilDone);
});

afterAll(() => {
  // Faults make a life shorter now and then, but most must have died where they should.
  expect(deaths).toBeGreaterThan(0.6 * SEEDS);
});
