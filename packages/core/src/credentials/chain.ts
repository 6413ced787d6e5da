import { checkKnownOptions, invalidOption } from '../checks.js';
import type { CvmRoleOptions } from './cvm-role.js';
import { readCvmRole } from './cvm-role.js';
import { lazily } from './lazy.js';
import type { CredentialContext, CredentialProvider, Credentials } from './types.js';

/**
 * Asks one source after another and takes the first that has credentials.
 *
 * - A source that has nothing (`undefined`, or an error with code `CredentialsNotFound`) is passed over.
 * - So is one that could not be asked (`CredentialsUnavailable`, or any error that is not a CredentialsError), since that says
 *   nothing about what the user wants. But the source that the chain has used before is not passed over: the account
 *   must not change because a service was away for a moment.
 * - Any other CredentialsError, such as `CredentialsInvalid`, ends the search: there are credentials, but broken ones, and
 *   going on would hide the mistake behind another account.
 *
 * The function throws a CredentialsError that says what each source has said: `CredentialsUnavailable` if one of them
 * could not be asked, else `CredentialsNotFound`.
 *
 * @example
 * const credentials = chain(environmentSource(), fileSource(), async () => readVault());
 * @throws ConfigurationError if a source is not a function
 */
export function chain(
  ...sources: readonly CredentialProvider[]
): (context: CredentialContext) => Promise<Credentials> {
  for (const source of sources as readonly unknown[])
    if (typeof source !== 'function') throw invalidOption('chain', 'functions, such as fileSource()', source);
  return lazily(({ askInTurn }) => askInTurn(sources));
}

export interface DefaultCredentialsOptions {
  /** Options of the metadata service of the virtual machine, or `false` to leave it out. */
  metadata?: CvmRoleOptions | false;
}

/**
 * The official order: environment, file, role of the virtual machine, role of the pod.
 *
 * @example
 * const credentials = defaultCredentials({ metadata: false }); // Not on a virtual machine.
 * @throws ConfigurationError that names the option
 */
export function defaultCredentials(
  options: DefaultCredentialsOptions = {},
): (context: CredentialContext) => Promise<Credentials> {
  checkKnownOptions(options, ['metadata'], 'options of defaultCredentials');
  const { metadata } = options;
  const machine = metadata === false ? false : readCvmRole(metadata ?? {});
  return lazily(({ askUsual }) => askUsual(machine));
}
