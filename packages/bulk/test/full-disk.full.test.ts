import { execFile } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MockEngine, MockServer, mockCredentials } from '@tccc/mocks';
import { expect, test } from 'vitest';
import { bundled } from '../../core/test/support/bundled.js';
import { bulkStatus } from '../src/index.js';
import { atEnd, numbers, template, temporaryFolder } from './support.js';

const run = promisify(execFile);

const child = await bundled(new URL('crash-child.mjs', import.meta.url));

/** A run for a process of its own. */
async function forChild(count: number, chunkSize: number) {
  const ledger = join(await temporaryFolder(), 'run.ledger');
  const engine = new MockEngine({ seed: 1, rateLimit: 'off' });
  const server = await MockServer.start(engine);
  atEnd(() => server.close());
  const input = join(await temporaryFolder(), 'list.csv');
  await writeFile(input, `phone\n${numbers(count).join('\n')}\n`);
  const access = { endpoint: server.url, credentials: mockCredentials };
  const client = { ...access, pacing: false, attemptTimeoutMs: 500, retry: { baseMs: 1, capMs: 1 } };
  const forFile = { ...template, columns: { Callee: 'phone' } };
  const job = { input, ledger, template: forFile, chunkSize, concurrency: 3, settleWithinMs: false };
  const argument = JSON.stringify({ runs: [{ client, run: job }], killAt: 0, killAfterMs: 0 });
  return { argument, ledger, engine };
}

test('a disk that is full while the list is read: there is no ledger, and the next run begins anew', async () => {
  const { argument, ledger, engine } = await forChild(3_000, 500);
  // No file may become larger than 24 KiB, which the system says with EFBIG, in place of a disk that is full.
  const limited = run('bash', ['-c', 'ulimit -f 24; exec "$0" "$@"', process.execPath, child, argument]);
  await expect(limited).rejects.toMatchObject({
    stderr: expect.stringContaining(
      `The plan ${ledger}.plan cannot be used: the file may not become larger (EFBIG).`,
    ) as string,
  });
  expect(await readdir(join(ledger, '..'))).toEqual([]);
  expect(engine.journal.size).toBe(0);
  await run(process.execPath, [child, argument]);
  expect((await bulkStatus(ledger)).counts.accepted.callees).toBe(3_000);
});

test('a disk that fills up during the run: no request leaves without its line', async () => {
  const { argument, ledger, engine } = await forChild(300, 3);
  // Executed, but that is not known, nor can it be looked up: such a chunk has its line, too.
  engine.faults.add({
    fault: 'internal-error',
    action: 'CreateAutoCalloutTask',
    nth: [2, 3],
    strikes: 'after',
  });
  const remove = engine.faults.add({ fault: 'internal-error', action: 'DescribeAutoCalloutTasks' });
  // No file may become larger than 24 KiB, which the system says with EFBIG, in place of a disk that is full.
  const limited = run('bash', ['-c', 'ulimit -f 24; exec "$0" "$@"', process.execPath, child, argument]);
  await expect(limited).rejects.toMatchObject({
    stderr: expect.stringMatching(/LedgerUnusable/) as string,
  });
  const created = engine.createdCount;
  expect(created).toBeGreaterThan(3);
  expect(created).toBeLessThan(100);
  const { counts } = await bulkStatus(ledger);
  const { accepted, sending, unknown } = counts;
  expect(unknown.chunks).toBeGreaterThanOrEqual(2);
  expect(accepted.chunks + sending.chunks + unknown.chunks).toBeGreaterThanOrEqual(created);
  remove();
  await run(process.execPath, [child, argument]);
  const after = await bulkStatus(ledger);
  expect(after.counts.planned.chunks).toBe(0);
  expect(engine.calledMoreThanOnce.size).toBe(0);
});
