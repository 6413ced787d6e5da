import type { Effect, Filter, Refusals, States } from '../generated/effects.js';
import { Refusal } from '../common/protocol.js';
import { AnswerSize } from './answer-size.js';
import type { CallSettings } from './call-options.js';
import { Calls } from './calls.js';
import { listRecords, readRecord } from './records.js';
import { Creation } from './creation.js';
import type { Entity, EntityRequest, Holder } from './entity.js';
import type { EntityKind } from './kinds.js';
import { effectOf, entityKinds, idText } from './kinds.js';
import { show, showWrapped } from './show.js';
import type { EntityLimits } from './store.js';
import { EntityStore } from './store.js';

type Params = EntityRequest['params'];
type EffectOf<Kind> = Effect & { kind: Kind };
type Change = Extract<Effect, { kind: 'changes' | 'replaces' | 'deletes' }>;

/** How entities go on, and how they are listed. */
export interface EntityOptions {
  /** How long one item of an entity takes once it runs, in milliseconds. */
  itemMs: number;
  /** How long what was created is missing in lists, in milliseconds. */
  listDelayMs: number;
  limits: Required<EntityLimits>;
  calls: CallSettings;
  /** Decides how calls go. */
  seed: number;
}

/** An entity as the mock has it. */
export interface EntityView {
  /** Kind of entity, such as `auto-callout-task`. */
  entity: string;
  id: number;
  /** Secret id of who created it. */
  secretId: string;
  /** In milliseconds since the Unix epoch, by the time of the entities. */
  createdAtMs: number;
  /** To whom it belongs, what is kept of its parameters, and the fields that say how far it is. */
  fields: Record<string, unknown>;
}

/** A call that has ended. */
export interface EndedCall {
  readonly entityId: number;
  /** Position of the item, and whether no other call to it follows. */
  readonly index: number;
  readonly isLast: boolean;
  /** In milliseconds since the Unix epoch, by the time of the entities. */
  readonly endedMs: number;
  /** Its record, and whom it belongs to. */
  readonly record: Readonly<Record<string, unknown>>;
}

/** What the service keeps: created, shown, changed and deleted by the effects of the spec, and by nothing else. */
export class Entities {
  readonly #options: EntityOptions;
  readonly #store: EntityStore;
  /** The calls that they make. */
  readonly calls: Calls;

  constructor(options: EntityOptions) {
    this.#options = options;
    this.#store = new EntityStore(options.limits);
    this.calls = new Calls(options.calls, options.seed);
  }

  /** How many there are. */
  get size(): number {
    return this.#store.size;
  }

  /** Estimated memory of what is kept, in bytes. */
  get bytes(): number {
    return this.#store.bytes;
  }

  clear(): void {
    this.#store.clear();
  }

  /** Those after a number, oldest first, at most so many. */
  *after(
    number: number,
    limit: number,
    nowMs: number,
  ): Generator<readonly [number: number, view: EntityView]> {
    for (const [next, entity] of this.#store.after(number, limit)) {
      const { kind, id, holder, createdAtMs } = entity;
      const fields = entity.fields(nowMs);
      yield [next, { entity: kind.entity, id, secretId: holder.account, createdAtMs, fields }];
    }
  }

  /** The latest, newest first, without fields that are long. */
  latest(limit: number, nowMs: number): (readonly [number: number, view: EntityView])[] {
    return this.#store.latest(limit).map(([number, entity]) => {
      const { kind, id, holder, createdAtMs } = entity;
      const fields = entity.shortFields(nowMs);
      return [number, { entity: kind.entity, id, secretId: holder.account, createdAtMs, fields }] as const;
    });
  }

  create(effect: EffectOf<'creates'>, id: number, request: EntityRequest): void {
    const kind = kindOf(effect.entity);
    const times = { nowMs: request.nowMs, itemMs: this.#options.itemMs, plan: this.calls.plan };
    const holder = holderOf(kind, request.account, request.params);
    this.#store.add(new Creation(kind, id, holder, request, times));
  }

  /**
   * The fields of the answer to any other action.
   *
   * @throws Refusal if the entity is not there, or not in a state for it
   */
  answer(
    effect: Exclude<Effect, EffectOf<'none' | 'creates'>>,
    request: EntityRequest,
  ): Record<string, unknown> {
    const { nowMs } = request;
    if (effect.kind === 'lists') return this.#list(effect, request);
    if (effect.kind === 'records') return listRecords(effect, this.#store, this.calls, request);
    if (effect.kind === 'record') return readRecord(effect, this.#store, this.calls, request);
    const entity = this.#find(effect.entity, effect.id, effect.refusals, request);
    if (effect.kind === 'reads') {
      const fields = show(effect.shows, (name) => entity.field(name, nowMs));
      return { ...fields, ...showWrapped(entity, effect.wraps ?? {}, this.calls, nowMs) };
    }
    this.#apply(effect, entity, request);
    return {};
  }

  /**
   * Changes or deletes an entity without a request.
   *
   * @throws Refusal if it is not there, or not in a state for it
   */
  change(number: number, action: string, nowMs: number): void {
    const entity = this.#store.get(number);
    if (entity === undefined) throw new Refusal(NO_CODE, 'It no longer exists.');
    const effect = effectOf(action) as Effect | undefined;
    const isChange = effect?.kind === 'changes' || effect?.kind === 'deletes';
    if (!isChange || effect.entity !== entity.kind.entity)
      throw new Error(`${action} is not an action that changes a ${entity.kind.entity}.`);
    this.#apply(effect, entity, { params: {}, nowMs });
  }

  /** The calls that have ended by now, of each entity from one of its items on, with whom they belong to. */
  *endedCalls(nowMs: number, firstOf: (id: number) => number): Generator<EndedCall, void, undefined> {
    for (const entity of this.#store.all()) {
      if (entity.kind.progress?.calls === undefined) continue;
      const owner = entity.kind.owner === undefined ? {} : { [entity.kind.owner]: entity.holder.owner };
      for (const call of this.calls.ofEntity(entity, nowMs, firstOf(entity.id))) {
        if (call.endedMs > nowMs) continue;
        const { index, isLast } = call.planned;
        const record = { ...owner, ...this.calls.record(call) };
        yield { entityId: entity.id, index, isLast, endedMs: call.endedMs, record };
      }
    }
  }

  #apply(effect: Change, entity: Entity, { params, nowMs }: Pick<EntityRequest, 'params' | 'nowMs'>): void {
    checkState(entity, effect.from ?? {}, effect.refusals, nowMs);
    if (effect.kind === 'changes') entity.change(effect.to, nowMs);
    else if (effect.kind === 'deletes') this.#store.delete(entity);
    else {
      entity.replace(params);
      this.#store.changed(entity);
    }
  }

  #find(name: string, idName: string, refusals: Refusals | undefined, request: EntityRequest): Entity {
    const kind = kindOf(name);
    const holder = holderOf(kind, request.account, request.params);
    const given = request.params[idName];
    const entity = this.#store.find(kind, holder, kind.idIsText === true ? Number(given) : given);
    if (entity !== undefined) return entity;
    throw new Refusal(refusals?.missing ?? NO_CODE, `${idName} is not the id of anything here.`);
  }

  #list(effect: EffectOf<'lists'>, request: EntityRequest): Record<string, unknown> {
    const { params, nowMs } = request;
    const { items, total, page, first, shows, defaultSize = DEFAULT_SIZE } = effect;
    const size = Number(params[effect.size] ?? defaultSize);
    const from = Math.max(0, Number(params[page] ?? first) - first) * size;
    const to = from + size;
    if (effect.of !== undefined) {
      const whole = this.#find(effect.of.entity, effect.of.id, effect.refusals, request);
      const { ids, count } = this.calls.sessions(whole, nowMs, from, size);
      return { [total]: count, [items]: ids };
    }
    const found = this.#search(effect, request);
    const answer = new AnswerSize();
    const shown = found.slice(from, to).map((entity) => {
      if (shows === undefined) return idText(entity.kind, entity.id);
      return answer.count(show(shows, (name) => entity.field(name, nowMs)));
    });
    return { [total]: found.length, [items]: shown };
  }

  /** What a list has in all, newest first. */
  #search(effect: EffectOf<'lists'>, { account, params, nowMs, listDelayMs = 0 }: EntityRequest): Entity[] {
    const kind = kindOf(effect.entity);
    const delayMs = Math.max(listDelayMs, this.#options.listDelayMs);
    const filters = Object.entries(effect.filters ?? {}).filter(([name]) => params[name] !== undefined);
    return this.#store
      .list(kind, holderOf(kind, account, params))
      .filter((entity) => delayMs === 0 || entity.createdAtMs + delayMs <= nowMs)
      .filter((entity) => filters.every(([name, filter]) => isMatch(entity, filter, params[name], nowMs)));
  }
}

/** Items of a page if neither the request nor the spec says how many. */
const DEFAULT_SIZE = 20;

/** If the spec names no code. */
const NO_CODE = 'InvalidParameterValue';

function kindOf(name: string): EntityKind {
  return entityKinds.get(name)!;
}

function holderOf({ owner }: EntityKind, account: string, params: Params): Holder {
  return { account, owner: owner === undefined ? undefined : params[owner] };
}

function checkState(entity: Entity, from: States, refusals: Refusals, nowMs: number): void {
  for (const [name, allowed] of Object.entries(from)) {
    const value = entity.field(name, nowMs);
    if (allowed.includes(value as number)) continue;
    const message = `${name} is ${String(value)}, but must be one of ${allowed.join(', ')} for this.`;
    throw new Refusal(refusals.state ?? NO_CODE, message);
  }
}

function isMatch(entity: Entity, filter: Filter, sought: unknown, nowMs: number): boolean {
  if ('equals' in filter) return entity.field(filter.equals, nowMs) === sought;
  return String(entity.field(filter.contains, nowMs) ?? '').includes(String(sought));
}
