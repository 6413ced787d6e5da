import type { MockCredentials } from '../gateway/signature.js';

/** What is shown in place of a secret. */
export const HIDDEN = '***';

/** A text without the secret keys and tokens of these key pairs, wherever a client has put them. */
export function hideSecrets(text: string, known: readonly MockCredentials[]): string {
  return known
    .flatMap(({ secretKey, token = '' }) => [secretKey, token])
    .filter((secret) => secret !== '')
    .reduce((shown, secret) => shown.replaceAll(secret, HIDDEN), text);
}
