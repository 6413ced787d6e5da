/** What a repetition costs. In tenths, so that sums are exact. */
const COST = 10;

/** Ten repetitions. */
const CAPACITY = 10 * COST;

/** What a call that succeeds at once pays back. */
const REFUND = 1;

/**
 * Limits how much a client adds to the load of a service that fails. Each repetition has a cost, each success pays
 * back: all of it where a repetition succeeded, a tenth of one otherwise. In a full outage at most ten repetitions are
 * made however many calls fail; each call still makes its first attempt, so recovery needs nothing.
 */
export class RetryBudget {
  #balance = CAPACITY;

  /** Pays for a repetition; false where the budget is used up. */
  spend(): boolean {
    if (this.#balance < COST) return false;
    this.#balance -= COST;
    return true;
  }

  /** A call succeeded after this many repetitions. */
  refund(repetitions: number): void {
    this.#balance = Math.min(CAPACITY, this.#balance + (repetitions === 0 ? REFUND : repetitions * COST));
  }
}
