import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import {
  appendFile,
  copyFile,
  link,
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  symlink,
  unlink,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AppendFile } from '../src/ledger/append-file.js';
import { foreignName, isLocalFolder } from '../src/ledger/file-system.js';
import { FileLedger, STEP_CHANNEL, bulkStatus, resumeBulk, runBulk } from '../src/index.js';
import { common, numbers, rowsOf, runAll, setUp, stoppedRun } from './support.js';

/** The lease of a process that has no socket, such as one in another folder, or on another machine. */
async function withoutSocket(ledger: string, folder: string): Promise<void> {
  await rm(
    join(
      folder,
      (await readdir(folder)).find((name) => name.endsWith('.sock'))!,
    ),
  );
  expect(await readFile(ledger, 'utf8')).toContain('"lease"');
}

/** Says once a step is reached, and does something at that moment. */
function atStep(name: string, act: () => void): () => void {
  const listener = (message: unknown) => {
    if ((message as { step: string }).step === name) act();
  };
  subscribe(STEP_CHANNEL, listener);
  return () => unsubscribe(STEP_CHANNEL, listener);
}

const inUse = expect.objectContaining({ code: 'LedgerInUse' }) as Error;

const sending = { settleWithinMs: false } as const;

describe('two on one ledger: the second is refused, and what the first has written stays', () => {
  test('under the same name, until the first has ended', async () => {
    const { ledger, client } = await stoppedRun();
    const first = await FileLedger.open(ledger);
    const claimed = await first.claim();
    await expect(resumeBulk({ client, ledger }).report).rejects.toThrow(inUse);
    expect((await bulkStatus(ledger)).counts.sending.chunks).toBe(1);
    await first.record(claimed!, { state: 'accepted', id: '1' }, 'run');
    await first.close();
    await expect(resumeBulk({ ...sending, client, ledger }).report).resolves.toBeDefined();
  });

  test.each<[string, (ledger: string, other: string) => Promise<void>]>([
    ['a symbolic link', symlink],
    ['a hard link', link],
    ['a new name', rename],
    ['a copy', copyFile],
  ])('through %s in the same folder', async (_, make) => {
    const { ledger, folder } = await stoppedRun();
    const first = await FileLedger.open(ledger);
    await make(ledger, join(folder, 'other'));
    await expect(FileLedger.open(join(folder, 'other'))).rejects.toThrow(inUse);
    await first.close();
  });

  test.each<[string, (ledger: string, other: string) => Promise<void>]>([
    ['a hard link', link],
    ['a new name', rename],
  ])('through %s in another folder, since the first renews its lease', async (_, make) => {
    const { ledger, folder } = await stoppedRun();
    const first = await FileLedger.open(ledger);
    const other = join(folder, 'elsewhere', 'run.ledger');
    await mkdir(join(folder, 'elsewhere'));
    await make(ledger, other);
    let looks = 0;
    const again = await AppendFile.open(other);
    const pause = () => Promise.resolve(++looks === 3 && again.touch());
    await expect(FileLedger.open(other, { pause })).rejects.toThrow(inUse);
    expect(looks).toBe(3);
    await again.close();
    await first.close();
  });

  test('links lead to the same plan', async () => {
    const { ledger, folder, client } = await stoppedRun();
    await symlink(ledger, join(folder, 'other'));
    await resumeBulk({ ...sending, client, ledger: join(folder, 'other') }).report;
    expect(await rowsOf(join(folder, 'other'))).toHaveLength(60);
  });

  test('of many that open it at a time, one has it', async () => {
    const { ledger } = await stoppedRun();
    const opened = await Promise.allSettled(Array.from({ length: 8 }, () => FileLedger.open(ledger)));
    const [first, ...more] = opened.filter((one) => one.status === 'fulfilled');
    expect(more).toEqual([]);
    for (const one of opened)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'LedgerInUse' });
    // Those that came too late have left lines, which do no harm.
    expect(await first!.value.claim()).toMatchObject({ chunk: 2 });
    await first!.value.close();
    expect((await bulkStatus(ledger)).counts.sending.chunks).toBe(1);
  });

  test('of many that plan one at a time, one does', async () => {
    const { ledger, client, engine, folder } = await setUp();
    const runs = Array.from(
      { length: 4 },
      () => runBulk({ ...common, client, ledger, input: numbers(60) }).report,
    );
    const ends = await Promise.allSettled(runs);
    for (const end of ends)
      if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'LedgerInUse' });
    expect(ends.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    expect(engine.createdCount).toBe(6);
    expect((await readdir(folder)).sort()).toEqual(['run.ledger', 'run.ledger.plan']);
  });
});

describe('a lease of which the holder cannot be asked', () => {
  test('is taken once nothing has happened to the file for 20 looks, a second apart', async () => {
    const { ledger, folder } = await stoppedRun();
    const elsewhere = join(folder, 'elsewhere');
    await mkdir(elsewhere);
    const first = await FileLedger.open(ledger);
    await link(ledger, join(elsewhere, 'run.ledger'));
    const pauses: number[] = [];
    let watched = 0;
    const second = await FileLedger.open(join(elsewhere, 'run.ledger'), {
      pause: (ms) => Promise.resolve(void pauses.push(ms)),
      onWatch: (ms) => (watched = ms),
    });
    expect([watched, pauses]).toEqual([20_000, Array.from({ length: 20 }, () => 1_000)]);
    // The first one was only held up. It finds out before it sends or writes anything.
    await expect(first.claim()).rejects.toThrow(inUse);
    await expect(first.confirm()).rejects.toThrow(inUse);
    await first.close();
    expect(await second.claim()).toMatchObject({ chunk: 2 });
    await second.close();
  });

  test('is over if this machine was started anew since, or the process has left no socket behind in this folder', async () => {
    const { ledger, folder } = await stoppedRun();
    const first = await FileLedger.open(ledger);
    await withoutSocket(ledger, folder);
    const pause = () => Promise.reject(new Error('It is not watched.'));
    const second = await FileLedger.open(ledger, { pause });
    await expect(first.claim()).rejects.toThrow(inUse);
    await first.close();
    await second.close();
  });
});

describe('a process that finds its ledger changed sends nothing more', () => {
  test.each<[string, (ledger: string) => Promise<unknown>]>([
    ['somebody has written to it', (ledger) => appendFile(ledger, '{"chunk":3,"state":"sending"}\n')],
    ['a part of a line was written to it', (ledger) => appendFile(ledger, '{"chunk"')],
    ['it was removed', unlink],
    ['it was renamed', (ledger) => rename(ledger, `${ledger}.old`)],
    [
      'a copy has taken its place',
      async (ledger) => {
        await copyFile(ledger, `${ledger}.copy`);
        await rename(`${ledger}.copy`, ledger);
      },
    ],
  ])('%s', async (_, change) => {
    const { ledger, client, engine } = await stoppedRun();
    let changed: Promise<unknown> | undefined;
    const before = engine.journal.size;
    const end = atStep('sending: on disk', () => (changed ??= change(ledger)));
    await expect(resumeBulk({ ...sending, client, ledger, concurrency: 1 }).report).rejects.toMatchObject({
      code: expect.stringMatching(/^Ledger(InUse|Damaged)$/) as string,
    });
    end();
    await changed;
    // At most the one that was being claimed when it happened.
    expect(engine.journal.size - before).toBeLessThanOrEqual(1);
  });

  test('a lease that came too late does no harm', async () => {
    const { ledger } = await stoppedRun();
    const first = await FileLedger.open(ledger);
    const text = await readFile(ledger, 'utf8');
    // As it was written by somebody who had not seen the lease of the first one.
    const late = text.split('\n').find((line) => line.startsWith('{"lease"'))!;
    await appendFile(ledger, `${late}\n`);
    expect(await first.claim()).toMatchObject({ chunk: 2 });
    await first.close();
    expect((await bulkStatus(ledger)).counts.sending.chunks).toBe(1);
  });

  test('what it still writes damages nothing', async () => {
    const { ledger, folder } = await stoppedRun();
    const first = await FileLedger.open(ledger);
    await first.claim();
    const before = await readFile(ledger, 'utf8');
    await first.close();
    const line = (await readFile(ledger, 'utf8')).slice(before.length);
    // The same as if the process had been suspended just before it wrote this line.
    const copy = join(folder, 'copy.ledger');
    await appendFile(copy, before);
    const second = await FileLedger.open(copy, { pause: () => Promise.resolve() });
    await second.close();
    await appendFile(copy, line);
    expect((await bulkStatus(copy)).open).toMatchObject([
      { chunk: 1, state: 'unknown' },
      { chunk: 2, state: 'unknown', code: 'Interrupted' },
    ]);
    const third = await FileLedger.open(copy);
    expect(await third.claim()).toMatchObject({ chunk: 3 });
    await third.close();
  });
});

describe('a file system that other machines may share', () => {
  test.each([
    [0xef53, undefined],
    [0x794c7630, undefined],
    [0x01021994, undefined],
    [0x6969, 'NFS'],
    [0xfe534d42, 'SMB'],
    [-28_095_166, 'SMB'],
    [0x65735546, 'FUSE'],
    [0x12345678, 'type 0x12345678'],
  ])('type %i is called %s', (type, name) => expect(foreignName(type)).toBe(name));

  test.runIf(process.platform === 'linux')('is refused, unless the caller trusts it', async () => {
    // /proc is no disk.
    await expect(isLocalFolder('/proc', false)).rejects.toMatchObject({
      code: 'LedgerUnusable',
      message: expect.stringContaining('--trust-file-system') as string,
    });
    await expect(isLocalFolder('/proc', true)).resolves.toBe(false);
  });
});

test('a socket that is not answered is no sign of death, and a long path is no obstacle', async () => {
  const { folder, client } = await setUp();
  const deep = join(folder, 'a'.repeat(100));
  await mkdir(deep);
  const ledger = join(deep, 'run.ledger');
  await runAll({ ...common, client, ledger, input: numbers(10) });
  const first = await FileLedger.open(ledger);
  expect((await readdir(deep)).filter((name) => name.endsWith('.sock'))).toHaveLength(1);
  await expect(
    FileLedger.open(ledger, { pause: () => Promise.reject(new Error('watched')) }),
  ).rejects.toThrow(inUse);
  await first.close();
  expect(await readdir(deep)).toEqual(['run.ledger', 'run.ledger.plan']);
});
