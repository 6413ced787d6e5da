import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { chain, defaultCredentials } from '../src/credentials/chain.js';
import { cvmRoleSource } from '../src/credentials/cvm-role.js';
import { environmentSource } from '../src/credentials/env.js';
import { fileSource } from '../src/credentials/file.js';
import { tkeOidcSource } from '../src/credentials/tke-oidc.js';

const context = { signal: new AbortController().signal };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tccc-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** A server on loopback that answers by path. */
async function serve(
  routes: Record<string, (body: string, headers: NodeJS.Dict<string | string[]>) => [number, string]>,
) {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const route = routes[request.url ?? ''];
      const [status, text] =
        route === undefined ? [404, 'none'] : route(Buffer.concat(chunks).toString(), request.headers);
      response.writeHead(status).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { endpoint, close: () => new Promise((resolve) => server.close(resolve)) };
}

describe('environmentSource', () => {
  test.each([
    [{}, undefined],
    [
      { TENCENTCLOUD_SECRET_ID: 'a', TENCENTCLOUD_SECRET_KEY: 'b' },
      { secretId: 'a', secretKey: 'b' },
    ],
    [
      { TENCENTCLOUD_SECRET_ID: 'a', TENCENTCLOUD_SECRET_KEY: 'b', TENCENTCLOUD_TOKEN: 't' },
      { secretId: 'a', secretKey: 'b', token: 't' },
    ],
    [
      {
        TENCENTCLOUD_SECRET_ID: 'a',
        TENCENTCLOUD_SECRET_KEY: 'b',
        TENCENTCLOUD_SESSION_TOKEN: 's',
        TENCENTCLOUD_TOKEN: 't',
      },
      { secretId: 'a', secretKey: 'b', token: 's' },
    ],
    [
      { TENCENTCLOUD_SECRET_ID: 'a', TENCENTCLOUD_SECRET_KEY: 'b', TENCENTCLOUD_TOKEN: '' },
      { secretId: 'a', secretKey: 'b' },
    ],
  ])('%j', async (env, expected) => {
    expect(await environmentSource(env)(context)).toEqual(expected);
  });

  test('says which half is missing', async () => {
    await expect(environmentSource({ TENCENTCLOUD_SECRET_ID: 'a' })(context)).rejects.toThrow(
      /not TENCENTCLOUD_SECRET_KEY/,
    );
    await expect(environmentSource({ TENCENTCLOUD_SECRET_KEY: 'a' })(context)).rejects.toThrow(
      /not TENCENTCLOUD_SECRET_ID/,
    );
  });
});

describe('fileSource', () => {
  test('reads the first file that exists', async () => {
    const path = join(folder, 'credentials');
    await writeFile(
      path,
      '[default]\nsecret_id = a\nsecret_key = b=c\n[other]\nsecret_id=x\nsecret_key=y\ntoken=z\n',
    );
    const paths = [join(folder, 'none'), path];
    expect(await fileSource({ paths })(context)).toEqual({ secretId: 'a', secretKey: 'b=c' });
    expect(await fileSource({ paths, profile: 'other' })(context)).toEqual({
      secretId: 'x',
      secretKey: 'y',
      token: 'z',
    });
    await expect(fileSource({ paths, profile: '__proto__' })(context)).rejects.toThrow(
      /section \[__proto__\]/,
    );
  });

  test('finds the documented places', async () => {
    await writeFile(join(folder, 'named'), '[default]\nsecret_id=n\nsecret_key=k\n');
    vi.stubEnv('TENCENTCLOUD_CREDENTIALS_FILE', join(folder, 'named'));
    expect(await fileSource()(context)).toMatchObject({ secretId: 'n' });
    vi.stubEnv('TENCENTCLOUD_CREDENTIALS_FILE', '');
    vi.stubEnv('HOME', folder);
    expect(await fileSource()(context)).toBeUndefined();
  });

  test('reports a file that cannot be read', async () => {
    await expect(fileSource({ paths: [folder] })(context)).rejects.toThrow(/EISDIR/);
  });
});

describe('cvmRoleSource', () => {
  const path = '/latest/meta-data/cam/security-credentials/';
  const keys = {
    Code: 'Success',
    TmpSecretId: 'i',
    TmpSecretKey: 'k',
    Token: 't',
    ExpiredTime: 1_700_000_000,
  };

  test('asks for the role, then for its keys', async () => {
    const { endpoint, close } = await serve({
      [path]: () => [200, 'role-1\n'],
      [`${path}role-1`]: () => [200, JSON.stringify(keys)],
    });
    const expected = {
      secretId: 'i',
      secretKey: 'k',
      token: 't',
      expiresAtMs: 1_700_000_000_000,
      account: 'cvm-role:role-1',
    };
    expect(await cvmRoleSource({ endpoint })(context)).toEqual(expected);
    await close();
  });

  test('finds nothing where no role is bound or nobody answers', async () => {
    const { endpoint, close } = await serve({});
    expect(await cvmRoleSource({ endpoint })(context)).toBeUndefined();
    await close();
    expect(await cvmRoleSource({ endpoint })(context)).toBeUndefined();
  });

  test.each([
    [200, '{"Code":"Failed"}'],
    [200, 'null'],
    [200, '<html>'],
    [500, ''],
  ])('reports an answer of %i %s', async (status, text) => {
    const { endpoint, close } = await serve({ [`${path}r`]: () => [status, text] });
    await expect(cvmRoleSource({ endpoint, roleName: 'r' })(context)).rejects.toMatchObject({
      code: 'CredentialsUnavailable',
    });
    await close();
  });

  test('stops when the fetch is given up', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(
      cvmRoleSource({ endpoint: 'http://127.0.0.1:9' })({ signal: controller.signal }),
    ).rejects.toThrow('aborted');
  });
});

describe('tkeOidcSource', () => {
  const setUp = async (answer: object | string) => {
    const seen: unknown[] = [];
    const { endpoint, close } = await serve({
      '/': (body, headers) => {
        seen.push(JSON.parse(body), headers.authorization, headers['x-tc-action'], headers['x-tc-region']);
        return [200, typeof answer === 'string' ? answer : JSON.stringify(answer)];
      },
    });
    const file = join(folder, 'token');
    await writeFile(file, 'identity\n');
    const env = {
      TKE_REGION: 'ap-x',
      TKE_PROVIDER_ID: 'p',
      TKE_WEB_IDENTITY_TOKEN_FILE: file,
      TKE_ROLE_ARN: 'arn',
    };
    return { source: tkeOidcSource({ endpoint, env }), seen, close, env, endpoint };
  };

  test('exchanges the identity token', async () => {
    const Credentials = { TmpSecretId: 'i', TmpSecretKey: 'k', Token: 't' };
    const { source, seen, close } = await setUp({ Response: { Credentials, ExpiredTime: 1_700_000_000 } });
    expect(await source(context)).toEqual({
      secretId: 'i',
      secretKey: 'k',
      token: 't',
      expiresAtMs: 1_700_000_000_000,
      account: 'arn',
    });
    expect(seen[0]).toMatchObject({
      ProviderId: 'p',
      WebIdentityToken: 'identity',
      RoleArn: 'arn',
      DurationSeconds: 7200,
    });
    expect(seen.slice(1)).toEqual(['SKIP', 'AssumeRoleWithWebIdentity', 'ap-x']);
    await close();
  });

  test('finds nothing outside a pod', async () => {
    expect(await tkeOidcSource({ env: { TKE_REGION: 'x' } })(context)).toBeUndefined();
  });

  test('reports a refusal by its code, and a response that is none', async () => {
    const refused = await setUp({ Response: { Error: { Code: 'InvalidParameter', Message: 'x' } } });
    await expect(refused.source(context)).rejects.toThrow(/InvalidParameter/);
    await refused.close();
    const broken = await setUp('<html>');
    await expect(broken.source(context)).rejects.toThrow(/status 200/);
    await broken.close();
    const noFile = tkeOidcSource({
      ...broken,
      env: { ...broken.env, TKE_WEB_IDENTITY_TOKEN_FILE: join(folder, 'none') },
    });
    await expect(noFile(context)).rejects.toThrow(/ENOENT/);
  });
});

describe('chain', () => {
  const found = async () => ({ secretId: 'a', secretKey: 'b' });
  const nothing = async () => undefined;

  test('takes the first source that has some', async () => {
    expect(await chain(nothing, found)(context)).toEqual({ secretId: 'a', secretKey: 'b' });
  });

  test('does not pass over a source that is broken', async () => {
    const broken = environmentSource({ TENCENTCLOUD_SECRET_ID: 'a' });
    await expect(chain(broken, found)(context)).rejects.toMatchObject({ code: 'CredentialsInvalid' });
  });

  test('says what to do where there are none', async () => {
    await expect(chain(nothing)(context)).rejects.toThrow(/TENCENTCLOUD_SECRET_ID.*credentials.*role/s);
  });

  test('the default one begins with the environment', async () => {
    vi.stubEnv('TENCENTCLOUD_SECRET_ID', 'env-id');
    vi.stubEnv('TENCENTCLOUD_SECRET_KEY', 'env-key');
    expect(await defaultCredentials()(context)).toMatchObject({ secretId: 'env-id' });
  });
});
