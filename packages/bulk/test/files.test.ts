import { EventEmitter, once } from 'node:events';
import { chmod, link, mkdir, readFile, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeWhole } from '../src/files.js';
import { optOutBulk, resumeBulk, runBulk } from '../src/index.js';
import { planPathOf } from '../src/plan/load.js';
import { common, numbers, runAll, setUp, temporaryFolder } from './support.js';

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

describe('a file that is written as a whole', () => {
  test('is its owner’s alone, also if it was there before and others could read it', async () => {
    const path = join(await temporaryFolder(), 'report.csv');
    await writeFile(path, 'old');
    await chmod(path, 0o666);
    await writeWhole(path, ['line,', 'callee\n']);
    expect([await readFile(path, 'utf8'), await modeOf(path)]).toEqual(['line,callee\n', 0o600]);
  });

  test('stays as it was if there is no whole new one, and no part of that is left', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'report.csv');
    await writeFile(path, 'old');
    async function* failing() {
      yield 'x'.repeat(100_000);
      await Promise.resolve();
      throw new Error('The plan is damaged.');
    }
    await expect(writeWhole(path, failing())).rejects.toThrow('damaged');
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['report.csv']);
  });

  test.each([
    ['a hard link', link],
    ['a symbolic link', symlink],
  ])('does not reach what %s leads to', async (_, make) => {
    const folder = await temporaryFolder();
    const [path, other] = [join(folder, 'report.csv'), join(folder, 'public.txt')];
    await writeFile(other, 'public');
    await chmod(other, 0o644);
    await make(other, path);
    await writeWhole(path, ['private']);
    expect([await readFile(other, 'utf8'), await modeOf(other)]).toEqual(['public', 0o644]);
    expect([await readFile(path, 'utf8'), await modeOf(path)]).toEqual(['private', 0o600]);
  });

  test('is not more than what came, however it came in pieces', async () => {
    const path = join(await temporaryFolder(), 'report.csv');
    const pieces = Array.from({ length: 5_000 }, (_, index) => `${'line'.repeat(index % 50)}${index}\n`);
    await writeWhole(path, pieces);
    expect(await readFile(path, 'utf8')).toBe(pieces.join(''));
  });
});

describe('what a killed process has left of a file', () => {
  test('is removed by the next one that writes the file, and nothing else is', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'report.csv');
    const others = ['other.csv.0123456789ab.tmp', 'report.csv.tmp', 'report.csv.old.tmp'];
    for (const name of ['report.csv.0123456789ab.tmp', ...others]) await writeFile(join(folder, name), '');
    await writeWhole(path, ['new']);
    expect((await readdir(folder)).sort()).toEqual([...others, 'report.csv'].sort());
  });

  test('may be what a living process still writes, which loses nothing', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'report.csv');
    const signs = new EventEmitter();
    const [begun, goesOn] = [once(signs, 'begun'), once(signs, 'goes on')];
    const long = 'größe'.repeat(50_000);
    async function* slow() {
      yield long;
      signs.emit('begun');
      await goesOn;
      yield 'end';
    }
    const writing = writeWhole(path, slow());
    await begun;
    await writeWhole(path, ['another']);
    expect([await readFile(path, 'utf8'), await readdir(folder)]).toEqual(['another', ['report.csv']]);
    signs.emit('goes on');
    await writing;
    expect([await readFile(path, 'utf8'), await readdir(folder)]).toEqual([`${long}end`, ['report.csv']]);
    expect(await modeOf(path)).toBe(0o600);
  });

  test('is removed from next to a ledger, too, when somebody goes on with it or opts out', async () => {
    for (const goOn of [
      ({ client, ledger }) => resumeBulk({ client, ledger, settleWithinMs: false }).report,
      ({ ledger }) => optOutBulk(ledger, ['+8613800000099']),
    ] satisfies ((run: Awaited<ReturnType<typeof setUp>>) => Promise<unknown>)[]) {
      const run = await setUp();
      await runAll({ ...common, client: run.client, ledger: run.ledger, input: numbers(10) });
      await writeFile(`${run.ledger}.0123456789ab.tmp`, '');
      await mkdir(`${run.ledger}.opt-outs`);
      await writeFile(join(`${run.ledger}.opt-outs`, '0123456789abcdef.0123456789ab.tmp'), '8613');
      await goOn(run);
      expect((await readdir(run.folder)).sort()).toEqual(['run.ledger', 'run.ledger.plan']);
    }
  });
});

describe('the files of a run', () => {
  test('are their owner’s alone, also those that were there before', async () => {
    const { client, ledger, folder } = await setUp();
    const plan = planPathOf(ledger);
    // As an earlier version, or a crash of it, has left them behind.
    await writeFile(plan, '[1,19,"008613800000000"]\n');
    await mkdir(`${ledger}.work`);
    await writeFile(join(`${ledger}.work`, 'lines'), '');
    for (const path of [plan, join(`${ledger}.work`, 'lines'), `${ledger}.work`]) await chmod(path, 0o777);
    await runAll({ ...common, client, ledger, input: numbers(10) });
    expect((await readdir(folder)).sort()).toEqual(['run.ledger', 'run.ledger.plan']);
    for (const path of [ledger, plan]) expect(await modeOf(path)).toBe(0o600);
    for (const path of [ledger, plan]) await chmod(path, 0o644);
    await resumeBulk({ client, ledger, settleWithinMs: false }).report;
    for (const path of [ledger, plan]) expect(await modeOf(path)).toBe(0o600);
  });

  test.each(['.plan', '.work'])('are not written where a link at %s leads', async (ending) => {
    const { client, engine, ledger, folder } = await setUp();
    const target = join(folder, 'target');
    await (ending === '.plan' ? writeFile(target, '') : mkdir(target));
    await symlink(target, `${ledger}${ending}`);
    await expect(runBulk({ ...common, client, ledger, input: numbers(10) }).report).rejects.toMatchObject({
      code: 'NotAllowed',
    });
    expect(engine.journal.size).toBe(0);
  });

  test('a foreign file where the lock would be is left alone', async () => {
    const { client, ledger } = await setUp();
    await writeFile(`${ledger}.lock`, 'mine\n');
    await expect(runBulk({ ...common, client, ledger, input: numbers(10) }).report).rejects.toMatchObject({
      code: 'NotAllowed',
    });
    expect(await readFile(`${ledger}.lock`, 'utf8')).toBe('mine\n');
  });
});
