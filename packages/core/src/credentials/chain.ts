import { CredentialsError } from '../errors/errors.js';
import { cvmRoleSource } from './cvm-role.js';
import { environmentSource } from './env.js';
import { fileSource } from './file.js';
import { tkeOidcSource } from './tke-oidc.js';
import type { CredentialFunction, CredentialSource } from './types.js';

/**
 * Asks one source after another and takes the first that has credentials. A source that has some, but broken ones,
 * ends the search with its error: going on would hide the mistake behind another account.
 *
 * @throws CredentialsError with code `CredentialsNotFound` where no source has any
 */
export function chain(...sources: readonly CredentialSource[]): CredentialFunction {
  return async (context) => {
    for (const source of sources) {
      const found = await source(context);
      if (found !== undefined) return found;
    }
    throw new CredentialsError({
      code: 'CredentialsNotFound',
      outcome: 'not-executed',
      message:
        'No credentials found. Give the option "credentials", or set TENCENTCLOUD_SECRET_ID and ' +
        'TENCENTCLOUD_SECRET_KEY, or write ~/.tencentcloud/credentials, or bind a role to the machine or pod.',
    });
  };
}

/** The official order: environment, file, role of the virtual machine, role of the pod. */
export function defaultCredentials(): CredentialFunction {
  return chain(environmentSource(), fileSource(), cvmRoleSource(), tkeOidcSource());
}
