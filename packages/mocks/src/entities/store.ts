import type { Creation } from './creation.js';
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
  /** By id, which no two have; oldest first. */
  readonly #all = new Map<unknown, Creation>();
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

  add(creation: Creation): void {
    creation.number = ++this.#count;
    this.#all.set(creation.id, creation);
    this.#bytes += creation.bytes;
    this.#forget();
  }

  get(number: number): Entity | undefined {
    for (const creation of this.#all.values()) if (creation.number === number) return creation.entity;
    return undefined;
  }

  /** All, oldest first. */
  *all(): Generator<Entity, void, undefined> {
    for (const creation of this.#all.values()) yield creation.entity;
  }

  /** One by its id alone. */
  byId(id: number): Entity | undefined {
    return this.#all.get(id)?.entity;
  }

  /** The latest, newest first. */
  latest(limit: number): [number: number, entity: Entity][] {
    const latest = [...this.#all.values()].slice(-limit).toReversed();
    return latest.map(({ number, entity }) => [number, entity]);
  }

  find(kind: EntityKind, holder: Holder, id: unknown): Entity | undefined {
    const creation = this.#all.get(id);
    return creation?.isOf(kind, holder) === true ? creation.entity : undefined;
  }

  /** All of one holder, newest first. */
  list(kind: EntityKind, holder: Holder): Entity[] {
    const found = [...this.#all.values()].filter((creation) => creation.isOf(kind, holder));
    return found.map(({ entity }) => entity).toReversed();
  }

  /** To be told if an entity has other fields than before. */
  changed({ id }: Entity): void {
    const creation = this.#all.get(id);
    if (creation === undefined) return;
    this.#bytes -= creation.bytes;
    creation.weigh();
    this.#bytes += creation.bytes;
    this.#forget();
  }

  delete({ id }: Pick<Entity, 'id'>): void {
    this.#bytes -= this.#all.get(id)?.bytes ?? 0;
    this.#all.delete(id);
  }

  clear(): void {
    this.#all.clear();
    this.#bytes = 0;
    this.#count = 0;
  }

  /** Those after a number, oldest first, at most so many, with their numbers. More may come and go meanwhile. */
  *after(number: number, limit: number): Generator<readonly [number: number, entity: Entity]> {
    let left = limit;
    for (const creation of this.#all.values()) {
      if (left === 0) return;
      if (creation.number <= number) continue;
      left--;
      yield [creation.number, creation.entity];
    }
  }

  #forget(): void {
    const { maxEntries, maxBytes } = this.#limits;
    if (this.size <= maxEntries && this.#bytes <= maxBytes) return;
    for (const creation of this.#all.values()) {
      if (this.size <= maxEntries * SHARE_KEPT && this.#bytes <= maxBytes * SHARE_KEPT) return;
      this.delete(creation);
    }
  }
}
