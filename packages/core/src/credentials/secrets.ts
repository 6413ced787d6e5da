import type { Credentials } from './types.js';

/** What of credentials must never be shown, whoever repeats it. */
export function secretsOf({ secretId, secretKey, token }: Credentials): string[] {
  return token === undefined ? [secretId, secretKey] : [secretId, secretKey, token];
}
