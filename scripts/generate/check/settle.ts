import type { Effect, Operation, Schema, SpecSettle } from '../read/spec.js';
import { OperationCheck, fieldsOf } from './operation-check.js';

type Lists = Effect & { kind: 'lists' };

/** Whether `x-settle` says how a creation can be looked up: by a list that shows it, and a marker that both can carry. */
export class SettleCheck extends OperationCheck {
  check(): this {
    for (const operation of this.operations) this.#settle(operation);
    return this;
  }

  #settle(operation: Operation): void {
    const { 'x-settle': settle, 'x-effect': effect } = operation;
    if (settle === undefined) return;
    const list = this.operations.find(({ operationId }) => operationId === settle.list);
    const listed = list?.['x-effect'];
    if (
      effect.kind !== 'creates' ||
      list === undefined ||
      listed?.kind !== 'lists' ||
      listed.entity !== effect.entity
    )
      return this.refuse(
        settle,
        'list',
        `${settle.list} is not an action that lists what this one creates`,
        'See x-effect of both.',
      );
    this.field(effect, 'id', [effect.id], fieldsOf(operation).result, ['integer']);
    this.#marker(settle, operation, list, listed);
    this.#with(settle, operation, list, listed);
  }

  #marker({ list: name, marker }: SpecSettle, creation: Operation, list: Operation, listed: Lists): void {
    const [parameters, search] = [fieldsOf(creation).request, fieldsOf(list)];
    const item = this.itemFields(search.result[listed.items]);
    this.field(marker, 'parameter', [marker.parameter], parameters, ['string']);
    this.#free(marker, 'parameter', parameters[marker.parameter]);
    this.field(marker, 'item', [marker.item], item, ['string']);
    if (marker.filter !== undefined) {
      this.field(marker, 'filter', [marker.filter], search.request, ['string']);
      this.#free(marker, 'filter', search.request[marker.filter]);
    }
    if (listed.id === undefined)
      return this.refuse(
        creation['x-settle']!,
        'list',
        `x-effect of ${name} has no id`,
        'Say which field of an item has the id.',
      );
    this.field(listed, 'id', [listed.id], item, ['integer']);
  }

  /** A text whose form is given has no room for a marker. */
  #free(at: object, key: string, given: Schema | undefined): void {
    if (given === undefined) return;
    const field = this.resolved(given);
    for (const keyword of ['enum', 'pattern', 'format'].filter((one) => one in field))
      this.refuse(
        at,
        key,
        `${key} names a text with ${keyword}, which cannot carry a marker`,
        'Name a text that may say anything.',
      );
  }

  #with(settle: SpecSettle, creation: Operation, list: Operation, listed: Lists): void {
    const [made, search] = [fieldsOf(creation), fieldsOf(list)];
    const { marker } = settle;
    this.field(settle, 'with', settle.with, made.request);
    for (const name of settle.with.filter((one) => Object.hasOwn(made.request, one))) {
      const [ours, theirs] = [made.request[name]!, search.request[name]];
      if (theirs === undefined) this.#notOfList(settle, name, search.request);
      else if (this.typeOf(ours) !== this.typeOf(theirs))
        this.refuse(
          settle,
          'with',
          `with names ${name}, which is of another type in ${settle.list}`,
          'Leave it out, or correct the type.',
        );
      else if (search.required.includes(name) && !made.required.includes(name))
        this.refuse(
          settle,
          'with',
          `${settle.list} needs ${name}, which the creation may leave out`,
          'Make it required in the creation, or settle by another list.',
        );
      if ([listed.page, listed.size, marker.filter, marker.parameter].includes(name))
        this.refuse(
          settle,
          'with',
          `with names ${name}, which the look-up itself gives`,
          'Leave it out of with.',
        );
    }
    const given = new Set([...settle.with, listed.page, listed.size]);
    for (const name of search.required.filter((one) => !given.has(one)))
      this.refuse(settle, 'with', `${settle.list} needs ${name}`, 'Add it to with, if the creation has it.');
  }

  #notOfList(settle: SpecSettle, name: string, parameters: object): void {
    this.refuse(
      settle,
      'with',
      `with names ${name}, which ${settle.list} does not take`,
      `Its parameters are: ${Object.keys(parameters).join(', ')}.`,
    );
  }
}
