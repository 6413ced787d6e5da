import type { Created, JournalEntry, MockEngine } from '@tccc/mocks';

/** What a call reported: an outcome of the contract, or an error that should not exist. */
export type Verdict = 'success' | 'not-executed' | 'unknown' | 'executed' | 'foreign error';

/** How a call ended. */
export interface CallRecord {
  call: number;
  verdict: Verdict;
  code: string;
  /** The id that a success gave. */
  id?: number;
  /** How long the call lived past its deadline, in milliseconds; negative if it ended before. */
  overrunMs: number;
}

/** A call whose report does not fit what the service did. */
export interface Lie extends CallRecord {
  /** The ids of what the service really created for it. */
  created: number[];
  /** What the service saw of it: faults and codes, in order. */
  history: string[];
}

/** What a run found. */
export interface TruthReport {
  seed: number;
  calls: number;
  elapsedMs: number;
  verdicts: Record<Verdict, number>;
  /** How often each code was reported. */
  codes: Record<string, number>;
  /** Faults that struck at least once. */
  faults: ReadonlySet<string>;
  lies: Lie[];
  /** By how much calls outlived their deadline, in milliseconds: the median of those that it ended. */
  overrunMs: number;
}

/** How often the service may have executed a call, by what the call reported. */
const ALLOWED: Record<Verdict, readonly number[]> = {
  success: [1],
  'not-executed': [0],
  unknown: [0, 1],
  executed: [1],
  'foreign error': [],
};

/** Numbers are unique, so that the service's ledger can be asked about one call. */
export function numberOf(call: number): string {
  return `+86${10_000_000_000 + call}`;
}

function callOf(params: unknown): number {
  const [number] = (params as { Callees?: string[] } | undefined)?.Callees ?? [];
  return number === undefined ? -1 : Number(number.slice(3)) - 10_000_000_000;
}

/** Compares what each call reported with what the services have really done. */
export function report(
  seed: number,
  records: readonly CallRecord[],
  engines: readonly MockEngine[],
  elapsedMs: number,
): TruthReport {
  const verdicts = { success: 0, 'not-executed': 0, unknown: 0, executed: 0, 'foreign error': 0 };
  const codes: Record<string, number> = {};
  const created = byCall(engines.flatMap((engine) => engine.created));
  const entries = byCall(engines.flatMap((engine) => engine.journal.entries));
  const lies: Lie[] = [];
  for (const record of records) {
    const { call, verdict, code } = record;
    verdicts[verdict]++;
    codes[code] = (codes[code] ?? 0) + 1;
    const ids = (created.get(call) ?? []).map(({ id }) => id);
    const history = entries.get(call) ?? [];
    if (!isTrue(record, ids) && !isBeyondSight(record, ids, history))
      lies.push({ ...record, created: ids, history: history.map(describeEntry) });
  }
  const faults = new Set(engines.flatMap((engine) => [...engine.faults.struck.keys()]));
  return {
    ...{ seed, calls: records.length, elapsedMs, verdicts, codes, faults, lies },
    overrunMs: medianOverrun(records),
  };
}

function byCall<Item extends Created | JournalEntry>(items: readonly Item[]): Map<number, Item[]> {
  const sorted = new Map<number, Item[]>();
  for (const item of items) {
    const call = callOf(item.params);
    const others = sorted.get(call);
    if (others === undefined) sorted.set(call, [item]);
    else others.push(item);
  }
  return sorted;
}

/** Whether the report fits: the number of creations, and for a success also the id. */
function isTrue({ verdict, id }: CallRecord, created: readonly number[]): boolean {
  return ALLOWED[verdict].includes(created.length) && (verdict !== 'success' || created[0] === id);
}

/**
 * A refusal that its own success contradicts a little later can be known for what it is during the pause before a retry.
 * A call that ends with the refusal has no such pause: its last attempt, too little time, an abort, no retry budget. The
 * service has lied, and nothing shows it.
 */
function isBeyondSight(
  { verdict }: CallRecord,
  created: readonly number[],
  history: readonly JournalEntry[],
): boolean {
  const isLiedTo = history.at(-1)?.fault === 'refusal-then-success';
  return verdict === 'not-executed' && created.length === 1 && isLiedTo;
}

function describeEntry({ fault = 'no fault', code }: JournalEntry): string {
  return `${fault}: ${code || 'not executed'}`;
}

function medianOverrun(records: readonly CallRecord[]): number {
  const ended = records.filter(({ code }) => code === 'DeadlineExceeded');
  const overruns = ended.map(({ overrunMs }) => overrunMs).sort((a, b) => a - b);
  return overruns[Math.floor(overruns.length / 2)] ?? 0;
}

/** Says what was found; on a lie, everything that is needed to see it again. */
export function describeReport({ seed, calls, elapsedMs, verdicts, lies, overrunMs }: TruthReport): string {
  const counts = Object.entries(verdicts).map(([verdict, count]) => `${verdict} ${count}`);
  const lines = [
    `${calls} calls in ${(elapsedMs / 1000).toFixed(1)} s, seed ${seed}: ${counts.join(', ')}; deadline overrun ${overrunMs.toFixed(1)} ms`,
  ];
  for (const { call, verdict, code, id, created, history } of lies.slice(0, 10)) {
    const said = verdict === 'success' ? `id ${id}` : code;
    const done = created.length === 0 ? 'was not executed' : `created ${created.join(', ')}`;
    lines.push(`LIE: call ${call} of seed ${seed} reported ${verdict} (${said}) but ${done}`);
    lines.push(...history.map((event) => `     ${event}`));
  }
  return lines.join('\n');
}
