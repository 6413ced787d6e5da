import { PacingRefusal } from '@tccc/outbound';

/** Slots in a row that came too late to be used, after which it is clear that others will, too. */
const MAX_LATE = 5;

/** How often the log may begin anew before it is clear that this is no restart. */
const MAX_BEGUN = 4;

/**
 * Why there are no slots although Redis answers. A slot that can be used ends it, and so does an answer that shows that others have
 * the slots.
 */
export class Trouble {
  #late = 0;
  #begun = 0;
  #begunAt = 0;

  sawLateSlot(): void {
    this.#late++;
  }

  /** Redis is no longer late. */
  sawAnswerInTime(): void {
    this.#late = 0;
  }

  /** @param at when the log began that is still taken to be full; 0 if it tells who has the slots */
  sawFullLog(at: number): void {
    if (at === 0) this.#begun = 0;
    else if (at !== this.#begunAt) this.#begun++;
    this.#begunAt = at;
  }

  end(): void {
    [this.#late, this.#begun] = [0, 0];
  }

  /** Undefined while there is hope. */
  get reason(): PacingRefusal | undefined {
    if (this.#late >= MAX_LATE)
      return new PacingRefusal(
        'unusable',
        'Redis takes longer to answer than half the window of the service.',
      );
    if (this.#begun >= MAX_BEGUN)
      return new PacingRefusal(
        'unusable',
        `Redis has lost who has the slots ${this.#begun} times in a row. Set its maxmemory-policy to noeviction, and let nobody delete keys of the pacer.`,
      );
    return undefined;
  }
}
