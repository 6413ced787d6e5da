import type { Clock } from '../clock.js';

/** A key pair of the service, with what temporary ones have besides. */
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

/** What a source of credentials may need. */
export interface CredentialContext {
  /** Aborted if the fetch takes longer than 30 seconds, or if the client is closed. */
  signal: AbortSignal;
  /** The client's clock. */
  clock: Clock;
}

/**
 * Fetches credentials. Called again when those it returned are about to expire, or were refused. A client calls it once
 * at a time: while a call runs, even one that has been given up, there is no second one for 60 seconds.
 *
 * Throw a `CredentialsError` to say what is wrong. Any other error counts as a passing failure.
 */
export type CredentialFunction = (context: CredentialContext) => Credentials | Promise<Credentials>;

/**
 * A source in a chain. `undefined`, or a `CredentialsError` with code `CredentialsNotFound`, means that there is nothing to
 * be found at this place, so the next one is asked. The error can say why.
 */
export type CredentialSource = (context: CredentialContext) => Promise<Credentials | undefined>;
