import type { CallOptions } from '@tccc/core';
import { invalidOption } from '@tccc/core/internal';
import type { NumberResult, Slot } from './number-result.js';
import type { ResultSource, ResultsOptions, TaskResultsParams } from './options.js';
import { readResultsOptions } from './options.js';
import { readRecord, resolveSlots } from './resolve.js';
import type { Shown } from './slots.js';
import { slotsOf } from './slots.js';
import { earliest } from './spans.js';

/** States of a task in which no call comes any more: all are done, or its time is over. */
const OVER: ReadonlySet<unknown> = new Set([2, 4]);

/** What the states of a number say. */
const SAYS: Readonly<Record<string, Slot['says']>> = {
  1: 'answered',
  2: 'not-answered',
  3: 'open',
  4: 'open',
};

interface Task {
  readonly State?: number;
  readonly NotBefore?: number;
  readonly NotAfter?: number | null;
  readonly Callees?: readonly { Callee?: string; State?: number; Sessions?: readonly string[] | null }[];
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
    callee: String(Callee),
    sessions: Sessions ?? [],
    says: SAYS[String(State)] ?? 'untouched',
  }));
  const now = source.clock.now() / 1_000;
  const since = task.NotBefore ?? 0;
  const resolving = { source, sdkAppId: SdkAppId, subject, since, settings };
  const isOver = OVER.has(task.State);
  const isQuiet = isOver && (await quietSince(shown)) + settings.lagSeconds <= now;
  const isExpired = (task.NotAfter ?? Infinity) < earliest(now, source.actions.records.paging.window);
  yield* resolveSlots(resolving, slotsOf(shown, settings.entries), { isOver, isQuiet, isExpired });

  /** When the last call ended, as far as it is known; the latest in the list is as good a sign as any. */
  async function quietSince(all: readonly Shown[]): Promise<number> {
    const last = all.flatMap(({ sessions }) => sessions).at(-1);
    const record = last === undefined ? undefined : await readRecord(resolving, last);
    return record?.endedAt ?? (last === undefined ? since : now);
  }
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
