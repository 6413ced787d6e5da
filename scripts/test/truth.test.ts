import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { faultKinds } from '@tccc/mocks';
import { describe, expect, test } from 'vitest';
import { describeReport, runTruth } from '../soak/harness.js';
import type { Mutation } from './mutations.js';
import { mutations } from './mutations.js';
import { Copy, PACKAGES, addConsumer, compile, root } from '../support/copy.js';

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
      expect(found.verdicts[verdict], verdict).toBeGreaterThan(20);
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

/** Runs the harness of the copy until it finds a lie, with three seeds at most. */
const RUNNER = `
import { describeReport, runTruth } from './harness.js';

for (const seed of [1, 2, 3]) {
  const found = await runTruth({ seed, calls: 2_500 });
  if (found.lies.length > 0 || seed === 3) {
    console.log(JSON.stringify({ lies: found.lies.length, text: describeReport(found) }));
    break;
  }
}
process.exit();
`;

/** The packages with one rule switched off, and the harness beside them. */
async function mutated({ file, find, replace }: Mutation): Promise<Copy> {
  const copy = await Copy.make();
  for (const name of PACKAGES) {
    await cp(join(root, 'packages', name, 'dist'), join(copy.path, 'packages', name, 'dist'), {
      recursive: true,
    });
  }
  const path = join(copy.path, 'packages', file);
  const source = await readFile(path, 'utf8');
  if (source.split(find).length !== 2) throw new Error(`${file} must hold this exactly once:\n${find}`);
  await writeFile(
    path,
    source.replace(find, () => replace),
  );
  await compile(join(copy.path, 'packages', file.slice(0, file.indexOf('/'))));
  await addConsumer(copy, RUNNER);
  await cp(join(root, 'scripts/soak/harness.ts'), join(copy.path, 'consumer/harness.ts'));
  await compile(join(copy.path, 'consumer'));
  return copy;
}

describe.concurrent('without one rule of the contract, the harness finds a lie', () => {
  test.each(mutations)('$rule', { timeout: 120_000 }, async (mutation) => {
    await using copy = await mutated(mutation);
    const { stdout } = await run(process.execPath, [join(copy.path, 'consumer/dist/use.js')]);
    const { lies, text } = JSON.parse(stdout) as { lies: number; text: string };
    expect(lies, text).toBeGreaterThan(0);
  });
});
