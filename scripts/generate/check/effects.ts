import type { Places, Problem } from '../problems.js';
import { nameOfType, resolveIn } from '../schema.js';
import type { Effect, Operation, Schema, SpecDocument } from '../spec.js';

type Properties = Readonly<Record<string, Schema>>;

/** Whether `x-effect` and `x-settle` name fields, codes, entities and actions that there are. */
export class EffectCheck {
  readonly problems: Problem[] = [];
  readonly #document: SpecDocument;
  readonly #places: Places;
  readonly #operations: readonly Operation[];

  constructor(document: SpecDocument, places: Places) {
    this.#document = document;
    this.#places = places;
    this.#operations = Object.values(document.paths).map(({ post }) => post);
    for (const operation of this.#operations) {
      this.#effect(operation, operation['x-effect']);
      this.#settle(operation);
    }
  }

  #effect(operation: Operation, effect: Effect): void {
    const { request, result } = fieldsOf(operation);
    const { kind } = effect;
    const isSafe = operation['x-idempotency'] === 'safe';
    if (isSafe && !['none', 'reads', 'lists'].includes(kind))
      this.#refuse(
        operation,
        'x-idempotency',
        `an action that ${kind} something is not safe`,
        'Write none or idempotent.',
      );
    if (kind === 'none') return;
    const entities = this.#operations.map((one) => one['x-effect']).filter((one) => one.kind === 'creates');
    const isKnown = (name: string) => entities.some(({ entity }) => entity === name);
    const entity = kind === 'lists' && effect.of !== undefined ? effect.of.entity : effect.entity;
    if (!isKnown(entity))
      this.#refuse(
        effect,
        'entity',
        `no action creates a ${entity}`,
        'Correct the name, or write kind: none.',
      );
    if (kind === 'creates') {
      this.#field(effect, 'id', [effect.id], result);
      this.#field(effect, 'counts', Object.values(effect.counts ?? {}), request);
      return;
    }
    this.#codes(operation, effect);
    if (kind === 'lists') return this.#list(effect, request, result);
    this.#field(effect, 'id', [effect.id], request);
    if (kind === 'reads') this.#field(effect, 'wraps', Object.keys(effect.wraps ?? {}), result);
  }

  #list(effect: Effect & { kind: 'lists' }, request: Properties, result: Properties): void {
    this.#field(effect, 'items', [effect.items], result);
    this.#field(effect, 'total', [effect.total], result);
    this.#field(effect, 'page', [effect.page], request);
    this.#field(effect, 'size', [effect.size], request);
    this.#field(effect, 'filters', Object.keys(effect.filters ?? {}), request);
    if (effect.of !== undefined) this.#field(effect.of, 'id', [effect.of.id], request);
    if (effect.id !== undefined) this.#field(effect, 'id', [effect.id], this.#itemFields(effect, result));
  }

  #codes(operation: Operation, effect: Exclude<Effect, { kind: 'none' | 'creates' }>): void {
    const { refusals = {} } = effect;
    for (const [name, code] of Object.entries(refusals)) {
      if (!Object.hasOwn(operation['x-errors'], code as string))
        this.#refuse(refusals, name, `${code} is not in x-errors`, 'Name a code that the action documents.');
    }
    if ('from' in effect && refusals.state === undefined)
      this.#refuse(
        effect,
        'from',
        'from says which states are taken, but no code refuses the others',
        'Add refusals.state.',
      );
  }

  #settle(operation: Operation): void {
    const settle = operation['x-settle'];
    if (settle === undefined) return;
    const list = this.#operations.find(({ operationId }) => operationId === settle.list);
    const [effect, listed] = [operation['x-effect'], list?.['x-effect']];
    if (
      effect.kind !== 'creates' ||
      list === undefined ||
      listed?.kind !== 'lists' ||
      listed.entity !== effect.entity
    )
      return this.#refuse(
        settle,
        'list',
        `${settle.list} is not an action that lists what this one creates`,
        'See x-effect of both.',
      );
    const [creation, search] = [fieldsOf(operation), fieldsOf(list)];
    const { marker } = settle;
    this.#field(marker, 'parameter', [marker.parameter], creation.request);
    this.#field(marker, 'item', [marker.item], this.#itemFields(listed, search.result));
    if (listed.id === undefined)
      this.#refuse(
        settle,
        'list',
        `x-effect of ${settle.list} has no id`,
        'Say which field of an item has the id.',
      );
    if (marker.filter !== undefined) this.#field(marker, 'filter', [marker.filter], search.request);
    this.#field(settle, 'with', settle.with, creation.request);
    const given = new Set([...settle.with, listed.page, listed.size]);
    for (const name of search.required.filter((one) => !given.has(one)))
      this.#refuse(settle, 'with', `${settle.list} needs ${name}`, 'Add it to with, if the creation has it.');
  }

  #itemFields({ items }: { items: string }, result: Properties): Properties {
    const types = this.#document.components?.schemas ?? {};
    const list = resolveIn(types, result[items] ?? {});
    return nameOfType(list) === 'array' ? (resolveIn(types, list.items ?? {}).properties ?? {}) : {};
  }

  #field(at: object, key: string, names: readonly string[], fields: Properties): void {
    for (const name of names.filter((one) => !Object.hasOwn(fields, one)))
      this.#refuse(
        at,
        key,
        `${key} names ${name}, which is not a field`,
        `The fields are: ${Object.keys(fields).join(', ')}.`,
      );
  }

  #refuse(at: object, key: string, says: string, remedy: string): void {
    this.problems.push({ ...this.#places.of(at, key), says, remedy });
  }
}

function fieldsOf({ requestBody, responses }: Operation): {
  request: Properties;
  result: Properties;
  required: readonly string[];
} {
  const { schema } = requestBody.content['application/json'];
  const result = responses['200'].content['application/json'].schema.properties!;
  return { request: schema.properties!, result, required: schema.required ?? [] };
}
