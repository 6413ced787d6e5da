import { execFile } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { OutboundClient } from '@tccc/outbound';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { MockEngine, MockServer, createMock, mockClientOptions } from '../src/index.js';
import { exampleOf } from './support.js';

const run = promisify(execFile);
const task = exampleOf('CreateAutoCalloutTask') as never;

afterEach(() => vi.useRealTimers());

async function callMany(client: OutboundClient, count: number): Promise<number> {
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: count }, () => client.createAutoCalloutTask(task)));
  return performance.now() - startedAt;
}

describe('createMock', () => {
  test('is instant: 500 calls do not wait for a limit of 20 a second', async () => {
    const { engine, clientOptions } = createMock({ seed: 1 });
    await using client = new OutboundClient(clientOptions);
    expect(await callMany(client, 500)).toBeLessThan(5_000);
    expect(engine.created).toHaveLength(500);
  });

  test('hardly pauses before retries', async () => {
    const { engine, clientOptions } = createMock();
    engine.faults.add({ fault: 'rate-limited', nth: [1, 2] });
    await using client = new OutboundClient(clientOptions);
    expect(await callMany(client, 1)).toBeLessThan(1_000);
    expect(engine.journal.size).toBe(3);
  });

  test('shares nothing with another one', async () => {
    const [one, other] = [createMock(), createMock()];
    await using client = new OutboundClient(one.clientOptions);
    await client.createAutoCalloutTask(task);
    expect([one.engine.created.length, other.engine.created.length]).toEqual([1, 0]);
  });

  test('goes on under fake timers, retries included, and signs with the faked time', async () => {
    vi.useFakeTimers({ now: new Date('2031-05-05T00:00:00Z') });
    const { engine, clientOptions } = createMock();
    engine.faults.add({ fault: 'rate-limited', nth: 1 });
    const client = new OutboundClient(clientOptions);
    await expect(client.createAutoCalloutTask(task)).resolves.toHaveProperty('TaskId');
    expect(engine.journal.entries.map(({ code }) => code)).toEqual(['', 'OK']);
    await client.close();
  });

  test('has the credentials that the engine knows', async () => {
    const { engine, clientOptions } = createMock({
      credentials: [{ secretId: 'AKIDmine', secretKey: 'k', token: 't' }],
    });
    await using client = new OutboundClient(clientOptions);
    await client.createAutoCalloutTask(task);
    expect(engine.journal.entries[0]).toMatchObject({ code: 'OK', secretId: 'AKIDmine' });
  });
});

describe('mockClientOptions with a server', () => {
  test.each([false, true])('reaches it, with TLS: %s', async (tls) => {
    const engine = new MockEngine({ rateLimit: 'off' });
    await using server = await MockServer.start(engine, { tls });
    await using client = new OutboundClient(mockClientOptions(engine, server));
    expect(await callMany(client, 50)).toBeLessThan(5_000);
    expect(engine.created).toHaveLength(50);
  });

  test('shows faults below HTTP with TLS, too', async () => {
    const engine = new MockEngine({ rateLimit: 'off' });
    await using server = await MockServer.start(engine, { tls: true });
    engine.faults.add({ fault: 'reset-after-create', nth: 1 });
    await using client = new OutboundClient(mockClientOptions(engine, server));
    await expect(client.createAutoCalloutTask(task)).rejects.toMatchObject({
      outcome: 'unknown',
      code: 'ConnectionLost',
    });
    await server.refuse();
    await expect(client.createAutoCalloutTask(task)).rejects.toMatchObject({ code: 'ConnectionRefused' });
    await server.accept();
    await expect(client.createAutoCalloutTask(task)).resolves.toHaveProperty('TaskId');
    expect(() => server.brokenTlsUrl).toThrow('no endpoint whose handshake fails');
  });
});

test.each([{}, { tls: true }])('a process that forgets close() ends: %j', async (options) => {
  const built = (name: string) =>
    pathToFileURL(fileURLToPath(new URL(`../../${name}/dist/index.js`, import.meta.url))).href;
  const program = `
    import { MockEngine, MockServer, fixtures, mockClientOptions } from ${JSON.stringify(built('mocks'))};
    import { OutboundClient } from ${JSON.stringify(built('outbound'))};
    const engine = new MockEngine();
    const server = await MockServer.start(engine, ${JSON.stringify(options)});
    const client = new OutboundClient(mockClientOptions(engine, server));
    await client.createAutoCalloutTask(fixtures[0].request);
    await fetch(server.url + '/__mock/health').catch(() => {});
    console.log(engine.created.length);
  `;
  const startedAt = performance.now();
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program]);
  expect(stdout).toBe('1\n');
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});
