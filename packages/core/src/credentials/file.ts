import { invalidOption } from '../checks.js';
import type { OptionTable } from '../option-table.js';
import { readOptions, text } from '../option-table.js';
import { lazily } from './lazy.js';
import type { CredentialContext, Credentials } from './types.js';

export interface FileSourceOptions {
  /**
   * Files to look at, in this order; `~/` means the home of this user. Default: the one that
   * TENCENTCLOUD_CREDENTIALS_FILE names, else `~/.tencentcloud/credentials` and `/etc/tencentcloud/credentials`.
   */
  paths?: readonly string[];
  /** Section of the file. Default: the one that TENCENTCLOUD_PROFILE names, else `default`. */
  profile?: string;
}

/** Made when it is asked for, so that a bundle can leave it out. */
const optionTable = () =>
  ({
    paths: (name, given: readonly string[] | undefined) => {
      const isPath = (path: unknown) => typeof path === 'string' && path !== '';
      if (given !== undefined && !(Array.isArray(given) && given.length > 0 && given.every(isPath)))
        throw invalidOption(name, "an array of paths, such as ['~/.tencentcloud/credentials']", given);
      return given;
    },
    profile: text(/./, 'the name of a section'),
  }) satisfies OptionTable<FileSourceOptions>;

/**
 * Credentials from the first file that has the section: INI with `secret_id`, `secret_key` and, for temporary ones,
 * `token`. The files are read at each fetch.
 *
 * The source throws a CredentialsError: `CredentialsNotFound` if no file has the section, and `CredentialsInvalid` if a
 * file or a section was asked for by name and is not there, or if what is there cannot be used.
 *
 * @example
 * const client = new OutboundClient({ site: 'intl', credentials: fileSource({ profile: 'dialler' }) });
 * @throws ConfigurationError that names the option
 */
export function fileSource(
  options: FileSourceOptions = {},
): (context: CredentialContext) => Promise<Credentials> {
  const checked = readOptions(optionTable(), options, 'options of fileSource');
  return lazily(({ searchFiles }) => searchFiles(checked));
}
