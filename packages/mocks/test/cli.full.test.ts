import { readFile, stat } from 'node:fs/promises';
import { request as requestTls } from 'node:https';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { OutboundClient } from '@tccc/outbound';
import { describe, expect, test } from 'vitest';
import { mockCredentials } from '../src/index.js';
import { isLoopback } from '../src/server/server.js';
import { runCommand, startCommand, terminate } from './process.js';
import { send } from './send.js';
import { exampleOf } from './support.js';

const task = exampleOf('CreateAutoCalloutTask') as never;

describe('tccc-mock', () => {
  test('prints one line when ready, serves every key pair, shows no phone number, and ends on SIGTERM', async () => {
    const one = ['--secret-id', 'AKIDone', '--secret-key', 'one'];
    const two = ['--secret-key', 'two', '--secret-id', 'AKIDtwo', '--token', 'tokenOfTwo'];
    const three = ['--secret-id=AKIDthree', '--secret-key=three'];
    await using mock = await startCommand('--seed', '5', '--rate-limit', 'off', ...one, ...two, ...three);
    expect(mock.ready).toMatchObject({ ready: true, pid: mock.child.pid, seed: 5 });
    for (const credentials of [
      { secretId: 'AKIDone', secretKey: 'one' },
      { secretId: 'AKIDtwo', secretKey: 'two', token: 'tokenOfTwo' },
      { secretId: 'AKIDthree', secretKey: 'three' },
    ]) {
      await using client = new OutboundClient({ endpoint: mock.url, credentials });
      await expect(client.createAutoCalloutTask(task)).resolves.toHaveProperty('TaskId');
    }
    expect(await terminate(mock)).toEqual([0, null]);
    const { stdout, stderr } = mock.output();
    expect([stdout.split('\n').length, stderr]).toEqual([2, '']);
  });

  test('keeps what was created, lets lists lag, and moves time on', async () => {
    await using mock = await startCommand('--list-delay-ms', '60000', '--item-ms', '3600000');
    await using client = new OutboundClient({
      endpoint: mock.url,
      credentials: mockCredentials,
      pacing: false,
    });
    const { TaskId } = await client.createAutoCalloutTask(task);
    const { SdkAppId } = task as { SdkAppId: number };
    const list = async () =>
      (await client.describeAutoCalloutTasks({ SdkAppId, PageSize: 9, PageNumber: 0 })).Tasks;
    const advance = (advanceMs: number) => send(`${mock.url}/__mock/clock`, JSON.stringify({ advanceMs }));
    expect(await list()).toEqual([]);
    await advance(60_000);
    expect(await list()).toMatchObject([{ TaskId, State: 1 }]);
    await advance(3_600_000);
    expect(await client.describeAutoCalloutTask({ SdkAppId, TaskId })).toMatchObject({ State: 2 });
  });

  test('stays alive with nobody connected; --version names it', async () => {
    await using mock = await startCommand();
    const manifest = await readFile(new URL('../package.json', import.meta.url), 'utf8');
    const { version } = JSON.parse(manifest) as { version: string };
    // While another process starts and ends.
    expect(await runCommand('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    expect(mock.child.exitCode).toBe(null);
  });

  test('listens at ::1 if it is asked to', async () => {
    const probe = createServer();
    const hasIpv6 = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(0, '::1', () => probe.close(() => resolve(true)));
    });
    if (!hasIpv6) return;
    await using mock = await startCommand('--host', '::1');
    expect(mock.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect(await (await fetch(`${mock.url}/__mock/health`)).json()).toMatchObject({ ready: true });
    expect(mock.output().stderr).toBe('');
  });

  test('warns if others could reach it', async () => {
    // An address for documentation, which no machine has: the warning comes, and nothing listens.
    const { code, stderr } = await runCommand('--host', '192.0.2.1');
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^Warning: at 192\.0\.2\.1, others on the network/),
    ]);
    expect(['127.0.0.1', '127.9.9.9', 'localhost', '::1'].map(isLoopback)).toEqual(Array(4).fill(true));
    expect(['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example'].map(isLoopback)).toEqual(Array(4).fill(false));
  });

  test('speaks HTTPS with a certificate that it makes, and tidies up', async () => {
    await using mock = await startCommand('--tls');
    const { ca } = mock.ready as { ca: string };
    expect(mock.url).toMatch(/^https:/);
    const health = (hostname: string, trusted: string) =>
      new Promise((resolve, reject) => {
        const { port } = new URL(mock.url);
        const options = { hostname, port, path: '/__mock/health', ca: trusted, agent: false };
        requestTls(options, (response) => resolve(response.resume().statusCode))
          .once('error', reject)
          .end();
      });
    const trusted = await readFile(ca, 'utf8');
    expect(await health('127.0.0.1', trusted)).toBe(200);
    expect(await health('localhost', trusted)).toBe(200);
    await expect(health('127.0.0.1', '')).rejects.toThrow(/certificate/);
    expect(await terminate(mock)).toEqual([0, null]);
    await expect(stat(ca)).rejects.toThrow('ENOENT');
  });

  // What else is refused, and how, is in command-line.test.ts.
  test('a mistake is refused in one line', async () => {
    const { code, stdout, stderr } = await runCommand('--secret-id', 'a/b', '--secret-key', 'secretOfNobody');
    const line = /^[^\n]*secretId must be visible ASCII[^\n]* See tccc-mock --help\.\n$/;
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(line)]);
    expect(stderr).not.toMatch(/secretOf/);
  });

  test('a port in use is an error of its own', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { code, stderr } = await runCommand('--port', String((server.address() as AddressInfo).port));
    expect([code, stderr]).toEqual([1, expect.stringContaining('EADDRINUSE')]);
    server.close();
  });
});
