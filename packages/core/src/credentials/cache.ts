import type { Clock } from '../clock.js';
import { CredentialsError, isTcccError } from '../errors/errors.js';
import { safeCause } from '../errors/redact.js';
import { checkCredentials } from './check.js';
import type { CredentialFunction, Credentials } from './types.js';

/** Temporary credentials are renewed this long before they expire, in milliseconds; short-lived ones in their last fifth. */
const REFRESH_MARGIN_MS = 300_000;
const REFRESH_MARGIN_SHARE = 0.2;

/** A fetch that takes longer than this is given up, in milliseconds. */
const FETCH_TIMEOUT_MS = 30_000;

/** Credentials are used this long after they were fetched, in milliseconds, whatever their expiry says. */
const LEAST_VALIDITY_MS = 30_000;

/**
 * Keeps credentials until they are about to expire. All callers share one fetch; a failed fetch is forgotten, so that
 * the next call tries again. While the old ones are still valid, calls go on with them and do not wait for new ones.
 */
export class CredentialCache {
  readonly #fetch: CredentialFunction;
  readonly #clock: Clock;
  #current: Credentials | undefined;
  #renewAtMs = Infinity;
  #expiresAtMs = Infinity;
  /** Replaced others that had been refused, and has not been accepted yet. */
  #unproven: Credentials | undefined;
  #giveUp: ((reason: Error) => void) | undefined;
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
    if (now >= this.#expiresAtMs) return renewal;
    renewal.catch(() => {}); // Reported to a caller once the old ones have expired.
    return current;
  }

  /**
   * Fetches again because the service refused `refused`; returns whether another attempt is worthwhile. Where another
   * call has already fetched others, nothing is fetched. Where those that were refused had replaced refused ones
   * themselves, the fault is not theirs: the next call fetches again, but this one does not try again.
   */
  async replace(refused: Credentials): Promise<boolean> {
    const isHopeless = refused === this.#unproven;
    if (this.#current === refused) this.#current = undefined;
    if (isHopeless) return false;
    const next = await this.get();
    this.#unproven = next;
    return (
      next.secretId !== refused.secretId ||
      next.token !== refused.token ||
      next.secretKey !== refused.secretKey
    );
  }

  /** The service accepted these. */
  confirm(credentials: Credentials | undefined): void {
    if (this.#unproven === credentials) this.#unproven = undefined;
  }

  /** Gives up a fetch that is under way. */
  close(): void {
    this.#giveUp?.(new Error('The client was closed.'));
  }

  #renew(): Promise<Credentials> {
    this.#pending ??= this.#fetchOnce().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  #keep(credentials: Credentials): Credentials {
    const now = this.#clock.now();
    // By a clock that is ahead, even fresh ones may seem expired; the service will say whether they are.
    this.#expiresAtMs = Math.max(credentials.expiresAtMs ?? Infinity, now + LEAST_VALIDITY_MS);
    this.#renewAtMs =
      this.#expiresAtMs - Math.min(REFRESH_MARGIN_MS, (this.#expiresAtMs - now) * REFRESH_MARGIN_SHARE);
    this.#current = credentials;
    return credentials;
  }

  async #fetchOnce(): Promise<Credentials> {
    const controller = new AbortController();
    let cancelTimer: (() => void) | undefined;
    const timeout = new Promise<never>((_, reject) => {
      this.#giveUp = (reason) => {
        reject(reason);
        controller.abort(reason);
      };
      const late = new Error('Fetching credentials took too long.');
      cancelTimer = this.#clock.schedule(() => this.#giveUp?.(late), FETCH_TIMEOUT_MS);
    });
    try {
      const fetched = Promise.resolve(this.#fetch({ signal: controller.signal }));
      return this.#keep(checkCredentials(await Promise.race([fetched, timeout])));
    } catch (error) {
      throw isCredentialsError(error) ? error : unavailable(error);
    } finally {
      cancelTimer?.();
      this.#giveUp = undefined;
    }
  }
}

/** An error of another kind, such as that of a call that the function made, says nothing true about this call. */
function isCredentialsError(error: unknown): error is CredentialsError {
  return isTcccError(error) && error.kind === 'credentials';
}

function unavailable(error: unknown): CredentialsError {
  return new CredentialsError({
    code: 'CredentialsUnavailable',
    outcome: 'not-executed',
    cause: safeCause(error),
    message: 'The credentials could not be fetched; see the cause. The next call tries again.',
  });
}
