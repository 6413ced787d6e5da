import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
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

/** Runs a program, and returns what would keep its process alive after its last line. */
async function leftByTheEndOf(program: string): Promise<unknown> {
  const path = join(folder, 'program.cjs');
  await writeFile(
    path,
    `const core = require('./core.cjs');\n(async () => {\n${program}\n${SHOW_RESOURCES}\n})();\n`,
  );
  const child = spawn(process.execPath, [path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(code).toBe(0);
  return JSON.parse(output);
}

/** A socket that has been destroyed is gone a few turns of the event loop later. */
const SHOW_RESOURCES = `
for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
// The pipe is its output.
console.log(JSON.stringify(process.getActiveResourcesInfo().filter((name) => name !== "PipeWrap")));`;

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
  expect(await leftByTheEndOf(program)).toEqual([]);
});

test('a fetch that is under way does not keep a process alive once the client is closed', async () => {
  const program = `${CALL}
let ask;
const asked = new Promise((resolve) => (ask = resolve));
const silent = require('node:net').createServer((socket) => socket.once('data', ask).once('end', () => socket.destroy()));
await new Promise((resolve) => silent.listen(0, '127.0.0.1', resolve));
const endpoint = 'http://127.0.0.1:' + silent.address().port;
const fetch = core.chain(core.cvmRoleSource({ endpoint, timeoutMs: 25_000 }));
const [client, failed] = call(fetch, 20_000);
await asked;
await client.close();
if ((await failed).code !== 'ClientClosed') process.exit(1);
await new Promise((resolve) => silent.close(resolve));`;
  expect(await leftByTheEndOf(program)).toEqual([]);
});
