import { costOfParsed } from '../journal/cost.js';
import type { EntityRequest, Holder, Times } from './entity.js';
import { Entity, costOfOwn } from './entity.js';
import { LONG_TEXT } from './fields.js';
import type { EntityKind } from './kinds.js';

/**
 * Something that was created, as it is kept: of the text of its parameters, the entity is made once somebody looks for it.
 * Most are never looked for.
 */
export class Creation {
  readonly kind: EntityKind;
  readonly id: number;
  readonly holder: Holder;
  /** Counts from 1; given by the store. */
  number = 0;
  /** About how much memory it takes, in bytes, on the high side, whether the entity was made or not. */
  bytes: number;
  readonly #times: Times;
  #text: string | undefined;
  #entity: Entity | undefined;

  constructor(kind: EntityKind, id: number, holder: Holder, { params, text }: EntityRequest, times: Times) {
    this.kind = kind;
    this.id = id;
    this.holder = holder;
    this.#times = times;
    if (text !== undefined && text.length <= LONG_TEXT) {
      this.#text = text;
      this.bytes = costOfOwn(holder) + costOfParsed(text);
    } else {
      this.#entity = new Entity(kind, id, holder, params, times);
      this.bytes = this.#entity.bytes;
    }
  }

  get entity(): Entity {
    if (this.#entity === undefined) {
      const params = JSON.parse(this.#text!) as EntityRequest['params'];
      this.#entity = new Entity(this.kind, this.id, this.holder, params, this.#times);
      this.#text = undefined;
    }
    return this.#entity;
  }

  isOf(kind: EntityKind, { account, owner }: Holder): boolean {
    return this.kind === kind && this.holder.account === account && isSame(this.holder.owner, owner);
  }

  /** To be told if the entity has other fields than before. */
  weigh(): void {
    this.bytes = this.entity.bytes;
  }
}

/** An owner whose check is off may be anything that JSON has. */
function isSame(owner: unknown, other: unknown): boolean {
  return owner === other || (typeof owner === 'object' && JSON.stringify(owner) === JSON.stringify(other));
}
