import type { Clock } from '../clock.js';
import { checkCredentials } from './check.js';
import { credentialsError } from './errors.js';
import { toCredentialsError } from './to-error.js';
import type { CredentialProvider, Credentials } from './types.js';

/** A fetch that takes longer than this is given up, in milliseconds. */
const FETCH_TIMEOUT_MS = 30_000;

/** A call of the function that goes on for longer than this is forgotten, in milliseconds. */
const RUN_TIMEOUT_MS = 2 * FETCH_TIMEOUT_MS;

/** One call of the function. It may go on after it was given up. */
interface Run {
  readonly startedAt: number;
  readonly result: Promise<Credentials>;
  readonly controller: AbortController;
}

/**
 * Calls a function for credentials, once at a time. A wait for it is bounded. If the function goes on after a wait was
 * given up, the next wait is for the same call: a second one would not be faster. Only a call that has taken 60 seconds
 * is taken for lost.
 */
export class Fetcher {
  readonly #function: CredentialProvider;
  readonly #clock: Clock;
  readonly #onFetched: (credentials: Credentials) => void;
  #run: Run | undefined;
  #stopWaiting: ((reason: Error) => void) | undefined;
  #isClosed = false;

  /** `onFetched` is also told about what comes after it was given up. */
  constructor(fetch: CredentialProvider, clock: Clock, onFetched: (credentials: Credentials) => void) {
    this.#function = fetch;
    this.#clock = clock;
    this.#onFetched = onFetched;
  }

  /**
   * Fetches; at once if the function returns no promise. Rejects with a CredentialsError. Not to be called while an
   * earlier promise is pending.
   */
  fetch(): Credentials | Promise<Credentials> {
    try {
      if (this.#isClosed) throw closed();
      const run = this.#run;
      if (run !== undefined && this.#remainingMs(run) > 0) return this.#wait(run);
      const begun = this.#begin();
      return 'result' in begun ? this.#wait(begun) : begun;
    } catch (error) {
      return Promise.reject(toCredentialsError(error));
    }
  }

  /** Gives up what is under way, for good. */
  close(): void {
    this.#isClosed = true;
    this.#stopWaiting?.(closed());
    this.#run?.controller.abort(closed());
  }

  #begin(): Run | Credentials {
    this.#run = undefined;
    const controller = new AbortController();
    const returned = this.#function({ signal: controller.signal, clock: this.#clock });
    if (!isPromiseLike(returned)) return this.#take(returned, undefined);
    const result = Promise.resolve(returned).then((given) => this.#take(given, run));
    const run: Run = { startedAt: this.#clock.monotonic(), result, controller };
    this.#run = run;
    const forget = () => {
      if (this.#run === run) this.#run = undefined;
    };
    result.then(forget, forget);
    return run;
  }

  /** What comes from a call that was taken for lost is old. */
  #take(given: unknown, run: Run | undefined): Credentials {
    const credentials = checkCredentials(given);
    if (this.#run === run) this.#onFetched(credentials);
    return credentials;
  }

  #remainingMs({ startedAt }: Run): number {
    return startedAt + RUN_TIMEOUT_MS - this.#clock.monotonic();
  }

  async #wait(run: Run): Promise<Credentials> {
    let cancelTimer: (() => void) | undefined;
    const stopped = new Promise<never>((_, reject) => {
      this.#stopWaiting = reject;
      const expire = () => {
        reject(tookTooLong());
        run.controller.abort(tookTooLong());
      };
      const delayMs = Math.min(FETCH_TIMEOUT_MS, this.#remainingMs(run));
      // A function that hangs must not keep the process alive; a call that waits for it has a deadline of its own.
      cancelTimer = this.#clock.schedule(expire, delayMs, true);
    });
    try {
      return await Promise.race([run.result, stopped]);
    } catch (error) {
      throw toCredentialsError(error);
    } finally {
      cancelTimer?.();
      this.#stopWaiting = undefined;
    }
  }
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as Partial<PromiseLike<unknown>> | undefined)?.then === 'function';
}

function tookTooLong(): Error {
  const message = `Fetching credentials took longer than ${FETCH_TIMEOUT_MS / 1_000} seconds.`;
  return credentialsError('CredentialsUnavailable', message);
}

function closed(): Error {
  return credentialsError('CredentialsUnavailable', 'The client was closed.', { retry: 'never' });
}
