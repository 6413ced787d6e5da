import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { faultKinds } from '@tccc/mocks';
import { describe, expect, test } from 'vitest';
import { runTruth } from '../soak/harness.js';
import { describeReport } from '../soak/report.js';
import type { ModuleReplacement } from '../support/bundle.js';
import { Bundle } from '../support/bundle.js';
import { mutations } from './mutations.js';

const run = promisify(execFile);

describe('the truth harness', () => {
  test('6,000 calls under every fault: not one lie, not one duplicate', { timeout: 60_000 }, async () => {
    const seed = 20_261_120;
    const found = await runTruth({ seed, calls: 6_000 });
    expect(found.lies, describeReport(found)).toEqual([]);
    expect(found.calls).toBe(6_000);
    expect(found.verdicts['foreign error']).toBe(0);
    expect(found.overrunMs).toBeLessThan(50);
    // A run that met no trouble would prove nothing.
    // The one fault that strikes before there is a request leaves no entry.
    const all = Object.keys(faultKinds).filter((name) => name !== 'reset-at-once');
    expect([...found.faults].sort()).toEqual(all.sort());
    for (const verdict of ['success', 'not-executed', 'unknown', 'executed'] as const) {
      expect(found.verdicts[verdict], verdict).toBeGreaterThan(5);
    }
    for (const code of [
      'Aborted',
      'DeadlineExceeded',
      'ConnectionRefused',
      'ConnectionLost',
      'ResponseTimeout',
      'CredentialsUnavailable',
    ]) {
      expect(found.codes[code] ?? 0, code).toBeGreaterThan(0);
    }
  });
});

interface Found {
  lies: number;
  text: string;
}

async function findLie(replacement: ModuleReplacement): Promise<Found> {
  await using bundle = await Bundle.make('scripts/soak/find-lie.ts', replacement);
  const { stdout } = await run(process.execPath, [bundle.path]);
  return JSON.parse(stdout) as Found;
}

describe.concurrent('without one rule of the contract, the harness finds a lie', () => {
  test.each(mutations)('$rule', { timeout: 60_000 }, async (mutation) => {
    const { lies, text } = await findLie(mutation);
    expect(lies, text).toBeGreaterThan(0);
  });

  test('and with a replacement that changes nothing, it finds none', { timeout: 60_000 }, async () => {
    const { module, name } = mutations[0]!;
    const { lies, text } = await findLie({
      module,
      name,
      becomes: '(original, ...args) => original(...args)',
    });
    expect(lies, text).toBe(0);
  });

  test('a replacement for what is not there fails, and says so', async () => {
    const becomes = '(original) => original';
    const missing = { module: 'core/src/action.ts', name: 'findErrorFacts', becomes };
    await expect(findLie(missing)).rejects.toThrow(/core\/src\/action\.ts .* findErrorFacts/);
    const unused = { module: 'core/src/actions.ts', name: 'findErrorFact', becomes };
    await expect(findLie(unused)).rejects.toThrow(/core\/src\/actions\.ts/);
  });
});
