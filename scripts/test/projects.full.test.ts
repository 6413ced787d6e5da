import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockEngine, MockServer, Pusher, fixtureOf, mockCredentials } from '@tccc/mocks';
import { OutboundClient } from '@tccc/outbound';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freePort } from '../../packages/core/test/support/free-port.js';
import { Consumer } from '../release/consumer.js';
import { packAll } from '../release/pack.js';
import { publishedPackages } from '../release/project.js';
import { findPnpm } from '../support/pnpm.js';
import { root } from '../support/root.js';

const NUMBER = '008613012345678';
const EXAMPLES = join(root, 'examples');
const names = (await readdir(EXAMPLES, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

let home: string;
let projects: Consumer;
let engine: MockEngine;
let server: MockServer;

/** The examples, with the packages as they would be published. One process installs all of them, and one builds them. */
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'tccc-projects-'));
  projects = await Consumer.empty();
  const packed = await packAll(await publishedPackages(), home, undefined);
  await cp(EXAMPLES, projects.path, { recursive: true });
  await projects.installByPnpm(packed, { private: true }, names);
  await projects.run(await findPnpm(), '--recursive', '--reporter=silent', 'run', 'build');
}, 600_000);
afterAll(async () => {
  await projects[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});
beforeEach(async () => {
  engine = new MockEngine({ seed: 1 });
  server = await MockServer.start(engine);
});
afterEach(() => server.close());

interface ExampleManifest {
  private: boolean;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

async function manifestOf(name: string): Promise<ExampleManifest> {
  return JSON.parse(await readFile(join(EXAMPLES, name, 'package.json'), 'utf8')) as ExampleManifest;
}

function environment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: home,
    TCCC_ENDPOINT: server.url,
    TENCENTCLOUD_SECRET_ID: mockCredentials.secretId,
    TENCENTCLOUD_SECRET_KEY: mockCredentials.secretKey,
    NEXT_TELEMETRY_DISABLED: '1',
    ...more,
  };
}

function start(name: string, args: readonly string[], more?: Record<string, string>): ChildProcess {
  return spawn(process.execPath, args, {
    cwd: join(projects.path, name),
    env: environment(more),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs a program of an example to its end; what it printed. */
async function finish(name: string, ...args: string[]): Promise<string> {
  const child = start(name, args);
  let said = '';
  child.stdout!.on('data', (chunk) => (said += String(chunk)));
  child.stderr!.on('data', (chunk) => (said += String(chunk)));
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`It ended with ${code}:\n${said}`);
  return said;
}

/** Asks a server, which may still be starting, until it answers. */
async function ask(child: ChildProcess, url: string, body: object): Promise<Response> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  for (;;) {
    const end = child.exitCode ?? child.signalCode;
    if (end !== null) throw new Error(`The server ended with ${end}.`);
    try {
      return await fetch(url, init);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

test('each has a README of about ten lines and a manifest of its own', async () => {
  expect(names.length).toBeGreaterThan(6);
  const page = await readFile(join(EXAMPLES, 'README.md'), 'utf8');
  for (const name of names) {
    const lines = (await readFile(join(EXAMPLES, name, 'README.md'), 'utf8')).trim().split('\n');
    expect([name, lines.length <= 15]).toEqual([name, true]);
    expect((await manifestOf(name)).private).toBe(true);
    expect(page).toContain(`[${name}](${name}/)`);
  }
});

test.each(names)('the manifest of %s names all that it uses', async (name) => {
  const { dependencies, devDependencies } = await manifestOf(name);
  expect(Object.keys(devDependencies)).toEqual(expect.arrayContaining(['typescript', '@types/node']));
  const files = await readdir(join(EXAMPLES, name), { recursive: true });
  const sources = files.filter((file) => /\.(?:tsx?|mjs)$/.test(file));
  const texts = await Promise.all(sources.map((file) => readFile(join(EXAMPLES, name, file), 'utf8')));
  const used = texts
    .join('\n')
    .matchAll(/(?:\bfrom |^import |\bimport\()'(?!node:)((?:@[\w-]+\/)?[\w-]+)[^']*'/gm);
  const packages = new Set([...used].map(([, specifier]) => specifier!));
  expect(packages).toContain(Object.keys(dependencies).find((dependency) => dependency.startsWith('@tccc/')));
  expect([...packages].filter((used) => dependencies[used] === undefined)).toEqual([]);
});

test('nightly-job sends a list once, however often it is started', async () => {
  for (const _ of ['once', 'again'])
    expect(await finish('nightly-job', 'out/main.js', 'list.csv')).toContain('"counts"');
  expect(engine.created.length).toBe(1);
});

test('serverless calls, and says nothing wrong after a lost response', async () => {
  expect(JSON.parse(await finish('serverless', 'out/invoke.js', NUMBER))).toMatchObject({
    outcome: 'executed',
  });
  engine.faults.add({ fault: 'internal-error' });
  expect(JSON.parse(await finish('serverless', 'out/invoke.js', NUMBER))).toEqual({
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
    const port = String(await freePort());
    const child = start(name, args, { PORT: port });
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

test.each(['fastify-endpoint', 'nestjs-module'])(
  '%s keeps nobody waiting who has no turn yet on SIGTERM',
  async (name) => {
    const port = String(await freePort());
    const child = start(name, ['out/main.js'], { PORT: port });
    child.stdout!.resume();
    child.stderr!.resume();
    const url = `http://127.0.0.1:${port}/calls`;
    const answers: { task?: number; code?: string }[] = [];
    const call = async () => {
      const response = await ask(child, url, { phone: NUMBER, order: 'order-00019' });
      answers.push((await response.json()) as (typeof answers)[number]);
    };
    await call();
    // Each calls again until the server is gone, so that more want to call than may, however slowly they come.
    const callers = Array.from({ length: 60 }, async () => {
      while (answers.at(-1)!.code === undefined) await call();
    });
    while (engine.createdCount <= 20) await new Promise((resolve) => setImmediate(resolve));
    const ended = once(child, 'close');
    child.kill('SIGTERM');
    // One whose call comes too late to be taken is told by the connection.
    await Promise.allSettled(callers);
    const refused = answers.filter(({ code }) => code === 'ClientClosed');
    expect(refused.length).toBeGreaterThan(10);
    expect(answers.filter(({ task }) => task !== undefined)).toHaveLength(engine.createdCount);
    await ended;
  },
);

test('push-receiver stores each record once, refuses a wrong password, and ends on SIGTERM', async () => {
  const records = join(projects.path, 'push-receiver/records');
  const { request } = fixtureOf('CreateAutoCalloutTask');
  const port = String(await freePort());
  const child = start('push-receiver', ['out/main.js'], {
    PORT: port,
    PUSH_PASSWORD: 'a long one',
    SDK_APP_ID: String(request.SdkAppId),
    RECORDS: records,
  });
  child.stdout!.resume();
  child.stderr!.resume();
  const stored = () => readdir(records);
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
    const record = await readFile(join(records, files[0]!), 'utf8');
    expect(JSON.parse(record)).toMatchObject({ sessionId: expect.any(String) });
  } finally {
    const ended = once(child, 'close');
    child.kill('SIGTERM');
    await ended;
  }
});

test('fleet-worker compiles with the servers’ own clients', async () => {
  const refusal = await finish('fleet-worker', 'out/main.js').catch((error: Error) => error.message);
  expect(refusal).toContain('Set REDIS_URL and DATABASE_URL.');
});
