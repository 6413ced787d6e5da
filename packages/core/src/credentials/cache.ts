import type { Clock } from '../clock.js';
import type { CredentialsMessage } from '../diagnostics.js';
import type { CredentialsError } from '../errors/errors.js';
import { isSamePair } from './check.js';
import { toCredentialsError } from './to-error.js';
import { Fetcher } from './fetcher.js';
import type { CredentialProvider, Credentials } from './types.js';

/** Temporary credentials are renewed this long before they expire, in milliseconds; short-lived ones in their last fifth. */
const REFRESH_MARGIN_MS = 300_000;
const REFRESH_MARGIN_SHARE = 0.2;

/** Credentials that seem to have expired when they are fetched are used for this long, in milliseconds. */
const LEAST_VALIDITY_MS = 30_000;

/**
 * Keeps credentials until they are about to expire, or were refused. All callers share one fetch. After a fetch that
 * failed there is a pause, in which callers get the old credentials if they are still valid, else the failure.
 */
export class CredentialCache {
  readonly #fetcher: Fetcher;
  readonly #clock: Clock;
  readonly #backOff: BackOff;
  readonly #onRenewal: ((message: CredentialsMessage) => void) | undefined;
  /** Those that were fetched last, also after they have expired or were refused: they still name the account. */
  #current: Credentials | undefined;
  #renewAtMs = Infinity;
  #expiresAtMs = Infinity;
  #isRefused = false;
  /** Replaced others that had been refused, and has not been accepted yet. */
  #unproven: Credentials | undefined;
  /** Each fetch gives an object of its own. */
  readonly #accepted = new WeakSet<Credentials>();
  #failure: CredentialsError | undefined;
  #pending: Promise<Credentials> | undefined;

  /** `onRenewal` is told of every fetch that took time, whatever came of it. */
  constructor(fetch: CredentialProvider, clock: Clock, onRenewal?: (message: CredentialsMessage) => void) {
    this.#clock = clock;
    this.#onRenewal = onRenewal;
    this.#backOff = new BackOff(clock);
    this.#fetcher = new Fetcher(fetch, clock, (credentials) => this.#keep(credentials));
  }

  /**
   * The current credentials, at once if they are at hand; those of a function that returns no promise always are.
   * Rejects with a CredentialsError.
   */
  get(): Credentials | Promise<Credentials> {
    const current = this.#current;
    const now = this.#clock.now();
    if (current !== undefined && now < this.#renewAtMs && !this.#isRefused) return current;
    const isUsable = current !== undefined && now < this.#expiresAtMs && !this.#isRefused;
    if (this.#pending === undefined && this.#backOff.isPausing) {
      if (isUsable || this.#failure === undefined) return current!;
      return Promise.reject(this.#failure);
    }
    const renewal = this.#renew();
    if (!isUsable || !(renewal instanceof Promise)) return renewal;
    renewal.catch(() => {}); // Reported to a caller once the old ones have expired.
    return current;
  }

  /**
   * Name of the account that the credentials act for, as the pacer needs it. Those that were known last will do, expired
   * or not, so this fetches only if there have never been any. Rejects with a CredentialsError.
   */
  account(): string | Promise<string> {
    if (this.#current !== undefined) return accountOf(this.#current);
    const fetched = this.get();
    return fetched instanceof Promise ? fetched.then(accountOf) : accountOf(fetched);
  }

  /**
   * Fetches again because the service refused `refused`; returns whether another attempt is worthwhile. If another call
   * has already fetched others, nothing is fetched. If those that were refused had replaced refused ones themselves, the
   * fault is not theirs: a later call fetches again, but this one does not try again. If the fetch gives the same ones,
   * as fixed credentials do, there is a pause before the next. A call whose credentials were replaced before
   * (`isRepeated`) tries again only if those that it was given had been accepted: then they were rotated meanwhile.
   */
  async replace(refused: Credentials, isRepeated = false): Promise<boolean> {
    const current = this.#current;
    if (current === undefined || (isRepeated && !this.#accepted.has(refused))) return false;
    if (!isSamePair(current, refused)) return true;
    if (this.#backOff.isPausing) return false;
    this.#isRefused = true;
    if (this.#unproven !== undefined && isSamePair(this.#unproven, refused)) {
      this.#backOff.failed();
      return false;
    }
    const next = await this.#renew();
    if (isSamePair(next, refused)) {
      this.#backOff.failed();
      return false;
    }
    this.#unproven = next;
    return true;
  }

  /** The service accepted these. */
  confirm(credentials: Credentials | undefined): void {
    if (credentials !== undefined) this.#accepted.add(credentials);
    const unproven = this.#unproven;
    if (unproven === undefined || credentials === undefined || !isSamePair(credentials, unproven)) return;
    this.#unproven = undefined;
    this.#backOff.succeeded();
  }

  /** Gives up a fetch that is under way, and begins no other. */
  close(): void {
    this.#fetcher.close();
  }

  #renew(): Credentials | Promise<Credentials> {
    if (this.#pending !== undefined) return this.#pending;
    const fetched = this.#fetcher.fetch();
    if (!(fetched instanceof Promise)) return fetched;
    const fail = (error: unknown): never => {
      this.#backOff.failed();
      this.#failure = toCredentialsError(error);
      this.#onRenewal?.({ isRenewed: false, code: this.#failure.code });
      throw this.#failure;
    };
    const tell = (credentials: Credentials): Credentials => {
      const { expiresAtMs } = credentials;
      this.#onRenewal?.({ isRenewed: true, ...(expiresAtMs === undefined ? {} : { expiresAtMs }) });
      return credentials;
    };
    this.#pending = fetched.then(tell, fail).finally(() => (this.#pending = undefined));
    return this.#pending;
  }

  #keep(credentials: Credentials): void {
    const now = this.#clock.now();
    // By a clock that is ahead, even fresh ones may seem expired; the service will say whether they are.
    const { expiresAtMs = Infinity } = credentials;
    this.#expiresAtMs = expiresAtMs > now ? expiresAtMs : now + LEAST_VALIDITY_MS;
    this.#renewAtMs =
      this.#expiresAtMs - Math.min(REFRESH_MARGIN_MS, (this.#expiresAtMs - now) * REFRESH_MARGIN_SHARE);
    this.#current = credentials;
    this.#failure = undefined;
    // Those that come in place of refused ones have to be accepted first.
    if (!this.#isRefused) this.#backOff.succeeded();
    this.#isRefused = false;
  }
}

function accountOf({ account, secretId }: Credentials): string {
  return account ?? secretId;
}

/** The pause after the first failure, in milliseconds; each further one doubles it. */
const BASE_MS = 100;

/** Longest pause, in milliseconds. */
const CAP_MS = 10_000;

/** The pauses between fetches that fail, so that a service that is down is not asked for every call. */
class BackOff {
  readonly #clock: Clock;
  #failures = 0;
  #until = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isPausing(): boolean {
    return this.#failures > 0 && this.#clock.monotonic() < this.#until;
  }

  /** Several failures at once count as one. */
  failed(): void {
    if (this.isPausing) return;
    this.#until = this.#clock.monotonic() + Math.min(CAP_MS, BASE_MS * 2 ** this.#failures);
    this.#failures++;
  }

  succeeded(): void {
    this.#failures = 0;
  }
}
