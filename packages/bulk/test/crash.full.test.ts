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

/** Steps of a run without faults; with faults there are more. */
const STEPS = 30;

/** The first seeds die first at the step with their number, so that every step has its turn; the others anywhere. */
const SEEDS = Number(process.env['CRASH_SEEDS'] ?? 33);

/** How often a seed dies. To die twice shows what a life does that finds the remains of another; the last seeds die more. */
const deathsOf = (seed: number) => (seed > STEPS ? 4 : seed % 3 === 0 ? 2 : 1);

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

/** What a life is told: the options of its client and of its run, and when it dies. */
interface Life {
  client: object;
  run: object;
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
async function live({ client: clientOptions, run }: Life): Promise<void> {
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

const deaths = new Set<number>();

async function sendUntilDone(seed: number): Promise<void> {
  const engine = new MockEngine({ seed, rateLimit: 'off' });
  addFaults(engine);
  const server = await MockServer.start(engine);
  const folder = await mkdtemp(join(tmpdir(), 'tccc-bulk-crash-'));
  try {
    await sendTo(server, engine, folder, seed);
  } finally {
    await server.close();
    await rm(folder, { recursive: true });
  }
}

async function sendTo(server: MockServer, engine: MockEngine, folder: string, seed: number): Promise<void> {
  const random = seededRandom(seed);
  const [input, ledger] = [join(folder, 'list.csv'), join(folder, 'run.ledger')];
  await writeFile(input, LINES.join('\r\n'));
  const retry = { baseMs: 1, capMs: 1 };
  const access = { endpoint: server.url, credentials: mockCredentials };
  const client = { ...access, pacing: false, attemptTimeoutMs: 500, retry };
  const common = { input, ledger, template: forFile, chunkSize: 3, concurrency: 3 };

  const optOuts: OptOuts = new Map();
  for (let lives = 1; ; lives++) {
    expect(lives, 'it comes to an end').toBeLessThan(30);
    const isFirst = lives === 1 && seed <= STEPS;
    const killAt = isFirst ? seed : lives <= deathsOf(seed) ? Math.ceil(random() * STEPS) : 0;
    const killAfterMs = random() < 0.3 ? 1 + Math.floor(random() * 8) : 0;
    // At first nothing is looked for at the end of a life, so that later ones find what it has left behind.
    const settleWithinMs = lives === 1 ? false : 0;
    const life: Life = { client, run: { ...common, settleWithinMs }, killAt, killAfterMs };
    const isKilled = killAt > 0 && (await die(life));
    if (killAt === 0) await live(life);
    await quiet(server);
    await checkFiles(folder);
    if (isKilled) await optOutSomebody(ledger, engine, random, optOuts);
    // Whatever has happened so far, nobody was called twice.
    expect(engine.calledMoreThanOnce).toEqual(new Map());
    if (isKilled) {
      if (lives === 1) deaths.add(seed);
      continue;
    }
    const { open, counts } = await bulkStatus(ledger);
    if (open.length === 0 && counts.planned.chunks === 0) break;
    await clarify(server, engine, ledger);
  }

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
  if (SEEDS >= STEPS) expect(deaths.size).toBeGreaterThan(0.6 * STEPS);
});
