import { checkOrigin, invalidOption } from '../checks.js';
import type { OptionTable } from '../option-table.js';
import { number, readOptions, text } from '../option-table.js';
import { checkCredentials } from './check.js';
import { defaultCredentials } from './chain.js';
import { lazily } from './lazy.js';
import { STS_DURATION_SECONDS, STS_ORIGIN, STS_TIME } from './sts-options.js';
import type { CredentialContext, CredentialProvider, Credentials } from './types.js';

export interface AssumeRoleOptions {
  /** The role, such as `qcs::cam::uin/100000000001:roleName/dialler`. */
  roleArn: string;
  /** Who assumes the role: fixed credentials, or a function that fetches them. Default: the default chain. */
  base?: Credentials | CredentialProvider;
  /** Name of the session in the records of the account: 2 to 128 letters, digits and `_+=,.@-`. Default `tccc-session`. */
  roleSessionName?: string;
  /** How long the credentials are valid, in seconds. 60 to 43,200; default 7,200. They are renewed before they expire. */
  durationSeconds?: number;
  /** The external id that the role demands. Default: none. */
  externalId?: string;
  /**
   * Origin of the Security Token Service. Default `https://sts.tencentcloudapi.com`; for an international account,
   * `https://sts.intl.tencentcloudapi.com`.
   */
  endpoint?: string;
  /** Region to ask in. Default `ap-guangzhou`. */
  region?: string;
  /** Time of the request, in milliseconds. 1 to 30,000; default 10,000. */
  timeoutMs?: number;
}

/** Made when it is asked for, so that a bundle can leave it out. */
const optionTable = () =>
  ({
    roleArn: (name, given: string | undefined) => {
      if (typeof given !== 'string' || !/^[\x21-\x7e]{1,1024}$/.test(given))
        throw invalidOption(name, 'the resource name of a role', given);
      return given;
    },
    base: (_name, given: AssumeRoleOptions['base']) => resolveBase(given),
    roleSessionName: text(/^[\w+=,.@-]{2,128}$/, '2 to 128 letters, digits and _+=,.@-', 'tccc-session'),
    durationSeconds: number({ min: 60, max: 43_200, fallback: STS_DURATION_SECONDS, isInteger: true }),
    externalId: text(/^[\x21-\x7e]{1,128}$/, 'the external id that the role demands'),
    endpoint: (name, given = STS_ORIGIN) => checkOrigin(name, given),
    region: text(/^[a-z0-9-]{1,64}$/, 'a region such as ap-guangzhou', 'ap-guangzhou'),
    timeoutMs: number(STS_TIME),
  }) satisfies OptionTable<AssumeRoleOptions>;

/**
 * Temporary credentials of a role, which other credentials assume. For the option `credentials`, and for a chain.
 *
 * The function throws a CredentialsError: `CredentialsUnavailable` if the token service or the source of the base fails,
 * and `CredentialsInvalid` if the token service refuses, or if there are no base credentials.
 *
 * @example
 * const credentials = assumeRoleSource({ roleArn: 'qcs::cam::uin/100000000001:roleName/dialler' });
 * const client = new OutboundClient({ site: 'intl', credentials });
 * @throws ConfigurationError or CredentialsError that names the option
 */
export function assumeRoleSource(
  options: AssumeRoleOptions,
): (context: CredentialContext) => Promise<Credentials> {
  const checked = readOptions(optionTable(), options, 'options of assumeRoleSource');
  return lazily(({ assumeRole }) => assumeRole(checked));
}

function resolveBase(given: AssumeRoleOptions['base']): CredentialProvider {
  if (given === undefined) return defaultCredentials();
  if (typeof given === 'function') return given;
  const fixed = checkCredentials(given);
  return () => fixed;
}
