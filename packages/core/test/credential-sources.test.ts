import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { environmentSource } from '../src/credentials/env.js';
import { tkeOidcSource } from '../src/credentials/tke-oidc.js';
import { contextOf, deadEndpoint, serve } from './support/credential-services.js';
import { FakeClock } from './support/fake-clock.js';

const context = contextOf();

describe('environmentSource', () => {
  const pair = { TENCENTCLOUD_SECRET_ID: 'a', TENCENTCLOUD_SECRET_KEY: 'b' };
  const expected = { secretId: 'a', secretKey: 'b' };
  const cloudFunction = {
    TENCENTCLOUD_SECRETID: 'c',
    TENCENTCLOUD_SECRETKEY: 'd',
    TENCENTCLOUD_SESSIONTOKEN: 'e',
  };
  test.each([
    [pair, expected],
    [
      { ...pair, TENCENTCLOUD_TOKEN: 't' },
      { ...expected, token: 't' },
    ],
    [
      { ...pair, TENCENTCLOUD_SESSION_TOKEN: 's', TENCENTCLOUD_TOKEN: 't' },
      { ...expected, token: 's' },
    ],
    [
      { ...pair, TENCENTCLOUD_SESSION_TOKEN: '', TENCENTCLOUD_TOKEN: 't' },
      { ...expected, token: 't' },
    ],
    [{ ...pair, TENCENTCLOUD_TOKEN: '' }, expected],
    [
      { ...pair, TENCENTCLOUD_SECURITY_TOKEN: 't' },
      { ...expected, token: 't' },
    ],
    // As the platform sets them for a serverless cloud function.
    [{ ...cloudFunction }, { secretId: 'c', secretKey: 'd', token: 'e' }],
    [
      { TENCENTCLOUD_SECRETID: 'c', TENCENTCLOUD_SECRETKEY: 'd' },
      { secretId: 'c', secretKey: 'd' },
    ],
    // The token of one pair is never sent with the other.
    [{ ...pair, ...cloudFunction }, expected],
    [
      { ...pair, TENCENTCLOUD_SESSIONTOKEN: 't' },
      { ...expected, token: 't' },
    ],
    [
      { TENCENTCLOUD_SECRETID: 'c', TENCENTCLOUD_SECRETKEY: 'd', TENCENTCLOUD_TOKEN: 't' },
      { secretId: 'c', secretKey: 'd', token: 't' },
    ],
  ])('%j', async (env, credentials) => {
    expect(await environmentSource(env)(context)).toEqual(credentials);
  });

  test.each([{}, { TENCENTCLOUD_SECRET_ID: '', TENCENTCLOUD_SECRET_KEY: '' }])(
    'finds nothing in %j',
    async (env) => {
      await expect(environmentSource(env)(context)).rejects.toMatchObject({
        code: 'CredentialsNotFound',
        message: expect.stringContaining('are not set') as unknown,
      });
    },
  );

  test.each([
    [{ TENCENTCLOUD_SECRET_ID: 'a' }, /has TENCENTCLOUD_SECRET_ID but not TENCENTCLOUD_SECRET_KEY/],
    [{ TENCENTCLOUD_SECRET_ID: '', TENCENTCLOUD_SECRET_KEY: 'b' }, /but not TENCENTCLOUD_SECRET_ID/],
    [{ ...pair, TENCENTCLOUD_SECRET_ID: '  ' }, /TENCENTCLOUD_SECRET_ID is blank/],
    [{ ...pair, TENCENTCLOUD_SECRET_KEY: 'canary-7\n' }, /TENCENTCLOUD_SECRET_KEY begins or ends with white/],
    [{ ...pair, TENCENTCLOUD_SESSION_TOKEN: ' ' }, /TENCENTCLOUD_SESSION_TOKEN is blank/],
    [{ TENCENTCLOUD_SECRETKEY: 'canary-7' }, /has TENCENTCLOUD_SECRETKEY but not TENCENTCLOUD_SECRETID/],
    [
      { TENCENTCLOUD_SECRET_ID: 'canary-7', TENCENTCLOUD_SECRETKEY: 'canary-7' },
      /has TENCENTCLOUD_SECRET_ID but not TENCENTCLOUD_SECRET_KEY\. TENCENTCLOUD_SECRETKEY belongs to another/,
    ],
    [
      { TENCENTCLOUD_SECURITY_TOKEN: 'canary-7' },
      /has TENCENTCLOUD_SECURITY_TOKEN but not TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY/,
    ],
    [
      { TENCENTCLOUD_SESSIONTOKEN: 'canary-7' },
      /has TENCENTCLOUD_SESSIONTOKEN but not TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY/,
    ],
    [{ ...cloudFunction, TENCENTCLOUD_SESSIONTOKEN: 'canary 7' }, /TENCENTCLOUD_SESSIONTOKEN holds white/],
    [{ ...pair, TENCENTCLOUD_TOKEN: 'canary 7' }, /TENCENTCLOUD_TOKEN holds white space/],
  ])('names the variable that is wrong: %j', async (env, message) => {
    const error = environmentSource(env)(context);
    await expect(error).rejects.toMatchObject({ code: 'CredentialsInvalid', retry: 'never' });
    await expect(error).rejects.toThrow(message);
    await expect(error).rejects.not.toThrow(/canary/);
  });

  test.each([null, 'x', 7])('refuses %j in place of variables', (env) => {
    expect(() => environmentSource(env as never)).toThrow(/The option env must be an object of variables/);
  });

  test('reads the variables anew each time', async () => {
    const env: NodeJS.ProcessEnv = { ...pair };
    const source = environmentSource(env);
    expect(await source(context)).toEqual(expected);
    env.TENCENTCLOUD_SECRET_KEY = 'rotated';
    expect(await source(context)).toEqual({ secretId: 'a', secretKey: 'rotated' });
  });
});

describe('tkeOidcSource', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tccc-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const keys = { TmpSecretId: 'i', TmpSecretKey: 'k', Token: 't' };
  const granted = { Response: { Credentials: keys, ExpiredTime: 1_700_000_000, RequestId: 'r' } };

  async function setUp(answer: unknown, status = 200) {
    const seen: unknown[] = [];
    const service = await serve({
      '/': (body, headers) => {
        const { authorization, 'x-tc-action': action, 'x-tc-region': region } = headers;
        seen.push(JSON.parse(body), authorization, action, region, headers['x-tc-timestamp']);
        return [status, typeof answer === 'string' ? answer : JSON.stringify(answer)];
      },
    });
    const file = join(folder, 'token');
    await writeFile(file, 'identity\n');
    const env: NodeJS.ProcessEnv = {
      TKE_REGION: 'ap-x',
      TKE_PROVIDER_ID: 'p',
      TKE_WEB_IDENTITY_TOKEN_FILE: file,
      TKE_ROLE_ARN: 'arn',
    };
    const { endpoint } = service;
    const close = () => service[Symbol.asyncDispose]();
    return { source: tkeOidcSource({ endpoint, env }), seen, env, endpoint, [Symbol.asyncDispose]: close };
  }

  test('exchanges the identity token, by the time of the given clock', async () => {
    await using pod = await setUp(granted);
    const clock = new FakeClock(1_600_000_000_999);
    expect(await pod.source(contextOf({ clock }))).toEqual({
      secretId: 'i',
      secretKey: 'k',
      token: 't',
      expiresAtMs: 1_700_000_000_000,
      account: 'arn',
    });
    expect(pod.seen[0]).toMatchObject({
      ProviderId: 'p',
      WebIdentityToken: 'identity',
      RoleArn: 'arn',
      DurationSeconds: 7200,
    });
    expect(pod.seen.slice(1)).toEqual(['SKIP', 'AssumeRoleWithWebIdentity', 'ap-x', '1600000000']);
  });

  test('finds nothing outside a pod', async () => {
    const source = tkeOidcSource({ env: { TKE_REGION: 'x', TKE_ROLE_ARN: ' ' } });
    await expect(source(context)).rejects.toMatchObject({
      code: 'CredentialsNotFound',
      message: expect.stringMatching(/TKE_PROVIDER_ID, TKE_WEB_IDENTITY_TOKEN_FILE, TKE_ROLE_ARN/) as unknown,
    });
  });

  test.each([
    ['InvalidParameter.RoleError', 'CredentialsInvalid', 'never'],
    ['AuthFailure.UnauthorizedOperation', 'CredentialsInvalid', 'never'],
    ['InternalError.SystemError', 'CredentialsUnavailable', 'after-backoff'],
    ['RequestLimitExceeded', 'CredentialsUnavailable', 'after-backoff'],
  ])('a refusal with %s', async (refusal, code, retry) => {
    await using pod = await setUp({ Response: { Error: { Code: refusal, Message: 'canary-7' } } });
    const error = pod.source(context);
    await expect(error).rejects.toMatchObject({ code, retry });
    await expect(error).rejects.toThrow(refusal);
    await expect(error).rejects.not.toThrow(/canary/);
  });

  test.each([
    [503, '<html>', /status 503/, 'after-backoff'],
    [403, '<html>', /status 403/, 'never'],
    [200, '<html>', /TmpSecretId of the response is missing/, 'after-backoff'],
    [200, 'null', /TmpSecretId of the response is missing/, 'after-backoff'],
    [200, { Response: { Error: null } }, /an error without a code/, 'after-backoff'],
    [200, { Response: { ...granted.Response, ExpiredTime: undefined } }, /ExpiredTime/, 'after-backoff'],
  ])('a response that is none: %i %j', async (status, answer, message, retry) => {
    await using pod = await setUp(answer, status);
    const error = pod.source(context);
    await expect(error).rejects.toMatchObject({ code: 'CredentialsUnavailable', retry });
    await expect(error).rejects.toThrow(message);
  });

  test('a token service that is away, and an identity token that is not there', async () => {
    await using pod = await setUp(granted);
    const away = tkeOidcSource({ env: pod.env, endpoint: await deadEndpoint() });
    const refused = { code: 'CredentialsUnavailable', retry: 'after-backoff' };
    await expect(away(context)).rejects.toMatchObject(refused);
    await expect(away(context)).rejects.toThrow(/ECONNREFUSED/);
    await writeFile(pod.env.TKE_WEB_IDENTITY_TOKEN_FILE!, '\n');
    await expect(pod.source(context)).rejects.toThrow(/is empty/);
    pod.env.TKE_WEB_IDENTITY_TOKEN_FILE = join(folder, 'none');
    await expect(pod.source(context)).rejects.toMatchObject({ code: 'CredentialsInvalid' });
    await expect(pod.source(context)).rejects.toThrow(/TKE_WEB_IDENTITY_TOKEN_FILE.*does not exist/);
  });
});
