import type { CredentialCache } from '../credentials/cache.js';
import type { Correction } from '../retry/retrier.js';
import type { ServiceClock } from '../signing/service-clock.js';
import type { Attempt, History } from './attempt.js';

/** Puts right what made the service refuse an attempt. */
export class Corrections {
  readonly #serviceClock: ServiceClock;
  readonly #credentials: CredentialCache;
  readonly #listener: { corrected(endpoint: string, offsetMs: number): void };

  constructor(
    serviceClock: ServiceClock,
    credentials: CredentialCache,
    listener: { corrected(endpoint: string, offsetMs: number): void },
  ) {
    this.#serviceClock = serviceClock;
    this.#credentials = credentials;
    this.#listener = listener;
  }

  /** Makes one, and notes it in the history; returns whether the next attempt would differ. */
  async make(correction: Correction, attempt: Attempt, history: History): Promise<boolean> {
    const isRepeated = history.corrections.includes(correction);
    history.corrections = [...history.corrections, correction];
    if (correction === 'credentials') return this.#credentials.replace(attempt.credentials!, isRepeated);
    const before = this.#serviceClock.offsetMs;
    const differs = this.#serviceClock.correct(attempt.serviceDate, attempt.clockOffsetMs);
    const { offsetMs } = this.#serviceClock;
    if (offsetMs !== before) this.#listener.corrected(history.call.origin, offsetMs);
    return differs;
  }
}
