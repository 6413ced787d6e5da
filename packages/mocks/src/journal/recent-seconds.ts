/** How many seconds are kept. */
const SECONDS = 64;

/** Names of actions come from requests, so there may be any number of them. Those beyond these are counted as one. */
const MAX_ACTIONS = 100;
const OTHERS = '';

/** What became of a request, as far as the counts know. */
export type Verdict = 'ok' | 'limited' | 'refused';
const VERDICTS: readonly Verdict[] = ['ok', 'limited', 'refused'];

/** Requests in one second, by what became of them. */
export type SecondCount = Readonly<Record<Verdict, number>>;

/** The counts of one action; a place is used again after `SECONDS` seconds. */
interface Ring {
  readonly second: Float64Array;
  readonly counts: Uint32Array;
}

/** How many requests came in each of the latest seconds, by action. */
export class RecentSeconds {
  readonly #rings = new Map<string, Ring>();

  /** @param atMs time of arrival, in milliseconds of the monotonic clock */
  add(atMs: number, action: string, verdict: Verdict): void {
    const { second, counts } = this.#ringOf(action);
    const now = Math.floor(atMs / 1000);
    const place = ((now % SECONDS) + SECONDS) % SECONDS;
    if (second[place] !== now) {
      second[place] = now;
      counts.fill(0, place * VERDICTS.length, (place + 1) * VERDICTS.length);
    }
    counts[place * VERDICTS.length + VERDICTS.indexOf(verdict)]!++;
  }

  /** The counts of the latest seconds of each action, oldest first; the last one is the present second. */
  read(nowMs: number, seconds: number): Record<string, SecondCount[]> {
    const now = Math.floor(nowMs / 1000);
    const wanted = Array.from({ length: seconds }, (_, index) => now - seconds + 1 + index);
    return Object.fromEntries(
      [...this.#rings].map(([action, ring]) => [action, wanted.map((second) => countAt(ring, second))]),
    );
  }

  #ringOf(action: string): Ring {
    const name = this.#rings.size < MAX_ACTIONS || this.#rings.has(action) ? action : OTHERS;
    let ring = this.#rings.get(name);
    if (ring === undefined) {
      ring = {
        second: new Float64Array(SECONDS).fill(-1),
        counts: new Uint32Array(SECONDS * VERDICTS.length),
      };
      this.#rings.set(name, ring);
    }
    return ring;
  }
}

function countAt({ second, counts }: Ring, wanted: number): SecondCount {
  const place = ((wanted % SECONDS) + SECONDS) % SECONDS;
  const count = (verdict: Verdict) =>
    second[place] === wanted ? counts[place * VERDICTS.length + VERDICTS.indexOf(verdict)]! : 0;
  return { ok: count('ok'), limited: count('limited'), refused: count('refused') };
}
