import { homedir } from 'node:os';
import { join } from 'node:path';
import { CredentialsError } from '../errors/errors.js';
import type { Credentials, CredentialSource } from './types.js';

export interface FileSourceOptions {
  /** Files to look at, in this order. Default: the one that TENCENTCLOUD_CREDENTIALS_FILE names, else `~/.tencentcloud/credentials` and `/etc/tencentcloud/credentials`. */
  paths?: readonly string[];
  /** Section of the file. Default `default`. */
  profile?: string;
}

/** Credentials from the first file that exists: INI with `secret_id`, `secret_key` and, where temporary, `token`. */
export function fileSource({ paths, profile = 'default' }: FileSourceOptions = {}): CredentialSource {
  return async () => {
    for (const path of paths ?? defaultPaths()) {
      const text = await readIfPresent(path);
      if (text !== undefined) return await readProfile(text, path, profile);
    }
    return undefined;
  };
}

function defaultPaths(): readonly string[] {
  const named = process.env.TENCENTCLOUD_CREDENTIALS_FILE;
  if (named !== undefined && named !== '') return [named];
  return [join(homedir(), '.tencentcloud', 'credentials'), '/etc/tencentcloud/credentials'];
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    const { readFile } = await import('node:fs/promises');
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw invalid(`The credentials file ${path} cannot be read (${code ?? 'unknown error'}).`);
  }
}

async function readProfile(text: string, path: string, profile: string): Promise<Credentials> {
  const { parse } = await import('ini'); // Most programs never get here.
  const sections = parse(text) as Record<string, Record<string, unknown> | undefined>;
  const section = Object.hasOwn(sections, profile) ? sections[profile] : undefined;
  const { secret_id: secretId, secret_key: secretKey, token } = section ?? {};
  if (typeof secretId !== 'string' || typeof secretKey !== 'string') {
    throw invalid(
      `The credentials file ${path} must have secret_id and secret_key in its section [${profile}].`,
    );
  }
  return typeof token === 'string' && token !== '' ? { secretId, secretKey, token } : { secretId, secretKey };
}

function invalid(message: string): CredentialsError {
  return new CredentialsError({ code: 'CredentialsInvalid', outcome: 'not-executed', message });
}
