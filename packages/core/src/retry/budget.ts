/** What a retry costs. In tenths, so that sums are exact. */
const COST = 10;

/** Ten retries. */
const CAPACITY = 10 * COST;

/** What a call that succeeds at once pays back. */
const REFUND = 1;

/**
 * Limits how much a client adds to the load of a service that fails. Each retry has a cost, each success pays
 * back: all of it if a retry succeeded, a tenth of one otherwise. In a full outage at most ten retries are
 * made however many calls fail; each call still makes its first attempt, so recovery needs nothing.
 */
export class RetryBudget {
  #balance = CAPACITY;

  /** Pays for a retry; false if the budget is used up. */
  spend(): boolean {
    if (this.#balance < COST) return false;
    this.#balance -= COST;
    return true;
  }

  /** A call succeeded after this many retries. */
  refund(retries: number): void {
    this.#balance = Math.min(CAPACITY, this.#balance + (retries === 0 ? REFUND : retries * COST));
  }
}
