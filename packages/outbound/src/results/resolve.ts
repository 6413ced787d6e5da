import { followSignal } from '@tccc/core/internal';
import type { CallRecord } from './call-record.js';
import { hasEnded } from './call-record.js';
import type { NumberResult, Slot, Stage } from './number-result.js';
import { judge } from './number-result.js';
import type { ResultSettings, ResultSource } from './options.js';
import { cursorOf } from './options.js';

/** How many slots are looked up ahead of the one that is given. */
const AHEAD = 500;

/** Which calls there are, and since when. */
export interface Resolving {
  readonly source: ResultSource;
  readonly sdkAppId: number;
  /** What the cursors belong to, such as `task:17`. */
  readonly subject: string;
  /** Since when calls may have begun, in Unix seconds. */
  readonly since: number;
  readonly settings: ResultSettings;
}

/** Reads one record: from what is known, or else from the service. Of a call that goes on, nothing is certain yet. */
export async function readRecord(
  { source, sdkAppId, since, settings }: Resolving,
  id: string,
): Promise<CallRecord | undefined> {
  const known = await settings.known(id);
  if (known !== undefined && hasEnded(known)) return known;
  const record = await source.readers.of(source.actions.records, sdkAppId).read(id, since);
  return record !== undefined && hasEnded(record) ? record : undefined;
}

/** The results of slots, in their order, with some looked up ahead. */
export async function* resolveSlots(
  resolving: Resolving,
  slots: readonly Slot[],
  stage: Stage,
): AsyncGenerator<NumberResult, void, undefined> {
  const { settings } = resolving;
  const ahead: Promise<NumberResult>[] = [];
  let next = settings.from;
  const fill = () => {
    while (ahead.length < AHEAD && next < slots.length)
      ahead.push(handled(resolveSlot(resolving, slots[next]!, next++, stage)));
  };
  for (fill(); ahead.length > 0; fill()) yield await orAborted(ahead.shift()!, settings.signal);
}

async function resolveSlot(
  resolving: Resolving,
  slot: Slot,
  position: number,
  stage: Stage,
): Promise<NumberResult> {
  const pairs = slot.sessions.map(async (id) => [id, await readRecord(resolving, id)] as const);
  const records = new Map(await Promise.all(pairs));
  return { ...judge(slot, records, stage), position, cursor: cursorOf(resolving.subject, position) };
}

/** A failure that is met later must not count as one that nobody handles. */
function handled<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {});
  return promise;
}

/** Waits for a value; less long if the signal is aborted. What was asked for goes on: others may share it. */
export async function orAborted<Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (signal === undefined) return promise;
  signal.throwIfAborted();
  let leave = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    leave = followSignal(signal, () => reject(signal.reason as Error));
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    leave();
  }
}
