import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { chain, defaultCredentials } from '../src/credentials/chain.js';
import { cvmRoleSource } from '../src/credentials/cvm-role.js';
import { environmentSource } from '../src/credentials/env.js';
import type { CredentialProvider } from '../src/credentials/types.js';
import { CredentialsError } from '../src/errors/errors.js';
import { METADATA_PATH, contextOf, deadEndpoint, serve } from './support/credential-services.js';

const context = contextOf();
const pair = { secretId: 'a', secretKey: 'b' };
const found: CredentialProvider = async () => pair;
const nothing: CredentialProvider = async () => undefined;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tccc-'));
  vi.stubEnv('HOME', folder);
  for (const name of ['SECRET_ID', 'SECRET_KEY', 'CREDENTIALS_FILE', 'PROFILE']) {
    vi.stubEnv(`TENCENTCLOUD_${name}`, undefined);
  }
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

describe('a chain', () => {
  test('takes the first source that has some', async () => {
    expect(await chain(nothing, found)(context)).toEqual(pair);
  });

  test('goes on past a source that could not be asked', async () => {
    await using service = await serve({ [METADATA_PATH]: () => [503, ''] });
    for (const endpoint of [service.endpoint, await deadEndpoint()]) {
      expect(await chain(cvmRoleSource({ endpoint }), found)(context)).toEqual(pair);
    }
    const failing: CredentialProvider = () => Promise.reject(new Error('vault is away'));
    expect(await chain(failing, found)(context)).toEqual(pair);
    const throwing = (() => {
      throw new Error('no promise');
    }) as unknown as CredentialProvider;
    expect(await chain(throwing, found)(context)).toEqual(pair);
  });

  test('does not go on past credentials that are broken', async () => {
    const half = environmentSource({ TENCENTCLOUD_SECRET_ID: 'a' });
    await expect(chain(half, found)(context)).rejects.toMatchObject({ code: 'CredentialsInvalid' });
    vi.stubEnv('TENCENTCLOUD_CREDENTIALS_FILE', join(folder, 'none'));
    await expect(defaultCredentials({ metadata: false })(context)).rejects.toMatchObject({
      code: 'CredentialsInvalid',
    });
    const own: CredentialProvider = () => {
      throw new CredentialsError({ code: 'VaultSealed' as never, outcome: 'not-executed', message: 'm' });
    };
    await expect(chain(own, found)(context)).rejects.toMatchObject({ code: 'VaultSealed' });
  });

  test('does not change the account because a source that it has used is away for a moment', async () => {
    let isAway = false;
    const role: CredentialProvider = async () => {
      if (isAway) throw new Error('away');
      return { ...pair, account: 'role' };
    };
    const fetch = chain(nothing, role, found);
    expect(await fetch(context)).toMatchObject({ account: 'role' });
    isAway = true;
    await expect(fetch(context)).rejects.toMatchObject({
      code: 'CredentialsUnavailable',
      retry: 'after-backoff',
    });
    expect(await chain(nothing, role, found)(context), 'a chain that has not used it').toEqual(pair);
    isAway = false;
    expect(await fetch(context)).toMatchObject({ account: 'role' });
  });

  test('asks no other source when the fetch is given up', async () => {
    const controller = new AbortController();
    const next = vi.fn(found);
    const gone: CredentialProvider = async () => {
      controller.abort(new Error('given up'));
      throw new Error('aborted');
    };
    const given = chain(gone, next)(contextOf({ signal: controller.signal }));
    await expect(given).rejects.toThrow('given up');
    expect(next).not.toHaveBeenCalled();
  });
});

describe('the error of a chain', () => {
  test('says what each source has said, and what to do', async () => {
    const endpoint = await deadEndpoint();
    const error = defaultCredentials({ metadata: { endpoint } })(context);
    await expect(error).rejects.toMatchObject({ code: 'CredentialsNotFound', retry: 'never' });
    await expect(error).rejects.toThrow(
      /Environment: TENCENTCLOUD_SECRET_ID.*Credentials file: .*does not exist.*virtual machine: nobody answers at .*pod: TKE_REGION.*Give the option "credentials"/s,
    );
  });

  test('says that waiting helps if a source was away', async () => {
    await using service = await serve({ [METADATA_PATH]: () => [500, ''] });
    const source = cvmRoleSource({ endpoint: service.endpoint });
    await expect(chain(source, nothing)(context)).rejects.toMatchObject({
      code: 'CredentialsUnavailable',
      retry: 'after-backoff',
      message: expect.stringMatching(
        /virtual machine: the response has status 500.*A source has none/,
      ) as unknown,
    });
  });

  test('shows nothing of the errors of others', async () => {
    const source: CredentialProvider = () => Promise.reject(new Error('canary-7'));
    await expect(chain(source)(context)).rejects.not.toThrow(/canary/);
  });
});

describe('the default chain', () => {
  test('begins with the environment', async () => {
    vi.stubEnv('TENCENTCLOUD_SECRET_ID', 'env-id');
    vi.stubEnv('TENCENTCLOUD_SECRET_KEY', 'env-key');
    expect(await defaultCredentials()(context)).toMatchObject({ secretId: 'env-id' });
  });

  test('gets to the roles for a user without a home', async () => {
    vi.stubEnv('HOME', '');
    await using service = await serve({
      [METADATA_PATH]: () => [200, 'r'],
      [`${METADATA_PATH}r`]: () => [
        200,
        JSON.stringify({ Code: 'Success', TmpSecretId: 'i', TmpSecretKey: 'k', Token: 't', ExpiredTime: 9 }),
      ],
    });
    const { endpoint } = service;
    expect(await defaultCredentials({ metadata: { endpoint } })(context)).toMatchObject({ secretId: 'i' });
  });
});
