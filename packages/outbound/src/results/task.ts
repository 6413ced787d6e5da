import type { CallOptions } from '@tccc/core';
import { invalidOption } from '@tccc/core/internal';
import { latestEnd } from './call-record.js';
import type { NumberResult, Slot } from './number-result.js';
import type { ResultSource, ResultsOptions, TaskResultsParams } from './options.js';
import { readResultsOptions } from './options.js';
import { readRecord, resolveSlots } from './resolve.js';
import type { Shown } from './slots.js';
import { slotsOf } from './slots.js';
import { earliest } from './spans.js';

/** States of a task in which no call comes any more: all are done, or its time is over. */
const OVER: ReadonlySet<unknown> = new Set([2, 4]);

/** What the states of a number say. Of one that the documentation lacks, nobody knows. */
const SAYS: Readonly<Record<string, Slot['says']>> = {
  0: 'untouched',
  1: 'answered',
  2: 'not-answered',
  3: 'open',
  4: 'open',
};

interface Task {
  readonly State?: number;
  readonly NotBefore?: number;
  readonly NotAfter?: number | null;
  readonly Callees?: readonly {
    Callee?: string | null;
    State?: number;
    Sessions?: readonly string[] | null;
  }[];
}

/** What became of each number of a task. */
export async function* taskResults(
  source: ResultSource,
  params: TaskResultsParams,
  options: ResultsOptions | undefined,
): AsyncGenerator<NumberResult, void, undefined> {
  checkIds(params, ['SdkAppId', 'TaskId']);
  const { SdkAppId, TaskId } = params;
  const subject = `task:${TaskId}`;
  const settings = readResultsOptions(options, subject);
  const task = (await source.call(
    source.actions.task,
    { SdkAppId, TaskId },
    signalled(settings.signal),
  )) as Task;
  const shown: Shown[] = (task.Callees ?? []).map(({ Callee, State, Sessions }) => ({
    callee: String(Callee ?? ''),
    sessions: Sessions ?? [],
    says: SAYS[String(State)] ?? 'open',
  }));
  const now = source.clock.now() / 1_000;
  const since = task.NotBefore ?? 0;
  const resolving = { source, sdkAppId: SdkAppId, subject, since, settings };
  const isOver = OVER.has(task.State);
  const isExpired = (task.NotAfter ?? Infinity) < earliest(now, source.actions.records.paging.window);
  const isSettled = isOver && (isExpired || (await quietSince(shown)) + settings.lagSeconds <= now);
  // A task shows all of its numbers: with one that it does not show, it has nothing to do, and says nothing of it.
  const slots = slotsOf(shown, settings.entries, 'open');
  yield* resolveSlots(resolving, slots, { isSettled, isExpired });

  /** When the last call had ended at the latest. */
  async function quietSince(all: readonly Shown[]): Promise<number> {
    const ends = latest(all).map(async (id) => latestEnd(await readRecord(resolving, id), now));
    return Math.max(since, ...(await Promise.all(ends)));
  }
}

/**
 * The calls that most likely ended last: to the last number that was called, to the last one that was called most often,
 * for calls are repeated when the list has been gone through, and to the last that answered, for that call was the longest.
 */
function latest(shown: readonly Shown[]): string[] {
  const called = shown.filter(({ sessions }) => sessions.length > 0);
  const most = called.reduce((count, { sessions }) => Math.max(count, sessions.length), 0);
  const signs = [
    called.at(-1),
    called.findLast(({ sessions }) => sessions.length === most),
    called.findLast(({ says }) => says === 'answered'),
  ];
  return [...new Set(signs.flatMap((one) => one?.sessions.at(-1) ?? []))];
}

/** Options of each call. */
export function signalled(signal: AbortSignal | undefined): CallOptions | undefined {
  return signal === undefined ? undefined : { signal };
}

/** @throws ConfigurationError */
export function checkIds(params: object, names: readonly string[]): void {
  for (const name of names) {
    const id = (params as Record<string, unknown> | undefined)?.[name];
    if (!Number.isSafeInteger(id) || (id as number) < 0)
      throw invalidOption(name, 'an id, a whole number', id);
  }
}
