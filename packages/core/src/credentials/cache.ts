import type { Clock } from '../clock.js';
import { CredentialsError, isTcccError } from '../errors.js';
import { safeCause } from '../redact.js';
import { checkCredentials } from './check.js';
import type { CredentialFunction, Credentials } from './types.js';

/** Temporary credentials are renewed this long before they expire, in milliseconds; short-lived ones in their last fifth. */
const REFRESH_MARGIN_MS = 300_000;
const REFRESH_MARGIN_SHARE = 0.2;

/** A fetch that takes longer than this is given up, in milliseconds. */
const FETCH_TIMEOUT_MS = 30_000;

/**
 * Keeps credentials until they are about to expire. All callers share one fetch; a failed fetch is forgotten, so that
 * the next call tries again. While the old ones are still valid, calls go on with them and do not wait for new ones.
 */
export class CredentialCache {
  readonly #fetch: CredentialFunction;
  readonly #clock: Clock;
  #current: Credentials | undefined;
  #renewAtMs = Infinity;
  #pending: Promise<Credentials> | undefined;

  constructor(fetch: CredentialFunction, clock: Clock) {
    this.#fetch = fetch;
    this.#clock = clock;
  }

  /** The current credentials, at once where they are at hand. */
  get(): Credentials | Promise<Credentials> {
    const current = this.#current;
    if (current === undefined) return this.#renew();
    const now = this.#clock.now();
    if (now < this.#renewAtMs) return current;
    const renewal = this.#renew();
    if (now >= (current.expiresAtMs ?? Infinity)) return renewal;
    renewal.catch(() => {}); // Reported to a caller once the old ones have expired.
    return current;
  }

  /**
   * Fetches again because the service refused `refused`; returns whether there are others now.
   * Where another call has already fetched others, nothing is fetched.
   */
  async replace(refused: Credentials): Promise<boolean> {
    if (this.#current === refused) this.#current = undefined;
    const next = await this.get();
    return (
      next.secretId !== refused.secretId ||
      next.token !== refused.token ||
      next.secretKey !== refused.secretKey
    );
  }

  #renew(): Promise<Credentials> {
    this.#pending ??= this.#fetchOnce().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  #keep(credentials: Credentials): Credentials {
    const now = this.#clock.now();
    const expiresAtMs = credentials.expiresAtMs ?? Infinity;
    this.#renewAtMs =
      expiresAtMs - Math.min(REFRESH_MARGIN_MS, Math.max(0, expiresAtMs - now) * REFRESH_MARGIN_SHARE);
    this.#current = credentials;
    return credentials;
  }

  async #fetchOnce(): Promise<Credentials> {
    const controller = new AbortController();
    let cancelTimer: (() => void) | undefined;
    const timeout = new Promise<never>((_, reject) => {
      cancelTimer = this.#clock.schedule(() => {
        reject(new Error('Fetching credentials took too long.'));
        controller.abort();
      }, FETCH_TIMEOUT_MS);
    });
    try {
      const fetched = Promise.resolve(this.#fetch({ signal: controller.signal }));
      return this.#keep(checkCredentials(await Promise.race([fetched, timeout])));
    } catch (error) {
      throw isTcccError(error) ? error : unavailable(error);
    } finally {
      cancelTimer?.();
    }
  }
}

function unavailable(error: unknown): CredentialsError {
  return new CredentialsError({
    code: 'CredentialsUnavailable',
    outcome: 'not-executed',
    cause: safeCause(error),
    message: 'The credentials could not be fetched; see the cause. The next call tries again.',
  });
}
