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
      return this.#creation(effect, request);
    }
    this.#owned(operation, entity, request);
    this.#codes(operation, effect);
    if (kind === 'lists') return this.#list(effect, request, result);
    this.#field(effect, 'id', [effect.id], request);
    if (kind === 'reads') this.#field(effect, 'wraps', Object.keys(effect.wraps ?? {}), result);
  }

  #creation(effect: Effect & { kind: 'creates' }, request: Properties): void {
    if (effect.owner !== undefined) this.#field(effect, 'owner', [effect.owner], request);
    const { progress } = effect;
    if (progress === undefined) return;
    this.#field(progress, 'items', [progress.items], request);
    for (const key of ['starts', 'ends'] as const) {
      const name = progress[key];
      this.#field(progress, key, [name], request);
      if (Object.hasOwn(request, name) && request[name]!['x-unit'] !== 'unix-seconds')
        this.#refuse(
          progress,
          key,
          `${name} is not a time`,
          'Name a parameter whose x-unit is unix-seconds.',
        );
    }
  }

  /** What belongs to somebody is found only by actions that say to whom. */
  #owned(operation: Operation, entity: string, request: Properties): void {
    const creation = this.#operations
      .map((one) => one['x-effect'])
      .find((one) => one.kind === 'creates' && one.entity === entity);
    if (creation?.kind !== 'creates' || creation.owner === undefined) return;
    if (!Object.hasOwn(request, creation.owner))
      this.#refuse(
        operation,
        'x-effect',
        `a ${entity} belongs to ${creation.owner}, which is not a parameter`,
        'Add the parameter, or remove owner where the entity is created.',
      );
  }

  /** A filter looks at what an entity has: the parameters of its creation, or what x-effect adds to them. */
  #filter(effect: Effect & { kind: 'lists' }, name: string, field: string): void {
    const creator = this.#operations.find(({ 'x-effect': one }) => {
      return one.kind === 'creates' && one.entity === effect.entity;
    });
    const made = creator?.['x-effect'];
    if (creator === undefined || made?.kind !== 'creates') return;
    const { finished, states } = made.progress ?? {};
    const own = [made.id, ...Object.keys({ ...made.initial, ...made.counts, ...states?.running })];
    const known = [
      ...own,
      ...(finished === undefined ? [] : [finished]),
      ...Object.keys(fieldsOf(creator).request),
    ];
    if (known.includes(field)) return;
    const remedy = `It has: ${known.join(', ')}.`;
    this.#refuse(effect.filters!, name, `a ${effect.entity} has no ${field}`, remedy);
  }

  #list(effect: Effect & { kind: 'lists' }, request: Properties, result: Properties): void {
    this.#field(effect, 'items', [effect.items], result);
    this.#field(effect, 'total', [effect.total], result);
    this.#field(effect, 'page', [effect.page], request);
    this.#field(effect, 'size', [effect.size], request);
    this.#field(effect, 'filters', Object.keys(effect.filters ?? {}), request);
    for (const [name, filter] of Object.entries(effect.filters ?? {}))
      this.#filter(effect, name, Object.values(filter)[0]!);
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
