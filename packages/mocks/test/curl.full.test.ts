import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { missingTools } from '../../core/test/support/tools.js';
import { asCurl } from '../page/src/copies.js';
import type { MockProcess } from './process.js';
import { startCommand } from './process.js';
import { exampleOf } from './support.js';

const run = promisify(execFile);

const script = await readFile(new URL('../call.sh', import.meta.url), 'utf8');

/** Windows has neither; wherever the tests run in CI, both are there. */
const hasTools = missingTools(['curl', 'openssl']).length === 0;

test('curl and openssl are there in CI', () => {
  expect(hasTools || process.env['CI'] === undefined).toBe(true);
});

// A client that shares not one line with this house.
describe.runIf(hasTools)('call.sh', () => {
  const call = async (env: Record<string, string>, ...args: string[]) => {
    const { stdout } = await run('/bin/sh', ['-c', script, 'sh', ...args], {
      env: { PATH: process.env['PATH'], ...env },
    });
    return JSON.parse(stdout) as { Response: Record<string, unknown> };
  };

  let mock: MockProcess;
  beforeAll(async () => {
    mock = await startCommand('--item-ms', '3600000');
  });
  afterAll(() => mock?.[Symbol.asyncDispose]());

  test('sends a body that begins with @ as it is, as does what the page copies', async () => {
    const [action, body] = ['CreateAutoCalloutTask', '@/etc/hostname'] as const;
    const copied = asCurl(mock.url, { action, version: '2020-02-10', service: 'ccc', body });
    const env = { PATH: process.env['PATH'], SECRET_ID: 'AKIDmock', SECRET_KEY: 'mock-secret-key' };
    const { stdout } = await run('/bin/sh', ['-c', copied], { env });
    for (const { Response } of [
      await call({ URL: mock.url }, action, body),
      JSON.parse(stdout) as { Response: object },
    ])
      expect(Response).toMatchObject({ Error: { Message: 'The body must be JSON.' } });
  });

  test('creates a task, looks it up, and stops it', async () => {
    const { TaskId } = (await call({ URL: mock.url })).Response;
    const { SdkAppId, Callees } = exampleOf('CreateAutoCalloutTask') as {
      SdkAppId: number;
      Callees: string[];
    };
    const id = JSON.stringify({ SdkAppId, TaskId });
    expect(await call({ URL: mock.url }, 'DescribeAutoCalloutTask', id)).toMatchObject({
      Response: { State: 1, Callees: [{ Callee: Callees[0], State: 3, Sessions: [expect.any(String)] }] },
    });
    await call({ URL: mock.url }, 'StopAutoCalloutTask', id);
    expect(await call({ URL: mock.url }, 'DescribeAutoCalloutTask', id)).toMatchObject({
      Response: { State: 4 },
    });
  });

  test('trusts over HTTPS the certificate that the mock writes where it is asked to', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tccc-curl-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const CA = join(folder, 'ca.pem');
    await using secure = await startCommand('--tls', '--ca-file', CA);
    expect(secure.ready.ca).toBe(CA);
    expect(await call({ URL: secure.url, CA })).toEqual({
      Response: { TaskId: expect.any(Number) as number, RequestId: expect.any(String) as string },
    });
    await expect(call({ URL: secure.url })).rejects.toThrow(/certificate/);
  });

  test('is refused with a wrong secret key', async () => {
    await expect(call({ URL: mock.url, SECRET_KEY: 'wrong' })).resolves.toMatchObject({
      Response: { Error: { Code: 'AuthFailure.SignatureFailure' } },
    });
  });

  test('sends the documented example', () => {
    expect(script).toContain(`body='${JSON.stringify(exampleOf('CreateAutoCalloutTask'))}'`);
  });
});
