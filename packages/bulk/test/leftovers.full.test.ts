import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SHORT_LIFE, bundled } from '../../core/test/support/bundled.js';
import { temporaryFolder, template } from './support.js';

const child = await bundled(new URL('leftovers-child.mjs', import.meta.url));

/** What is in a folder, and in the folders in it. */
const namesIn = async (folder: string) => (await readdir(folder, { recursive: true })).sort();

async function setUp() {
  const folder = await temporaryFolder();
  const [TMPDIR, runs] = [join(folder, 'tmp'), join(folder, 'runs')];
  await mkdir(TMPDIR);
  await mkdir(runs);
  const ledger = join(runs, 'run.ledger');
  const run = async (does: string, killAt?: string) => {
    const given = JSON.stringify({ does, killAt, template, ledger });
    const process_ = spawn(process.execPath, [...SHORT_LIFE, child, given], {
      env: { ...process.env, TMPDIR },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    return once(process_, 'close');
  };
  return { TMPDIR, runs, run };
}

test('a dry run that was killed leaves nothing behind the next one', async () => {
  const { TMPDIR, run } = await setUp();
  expect(await run('dry-run', 'spooled')).toEqual([null, 'SIGKILL']);
  expect((await namesIn(TMPDIR)).join()).toMatch(/lines/);
  expect(await run('dry-run')).toEqual([0, null]);
  expect(await namesIn(TMPDIR)).toEqual([]);
});

test('an opt-out that was killed leaves nothing behind the next one', async () => {
  const { runs, run } = await setUp();
  expect(await run('plan')).toEqual([0, null]);
  const planned = await namesIn(runs);
  expect(await run('opt-out', 'drafted')).toEqual([null, 'SIGKILL']);
  expect((await namesIn(runs)).join()).toMatch(/\.tmp/);
  expect(await run('opt-out')).toEqual([0, null]);
  expect(await namesIn(runs)).toEqual(planned);
});
