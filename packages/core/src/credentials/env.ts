import { invalidOption } from '../checks.js';
import { lazily } from './lazy.js';
import type { CredentialContext, Credentials } from './types.js';

/**
 * Credentials from the environment: `TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRET_KEY` and, for temporary ones,
 * `TENCENTCLOUD_SESSION_TOKEN`, `TENCENTCLOUD_TOKEN` or `TENCENTCLOUD_SECURITY_TOKEN`; or, in a serverless cloud function,
 * `TENCENTCLOUD_SECRETID`, `TENCENTCLOUD_SECRETKEY` and `TENCENTCLOUD_SESSIONTOKEN`. The variables are read at each fetch.
 *
 * The source throws a CredentialsError: `CredentialsNotFound` if none of them is set, `CredentialsInvalid` if the set is not
 * complete or a value is unusable.
 *
 * @example
 * const client = new OutboundClient({ site: 'intl', credentials: environmentSource() });
 * @throws ConfigurationError if `env` is not an object
 */
export function environmentSource(
  env: NodeJS.ProcessEnv = process.env,
): (context: CredentialContext) => Promise<Credentials> {
  if (typeof env !== 'object' || env === null) throw invalidOption('env', 'an object of variables', env);
  return lazily(({ readEnvironment }) => readEnvironment(env));
}
