import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { AttemptMessage } from '@tccc/core';
import { ATTEMPT_CHANNEL } from '@tccc/core';
import { actions } from '@tccc/outbound';

const reads: ReadonlySet<string> = new Set(
  Object.values(actions)
    .filter(({ idempotency }) => idempotency === 'safe')
    .map(({ name }) => name),
);

/** What clients learnt of their attempts while it was open. */
export class AttemptLog implements Disposable {
  /** Request ids of the attempts that succeeded. */
  readonly answered = new Set<string>();
  /** Reads that succeeded after an attempt of unknown outcome or a refusal. */
  repeatedReads = 0;
  readonly #note = (message: unknown) => this.#add(message as AttemptMessage);

  constructor() {
    subscribe(ATTEMPT_CHANNEL, this.#note);
  }

  [Symbol.dispose](): void {
    unsubscribe(ATTEMPT_CHANNEL, this.#note);
  }

  #add({ action, attempt, outcome, requestId }: AttemptMessage): void {
    if (outcome !== 'succeeded') return;
    if (requestId !== undefined) this.answered.add(requestId);
    if (attempt > 1 && reads.has(action)) this.repeatedReads++;
  }
}
