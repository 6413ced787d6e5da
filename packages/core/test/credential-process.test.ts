import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tccc-'));
  await build({
    entryPoints: [fileURLToPath(new URL('../src/index.ts', import.meta.url))],
    outfile: join(folder, 'core.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs a program and returns how long it took from its own last line to its end, in milliseconds. */
async function lifeAfterTheEnd(program: string): Promise<number> {
  const path = join(folder, 'program.cjs');
  await writeFile(
    path,
    `const core = require('./core.cjs');\n(async () => {\n${program}\nconsole.log('end');\n})();\n`,
  );
  const child = spawn(process.execPath, [path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let endedAt = NaN;
  child.stdout.on('data', (text: Buffer) => {
    if (text.includes('end')) endedAt = performance.now();
  });
  const code = await new Promise((resolve) => child.on('exit', resolve));
  expect(code).toBe(0);
  return performance.now() - endedAt;
}

const CALL = `
const definition = {
  name: 'A', version: '2020-01-01', service: 'a', host: 'a.invalid', errors: () => ({}), rules: () => ({ type: 'object' }),
  rateLimit: { limit: 20, windowMs: 1000 }, maxRequestBytes: 1000, result: { required: [], integers: [] },
};
const call = (credentials, deadlineMs) => {
  const client = new core.ServiceClient({ credentials, deadlineMs });
  return [client, client.call(definition, {}).catch((error) => error)];
};`;

test('a function that hangs does not keep a process alive', async () => {
  const program = `${CALL}
const [, failed] = call(() => new Promise(() => {}), 50);
if ((await failed).code !== 'DeadlineExceeded') process.exit(1);`;
  expect(await lifeAfterTheEnd(program)).toBeLessThan(5_000);
});

test('a fetch that is under way does not keep a process alive once the client is closed', async () => {
  const silent = createServer((socket) => socket.resume());
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const program = `${CALL}
const fetch = core.chain(core.cvmRoleSource({ endpoint: '${endpoint}', timeoutMs: 25_000 }));
const [client, failed] = call(fetch, 20_000);
await new Promise((resolve) => setTimeout(resolve, 300));
await client.close();
if ((await failed).code !== 'ClientClosed') process.exit(1);`;
  expect(await lifeAfterTheEnd(program)).toBeLessThan(5_000);
  await new Promise((resolve) => silent.close(resolve));
});
