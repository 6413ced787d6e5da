import { execFile } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Clock, OutboundClientOptions } from '@tccc/outbound';
import { OutboundClient } from '@tccc/outbound';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { MockEngine, MockServer, createMock, mockClientOptions } from '../src/index.js';
import { exampleOf } from './support.js';
import { SHORT_LIFE } from '../../core/test/support/bundled.js';

const run = promisify(execFile);
const task = exampleOf('CreateAutoCalloutTask') as never;

afterEach(() => vi.useRealTimers());

/** Makes calls, and returns what they have waited for a time, in milliseconds. */
async function callMany(options: OutboundClientOptions, count: number): Promise<number[]> {
  const { clock } = options;
  const waits: number[] = [];
  const schedule: Clock['schedule'] = (callback, delayMs, inBackground) =>
    clock!.schedule(
      () => {
        waits.push(delayMs);
        callback();
      },
      delayMs,
      inBackground,
    );
  await using client = new OutboundClient({
    ...options,
    clock: { now: () => clock!.now(), monotonic: () => clock!.monotonic(), schedule },
  });
  await Promise.all(Array.from({ length: count }, () => client.createAutoCalloutTask(task)));
  return waits;
}

describe('createMock', () => {
  test('is instant: 500 calls do not wait for a limit of 20 a second', async () => {
    const { engine, clientOptions } = createMock({ seed: 1 });
    expect(await callMany(clientOptions, 500)).toEqual([]);
    expect(engine.created).toHaveLength(500);
  });

  test('hardly pauses before retries', async () => {
    const { engine, clientOptions } = createMock();
    engine.faults.add({ fault: 'rate-limited', nth: [1, 2] });
    const waits = await callMany(clientOptions, 1);
    expect(waits).toHaveLength(2);
    for (const waitMs of waits) expect(waitMs).toBeLessThanOrEqual(50);
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
  test('reaches it', async () => {
    const engine = new MockEngine({ rateLimit: 'off' });
    await using server = await MockServer.start(engine);
    expect(await callMany(mockClientOptions(engine, server), 50)).toEqual([]);
    expect(engine.created).toHaveLength(50);
  });

  test('reaches it with TLS, and shows faults below HTTP, too', async () => {
    const engine = new MockEngine({ rateLimit: 'off' });
    await using server = await MockServer.start(engine, { tls: true });
    expect(await callMany(mockClientOptions(engine, server), 50)).toEqual([]);
    expect(engine.created).toHaveLength(50);
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

test('a process that forgets close() ends, with TLS or without', async () => {
  const built = (name: string) =>
    pathToFileURL(fileURLToPath(new URL(`../../${name}/dist/index.js`, import.meta.url))).href;
  const program = `
    import { MockEngine, MockServer, fixtures, mockClientOptions } from ${JSON.stringify(built('mocks'))};
    import { OutboundClient } from ${JSON.stringify(built('outbound'))};
    for (const tls of [false, true]) {
      const engine = new MockEngine();
      const server = await MockServer.start(engine, { tls });
      const client = new OutboundClient(mockClientOptions(engine, server));
      await client.createAutoCalloutTask(fixtures[0].request);
      await fetch(server.url + '/__mock/health').catch(() => {});
      // What is being closed is gone a few turns of the event loop later. The pipe is the output.
      for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
      const left = process.getActiveResourcesInfo().filter((name) => name !== 'PipeWrap');
      console.log(engine.created.length, JSON.stringify(left));
    }
  `;
  const { stdout } = await run(process.execPath, [...SHORT_LIFE, '--input-type=module', '-e', program]);
  expect(stdout).toBe('1 []\n1 []\n');
});
