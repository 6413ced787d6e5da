import { Refusal } from '../common/protocol.js';

/** Longest answer about entities, in characters. The service's own limit is not known; a mock must have one. */
const MAX_ANSWER = 16 * 1024 * 1024;

/** How long an answer gets, so that its making stops before it is too long. */
export class AnswerSize {
  #left = MAX_ANSWER;

  /** @throws Refusal if the answer would be too long with this item */
  count<Item>(item: Item): Item {
    this.#left -= JSON.stringify(item).length;
    if (this.#left >= 0) return item;
    throw new Refusal(
      'InternalError',
      `The answer would be longer than ${MAX_ANSWER} characters, which is the limit of this mock.`,
    );
  }
}
