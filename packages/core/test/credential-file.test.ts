import { execFileSync } from 'node:child_process';
import { constants, openSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import os, { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { assumeRoleSource } from '../src/credentials/assume-role.js';
import { chain, defaultCredentials } from '../src/credentials/chain.js';
import { cvmRoleSource } from '../src/credentials/cvm-role.js';
import { fileSource } from '../src/credentials/file.js';
import { tkeOidcSource } from '../src/credentials/tke-oidc.js';
import { ConfigurationError } from '../src/errors/errors.js';
import { contextOf } from './support/credential-services.js';

const context = contextOf();
/** For a user who has no home. Built-in modules take it over for their named exports, too. */
const { homedir } = os;
function withoutHome(): void {
  os.homedir = () => {
    throw Object.assign(new Error('uv_os_homedir'), { code: 'ERR_SYSTEM_ERROR' });
  };
  syncBuiltinESMExports();
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tccc-'));
  vi.stubEnv('TENCENTCLOUD_CREDENTIALS_FILE', undefined);
  vi.stubEnv('TENCENTCLOUD_PROFILE', undefined);
});
afterEach(async () => {
  os.homedir = homedir;
  syncBuiltinESMExports();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function write(text: string, name = 'credentials'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const notFound = { code: 'CredentialsNotFound', retry: 'never' };
const invalid = (message: RegExp) => ({
  code: 'CredentialsInvalid',
  message: expect.stringMatching(message) as unknown,
});

describe('where a file is looked for', () => {
  test('takes the first file that has the section', async () => {
    const first = await write('[other]\nsecret_id=x\nsecret_key=y\ntoken=z\n', 'first');
    const second = await write('[default]\nsecret_id = a\nsecret_key = b=c\n', 'second');
    const paths = [join(folder, 'none'), first, second];
    expect(await fileSource({ paths })(context)).toEqual({ secretId: 'a', secretKey: 'b=c' });
    expect(await fileSource({ paths, profile: 'other' })(context)).toEqual({
      secretId: 'x',
      secretKey: 'y',
      token: 'z',
    });
  });

  test('finds nothing in an empty home', async () => {
    vi.stubEnv('HOME', folder);
    await expect(fileSource()(context)).rejects.toMatchObject(notFound);
    await expect(fileSource()(context)).rejects.toThrow(/does not exist; \/etc/);
  });

  test('a user without a home has no file, which is no mistake', async () => {
    withoutHome();
    await expect(fileSource()(context)).rejects.toMatchObject(notFound);
    await expect(fileSource()(context)).rejects.toThrow(
      'Credentials file: /etc/tencentcloud/credentials does not exist.',
    );
  });

  test.each(['', '.'])('does not take the working directory for the home "%s"', async (value) => {
    await mkdir(join(folder, '.tencentcloud'));
    await write('[default]\nsecret_id=cwd\nsecret_key=k\n', join('.tencentcloud', 'credentials'));
    vi.stubEnv('HOME', value);
    const before = process.cwd();
    process.chdir(folder);
    try {
      await expect(fileSource()(context)).rejects.toMatchObject(notFound);
    } finally {
      process.chdir(before);
    }
  });

  test('a home that may not be looked into is passed over', async () => {
    vi.stubEnv('HOME', folder);
    await locked(folder, async () => {
      await expect(fileSource()(context)).rejects.toMatchObject(notFound);
      await expect(fileSource()(context)).rejects.toThrow(/cannot be accessed \(EACCES\)/);
    });
  });

  test('a file that is there but cannot be read is a mistake', async () => {
    await expect(fileSource({ paths: [folder] })(context)).rejects.toMatchObject(invalid(/is not a file/));
    const path = await write('[default]\nsecret_id=a\nsecret_key=k\n');
    await chmod(folder, 0o755);
    await locked(path, () =>
      expect(fileSource({ paths: [path] })(context)).rejects.toMatchObject(invalid(/EACCES/)),
    );
  });
});

/** Takes away all rights to a path for a while, also those of the superuser, who has them anyway. */
async function locked(path: string, work: () => Promise<void>): Promise<void> {
  const isSuperuser = process.geteuid?.() === 0;
  await chmod(path, 0);
  if (isSuperuser) process.seteuid!(65_534);
  try {
    await work();
  } finally {
    if (isSuperuser) process.seteuid!(0);
    await chmod(path, 0o700);
  }
}

describe('what is there and is not a file', () => {
  test.skipIf(process.platform === 'win32')('a pipe is not waited for', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    await expect(fileSource({ paths: [path] })(context)).rejects.toMatchObject(invalid(/is not a file/));
    // A writer could be opened for a pipe that somebody still reads.
    expect(() => openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)).toThrow(/ENXIO/);
  });

  test.skipIf(process.platform === 'win32')('a device has no end', async () => {
    await expect(fileSource({ paths: ['/dev/zero'] })(context)).rejects.toMatchObject(
      invalid(/\/dev\/zero is not a file/),
    );
  });

  test('a file that is too long was not meant', async () => {
    const path = await write('#'.repeat(1_048_577));
    await expect(fileSource({ paths: [path] })(context)).rejects.toMatchObject(invalid(/is longer than/));
  });
});

describe('options', () => {
  test.each<[unknown, RegExp]>([
    [
      { profil: 'x' },
      /There is no option profil of fileSource\. Did you mean profile\? Known names are paths, profile/,
    ],
    [{ path: 'x' }, /There is no option path of fileSource\. Did you mean paths\?/],
    [{ paths: 'x' }, /The option paths must be an array of paths/],
    [{ paths: [] }, /paths must be an array of paths.*an empty array/],
    [{ paths: [7] }, /paths must be an array of paths/],
    [{ profile: '' }, /The option profile must be the name of a section/],
    [{ profile: 7 }, /The option profile must be the name of a section/],
    ['x', /The options of fileSource must be an object/],
    [null, /The options of fileSource must be an object/],
  ])('%j', (options, message) => {
    expect(() => fileSource(options as never)).toThrow(ConfigurationError);
    expect(() => fileSource(options as never)).toThrow(message);
  });

  test.each<[string, () => unknown, RegExp]>([
    [
      'cvmRoleSource',
      () => cvmRoleSource({ roleNam: 'x' } as never),
      /no option roleNam of cvmRoleSource\. Did/,
    ],
    [
      'tkeOidcSource',
      () => tkeOidcSource({ envs: {} } as never),
      /no option envs of tkeOidcSource\. Did you mean env/,
    ],
    [
      'assumeRoleSource',
      () => assumeRoleSource({ roleArn: 'r', duration: 7 } as never),
      /no option \w+ of assumeRoleSource/,
    ],
    [
      'defaultCredentials',
      () => defaultCredentials({ metdata: false } as never),
      /no option metdata of defaultCredentials\. Did you mean metadata/,
    ],
    [
      'chain',
      () => chain(fileSource(), undefined as never),
      /chain must be functions, such as fileSource\(\)/,
    ],
    ['chain', () => chain([fileSource()] as never), /chain must be functions.*an array of 1 item/],
  ])('the others refuse slips, too: %s', (_name, make, message) => {
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(message);
  });
});

describe('what was asked for by name', () => {
  test('a file that TENCENTCLOUD_CREDENTIALS_FILE names must be there', async () => {
    vi.stubEnv('TENCENTCLOUD_CREDENTIALS_FILE', join(folder, 'none'));
    await expect(fileSource()(context)).rejects.toMatchObject(
      invalid(/TENCENTCLOUD_CREDENTIALS_FILE.*none does not exist/),
    );
    vi.stubEnv('TENCENTCLOUD_CREDENTIALS_FILE', await write('[other]\nsecret_id=n\nsecret_key=k\n'));
    await expect(fileSource()(context)).rejects.toMatchObject(invalid(/no section \[default\]/));
    vi.stubEnv('TENCENTCLOUD_CREDENTIALS_FILE', await write('[default]\nsecret_id=n\nsecret_key=k\n'));
    expect(await fileSource()(context)).toMatchObject({ secretId: 'n' });
  });

  test('a variable that is set to nothing names no file', async () => {
    vi.stubEnv('TENCENTCLOUD_CREDENTIALS_FILE', '');
    vi.stubEnv('HOME', folder);
    await expect(fileSource()(context)).rejects.toMatchObject(notFound);
  });

  test('~ is the home', async () => {
    vi.stubEnv('HOME', folder);
    await write('[default]\nsecret_id=h\nsecret_key=k\n', 'mine');
    vi.stubEnv('TENCENTCLOUD_CREDENTIALS_FILE', '~/mine');
    expect(await fileSource()(context)).toMatchObject({ secretId: 'h' });
    withoutHome();
    await expect(fileSource()(context)).rejects.toMatchObject(invalid(/has none/));
  });

  test('a section by TENCENTCLOUD_PROFILE, or by the option, which comes first', async () => {
    const paths = [
      await write('[default]\nsecret_id=d\nsecret_key=k\n[team.a]\nsecret_id=t\nsecret_key=k\n'),
    ];
    vi.stubEnv('TENCENTCLOUD_PROFILE', 'team.a');
    expect(await fileSource({ paths })(context)).toMatchObject({ secretId: 't' });
    expect(await fileSource({ paths, profile: 'default' })(context)).toMatchObject({ secretId: 'd' });
    vi.stubEnv('TENCENTCLOUD_PROFILE', 'absent');
    await expect(fileSource({ paths })(context)).rejects.toMatchObject(
      invalid(/TENCENTCLOUD_PROFILE asks.*no section \[absent\]/),
    );
    vi.stubEnv('TENCENTCLOUD_PROFILE', '');
    expect(await fileSource({ paths })(context)).toMatchObject({ secretId: 'd' });
    for (const profile of ['__proto__', 'constructor', 'team']) {
      await expect(fileSource({ paths, profile })(context)).rejects.toMatchObject(invalid(/option profile/));
    }
  });
});

describe('how a file may be written', () => {
  const pair = { secretId: 'AKID1', secretKey: 'ab#cd' };
  test.each([
    ['a byte order mark', '\uFEFF[default]\nsecret_id=AKID1\nsecret_key="ab#cd"\n'],
    ['a comment after the header', '[default] # main\nsecret_id=AKID1\nsecret_key="ab#cd"\n'],
    ['indented lines', '  [default]\n  secret_id = AKID1\n  secret_key = "ab#cd"\n'],
    ['an unquoted #', '[default]\nsecret_id=AKID1\nsecret_key=ab#cd\n'],
    ['a comment after a value', '[default]\nsecret_id = AKID1 ; mine\nsecret_key = ab#cd # mine\n'],
    ['a comment after quotes', `[default]\nsecret_id = "AKID1" # "x"\nsecret_key = 'ab#cd' ; y\n`],
    [
      'comments of their own line',
      '# [default]\n; secret_id = x\n[default]\nsecret_id=AKID1\n #x=1\nsecret_key=ab#cd',
    ],
    ['carriage returns', '[default]\r\nsecret_id=AKID1\r\nsecret_key=ab#cd\r\n'],
    [
      'a section whose name begins the same',
      '[default.x]\nsecret_id=x\n[default]\nsecret_id=AKID1\nsecret_key=ab#cd\n',
    ],
    [
      'a dangerous section before',
      '[__proto__]\nsecret_id=x\n[ default ]\nsecret_id=AKID1\nsecret_key=ab#cd\n',
    ],
  ])('%s', async (_, text) => {
    expect(await fileSource({ paths: [await write(text)] })(context)).toEqual(pair);
    expect(({} as Record<string, unknown>).secret_id).toBeUndefined();
  });

  test.each([
    ["secret_id='12345'\nsecret_key=a;b\\c", { secretId: '12345', secretKey: 'a;b\\c' }],
    ['secret_id=a\nsecret_key=b\ntoken=', { secretId: 'a', secretKey: 'b' }],
  ])('keeps values as they are: %j', async (lines, expected) => {
    expect(await fileSource({ paths: [await write(`[default]\n${lines}\n`)] })(context)).toEqual(expected);
  });

  test.each([
    ['[default]\nsecret_id=a\n', /secret_key in section \[default\] of the credentials file .* is missing/],
    ['[default]\nsecret_id\nsecret_key=canary-7\n', /secret_id in section .* is missing/],
    ['[default]\nsecret_id=""\nsecret_key=canary-7\n', /secret_id in section .* is blank/],
    ['[default]\nsecret_id=a\nsecret_key=canary-7 canary-7\n', /secret_key in section .* holds white space/],
    ['secret_id=a\nsecret_key=canary-7\n', /keys before its first section.*\[default\]/],
    ['[default] main\nsecret_id=a\nsecret_key=canary-7\n', /keys before its first section/],
  ])('a broken file ends the search: %j', async (text, message) => {
    const error = fileSource({ paths: [await write(text)] })(context);
    await expect(error).rejects.toMatchObject(invalid(message));
    await expect(error).rejects.not.toThrow(/canary-7/);
  });

  test('keys that were rotated are read again', async () => {
    const paths = [await write('[default]\nsecret_id=old\nsecret_key=k\n')];
    const source = fileSource({ paths });
    expect(await source(context)).toMatchObject({ secretId: 'old' });
    await write('[default]\nsecret_id=new\nsecret_key=k\n');
    expect(await source(context)).toMatchObject({ secretId: 'new' });
  });
});
