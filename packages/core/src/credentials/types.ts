/** A key pair of the service, with what temporary ones have besides. */
export interface Credentials {
  secretId: string;
  secretKey: string;
  /** Only with temporary credentials. */
  token?: string;
  /** When temporary credentials expire, in milliseconds since the Unix epoch. Without it they are kept for ever. */
  expiresAtMs?: number;
  /**
   * Names the account or role that these credentials act for. Calls of one account share one pace, so give it where
   * the `secretId` changes with every renewal. Default: the `secretId`.
   */
  account?: string;
}

/** What a source of credentials may need. */
export interface CredentialContext {
  /** Aborted where the fetch takes too long. */
  signal: AbortSignal;
}

/**
 * Fetches credentials. Called again when those it returned are about to expire, or were refused as expired; never
 * twice at a time per client.
 */
export type CredentialFunction = (context: CredentialContext) => Credentials | Promise<Credentials>;

/** A source in a chain: undefined means that there is nothing to be found at this place, so the next one is asked. */
export type CredentialSource = (context: CredentialContext) => Promise<Credentials | undefined>;
