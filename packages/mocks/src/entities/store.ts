import type { Entity, Holder } from './entity.js';
import type { EntityKind } from './kinds.js';

/** How many entities a mock keeps. The oldest are forgotten: the mock then answers as if there had never been any. */
export interface EntityLimits {
  /** Default 100,000. */
  maxEntries?: number;
  /** Memory that they may take, in bytes, by an estimate on the high side. Default 67,108,864 (64 MiB). */
  maxBytes?: number;
}

/** Once there is too much, this share of it goes as well, so that not every creation has to drop something. */
const SHARE_KEPT = 7 / 8;

/** The entities that there are, each to be found by its holder only. */
export class EntityStore {
  readonly #limits: Required<EntityLimits>;
  /** Oldest first, by a number that counts from 1. */
  readonly #all = new Map<number, Entity>();
  readonly #shelves = new Map<string, Map<number, { number: number; entity: Entity }>>();
  readonly #byId = new Map<number, Entity>();
  readonly #costs = new Map<number, number>();
  #bytes = 0;
  #count = 0;

  constructor(limits: Required<EntityLimits>) {
    this.#limits = limits;
  }

  /** How many there are. */
  get size(): number {
    return this.#all.size;
  }

  /** Estimated memory of what is kept, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  add(entity: Entity): void {
    const number = ++this.#count;
    const key = keyOf(entity.kind, entity.holder);
    let shelf = this.#shelves.get(key);
    if (shelf === undefined) this.#shelves.set(key, (shelf = new Map()));
    shelf.set(entity.id, { number, entity });
    this.#all.set(number, entity);
    this.#byId.set(entity.id, entity);
    this.#weigh(number, entity.bytes);
    this.#forget();
  }

  get(number: number): Entity | undefined {
    return this.#all.get(number);
  }

  /** All, oldest first. */
  all(): Iterable<Entity> {
    return this.#all.values();
  }

  /** One by its id alone, which no two have. */
  byId(id: number): Entity | undefined {
    return this.#byId.get(id);
  }

  /** The latest, newest first. */
  latest(limit: number): [number: number, entity: Entity][] {
    return [...this.#all].slice(-limit).toReversed();
  }

  find(kind: EntityKind, holder: Holder, id: unknown): Entity | undefined {
    return this.#shelves.get(keyOf(kind, holder))?.get(id as number)?.entity;
  }

  /** All of one holder, newest first. */
  list(kind: EntityKind, holder: Holder): Entity[] {
    const shelf = this.#shelves.get(keyOf(kind, holder)) ?? new Map<number, { entity: Entity }>();
    return [...shelf.values()].map(({ entity }) => entity).toReversed();
  }

  /** To be told if an entity has other fields than before. */
  changed(entity: Entity): void {
    const place = this.#shelves.get(keyOf(entity.kind, entity.holder))?.get(entity.id);
    if (place === undefined) return;
    this.#weigh(place.number, entity.bytes);
    this.#forget();
  }

  delete({ kind, holder, id }: Entity): void {
    const key = keyOf(kind, holder);
    const shelf = this.#shelves.get(key);
    const place = shelf?.get(id);
    if (shelf === undefined || place === undefined) return;
    shelf.delete(id);
    if (shelf.size === 0) this.#shelves.delete(key);
    this.#all.delete(place.number);
    this.#byId.delete(id);
    this.#weigh(place.number, 0);
  }

  clear(): void {
    this.#all.clear();
    this.#byId.clear();
    this.#shelves.clear();
    this.#costs.clear();
    this.#bytes = 0;
    this.#count = 0;
  }

  /** Those after a number, at most so many, with their numbers. More may come and go meanwhile. */
  *after(number: number, limit: number): Generator<readonly [number: number, entity: Entity]> {
    let left = limit;
    for (const [next, entity] of this.#all) {
      if (left === 0) return;
      if (next <= number) continue;
      left--;
      yield [next, entity];
    }
  }

  #weigh(number: number, bytes: number): void {
    this.#bytes += bytes - (this.#costs.get(number) ?? 0);
    if (bytes === 0) this.#costs.delete(number);
    else this.#costs.set(number, bytes);
  }

  #forget(): void {
    const { maxEntries, maxBytes } = this.#limits;
    if (this.size <= maxEntries && this.#bytes <= maxBytes) return;
    for (const entity of this.#all.values()) {
      if (this.size <= maxEntries * SHARE_KEPT && this.#bytes <= maxBytes * SHARE_KEPT) return;
      this.delete(entity);
    }
  }
}

function keyOf({ entity }: EntityKind, { account, owner }: Holder): string {
  return JSON.stringify([entity, account, owner]);
}
