import type { Clock } from '../clock.js';

/** A key pair of the service, with what temporary ones also have. */
export interface Credentials {
  secretId: string;
  secretKey: string;
  /** Only with temporary credentials. */
  token?: string;
  /** When temporary credentials expire, in milliseconds since the Unix epoch. Without it they are kept for ever. */
  expiresAtMs?: number;
  /**
   * Names the account or role that these credentials act for. Calls of one account share one pace, so give it if
   * the `secretId` changes with every renewal. Default: the `secretId`.
   */
  account?: string;
}

/** What a provider of credentials may need. */
export interface CredentialContext {
  /** Aborted if the fetch takes longer than 30 seconds, or if the client is closed. */
  signal: AbortSignal;
  /** The client's clock. */
  clock: Clock;
}

/**
 * Where credentials come from: asked again when those that it gave are about to expire, or were refused. A client asks once at a
 * time: while it waits, even for an answer that it has given up on, it does not ask again for 60 seconds.
 *
 * In a chain, `undefined`, or a `CredentialsError` with code `CredentialsNotFound`, means that there is nothing to be found at
 * this place, so the next one is asked. The error can say why. Throw a `CredentialsError` to say what is wrong; any other error
 * counts as a failure that passes.
 *
 * @example
 * const credentials: CredentialProvider = async ({ signal }) => {
 *   const { id, key } = await readVault('tencent', { signal });
 *   return { secretId: id, secretKey: key };
 * };
 */
export type CredentialProvider = (
  context: CredentialContext,
) => Credentials | undefined | Promise<Credentials | undefined>;

/** What of credentials must never be shown, wherever it is repeated. */
export function secretsOf({ secretId, secretKey, token }: Credentials): string[] {
  return token === undefined ? [secretId, secretKey] : [secretId, secretKey, token];
}
