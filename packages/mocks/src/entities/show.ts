import type { Effect, Progress, Shown } from '../generated/effects.js';
import { AnswerSize } from './answer-size.js';
import type { Call, Calls } from './calls.js';
import type { Entity } from './entity.js';

type Fields = Record<string, unknown>;
type Wraps = NonNullable<(Effect & { kind: 'reads' })['wraps']>;

/** The fields that are shown, of all that there are. */
export function show({ required, optional }: Shown, valueOf: (name: string) => unknown): Fields {
  const shown: Fields = {};
  for (const [name, blank] of Object.entries(required)) shown[name] = valueOf(name) ?? blank;
  for (const name of optional) {
    const value = valueOf(name);
    if (value !== undefined) shown[name] = value;
  }
  return shown;
}

/** The lists of an entity whose items are shown as objects. */
export function showWrapped(entity: Entity, wraps: Wraps, calls: Calls, nowMs: number): Fields {
  const size = new AnswerSize();
  const lists = Object.entries(wraps).map(([field, { as, shows }]) => {
    const items = entity.field(field, nowMs);
    const { progress } = entity.kind;
    const about = progress?.items === field ? progress.item : undefined;
    const wrap = (item: unknown, index: number) => {
      const own = isObject(item) ? item : { [as]: item };
      const fields: Fields = {
        ...own,
        ...(about === undefined ? {} : stateOf(about, calls, entity, index, nowMs)),
      };
      return size.count(show(shows, (name) => fields[name]));
    };
    return [field, Array.isArray(items) ? items.map(wrap) : []];
  });
  return Object.fromEntries(lists) as Fields;
}

/** How far the calls to an item are, and their ids as far as lists show them. */
function stateOf(
  item: NonNullable<Progress['item']>,
  calls: Calls,
  entity: Entity,
  index: number,
  nowMs: number,
): Fields {
  const begun = calls.ofItem(entity, index, nowMs);
  const ids = begun.filter((call) => calls.isListed(call, nowMs)).map((call) => call.sessionId);
  return { ...stageOf(item, begun, nowMs), ...(item.parts === undefined ? {} : { [item.parts]: ids }) };
}

function stageOf(item: NonNullable<Progress['item']>, begun: readonly Call[], nowMs: number): Fields {
  const { waiting, calling = waiting, retrying = waiting, finished, missed = finished } = item;
  const last = begun.at(-1);
  if (last === undefined) return waiting;
  if (nowMs < last.endedMs) return calling;
  if (last.planned.ending.isAnswered) return finished;
  return last.planned.isLast ? missed : retrying;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
