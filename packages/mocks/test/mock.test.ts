import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { OutboundClient, isServiceError } from '@tccc/outbound';
import { request } from 'undici';
import { describe, expect, test } from 'vitest';
import { MockDispatcher, MockEngine, MockServer, mockCredentials } from '../src/index.js';
import { exampleOf, signedRequest } from './support.js';

const task = exampleOf('CreateAutoCalloutTask') as never;
const campaign = exampleOf('CreatePredictiveDialingCampaign') as never;

describe('the client speaks with every way in', () => {
  test('a server on a free port', async () => {
    const engine = new MockEngine();
    await using server = await MockServer.start(engine);
    await using client = new OutboundClient({ endpoint: server.url, credentials: mockCredentials });
    expect(await client.createAutoCalloutTask(task)).toMatchObject({ TaskId: engine.created[0]!.id });
    expect(await client.createPredictiveDialingCampaign(campaign)).toMatchObject({
      CampaignId: engine.created[1]!.id,
    });
  });

  test('a dispatcher in this process, at the real host names', async () => {
    const engine = new MockEngine();
    await using client = new OutboundClient({
      site: 'intl',
      dispatcher: new MockDispatcher(engine),
      credentials: mockCredentials,
    });
    expect(await client.createAutoCalloutTask(task)).toMatchObject({ TaskId: engine.created[0]!.id });
    expect(await client.createPredictiveDialingCampaign(campaign)).toMatchObject({
      CampaignId: engine.created[1]!.id,
    });
  });

  test('a wrong secret is refused, and says so', async () => {
    const dispatcher = new MockDispatcher(new MockEngine());
    await using client = new OutboundClient({
      site: 'intl',
      dispatcher,
      credentials: { ...mockCredentials, secretKey: 'wrong' },
    });
    await expect(client.createAutoCalloutTask(task)).rejects.toSatisfy(
      (error) => isServiceError(error, 'AuthFailure') && error.outcome === 'not-executed',
    );
  });

  test('an abort reaches the dispatcher', async () => {
    const engine = new MockEngine();
    await using client = new OutboundClient({
      site: 'intl',
      dispatcher: new MockDispatcher(engine),
      credentials: mockCredentials,
    });
    const controller = new AbortController();
    const call = client.createAutoCalloutTask(task, { signal: controller.signal });
    queueMicrotask(() => controller.abort());
    await expect(call).rejects.toMatchObject({ kind: 'aborted' });
    expect(engine.created.length).toBeLessThanOrEqual(1);
  });
});

test('undici itself can use the dispatcher', async () => {
  const dispatcher = new MockDispatcher(new MockEngine());
  const { headers, body } = signedRequest(JSON.stringify(task), { host: 'ccc.tencentcloudapi.com' });
  const origin = 'https://ccc.tencentcloudapi.com/';
  const response = await request(origin, {
    dispatcher,
    method: 'POST',
    headers: headers as Record<string, string>,
    body,
  });
  expect(await response.body.json()).toMatchObject({ Response: { TaskId: expect.any(Number) as number } });
  await dispatcher.close();
  await dispatcher.destroy();
});

test('a burst is paced by the client so that the service refuses none', async () => {
  const engine = new MockEngine({ rateLimit: 5 });
  await using server = await MockServer.start(engine);
  await using client = new OutboundClient({
    endpoint: server.url,
    credentials: mockCredentials,
    pacing: { limit: 5 },
  });
  await Promise.all(Array.from({ length: 12 }, () => client.createAutoCalloutTask(task)));
  expect(engine.journal.worstWindow(1000)).toBeLessThanOrEqual(5);
  expect(engine.journal.size).toBe(12);
});

describe('control routes', () => {
  test('health, journal and reset, none of them in the journal', async () => {
    const engine = new MockEngine({ seed: 1 });
    await using server = await MockServer.start(engine);
    const get = async (path: string, method: 'GET' | 'POST' = 'GET') => {
      const response = await request(server.url + path, { method });
      return [response.statusCode, await response.body.json()] as const;
    };
    engine.handle(signedRequest(JSON.stringify(task)));
    expect(await get('/__mock/health')).toEqual([200, { ready: true }]);
    expect(await get('/__mock/journal')).toMatchObject([
      200,
      { requests: 1, entries: [{ code: 'OK' }], created: [{}] },
    ]);
    expect(await get('/__mock/reset', 'POST')).toEqual([200, { reset: true }]);
    expect(await get('/__mock/journal')).toMatchObject([200, { requests: 0, entries: [], created: [] }]);
    expect((await get('/__mock/other'))[0]).toBe(404);
  });

  test('a port in use is reported', async () => {
    await using server = await MockServer.start(new MockEngine());
    await expect(
      MockServer.start(new MockEngine(), { port: Number(new URL(server.url).port) }),
    ).rejects.toThrow(/EADDRINUSE/);
  });
});

describe('tccc-mock', () => {
  const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

  function start(...args: string[]) {
    const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const lines: string[] = [];
    let errors = '';
    createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    return { child, lines, errors: () => errors };
  }

  test('prints one line when ready, serves, shows no phone number, and ends cleanly on SIGTERM', async () => {
    const { child, lines, errors } = start(
      '--seed',
      '5',
      '--secret-id',
      'AKIDcli',
      '--secret-key',
      'cli-key',
      '--rate-limit',
      'off',
    );
    await once(child.stdout, 'data');
    const ready = JSON.parse(lines[0]!) as { ready: boolean; url: string; pid: number };
    expect(ready).toMatchObject({ ready: true, pid: child.pid, seed: 5 });
    await using client = new OutboundClient({
      endpoint: ready.url,
      credentials: { secretId: 'AKIDcli', secretKey: 'cli-key' },
    });
    await client.createAutoCalloutTask(task);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(lines).toHaveLength(1);
    expect(errors()).toBe('');
  });

  test.each([
    [['--port', 'x'], /--port must be a whole number/],
    [['--nonsense'], /Unknown option '--nonsense'/],
    [['--signatures', 'maybe'], /strict, presence or off/],
  ])('%j is refused with the usage', async (args, message) => {
    const { child, errors } = start(...args);
    expect(await once(child, 'exit')).toEqual([2, null]);
    expect(errors()).toMatch(message);
    expect(errors()).toContain('Usage: tccc-mock');
  });

  test('--help explains itself', async () => {
    const { child, lines } = start('--help');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(lines.join('\n')).toContain('--rate-limit');
  });
});
