/** What became of one attempt to push. `lost`: a fault kept it from being sent. */
export type PushOutcome = 'acknowledged' | 'refused' | 'failed' | 'lost';

/** One attempt to push something. It holds no phone number. */
export interface PushEntry {
  /** Counts from 1. */
  readonly number: number;
  /** When, in milliseconds since the Unix epoch, by the time of the entities. */
  readonly atMs: number;
  /** Id of the push; its repeats have the same. */
  readonly id: string;
  readonly action: string;
  readonly sessionId: string;
  /** Counts from 1. */
  readonly attempt: number;
  readonly outcome: PushOutcome;
  /** What was answered, if anything was. */
  readonly status?: number;
  readonly errCode?: number;
  /** Why nothing was answered, as a code. */
  readonly failure?: string;
}

/** How many attempts are kept. */
const KEPT = 10_000;

/**
 * The attempts to push, the latest of them.
 *
 * @example
 * expect(engine.pushes.entries.filter(({ status }) => status !== 200)).toEqual([]);
 */
export class PushLog {
  #entries: PushEntry[] = [];
  #count = 0;
  #generation = 0;
  /** How many pushes wait: for their time, or to be repeated. */
  waiting = 0;

  /** The latest attempts, oldest first. */
  get entries(): readonly PushEntry[] {
    return this.#entries;
  }

  /** How many attempts there were in all. */
  get size(): number {
    return this.#count;
  }

  /** Changes when everything is forgotten. */
  get generation(): number {
    return this.#generation;
  }

  add(entry: Omit<PushEntry, 'number'>): void {
    this.#entries.push({ number: ++this.#count, ...entry });
    if (this.#entries.length > KEPT + KEPT / 10) this.#entries = this.#entries.slice(-KEPT);
  }

  clear(): void {
    this.#entries = [];
    this.#count = 0;
    this.#generation++;
    this.waiting = 0;
  }
}
