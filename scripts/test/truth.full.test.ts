import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { faultKinds } from '@tccc/mocks';
import { describe, expect, test } from 'vitest';
import type { TruthOptions } from '../soak/harness.js';
import { gatewayCertificate, runTruth } from '../soak/harness.js';
import type { Verdict } from '../soak/records.js';
import { describeReport } from '../soak/report.js';
import type { ModuleReplacement } from '../support/bundle.js';
import { Bundle } from '../support/bundle.js';
import { mutations } from './mutations.js';

const run = promisify(execFile);

describe('the truth harness', () => {
  test('6,000 calls under every fault: not one lie, not one duplicate', { timeout: 600_000 }, async () => {
    const seed = 20_261_120;
    const found = await runTruth({ seed, calls: 6_000 });
    expect(found.lies, describeReport(found)).toEqual([]);
    expect(found.calls).toBe(6_000);
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

/** Each of the processes would make one of its own. */
const certificate = gatewayCertificate();

async function findLie(
  replacement: ModuleReplacement,
  program = FIND_LIE,
  options: Partial<TruthOptions> & { batches?: number } = {},
): Promise<Found> {
  await using bundle = await Bundle.make(program, replacement);
  const given = JSON.stringify({ certificate: await certificate, ...options });
  const { stdout } = await run(process.execPath, [bundle.path, given]);
  return JSON.parse(stdout) as Found;
}

describe.concurrent('without one rule of the contract, a lie is found', { timeout: 600_000 }, () => {
  test.each(mutations)('$rule', async (tried) => {
    const { program, settleShare = 0, often, ...mutation } = tried;
    const { lies, text } = await findLie(mutation, program, { settleShare, often });
    expect(lies, text).toBeGreaterThan(0);
  });

  test.each([FIND_LIE, 'scripts/soak/find-burst.ts'])(
    'and with a replacement that changes nothing, %s finds none',
    async (program) => {
      const { module, name } = mutations.find((mutation) => (mutation.program ?? FIND_LIE) === program)!;
      const isValue = name === name.toUpperCase();
      const becomes = isValue ? '(original) => original' : '(original, ...args) => original(...args)';
      const { lies, text } = await findLie({ module, name, becomes }, program, { batches: 3 });
      expect(lies, text).toBe(0);
    },
  );

  test('a replacement for what is not there fails, and says so', async () => {
    const becomes = '(original) => original';
    const missing = { module: 'core/src/action.ts', name: 'findErrorFacts', becomes };
    await expect(findLie(missing)).rejects.toThrow(/core\/src\/action\.ts .* findErrorFacts/);
    const unused = { module: 'core/src/actions.ts', name: 'findErrorFact', becomes };
    await expect(findLie(unused)).rejects.toThrow(/core\/src\/actions\.ts/);
  });
});
