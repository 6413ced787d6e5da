import { checkKnownOptions, checkText, invalidOption } from '../checks.js';
import type { CredentialsError } from '../errors/errors.js';
import { checkCredentials } from './check.js';
import { readVariable } from './env.js';
import { credentialsError } from './errors.js';
import { expandHome, findHome } from './home.js';
import { findIniSection } from './ini-section.js';
import { readTextFile } from './read-file.js';
import type { Credentials, CredentialSource } from './types.js';

export interface FileSourceOptions {
  /**
   * Files to look at, in this order; `~/` stands for the home of this user. Default: the one that
   * TENCENTCLOUD_CREDENTIALS_FILE names, else `~/.tencentcloud/credentials` and `/etc/tencentcloud/credentials`.
   */
  paths?: readonly string[];
  /** Section of the file. Default: the one that TENCENTCLOUD_PROFILE names, else `default`. */
  profile?: string;
}

/** Where to look, and what of it the user has asked for by name. */
interface Search {
  paths: readonly string[];
  profile: string;
  /** Why there has to be something, in words; `undefined` if the user has asked for nothing. */
  askedBy: string | undefined;
}

/**
 * Credentials from the first file that has the section: INI with `secret_id`, `secret_key` and, for temporary ones,
 * `token`. The files are read at each fetch.
 *
 * The source throws a CredentialsError: `CredentialsNotFound` if no file has the section, and `CredentialsInvalid` if a
 * file or a section was asked for by name and is not there, or if what is there cannot be used.
 *
 * @throws ConfigurationError that names the option
 */
export function fileSource(options: FileSourceOptions = {}): CredentialSource {
  checkOptions(options);
  return async () => {
    const { paths, profile, askedBy } = planSearch(options);
    const said: string[] = [];
    for (const path of paths) {
      const content = await readTextFile(path, 'The credentials file');
      if (content.kind === 'absent') {
        said.push(content.why);
        continue;
      }
      const found = await readProfile(content.text, path, profile);
      if (found !== undefined) return found;
      said.push(`${path} has no section [${profile}]`);
    }
    throw nothingThere(said, askedBy);
  };
}

const NAMES = Object.keys({ paths: 0, profile: 0 } satisfies Record<keyof FileSourceOptions, 0>);

function checkOptions(options: FileSourceOptions): void {
  checkKnownOptions(options, NAMES, 'options of fileSource');
  const { paths, profile } = options;
  checkText('profile', profile, /./, 'the name of a section');
  const isPath = (path: unknown) => typeof path === 'string' && path !== '';
  if (paths !== undefined && !(Array.isArray(paths) && paths.length > 0 && paths.every(isPath)))
    throw invalidOption('paths', "an array of paths, such as ['~/.tencentcloud/credentials']", paths);
}

function planSearch({ paths, profile }: FileSourceOptions): Search {
  const file = readVariable(process.env, 'TENCENTCLOUD_CREDENTIALS_FILE');
  const named = readVariable(process.env, 'TENCENTCLOUD_PROFILE');
  const asked = [
    ...(paths === undefined && file !== undefined ? ['TENCENTCLOUD_CREDENTIALS_FILE'] : []),
    ...(profile !== undefined ? ['the option profile'] : []),
    ...(profile === undefined && named !== undefined ? ['TENCENTCLOUD_PROFILE'] : []),
  ];
  return {
    paths: (paths ?? (file === undefined ? defaultPaths() : [file])).map(expandHome),
    profile: profile ?? named ?? 'default',
    askedBy: asked.length === 0 ? undefined : asked.join(' and '),
  };
}

function defaultPaths(): string[] {
  const ofUser = findHome() === undefined ? [] : ['~/.tencentcloud/credentials'];
  return [...ofUser, '/etc/tencentcloud/credentials'];
}

async function readProfile(text: string, path: string, profile: string): Promise<Credentials | undefined> {
  const { section, hasKeyOutside } = await findIniSection(text, profile);
  if (section === undefined) {
    if (!hasKeyOutside) return undefined;
    const fault = 'has keys before its first section';
    throw credentialsError(
      'CredentialsInvalid',
      `The credentials file ${path} ${fault}. Put them under [${profile}].`,
    );
  }
  const nameOf = (key: string) => `${key} in section [${profile}] of the credentials file ${path}`;
  const { secret_id: secretId, secret_key: secretKey, token } = section;
  return checkCredentials(
    { secretId, secretKey, ...(token === undefined || token === '' ? {} : { token }) },
    { secretId: nameOf('secret_id'), secretKey: nameOf('secret_key'), token: nameOf('token') },
  );
}

function nothingThere(said: readonly string[], askedBy: string | undefined): CredentialsError {
  const facts = said.join('; ');
  if (askedBy === undefined) return credentialsError('CredentialsNotFound', `Credentials file: ${facts}.`);
  const message = `${askedBy} asks for what is not there: ${facts}. Correct the name, or do not ask for it.`;
  return credentialsError('CredentialsInvalid', message);
}
