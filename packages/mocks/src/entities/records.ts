import { Refusal } from '../common/protocol.js';
import type { Effect, Window } from '../generated/effects.js';
import { AnswerSize } from './answer-size.js';
import type { Call, Calls } from './calls.js';
import type { Entity, EntityRequest } from './entity.js';
import { show } from './show.js';
import type { EntityStore } from './store.js';

type EffectOf<Kind> = Effect & { kind: Kind };
type Fields = Record<string, unknown>;

/**
 * The records of calls that are there by now, newest first. Which time the service goes by is not documented; this goes by
 * the start.
 *
 * @throws Refusal if the span is one that the service does not take
 */
export function listRecords(
  effect: EffectOf<'records'>,
  store: EntityStore,
  calls: Calls,
  request: EntityRequest,
): Fields {
  const { params, nowMs } = request;
  const [fromMs, toMs] = spanOf(effect.window, effect.refusals?.window, request);
  const found = asked(effect, store, calls, request)
    .filter((call) => calls.isRecorded(call, nowMs))
    .filter(({ startedMs }) => startedMs >= fromMs && startedMs < toMs + 1_000)
    .sort((one, other) => other.startedMs - one.startedMs);
  const size = Number(params[effect.size]);
  const skip = (Number(params[effect.page]) - effect.first) * size;
  const answer = new AnswerSize();
  const list = found.slice(skip, skip + size).map((call) => {
    const fields = calls.record(call);
    return answer.count(show(effect.shows, (name) => fields[name]));
  });
  const twin = effect.twin === undefined ? {} : { [effect.twin]: list };
  return { [effect.total]: found.length, ...twin, [effect.items]: list };
}

/** @throws Refusal if there is no such record, or the span is one that the service does not take */
export function readRecord(
  effect: EffectOf<'record'>,
  store: EntityStore,
  calls: Calls,
  request: EntityRequest,
): Fields {
  const { params, nowMs } = request;
  if (effect.window !== undefined) spanOf(effect.window, effect.refusals.window, request);
  const call = calls.find(String(params[effect.id]), (id) => ownOf(store, request, id), nowMs);
  if (call === undefined || !calls.isRecorded(call, nowMs))
    throw new Refusal(
      effect.refusals.missing ?? NO_CODE,
      `${effect.id} is not the id of a call that has ended.`,
    );
  const fields = calls.record(call);
  return show(effect.shows, (name) => fields[name]);
}

const NO_CODE = 'InvalidParameterValue';

/** The calls that the filters leave; few if they name sessions. */
function asked(
  { filters = {} }: EffectOf<'records'>,
  store: EntityStore,
  calls: Calls,
  request: EntityRequest,
): Call[] {
  const { params, nowMs } = request;
  const given = Object.entries(filters).filter(([name]) => params[name] !== undefined);
  const bySession = given.find(([, { among }]) => among === 'SessionId');
  const found =
    bySession === undefined
      ? ownEntities(store, request).flatMap((entity) => [...calls.ofEntity(entity, nowMs)])
      : [...new Set(params[bySession[0]] as string[])].flatMap(
          (session) => calls.find(session, (id) => ownOf(store, request, id), nowMs) ?? [],
        );
  const others = given.filter((one) => one !== bySession);
  return found.filter((call) =>
    others.every(([name, { among }]) => (params[name] as unknown[]).includes(calls.record(call)[among])),
  );
}

function ownEntities(store: EntityStore, request: EntityRequest): Entity[] {
  return [...store.all()].filter((entity) => isOwn(entity, request));
}

function ownOf(store: EntityStore, request: EntityRequest, id: number): Entity | undefined {
  const entity = store.byId(id);
  return entity !== undefined && isOwn(entity, request) ? entity : undefined;
}

function isOwn({ holder, kind }: Entity, { account, params }: EntityRequest): boolean {
  if (kind.progress === undefined || holder.account !== account) return false;
  return kind.owner === undefined || params[kind.owner] === holder.owner;
}

function spanOf(
  window: Window,
  code: string | undefined,
  { params, nowMs }: EntityRequest,
): [fromMs: number, toMs: number] {
  const [from, to] = [Number(params[window.from]), Number(params[window.to])];
  if (to - from >= window.longestSeconds)
    throw new Refusal(code ?? NO_CODE, `The span must be shorter than ${window.longestSeconds} seconds.`);
  if (from < nowMs / 1_000 - window.oldestSeconds)
    throw new Refusal(
      code ?? NO_CODE,
      `${window.from} must not be more than ${window.oldestSeconds} seconds ago.`,
    );
  return [from * 1_000, to * 1_000];
}
