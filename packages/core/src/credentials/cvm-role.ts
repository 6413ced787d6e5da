import { checkOrigin } from '../checks.js';
import type { OptionTable } from '../option-table.js';
import { number, readOptions, text } from '../option-table.js';
import { lazily } from './lazy.js';
import { METADATA_CONNECT_TIME, METADATA_ORIGIN, METADATA_TIME } from './metadata-options.js';
import type { CredentialContext, Credentials } from './types.js';

export interface CvmRoleOptions {
  /** Name of the role. Default: the one that is bound to the machine. */
  roleName?: string;
  /** Origin of the metadata service. Default `http://metadata.tencentyun.com`. */
  endpoint?: string;
  /** Time to connect, in milliseconds. 1 to 30,000; default 1,000. */
  connectTimeoutMs?: number;
  /** Time of each of the two requests, in milliseconds. 1 to 30,000; default 3,000. */
  timeoutMs?: number;
}

/** Made when it is asked for, so that a bundle can leave it out. */
const optionTable = () =>
  ({
    roleName: text(/^[\w+=,.@-]{1,128}$/, 'the name of a role'),
    endpoint: (name, given = METADATA_ORIGIN) => checkOrigin(name, given, true),
    connectTimeoutMs: number(METADATA_CONNECT_TIME),
    timeoutMs: number(METADATA_TIME),
  }) satisfies OptionTable<CvmRoleOptions>;

/**
 * Temporary credentials of the role that is bound to this virtual machine, from its metadata service. Asks nobody if
 * TENCENTCLOUD_METADATA_DISABLED is `true` or `1`.
 *
 * The source throws a CredentialsError: `CredentialsNotFound` if this is not a virtual machine or it has no role,
 * `CredentialsUnavailable` if the metadata service fails, and `CredentialsInvalid` if the role `roleName` is not bound.
 *
 * @example
 * const client = new OutboundClient({ site: 'intl', credentials: cvmRoleSource({ roleName: 'dialler' }) });
 * @throws ConfigurationError that names the option
 */
export function cvmRoleSource(
  options: CvmRoleOptions = {},
): (context: CredentialContext) => Promise<Credentials> {
  const checked = readCvmRole(options);
  return lazily(({ askMetadata }) => askMetadata(checked));
}

/** @throws ConfigurationError that names the option */
export function readCvmRole(options: CvmRoleOptions) {
  return readOptions(optionTable(), options, 'options of cvmRoleSource');
}
