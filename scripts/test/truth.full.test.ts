import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { faultKinds } from '@tccc/mocks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gatewayCertificate, runTruth } from '../soak/harness.js';
import type { Verdict } from '../soak/records.js';
import { describeReport } from '../soak/report.js';
import { Bundle } from '../support/bundle.js';
import { root } from '../support/root.js';
import { switched } from '../support/switch.js';
import type { Mutation } from './mutations.js';
import { mutations } from './mutations.js';

const run = promisify(execFile);

/** Of every run here: to make one takes as long as a hundred calls. */
const certificate = await gatewayCertificate();

describe('the truth harness', () => {
  test('3,000 calls under every fault: not one lie, not one duplicate', { timeout: 600_000 }, async () => {
    const seed = 20_261_120;
    // As many settle as would of twice as many calls, for it is they that read lists and look up.
    const found = await runTruth({ seed, calls: 3_000, settleShare: 0.6, certificate });
    expect(found.lies, describeReport(found)).toEqual([]);
    expect(found.calls).toBe(3_000);
    expect(found.verdicts['foreign error']).toBe(0);
    // An attempt that nobody ended would last for a second and more, of the time that this process has had.
    expect(found.overrunMs).toBeLessThan(250);
    // A run that met no trouble would prove nothing.
    expect([...found.faults].sort()).toEqual(Object.keys(faultKinds).sort());
    const least = { success: 200, 'not-executed': 100, unknown: 500, executed: 1 };
    for (const [verdict, count] of Object.entries(least)) {
      expect(found.verdicts[verdict as Verdict], verdict).toBeGreaterThan(count);
    }
    for (const code of [
      'Aborted',
      'DeadlineExceeded',
      'ConnectionRefused',
      'ConnectionLost',
      'ResponseTimeout',
      'CredentialsUnavailable',
      'ConnectFailed',
      'ForeignResponse',
      'ContradictoryResponse',
      'IncompleteResponse',
      'ResponseTooLarge',
    ]) {
      expect(found.codes[code] ?? 0, code).toBeGreaterThan(0);
    }
    // Nor would one whose lists always worked, or whose lookups found everything or nothing.
    expect(found.listFaults.size).toBeGreaterThan(45);
    const { settled, unknown, foundLater, repeatedReads, laterPages } = found.settling;
    expect(settled).toBeGreaterThan(30);
    expect(foundLater).toBeGreaterThan(20);
    expect(unknown - foundLater).toBeGreaterThan(20);
    expect(repeatedReads).toBeGreaterThan(30);
    expect(laterPages).toBeGreaterThan(0);
    for (const code of ['NotFound', 'NoLookup', 'Cancelled']) {
      expect(found.codes[code] ?? 0, code).toBeGreaterThan(0);
    }
    expect(found.codes['FoundTwice']).toBeUndefined();
  });
});

const FIND_LIE = 'scripts/soak/find-lie.ts';

interface Found {
  lies: number;
  text: string;
}

/** Runs a program, which prints a line of JSON for each of its arguments. */
async function runProgram({ path }: Bundle, args: readonly object[]): Promise<Found[]> {
  const { stdout } = await run(process.execPath, [path, ...args.map(toArgument)]);
  return foundIn(stdout);
}

/** The same in as many threads as there are arguments, at the same time. */
async function runThreads({ path }: Bundle, args: readonly object[]): Promise<Found[]> {
  const program = join(root, 'scripts/soak/in-threads.mjs');
  const given = [program, path, ...args.map(toArgument)];
  // It kills itself in the end.
  const { stdout } = spawn(process.execPath, given, { stdio: ['ignore', 'pipe', 'ignore'] });
  return foundIn(await text(stdout));
}

const toArgument = (options: object) => JSON.stringify({ certificate, ...options });

function foundIn(output: string): Found[] {
  const lines = output.trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Found);
}

/** What a program finds in a bundle, and a process, of its own. */
async function findAlone(mutation: Mutation, options: object = {}): Promise<Found> {
  const { program = FIND_LIE, often, settleShare = 0 } = mutation;
  await using bundle = await Bundle.make(program, [mutation]);
  const [found] = await runProgram(bundle, [{ often, settleShare, ...options }]);
  return found!;
}

/** A constant is read when a module is loaded; a function can be replaced while the program runs. */
const isConstant = ({ name }: Mutation) => /^[A-Z]\w*$/.test(name);
const switchable = mutations.filter((mutation) => !isConstant(mutation));

/** Loading the program takes longer than finding most lies, so that each process tries many, one after the other. */
const PROCESSES = 2;

describe.concurrent('without one rule of the contract, a lie is found', { timeout: 600_000 }, () => {
  let bundle: Bundle;
  const shares = Array.from({ length: PROCESSES }, (_, process) =>
    switchable.filter((_mutation, place) => place % PROCESSES === process),
  );
  /** What each process found without each rule of its share, and in the end with all rules. */
  let found: Promise<Found[]>[];

  beforeAll(async () => {
    bundle = await Bundle.make(FIND_LIE, switched(switchable));
    found = shares.map((share) => {
      const runs = share.map((mutation) => ({
        replacement: switchable.indexOf(mutation),
        often: mutation.often,
        settleShare: mutation.settleShare ?? 0,
      }));
      return runProgram(bundle, [...runs, { batches: 3 }]);
    });
    for (const one of found) one.catch(() => {}); // The tests say so.
  });
  afterAll(async () => {
    await Promise.allSettled(found);
    await bundle[Symbol.asyncDispose]();
  });

  test.each(switchable)('$rule', async (mutation) => {
    const process = shares.findIndex((share) => share.includes(mutation));
    const { lies, text: report } = (await found[process]!)[shares[process]!.indexOf(mutation)]!;
    expect(lies, report).toBeGreaterThan(0);
  });

  test.each(mutations.filter(isConstant))('$rule', async (mutation) => {
    const { lies, text: report } = await findAlone(mutation);
    expect(lies, report).toBeGreaterThan(0);
  });

  test('and with all rules again, each process finds none', async () => {
    for (const results of await Promise.all(found)) {
      const { lies, text: report } = results.at(-1)!;
      expect(lies, report).toBe(0);
    }
  });

  test('nor does it in several threads at the same time', async () => {
    const results = await runThreads(bundle, [
      { settleShare: 0.3, batches: 4 },
      { settleShare: 0.9, batches: 4 },
    ]);
    expect(results).toHaveLength(2);
    for (const { lies, text: report } of results) expect(lies, report).toBe(0);
  });

  test('nor is a burst found with a replacement that changes nothing', async () => {
    const burst = mutations.find(({ program }) => program !== undefined);
    const { lies, text: report } = await findAlone({ ...burst!, becomes: '(original) => original' });
    expect(lies, report).toBe(0);
  });

  test('a replacement for what is not there fails, and says so', async () => {
    const missing = { rule: '', module: 'core/src/action.ts', name: 'findErrorFacts', becomes: '() => {}' };
    await expect(findAlone(missing)).rejects.toThrow(/core\/src\/action\.ts .* findErrorFacts/);
    const unused = { ...missing, module: 'core/src/actions.ts' };
    await expect(findAlone(unused)).rejects.toThrow(/core\/src\/actions\.ts/);
  });
});
