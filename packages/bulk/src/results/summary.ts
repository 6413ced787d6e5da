import type { ResultRow, ResultState } from './row.js';

/** What the rows come to, in numbers; it does not grow with the list. */
export interface ResultsSummary {
  readonly lines: number;
  readonly final: number;
  readonly states: Readonly<Record<ResultState, number>>;
  /** Lines that were called and not reached, by the group of the end, most first. */
  readonly reasons: readonly (readonly [group: string, count: number])[];
  /** Lines that were reached, by how many calls it took. */
  readonly attempts: readonly (readonly [calls: number, count: number])[];
  /** Calls and answers, by the hour of the day in which the call began, in UTC. */
  readonly hours: readonly { readonly calls: number; readonly answered: number }[];
  /** Calls that had ended, and lines that were reached, by the time since the first call. */
  readonly times: readonly { readonly at: number; readonly calls: number; readonly reached: number }[];
  readonly firstAt: number | undefined;
  readonly lastAt: number | undefined;
  readonly talkSeconds: number;
}

/** Most points of the line over time. */
const POINTS = 120;

/** Adds rows up. */
export class Summary {
  readonly #states: Record<ResultState, number> = {
    reached: 0,
    'not-reached': 0,
    pending: 0,
    'never-dialled': 0,
    unknown: 0,
    'not-sent': 0,
    'left-out': 0,
  };
  readonly #reasons = new Map<string, number>();
  readonly #attempts = new Map<number, number>();
  readonly #hours = Array.from({ length: 24 }, () => ({ calls: 0, answered: 0 }));
  /** By second, at first; by more once there are too many. */
  #times = new Map<number, { calls: number; reached: number }>();
  #step = 1;
  #lines = 0;
  #final = 0;
  #talkSeconds = 0;
  #firstAt = Infinity;
  #lastAt = -Infinity;

  add(row: ResultRow): void {
    this.#lines++;
    if (row.isFinal) this.#final++;
    this.#states[row.state]++;
    this.#talkSeconds += row.talkSeconds;
    if (row.state === 'not-reached') count(this.#reasons, row.group ?? 'unknown');
    if (row.state === 'reached') count(this.#attempts, Math.max(1, row.calls.length));
    let isCounted = false;
    for (const { startedAt, endedAt, isAnswered } of row.calls) {
      if (startedAt !== undefined) {
        const hour = this.#hours[Math.floor(startedAt / 3_600) % 24]!;
        hour.calls++;
        if (isAnswered) hour.answered++;
        this.#firstAt = Math.min(this.#firstAt, startedAt);
      }
      if (endedAt === undefined) continue;
      this.#lastAt = Math.max(this.#lastAt, endedAt);
      this.#count(endedAt, isAnswered && !isCounted);
      isCounted ||= isAnswered;
    }
  }

  #count(at: number, isReached: boolean): void {
    const time = Math.floor(at / this.#step) * this.#step;
    const point = this.#times.get(time) ?? { calls: 0, reached: 0 };
    point.calls++;
    if (isReached) point.reached++;
    this.#times.set(time, point);
    while (this.#times.size > POINTS) this.#coarsen();
  }

  #coarsen(): void {
    this.#step *= 2;
    const coarse = new Map<number, { calls: number; reached: number }>();
    for (const [at, { calls, reached }] of this.#times) {
      const time = Math.floor(at / this.#step) * this.#step;
      const point = coarse.get(time) ?? { calls: 0, reached: 0 };
      coarse.set(time, { calls: point.calls + calls, reached: point.reached + reached });
    }
    this.#times = coarse;
  }

  get value(): ResultsSummary {
    const times = [...this.#times].sort(([one], [other]) => one - other);
    let [calls, reached] = [0, 0];
    return {
      lines: this.#lines,
      final: this.#final,
      states: { ...this.#states },
      reasons: [...this.#reasons].sort(([, one], [, other]) => other - one),
      attempts: [...this.#attempts].sort(([one], [other]) => one - other),
      hours: this.#hours,
      times: times.map(([at, point]) => ({
        at,
        calls: (calls += point.calls),
        reached: (reached += point.reached),
      })),
      firstAt: Number.isFinite(this.#firstAt) ? this.#firstAt : undefined,
      lastAt: Number.isFinite(this.#lastAt) ? this.#lastAt : undefined,
      talkSeconds: this.#talkSeconds,
    };
  }
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
