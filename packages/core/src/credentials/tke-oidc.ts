import { checkOrigin, invalidOption } from '../checks.js';
import type { OptionTable } from '../option-table.js';
import { number, readOptions } from '../option-table.js';
import { lazily } from './lazy.js';
import { STS_ORIGIN, STS_TIME } from './sts-options.js';
import type { CredentialContext, Credentials } from './types.js';

export interface TkeOidcOptions {
  /** Origin of the Security Token Service. Default `https://sts.tencentcloudapi.com`. */
  endpoint?: string;
  /** Where TKE_REGION, TKE_PROVIDER_ID, TKE_WEB_IDENTITY_TOKEN_FILE and TKE_ROLE_ARN are. Default `process.env`. */
  env?: NodeJS.ProcessEnv;
  /** Time of the request, in milliseconds. 1 to 30,000; default 10,000. */
  timeoutMs?: number;
}

/** Made when it is asked for, so that a bundle can leave it out. */
const optionTable = () =>
  ({
    endpoint: (name, given = STS_ORIGIN) => checkOrigin(name, given),
    env: (name, given = process.env) => {
      if (typeof given !== 'object' || given === null)
        throw invalidOption(name, 'an object of variables', given);
      return given;
    },
    timeoutMs: number(STS_TIME),
  }) satisfies OptionTable<TkeOidcOptions>;

/**
 * Temporary credentials of a role for a pod in Tencent Kubernetes Engine, by the web identity token of the pod.
 *
 * The source throws a CredentialsError: `CredentialsNotFound` if one of the variables is not set, `CredentialsUnavailable`
 * if the token service fails, and `CredentialsInvalid` if it refuses, or if there is no identity token.
 *
 * @example
 * const client = new OutboundClient({ site: 'intl', credentials: tkeOidcSource() });
 * @throws ConfigurationError that names the option
 */
export function tkeOidcSource(
  options: TkeOidcOptions = {},
): (context: CredentialContext) => Promise<Credentials> {
  const checked = readOptions(optionTable(), options, 'options of tkeOidcSource');
  return lazily(({ assumeRoleOfPod }) => assumeRoleOfPod(checked));
}
