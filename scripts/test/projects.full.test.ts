import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockEngine, MockServer, Pusher, fixtureOf, mockCredentials } from '@tccc/mocks';
import { OutboundClient } from '@tccc/outbound';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Consumer } from '../release/consumer.js';
import type { Packed } from '../release/pack.js';
import { packAll } from '../release/pack.js';
import { publishedPackages } from '../release/project.js';
import { root } from '../support/root.js';

const NUMBER = '008613012345678';

let folder: string;
let packed: Packed[];
let engine: MockEngine;
let server: MockServer;

// Each test installs from the registry.
vi.setConfig({ testTimeout: 600_000 });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tccc-projects-'));
  packed = await packAll(await publishedPackages(), folder, undefined);
}, 600_000);
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  engine = new MockEngine({ seed: 1 });
  server = await MockServer.start(engine);
});
afterEach(() => server.close());

/** An example in a folder of its own, with the packages as they would be published, type-checked and built. */
async function project(name: string): Promise<Consumer> {
  const consumer = await Consumer.empty();
  await cp(join(root, 'examples', name), consumer.path, { recursive: true });
  const manifest = JSON.parse(await readFile(join(consumer.path, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const own = Object.fromEntries(packed.map(({ manifest: { name }, tarball }) => [name, `file:${tarball}`]));
  // What a user gets from the registry comes from the tarballs; all else is as the example says.
  for (const name of Object.keys(manifest.dependencies))
    manifest.dependencies[name] = own[name] ?? manifest.dependencies[name]!;
  await consumer.write('package.json', { ...manifest, overrides: own });
  await consumer.install();
  await consumer.run('npm', 'run', '--silent', 'build');
  return consumer;
}

function environment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: folder,
    TCCC_ENDPOINT: server.url,
    TENCENTCLOUD_SECRET_ID: mockCredentials.secretId,
    TENCENTCLOUD_SECRET_KEY: mockCredentials.secretKey,
    NEXT_TELEMETRY_DISABLED: '1',
    ...more,
  };
}

function start({ path }: Consumer, args: readonly string[], more?: Record<string, string>): ChildProcess {
  return spawn(process.execPath, args, {
    cwd: path,
    env: environment(more),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs a program to its end; what it printed. */
async function finish(consumer: Consumer, ...args: string[]): Promise<string> {
  const child = start(consumer, args);
  let said = '';
  child.stdout!.on('data', (chunk) => (said += String(chunk)));
  child.stderr!.on('data', (chunk) => (said += String(chunk)));
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`It ended with ${code}:\n${said}`);
  return said;
}

async function freePort(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return String(port);
}

/** Asks a server, which may still be starting, until it answers. */
async function ask(child: ChildProcess, url: string, body: object): Promise<Response> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`);
    try {
      return await fetch(url, init);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

test('each has a README of about ten lines and a manifest of its own', async () => {
  const folders = (await readdir(join(root, 'examples'), { withFileTypes: true })).filter((entry) =>
    entry.isDirectory(),
  );
  expect(folders.length).toBeGreaterThan(6);
  const page = await readFile(join(root, 'examples/README.md'), 'utf8');
  for (const { name } of folders) {
    const lines = (await readFile(join(root, 'examples', name, 'README.md'), 'utf8')).trim().split('\n');
    expect([name, lines.length <= 15]).toEqual([name, true]);
    const { private: isPrivate } = JSON.parse(
      await readFile(join(root, 'examples', name, 'package.json'), 'utf8'),
    ) as { private: boolean };
    expect(isPrivate).toBe(true);
    expect(page).toContain(`[${name}](${name}/)`);
  }
});

test('nightly-job sends a list once, however often it is started', async () => {
  await using consumer = await project('nightly-job');
  for (const _ of ['once', 'again'])
    expect(await finish(consumer, 'out/main.js', 'list.csv')).toContain('"counts"');
  expect(engine.created.length).toBe(1);
});

test('serverless calls, and says nothing wrong after a lost response', async () => {
  await using consumer = await project('serverless');
  expect(JSON.parse(await finish(consumer, 'out/invoke.js', NUMBER))).toMatchObject({ outcome: 'executed' });
  engine.faults.add({ fault: 'internal-error' });
  expect(JSON.parse(await finish(consumer, 'out/invoke.js', NUMBER))).toEqual({
    outcome: 'unknown',
    code: 'InternalError',
  });
});

describe.each([
  ['fastify-endpoint', ['out/main.js'], '/calls', 200],
  ['nestjs-module', ['out/main.js'], '/calls', 201],
  ['nextjs-route', ['node_modules/next/dist/bin/next', 'start'], '/api/call', 200],
] as const)('%s', (name, args, path, status) => {
  test('answers with the task, tells an unknown outcome, and ends on SIGTERM', async () => {
    await using consumer = await project(name);
    const port = await freePort();
    const child = start(consumer, args, { PORT: port });
    child.stdout!.resume();
    child.stderr!.resume();
    try {
      const url = `http://127.0.0.1:${port}${path}`;
      const response = await ask(child, url, { phone: NUMBER, order: 'order-00017' });
      expect([response.status, await response.json()]).toEqual([status, { task: expect.any(Number) }]);
      engine.faults.add({ fault: 'internal-error' });
      const failed = await ask(child, url, { phone: NUMBER, order: 'order-00018' });
      // The endpoint of fastify finds out by its marker that nothing was created, or cannot know.
      expect(failed.status).toBe(500);
      expect(await failed.json()).toMatchObject({ outcome: 'unknown' });
    } finally {
      const ended = once(child, 'close');
      child.kill('SIGTERM');
      await ended;
    }
  });
});

test('push-receiver stores each record once, refuses a wrong password, and ends on SIGTERM', async () => {
  await using consumer = await project('push-receiver');
  const { request } = fixtureOf('CreateAutoCalloutTask');
  const port = await freePort();
  const child = start(consumer, ['out/main.js'], {
    PORT: port,
    PUSH_PASSWORD: 'a long one',
    SDK_APP_ID: String(request.SdkAppId),
    RECORDS: join(consumer.path, 'records'),
  });
  child.stdout!.resume();
  child.stderr!.resume();
  const stored = () => readdir(join(consumer.path, 'records'));
  try {
    const url = `http://127.0.0.1:${port}/tccc`;
    expect((await ask(child, url, {})).status).toBe(401);
    const client = new OutboundClient({ endpoint: server.url, credentials: mockCredentials });
    await client.createAutoCalloutTask(request);
    await client.close();
    engine.advance(86_400_000);
    const push = (password: string, faults = {}) =>
      new Pusher(engine, { url, username: 'tccc', password, faults }).deliver();
    await push('wrong');
    expect(await stored()).toEqual([]);
    await push('a long one', { duplicate: 1 });
    const files = await stored();
    expect(files.length).toBeGreaterThan(0);
    await push('a long one');
    expect(await stored()).toEqual(files);
    const record = await readFile(join(consumer.path, 'records', files[0]!), 'utf8');
    expect(JSON.parse(record)).toMatchObject({ sessionId: expect.any(String) });
  } finally {
    const ended = once(child, 'close');
    child.kill('SIGTERM');
    await ended;
  }
});

test('fleet-worker compiles with the servers’ own clients', async () => {
  await using consumer = await project('fleet-worker');
  const refusal = await finish(consumer, 'out/main.js').catch((error: Error) => error.message);
  expect(refusal).toContain('Set REDIS_URL and DATABASE_URL.');
});
