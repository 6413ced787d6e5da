import type { Values } from '../generated/effects.js';
import type { CallPlan, CallWork } from './call-plan.js';
import { Fields } from './fields.js';
import type { EntityKind } from './kinds.js';
import { idText } from './kinds.js';
import type { Stand, Work } from './progress.js';
import { goesOn, moved } from './progress.js';

/** Whose entity it is: the account that created it, and what else the request says. */
export interface Holder {
  readonly account: string;
  readonly owner: unknown;
}

/** A request, as far as entities have to know it. */
export interface EntityRequest {
  account: string;
  params: Readonly<Record<string, unknown>>;
  /** The parameters as they came; absent if somebody may have changed them since. */
  text?: string;
  nowMs: number;
  /** How long what was created is missing in lists, if a fault makes it longer. In milliseconds. */
  listDelayMs?: number;
}

/** When it is created, and how its work goes. */
export interface Times {
  nowMs: number;
  itemMs: number;
  plan: CallPlan;
}

/** What an entity takes in addition to its fields and its holder, in bytes: its objects, and its place in the map. */
const ENTITY_BYTES = 900;

/** The same with its holder. */
export function costOfOwn({ account, owner }: Holder): number {
  const written = typeof owner === 'object' ? JSON.stringify(owner) : String(owner);
  return ENTITY_BYTES + 4 * (account.length + written.length);
}

/** Something that was created, for as long as it is there. */
export class Entity {
  readonly kind: EntityKind;
  readonly id: number;
  readonly holder: Holder;
  readonly createdAtMs: number;
  readonly #itemMs: number;
  readonly #plan: CallPlan;
  /** When its work began, and each time that it went on: how much was done by then, and when that was. */
  #begins: (readonly [workedMs: number, wallMs: number])[] = [];
  /** How often it was given other parameters. */
  version = 0;
  #fields!: Fields;
  #counts: Values = {};
  #items = 0;
  #stand: Stand;
  /** For which time that is known. */
  #movedMs = Number.NaN;
  readonly #ownBytes: number;

  constructor(
    kind: EntityKind,
    id: number,
    holder: Holder,
    params: Readonly<Record<string, unknown>>,
    { nowMs, itemMs, plan }: Times,
  ) {
    this.kind = kind;
    this.id = id;
    this.holder = holder;
    this.createdAtMs = nowMs;
    this.#itemMs = itemMs;
    this.#plan = plan;
    this.#stand = { values: { ...kind.initial, ...kind.progress?.states.waiting }, workedMs: 0, atMs: nowMs };
    this.#ownBytes = costOfOwn(holder);
    this.replace(params);
  }

  /** About how much memory it takes, in bytes, on the high side. */
  get bytes(): number {
    return this.#ownBytes + this.#fields.bytes;
  }

  /** Gives it other parameters. */
  replace(params: Readonly<Record<string, unknown>>): void {
    const { kind } = this;
    this.#fields = new Fields(params, kind.kept);
    const count = (name: string) => (Array.isArray(params[name]) ? params[name].length : 0);
    this.#counts = Object.fromEntries(
      Object.entries(kind.counts ?? {}).map(([field, name]) => [field, count(name)]),
    );
    this.#items = kind.progress === undefined ? 0 : count(kind.progress.items);
    this.#movedMs = Number.NaN;
    this.version++;
    this.#begins = [[0, Math.max(this.createdAtMs, this.#work.startsMs)]];
  }

  /** Puts it into another state. */
  change(to: Values, nowMs: number): void {
    const { workedMs } = this.#at(nowMs);
    const isResting = this.kind.progress !== undefined && !goesOn(this.#stand, this.kind.progress);
    if (isResting) this.#begins.push([workedMs, Math.max(nowMs, this.#work.startsMs)]);
    this.#stand = { values: { ...this.#stand.values, ...to }, workedMs, atMs: nowMs };
    this.#movedMs = Number.NaN;
  }

  /** How many of its items are finished by now. */
  finished(nowMs: number): number {
    const workedMs = this.workedMs(nowMs);
    const finished = this.#plan.finished(this.#items, this.#itemMs, workedMs);
    // What has begun goes on to its end while the rest waits.
    const begunMs = this.wallMs(Math.floor(workedMs / this.#itemMs) * this.#itemMs);
    const isRestDone = workedMs % this.#itemMs > 0 && begunMs + this.#itemMs <= nowMs;
    return isRestDone ? this.begun(nowMs) : finished;
  }

  /** How many of its items have been begun by now. */
  begun(nowMs: number): number {
    return this.#plan.begun(this.#items, this.#itemMs, this.workedMs(nowMs));
  }

  /** How long it has been worked on. */
  workedMs(nowMs: number): number {
    return this.#at(nowMs).workedMs;
  }

  /** When so much was done, in milliseconds since the Unix epoch. */
  wallMs(workedMs: number): number {
    const [before, wallMs] = this.#begins.findLast(([done]) => done <= workedMs)!;
    return wallMs + workedMs - before;
  }

  /** What its calls depend on. */
  get callWork(): CallWork {
    const { tries, retries } = this.kind.progress?.calls ?? {};
    const most = Number(this.#fields.get(tries ?? '') ?? Number(this.#fields.get(retries ?? '') ?? 0) + 1);
    return { id: this.id, itemMs: this.#itemMs, tries: most };
  }

  /** A parameter that is a list; empty if there is none. */
  list(name: string | undefined): readonly unknown[] {
    const value = name === undefined ? undefined : this.#fields.get(name);
    return Array.isArray(value) ? value : [];
  }

  /** A parameter that is a text. */
  text(name: string | undefined): string | undefined {
    const value = name === undefined ? undefined : this.#fields.get(name);
    return typeof value === 'string' ? value : undefined;
  }

  /** A field as it is by now; undefined if it has no such field. */
  field(name: string, nowMs: number): unknown {
    const { kind } = this;
    if (name === kind.id) return idText(kind, this.id);
    if (name === kind.progress?.finished) return this.finished(nowMs);
    return this.#at(nowMs).values[name] ?? this.#counts[name] ?? this.#fields.get(name);
  }

  /** All of it as it is by now. */
  fields(nowMs: number): Record<string, unknown> {
    return this.#fieldsOf(this.#fields.names, nowMs);
  }

  /** The same without fields that are long to write, such as lists of many numbers. */
  shortFields(nowMs: number): Record<string, unknown> {
    return this.#fieldsOf(this.#fields.shortNames, nowMs);
  }

  #fieldsOf(kept: readonly string[], nowMs: number): Record<string, unknown> {
    const { id, owner, progress } = this.kind;
    const own = progress?.finished === undefined ? [] : [progress.finished];
    const states = Object.keys({ ...this.#counts, ...this.#at(nowMs).values });
    const names = new Set([id, ...kept, ...own, ...states]);
    const fields = Object.fromEntries([...names].map((name) => [name, this.field(name, nowMs)]));
    return owner === undefined ? fields : { [owner]: this.holder.owner, ...fields };
  }

  get #work(): Work {
    const { starts = '', ends = '' } = this.kind.progress ?? {};
    const timeOf = (name: string, none: number) => {
      const seconds = this.#fields.get(name);
      return typeof seconds === 'number' ? seconds * 1_000 : none;
    };
    const [startsMs, endsMs] = [timeOf(starts, this.createdAtMs), timeOf(ends, Infinity)];
    return { wholeMs: this.#plan.wholeMs(this.#items, this.#itemMs), startsMs, endsMs };
  }

  #at(nowMs: number): Stand {
    const { progress } = this.kind;
    if (progress !== undefined && this.#movedMs !== nowMs)
      this.#stand = moved(this.#stand, progress, this.#work, nowMs);
    this.#movedMs = nowMs;
    return this.#stand;
  }
}
