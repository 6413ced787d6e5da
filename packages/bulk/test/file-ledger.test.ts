import { appendFile, chmod, readFile, truncate, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FileLedger, bulkStatus, resolveBulk, resumeBulk, runBulk } from '../src/index.js';
import { planPathOf } from '../src/plan/load.js';
import { describeLedger } from './conformance.js';
import { mockClient, numbers, rowsOf, runAll, template, temporaryFolder } from './support.js';

describeLedger('the file', async () => {
  const path = join(await temporaryFolder(), 'run.ledger');
  return {
    create: (job, chunks) => FileLedger.create(path, job, chunks),
    open: () => FileLedger.open(path),
    crash: (ledger) => ledger.close(),
  };
});

const common = { template, chunkSize: 10, settleWithinMs: false } as const;

/** A run that is done, with a ledger of three chunks. */
async function finished() {
  const folder = await temporaryFolder();
  const ledger = join(folder, 'run.ledger');
  const mock = mockClient();
  await runAll({ ...common, client: mock.client, ledger, input: numbers(30), concurrency: 1 });
  return { ...mock, folder, ledger, lines: (await readFile(ledger, 'utf8')).split('\n').length - 1 };
}

describe('a last line that a crash has torn', () => {
  test('is as if it had not been written, wherever it is torn', async () => {
    const { ledger, client, engine } = await finished();
    const text = await readFile(ledger, 'utf8');
    const last = text.indexOf('{"chunk":3,"state":"accepted"');
    const end = text.indexOf('\n', last);
    for (const torn of [last, last + 1, last + 20, end]) {
      await writeFile(ledger, text.slice(0, torn));
      const { counts } = await resumeBulk({ client, ledger, settleWithinMs: false }).report;
      expect(counts).toMatchObject({ accepted: { chunks: 2 }, unknown: { chunks: 1 } });
      expect((await bulkStatus(ledger)).open).toMatchObject([
        { chunk: 3, state: 'unknown', code: 'Interrupted' },
      ]);
      // Nothing is cut off, not even that.
      expect(await readFile(ledger, 'utf8')).toContain(text.slice(0, torn));
    }
    expect(engine.createdCount).toBe(3);
  });

  test('of zeros, as a power cut leaves them, counts for nothing, too', async () => {
    const { ledger, client } = await finished();
    await appendFile(ledger, Buffer.alloc(100));
    const { counts } = await resumeBulk({ client, ledger, settleWithinMs: false }).report;
    expect(counts.accepted.chunks).toBe(3);
    expect((await bulkStatus(ledger)).counts.accepted.chunks).toBe(3);
  });
});

describe('refused, with the reason, and nothing is sent:', () => {
  test('a line that is damaged in the middle', async () => {
    const { ledger, client, lines } = await finished();
    const text = (await readFile(ledger, 'utf8')).split('\n');
    text[lines - 2] = text[lines - 2]!.slice(3);
    await writeFile(ledger, text.join('\n'));
    await expect(resumeBulk({ client, ledger }).report).rejects.toMatchObject({
      code: 'LedgerDamaged',
      message: `Line ${lines - 1} of the ledger is damaged, or is missing.`,
    });
  });

  test('a ledger of which any byte was changed, or a line taken away', async () => {
    const { ledger } = await finished();
    const bytes = await readFile(ledger);
    // Without its line break, the last line is a torn one.
    for (let at = 0; at < bytes.length - 1; at += 7) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1 << (at % 7);
      await writeFile(ledger, changed);
      const code = expect.stringMatching(/^Ledger(Damaged|TooNew)$/) as string;
      await expect(bulkStatus(ledger), `byte ${at}`).rejects.toMatchObject({ code });
    }
    const lines = bytes.toString().split('\n');
    for (let line = 1; line < lines.length - 2; line++) {
      await writeFile(ledger, lines.toSpliced(line, 1).join('\n'));
      await expect(bulkStatus(ledger)).rejects.toMatchObject({ code: 'LedgerDamaged' });
    }
  });

  test('a report from a plan that was changed, or is missing', async () => {
    const { ledger } = await finished();
    const plan = await readFile(planPathOf(ledger), 'utf8');
    for (const changed of [
      plan.replace('13800000007', '13900000007'),
      plan.replace('[8,', '[8 '),
      `${plan}${plan.slice(0, plan.indexOf('\n') + 1)}`,
      plan.slice(0, plan.lastIndexOf('[')),
    ]) {
      await writeFile(planPathOf(ledger), changed);
      await expect(rowsOf(ledger)).rejects.toMatchObject({
        code: 'LedgerDamaged',
        message: expect.not.stringContaining('138') as string,
      });
    }
    await unlink(planPathOf(ledger));
    await expect(rowsOf(ledger)).rejects.toMatchObject({ code: 'LedgerUnusable' });
  });

  test('a file that is no ledger, or is empty', async () => {
    const { ledger } = await finished();
    await writeFile(ledger, '{"name":"package"}\n');
    await expect(FileLedger.open(ledger)).rejects.toMatchObject({ code: 'LedgerDamaged' });
    await truncate(ledger);
    await expect(FileLedger.open(ledger)).rejects.toMatchObject({ code: 'LedgerDamaged' });
  });

  test('a ledger of a newer version', async () => {
    const { ledger } = await finished();
    const text = await readFile(ledger, 'utf8');
    await writeFile(ledger, text.replace('"version":2', '"version":3'));
    await expect(bulkStatus(ledger)).rejects.toMatchObject({ code: 'LedgerTooNew' });
  });

  test('a plan that was changed', async () => {
    const { ledger, client, engine } = await finished();
    const text = await readFile(ledger, 'utf8');
    // As it was before anything was sent.
    await writeFile(ledger, `${text.split('\n').slice(0, 4).join('\n')}\n`);
    const plan = await readFile(planPathOf(ledger), 'utf8');
    await writeFile(planPathOf(ledger), plan.replace('13800000000', '13900000000'));
    const resumed = resumeBulk({ client, ledger, settleWithinMs: false, concurrency: 1 }).report;
    await expect(resumed).rejects.toMatchObject({ code: 'LedgerDamaged' });
    expect(engine.createdCount).toBe(3);
  });

  test('a folder that cannot be written', async () => {
    const folder = await temporaryFolder();
    const { client, engine } = mockClient();
    await chmod(folder, 0o555);
    const isRoot = process.getuid!() === 0;
    // Root may write anywhere, so somebody else tries.
    if (isRoot) process.seteuid!(65_534);
    try {
      await expect(
        runBulk({ ...common, client, ledger: join(folder, 'run.ledger'), input: numbers(1) }).report,
      ).rejects.toMatchObject({
        code: 'LedgerUnusable',
        message: expect.stringContaining('EACCES') as string,
      });
    } finally {
      if (isRoot) process.seteuid!(0);
    }
    expect(engine.journal.size).toBe(0);
  });
});

test('a chunk that is named twice is resolved once', async () => {
  const ledger = join(await temporaryFolder(), 'run.ledger');
  const { client, engine } = mockClient();
  engine.faults.add({
    fault: 'internal-error',
    action: 'CreateAutoCalloutTask',
    nth: 1,
    strikes: 'before',
  });
  await runAll({ ...common, client, ledger, input: numbers(20), concurrency: 1 });
  await resolveBulk(ledger, [1, 1], 'send-again');
  expect((await bulkStatus(ledger)).counts).toMatchObject({
    planned: { chunks: 1 },
    accepted: { chunks: 1 },
  });
});
