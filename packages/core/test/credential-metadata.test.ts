import { afterEach, describe, expect, test, vi } from 'vitest';
import { cvmRoleSource } from '../src/credentials/cvm-role.js';
import { defaultCredentials } from '../src/credentials/chain.js';
import { ConfigurationError } from '../src/errors/errors.js';
import { METADATA_PATH, contextOf, deadEndpoint, serve } from './support/credential-services.js';
import { FakeClock } from './support/fake-clock.js';

const context = contextOf();
const keys = {
  Code: 'Success',
  TmpSecretId: 'i',
  TmpSecretKey: 'canary-7',
  Token: 't',
  ExpiredTime: 1_700_000_000,
};
const expected = {
  secretId: 'i',
  secretKey: 'canary-7',
  token: 't',
  expiresAtMs: 1_700_000_000_000,
  account: 'cvm-role:role-1',
};
const role = (): [number, string] => [200, 'role-1\n'];
const withKeys = (given: unknown) => ({
  [METADATA_PATH]: role,
  [`${METADATA_PATH}role-1`]: (): [number, string] => [200, JSON.stringify(given)],
});

afterEach(() => void vi.unstubAllEnvs());

describe('the role of the virtual machine', () => {
  test('asks for the role, then for its keys', async () => {
    await using service = await serve(withKeys(keys));
    expect(await cvmRoleSource({ endpoint: service.endpoint })(context)).toEqual(expected);
    expect(await cvmRoleSource({ endpoint: service.endpoint, roleName: 'role-1' })(context)).toEqual(
      expected,
    );
    expect(service.asked).toHaveLength(3);
  });

  test.each([
    [404, 'none'],
    [200, ' \n'],
  ])('status %i with %j means that no role is bound', async (status, text) => {
    await using service = await serve({ [METADATA_PATH]: () => [status, text] });
    const error = cvmRoleSource({ endpoint: service.endpoint })(context);
    await expect(error).rejects.toMatchObject({ code: 'CredentialsNotFound', retry: 'never' });
    await expect(error).rejects.toThrow(/no role is bound/);
  });

  test.each([
    [429, 'after-backoff'],
    [500, 'after-backoff'],
    [503, 'after-backoff'],
    [403, 'never'],
    [302, 'never'],
  ])('status %i does not mean that', async (status, retry) => {
    await using service = await serve({ [METADATA_PATH]: () => [status, 'canary-7'] });
    const error = cvmRoleSource({ endpoint: service.endpoint })(context);
    await expect(error).rejects.toMatchObject({
      code: 'CredentialsUnavailable',
      retry,
      outcome: 'not-executed',
    });
    await expect(error).rejects.toThrow(`status ${status}`);
    await expect(error).rejects.not.toThrow(/canary/);
  });

  test('a page of something else does not mean that', async () => {
    await using service = await serve({ [METADATA_PATH]: () => [200, '<html>log in</html>'] });
    await expect(cvmRoleSource({ endpoint: service.endpoint })(context)).rejects.toMatchObject({
      code: 'CredentialsUnavailable',
    });
  });

  test('nobody answers outside a virtual machine; once somebody has, silence will pass', async () => {
    const absent = cvmRoleSource({ endpoint: await deadEndpoint() })(context);
    await expect(absent).rejects.toMatchObject({ code: 'CredentialsNotFound' });
    const service = await serve(withKeys(keys));
    const source = cvmRoleSource({ endpoint: service.endpoint });
    expect(await source(context)).toEqual(expected);
    await service[Symbol.asyncDispose]();
    const silent = { code: 'CredentialsUnavailable', retry: 'after-backoff' };
    await expect(source(context)).rejects.toMatchObject(silent);
  });

  test('a role that was asked for by name must be bound', async () => {
    await using service = await serve({});
    const error = cvmRoleSource({ endpoint: service.endpoint, roleName: 'mine' })(context);
    await expect(error).rejects.toMatchObject({ code: 'CredentialsInvalid' });
    await expect(error).rejects.toThrow(/role mine is not bound/);
  });

  test.each([
    [{ ...keys, TmpSecretId: undefined }, /TmpSecretId of the response is missing/],
    [{ ...keys, TmpSecretKey: 7 }, /TmpSecretKey of the response is missing or not a string/],
    [{ ...keys, Token: '' }, /Token of the response is blank/],
    [{ ...keys, Token: 'a canary-7' }, /Token of the response holds white space/],
    [{ ...keys, ExpiredTime: '1700000000' }, /ExpiredTime of the response is not a time/],
    [{ ...keys, ExpiredTime: -1 }, /ExpiredTime/],
    [{ ...keys, ExpiredTime: 1e300 }, /ExpiredTime/],
    [{ ...keys, Code: 'Failed' }, /Code is not Success/],
    [null, /Code is not Success/],
    [[], /Code is not Success/],
  ])('checks each field: %j', async (given, message) => {
    await using service = await serve(withKeys(given));
    const error = cvmRoleSource({ endpoint: service.endpoint })(context);
    await expect(error).rejects.toMatchObject({ code: 'CredentialsUnavailable', retry: 'after-backoff' });
    await expect(error).rejects.toThrow(message);
    await expect(error).rejects.not.toThrow(/canary/);
  });

  test('reads no response without end', async () => {
    await using service = await serve({ [METADATA_PATH]: () => [200, 'x'.repeat(70_000)] });
    const error = cvmRoleSource({ endpoint: service.endpoint })(context);
    await expect(error).rejects.toMatchObject({ code: 'CredentialsUnavailable', retry: 'never' });
    await expect(error).rejects.toThrow(/longer than 65536 bytes/);
  });

  test('waits by the given clock, as long as the option says', async () => {
    let asked = () => {};
    const wasAsked = new Promise<void>((resolve) => (asked = resolve));
    await using service = await serve({ [METADATA_PATH]: () => (asked(), [0, '']) });
    const clock = new FakeClock();
    const source = cvmRoleSource({ endpoint: service.endpoint, timeoutMs: 700 });
    const error = source(contextOf({ clock })).catch((thrown: unknown) => thrown);
    await wasAsked;
    await clock.advance(699);
    expect(clock.timers).toBe(1);
    await clock.advance(1);
    expect(await error).toMatchObject({
      code: 'CredentialsUnavailable',
      message: expect.stringContaining('in time') as unknown,
    });
    expect(clock.timers).toBe(0);
  });

  test('stops when the fetch is given up', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    await using service = await serve({
      [METADATA_PATH]: () => (controller.abort(new Error('given up')), [0, '']),
    });
    const source = cvmRoleSource({ endpoint: service.endpoint });
    await expect(source(contextOf({ signal }))).rejects.toThrow('given up');
    await expect(source(contextOf({ signal }))).rejects.toThrow('given up');
    expect(service.asked).toHaveLength(1);
  });
});

describe('the metadata service', () => {
  test.each(['true', 'TRUE', '1', ' true '])(
    'is not asked if TENCENTCLOUD_METADATA_DISABLED is "%s"',
    async (value) => {
      vi.stubEnv('TENCENTCLOUD_METADATA_DISABLED', value);
      await using service = await serve(withKeys(keys));
      const error = cvmRoleSource({ endpoint: service.endpoint })(context);
      await expect(error).rejects.toMatchObject({ code: 'CredentialsNotFound' });
      await expect(error).rejects.toThrow(/TENCENTCLOUD_METADATA_DISABLED/);
      expect(service.asked).toEqual([]);
    },
  );

  test.each(['', 'false', '0'])('is asked if it is "%s"', async (value) => {
    vi.stubEnv('TENCENTCLOUD_METADATA_DISABLED', value);
    await using service = await serve(withKeys(keys));
    expect(await cvmRoleSource({ endpoint: service.endpoint })(context)).toEqual(expected);
  });

  test('can be left out of the default chain, or be given options', async () => {
    vi.stubEnv('HOME', '/nonexistent');
    await expect(defaultCredentials({ metadata: false })(context)).rejects.not.toThrow(/virtual machine:/);
    await using service = await serve(withKeys(keys));
    const { endpoint } = service;
    expect(await defaultCredentials({ metadata: { endpoint } })(context)).toEqual(expected);
  });

  test.each([
    [{ timeoutMs: 0 }, 'timeoutMs'],
    [{ connectTimeoutMs: 30_001 }, 'connectTimeoutMs'],
    [{ endpoint: 'metadata' }, 'endpoint'],
    [{ roleName: 'a/b' }, 'roleName'],
  ])('refuses the option %j', (options, name) => {
    expect(() => cvmRoleSource(options)).toThrow(ConfigurationError);
    expect(() => cvmRoleSource(options)).toThrow(name);
  });
});
