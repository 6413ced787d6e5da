import type { MockResponse } from '../common/protocol.js';

/** Puts what the service answers into its envelope. */
export class Envelope {
  readonly #now: () => number;
  #latestDate = { second: Number.NaN, text: '' };

  /** @param now milliseconds since the Unix epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  of(response: Record<string, unknown>): MockResponse {
    return {
      status: 200,
      headers: { 'content-type': 'application/json', date: this.#date() },
      body: JSON.stringify({ Response: response }),
    };
  }

  /** The time of the service, as a header has it: in whole seconds. */
  #date(): string {
    const second = Math.floor(this.#now() / 1000);
    if (this.#latestDate.second !== second) {
      this.#latestDate = { second, text: new Date(second * 1000).toUTCString() };
    }
    return this.#latestDate.text;
  }
}
