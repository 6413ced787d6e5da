import type { Created, JournalEntry, MockEngine } from '@tccc/mocks';
import type { AttemptLog } from './attempts.js';
import { callOf } from './calls.js';
import { wholeNameOf } from './marked.js';
import type { Evidence } from './objections.js';
import { objectionTo } from './objections.js';
import type { CallRecord, Verdict } from './records.js';

/** A call whose report does not fit what the service did. */
export interface Lie extends CallRecord {
  /** What does not fit. */
  objection: string;
  /** The ids of what the service really created for it. */
  created: number[];
  /** What the service saw of it: faults and codes, in order. */
  history: string[];
}

/** How calls fared that could be looked up. */
export interface SettleCounts {
  /** The response was lost, and the call found what it had created. */
  settled: number;
  /** It did not find it, or there was nothing to find. */
  unknown: number;
  /** Of those, found by a lookup at the end, when the service had come to rest. */
  foundLater: number;
  /** Reads that succeeded at the second attempt or later, those of lookups included. */
  repeatedReads: number;
  /** Requests for a page of a list that was not the first. */
  laterPages: number;
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
  /** Faults that struck a list at least once. */
  listFaults: ReadonlySet<string>;
  settling: SettleCounts;
  lies: Lie[];
  /** By how much calls outlived their deadline, in milliseconds: the median of those that it ended. */
  overrunMs: number;
}

/** A service, and what it was made to do. */
export interface Service {
  engine: MockEngine;
  listDelayMs: number;
  isClosing: boolean;
}

/** Everything that a run leaves behind. */
export interface Run {
  seed: number;
  calls: number;
  records: readonly CallRecord[];
  /** In the order by which the records name them. */
  services: readonly Service[];
  attempts: AttemptLog;
  elapsedMs: number;
}

/** Compares what each call reported with what the services have really done. */
export function report({ seed, calls, records, services, attempts, elapsedMs }: Run): TruthReport {
  const verdicts = { success: 0, 'not-executed': 0, unknown: 0, executed: 0, 'foreign error': 0 };
  const codes: Record<string, number> = {};
  const evidenceOf = collect(services, attempts);
  const lies: Lie[] = [];
  for (const record of records) {
    verdicts[record.verdict]++;
    codes[record.code] = (codes[record.code] ?? 0) + 1;
    const evidence = evidenceOf(record);
    const objection = objectionTo(record, evidence);
    if (objection === undefined) continue;
    const created = evidence.created.map(({ id }) => id);
    lies.push({ ...record, objection, created, history: evidence.history.map(describeEntry) });
  }
  const lists = services.flatMap(({ engine }) => engine.journal.entries.filter(isOfList));
  return {
    seed,
    calls,
    elapsedMs,
    verdicts,
    codes,
    lies,
    faults: new Set(services.flatMap(({ engine }) => [...engine.faults.struck.keys()])),
    listFaults: new Set(lists.flatMap(({ fault }) => fault ?? [])),
    settling: { ...countSettled(records), ...countReads(lists, attempts) },
    overrunMs: medianOverrun(records),
  };
}

function collect(services: readonly Service[], { answered }: AttemptLog): (record: CallRecord) => Evidence {
  const all = services.flatMap(({ engine }) => engine.created);
  const created = byCall(all);
  const named = byName(all);
  const entries = byCall(services.flatMap(({ engine }) => engine.journal.entries));
  const lags = services.map(({ engine }) =>
    engine.journal.entries
      .filter(({ fault }) => fault === 'list-lags')
      .map(({ receivedAtMs }) => receivedAtMs),
  );
  return ({ call, world, marked }) => ({
    created: created.get(call) ?? [],
    isClosing: services[world]!.isClosing,
    withMarker: marked === undefined ? [] : (named.get(wholeNameOf(marked)) ?? []),
    history: entries.get(call) ?? [],
    lagsAtMs: lags[world]!,
    listDelayMs: services[world]!.listDelayMs,
    answered,
  });
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

/** The ids of what has each name. */
function byName(all: readonly Created[]): Map<string, number[]> {
  const sorted = new Map<string, number[]>();
  for (const { id, params } of all) {
    const name = String(params.Name);
    sorted.set(name, [...(sorted.get(name) ?? []), id]);
  }
  return sorted;
}

function isOfList({ action }: JournalEntry): boolean {
  return action === 'DescribeAutoCalloutTasks' || action === 'DescribePredictiveDialingCampaigns';
}

function countSettled(records: readonly CallRecord[]) {
  const marked = records.filter((record) => record.marked !== undefined);
  const isFoundLater = ({ marked: one }: CallRecord) => (one!.foundLater ?? []).length > 0;
  return {
    settled: marked.filter((record) => record.marked!.isSettled).length,
    unknown: marked.filter(({ verdict }) => verdict === 'unknown').length,
    foundLater: marked.filter(isFoundLater).length,
  };
}

function countReads(lists: readonly JournalEntry[], { repeatedReads }: AttemptLog) {
  const pageOf = ({ params }: JournalEntry) =>
    Number((params as { PageNumber?: number } | undefined)?.PageNumber);
  const laterPages = lists.filter((entry) => pageOf(entry) > 0).length;
  return { repeatedReads, laterPages };
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
export function describeReport(found: TruthReport): string {
  const { seed, calls, elapsedMs, verdicts, settling, lies, overrunMs } = found;
  const counts = Object.entries(verdicts).map(([verdict, count]) => `${verdict} ${count}`);
  const { settled, unknown, foundLater } = settling;
  const lines = [
    `${calls} calls in ${(elapsedMs / 1000).toFixed(1)} s, seed ${seed}: ${counts.join(', ')}; ` +
      `settled ${settled}, not settled ${unknown}, found later ${foundLater}; deadline overrun ${overrunMs.toFixed(1)} ms`,
  ];
  for (const { call, verdict, code, id, objection, created, history } of lies.slice(0, 10)) {
    const said = verdict === 'success' ? `id ${id}` : code;
    const done = created.length === 0 ? 'was not executed' : `created ${created.join(', ')}`;
    lines.push(`LIE: call ${call} of seed ${seed} reported ${verdict} (${said}) but ${done}: ${objection}`);
    lines.push(...history.map((event) => `     ${event}`));
  }
  return lines.join('\n');
}
