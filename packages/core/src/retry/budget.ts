/** What a retry costs. In tenths, so that sums are exact. */
const COST = 10;

/** What a call that succeeds at once pays back. */
const REFUND = 1;

/**
 * Limits how much a client adds to the load of a service that fails. Each retry has a cost, each success pays back: all of
 * it if a retry succeeded, a tenth of one otherwise. Each call still makes its first attempt, so recovery needs nothing.
 */
export class RetryBudget {
  readonly #capacity: number;
  #balance: number;

  /** `retries` is how many can be made without any success. */
  constructor(retries: number) {
    this.#capacity = retries * COST;
    this.#balance = this.#capacity;
  }

  /** Pays for a retry; false if the budget is used up. */
  spend(): boolean {
    if (this.#balance < COST) return false;
    this.#balance -= COST;
    return true;
  }

  /** A call succeeded after this many retries. */
  refund(retries: number): void {
    this.#balance = Math.min(this.#capacity, this.#balance + (retries === 0 ? REFUND : retries * COST));
  }
}
