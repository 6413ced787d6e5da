import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { planBulk } from '../src/index.js';
import { SHORT_LIFE, bundled } from '../../core/test/support/bundled.js';
import { common, numbers, setUp } from './support.js';

const cli = await bundled(new URL('../dist/cli.js', import.meta.url));

test('results are summed up over all lines, also if their reader goes away after the first ones', async () => {
  const { client, folder, ledger } = await setUp();
  await planBulk({ ...common, client, ledger, input: numbers(5_000) });
  const page = join(folder, 'page.html');
  const args = ['results', '--ledger', ledger, '--endpoint', 'http://127.0.0.1:9', '--page', page];
  const child = spawn(process.execPath, [...SHORT_LIFE, cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.once('data', () => child.stdout.destroy());
  let said = '';
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  const [code] = (await once(child, 'close')) as [number];
  expect([code, said]).toEqual([
    4,
    expect.stringMatching(/^5,000 lines, 0 of them final: 5,000 not-sent\./) as string,
  ]);
  expect(await readFile(page, 'utf8')).toContain('<p>5,000 lines,');
});
