import { execFileSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dryRunBulk, planBulk, runBulk } from '../src/index.js';
import { common, numbers, setUp, template } from './support.js';

const files = { ...template, columns: { Callee: 'phone' } };

// Elsewhere a named pipe is read like a file.
describe.skipIf(process.platform !== 'linux')('a list, or who must not be called, from a named pipe', () => {
  async function setUpPipe() {
    const all = await setUp();
    const pipe = join(all.folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    return { ...all, pipe };
  }

  test('is read as it comes, to its end', async () => {
    const { client, pipe } = await setUpPipe();
    const planning = dryRunBulk({ ...common, template: files, client, input: pipe });
    const writer = createWriteStream(pipe);
    for (const line of ['phone', ...numbers(3)])
      await new Promise((resolve) => writer.write(`${line}\n`, resolve));
    writer.end(`${numbers(5_000).slice(3).join('\n')}\n`);
    expect(await planning).toMatchObject({ lines: 5_000, callees: 5_000 });
  });

  test.each([
    ['the list, while nobody writes', { isList: true, text: undefined }],
    ['the list, while its writer pauses', { isList: true, text: 'phone\n+8613800000000\n' }],
    ['who must not be called, while nobody writes', { isList: false, text: undefined }],
    ['who must not be called, while its writer pauses', { isList: false, text: '+8613800000000\n' }],
  ])('%s: an abort ends the reading at once, and leaves nothing', async (_what, { isList, text }) => {
    const { client, ledger, folder, pipe, engine } = await setUpPipe();
    const stop = new AbortController();
    const input = isList ? { input: pipe, template: files } : { input: numbers(3), doNotCall: pipe };
    const planning = planBulk({ ...common, ...input, client, ledger, signal: stop.signal });
    const writer = text === undefined ? undefined : createWriteStream(pipe);
    await new Promise((resolve) =>
      writer === undefined ? setImmediate(resolve) : writer.write(text!, resolve),
    );
    stop.abort();
    await expect(planning).rejects.toMatchObject({ code: 'Stopped' });
    expect(await readdir(folder)).toEqual(['pipe']);
    writer?.destroy();
    const again = { ...common, ...input, client, ledger, signal: AbortSignal.abort() };
    await expect(runBulk(again).report).rejects.toMatchObject({ code: 'Stopped' });
    expect(engine.journal.size).toBe(0);
  });
});
