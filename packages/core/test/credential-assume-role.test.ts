import { describe, expect, test } from 'vitest';
import { assumeRoleSource } from '../src/credentials/assume-role.js';
import { CredentialCache } from '../src/credentials/cache.js';
import { chain } from '../src/credentials/chain.js';
import { environmentSource } from '../src/credentials/env.js';
import type { Credentials } from '../src/credentials/types.js';
import { ConfigurationError } from '../src/errors/errors.js';
import { contextOf, deadEndpoint, serve, stsSignature } from './support/credential-services.js';
import { FakeClock } from './support/fake-clock.js';
import { TestServer, respondError } from './support/service.js';

const roleArn = 'qcs::cam::uin/100000000001:roleName/dialler';
const context = contextOf();

/** A token service that grants the role to requests that are signed with `secretKey`, and with nothing else. */
async function startSts(secretKey: string, clock = new FakeClock()) {
  const requests: { body: Record<string, unknown>; headers: NodeJS.Dict<string | string[]> }[] = [];
  const service = await serve({
    '/': (body, headers) => {
      requests.push({ body: JSON.parse(body) as Record<string, unknown>, headers });
      const { authorization = '' } = headers;
      const isSigned = authorization.endsWith(`Signature=${stsSignature(headers, body, secretKey)}`);
      const ofNow = Number(headers['x-tc-timestamp']) === Math.floor(clock.now() / 1_000);
      const refusal = !isSigned
        ? 'AuthFailure.SignatureFailure'
        : !ofNow
          ? 'AuthFailure.SignatureExpire'
          : undefined;
      if (refusal !== undefined) return [200, JSON.stringify({ Response: { Error: { Code: refusal } } })];
      const count = requests.length;
      const Credentials = { TmpSecretId: `tmp${count}`, TmpSecretKey: 'k', Token: 't' };
      const ExpiredTime = Math.floor(clock.now() / 1_000) + 7_200;
      return [200, JSON.stringify({ Response: { Credentials, ExpiredTime, RequestId: 'r' } })];
    },
  });
  const close = () => service[Symbol.asyncDispose]();
  return { endpoint: service.endpoint, requests, clock, [Symbol.asyncDispose]: close };
}

describe('assumeRoleSource', () => {
  const base = { secretId: 'AKIDbase', secretKey: 'base-key' };

  test('signs with the base credentials, by the given clock', async () => {
    await using sts = await startSts('base-key');
    const source = assumeRoleSource({ roleArn, base, endpoint: sts.endpoint });
    expect(await source(contextOf({ clock: sts.clock }))).toEqual({
      secretId: 'tmp1',
      secretKey: 'k',
      token: 't',
      expiresAtMs: sts.clock.now() + 7_200_000,
      account: roleArn,
    });
    const [{ body, headers }] = sts.requests as [(typeof sts.requests)[0]];
    expect(body).toEqual({ RoleArn: roleArn, RoleSessionName: 'tccc-session', DurationSeconds: 7_200 });
    expect(headers).toMatchObject({
      host: new URL(sts.endpoint).host,
      'x-tc-action': 'AssumeRole',
      'x-tc-version': '2018-08-13',
      'x-tc-region': 'ap-guangzhou',
      authorization: expect.stringMatching(
        /Credential=AKIDbase\/\d{4}-\d\d-\d\d\/sts\/tc3_request/,
      ) as unknown,
    });
    expect(headers).not.toHaveProperty('x-tc-token');
  });

  test('sends the options, and the token of a temporary base', async () => {
    await using sts = await startSts('base-key');
    const source = assumeRoleSource({
      roleArn,
      base: async () => ({ ...base, token: 'base-token' }),
      roleSessionName: 'night',
      durationSeconds: 900,
      externalId: 'x1',
      region: 'ap-singapore',
      endpoint: sts.endpoint,
    });
    await source(contextOf({ clock: sts.clock }));
    expect(sts.requests[0]!.body).toEqual({
      RoleArn: roleArn,
      RoleSessionName: 'night',
      DurationSeconds: 900,
      ExternalId: 'x1',
    });
    expect(sts.requests[0]!.headers).toMatchObject({
      'x-tc-token': 'base-token',
      'x-tc-region': 'ap-singapore',
    });
  });

  test('is renewed with a base that has changed, under the same account', async () => {
    const clock = new FakeClock();
    await using sts = await startSts('rotated', clock);
    let secretKey = 'rotated';
    const source = assumeRoleSource({
      roleArn,
      base: () => ({ ...base, secretKey }),
      endpoint: sts.endpoint,
    });
    const cache = new CredentialCache(source, clock);
    const first = await cache.get();
    await clock.advance(7_200_000);
    const second = await cache.get();
    expect([first.secretId, second.secretId]).toEqual(['tmp1', 'tmp2']);
    expect(first.account).toBe(second.account);
    secretKey = 'wrong';
    await clock.advance(7_200_000);
    await expect(cache.get()).rejects.toMatchObject({
      code: 'CredentialsInvalid',
      message: expect.stringMatching(/refused the request with AuthFailure.SignatureFailure/) as unknown,
    });
  });

  test('does not show a secret that the service repeats as its code', async () => {
    const secretKey = 'OnlyLettersOfASecretKey';
    await using server = await TestServer.start((response) =>
      respondError(response, `AuthFailure.${secretKey}`),
    );
    const source = assumeRoleSource({ roleArn, base: { ...base, secretKey }, endpoint: server.url });
    const cache = new CredentialCache(source, new FakeClock());
    const error = await Promise.resolve(cache.get()).then(() => 'none', String);
    expect(error).toContain('refused the request with AuthFailure.');
    expect(error).not.toContain(secretKey);
  });

  test('a role that was asked for is not replaced by what comes next in a chain', async () => {
    const next = async (): Promise<Credentials> => base;
    const none = assumeRoleSource({ roleArn, base: chain(environmentSource({})) });
    await expect(chain(none, next)(context)).rejects.toMatchObject({
      code: 'CredentialsInvalid',
      message: expect.stringMatching(/no base credentials.*Environment/) as unknown,
    });
    await using sts = await startSts('another');
    const refused = assumeRoleSource({ roleArn, base, endpoint: sts.endpoint });
    await expect(chain(refused, next)(context)).rejects.toMatchObject({ code: 'CredentialsInvalid' });
    const away = assumeRoleSource({ roleArn, base, endpoint: await deadEndpoint() });
    await expect(away(context)).rejects.toMatchObject({
      code: 'CredentialsUnavailable',
      retry: 'after-backoff',
    });
  });

  test('stops when the fetch is given up', async () => {
    const controller = new AbortController();
    const waiting = () => {
      controller.abort(new Error('given up'));
      return Promise.reject(new Error('aborted'));
    };
    const source = assumeRoleSource({ roleArn, base: waiting });
    await expect(source(contextOf({ signal: controller.signal }))).rejects.toThrow('given up');
  });

  test.each([
    [{}, 'roleArn'],
    [{ roleArn: '' }, 'roleArn'],
    [{ roleArn, durationSeconds: 43_201 }, 'durationSeconds'],
    [{ roleArn, roleSessionName: 'x' }, 'roleSessionName'],
    [{ roleArn, externalId: '' }, 'externalId'],
    [{ roleArn, endpoint: 'sts' }, 'endpoint'],
    [{ roleArn, region: 'Guangzhou' }, 'region'],
    [{ roleArn, timeoutMs: 0 }, 'timeoutMs'],
  ])('refuses the options %j', (options, name) => {
    const make = () => assumeRoleSource(options as { roleArn: string });
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(name);
  });

  test('refuses a fixed base at once', () => {
    const make = () => assumeRoleSource({ roleArn, base: { secretId: 'a', secretKey: ' ' } });
    expect(make).toThrow(/secretKey is blank/);
  });
});
