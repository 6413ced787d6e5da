import type { Effect, Operation } from '../read/spec.js';
import type { Properties } from './operation-check.js';
import { OperationCheck, fieldsOf } from './operation-check.js';

type Creates = Effect & { kind: 'creates' };
type Lists = Effect & { kind: 'lists' };
type Changes = Effect & { kind: 'changes' | 'replaces' | 'deletes' };

/** Whether `x-effect` names fields, codes and entities that there are, of types that make sense. */
export class EffectCheck extends OperationCheck {
  check(): this {
    for (const operation of this.operations) this.#effect(operation, operation['x-effect']);
    return this;
  }

  #effect(operation: Operation, effect: Effect): void {
    const { request, result } = fieldsOf(operation);
    const { kind } = effect;
    const isSafe = operation['x-idempotency'] === 'safe';
    if (isSafe && !['none', 'reads', 'lists', 'records', 'record'].includes(kind))
      this.refuse(
        operation,
        'x-idempotency',
        `an action that ${kind} something is not safe`,
        'Write none or idempotent.',
      );
    if (kind === 'none') return;
    if (kind === 'records' || kind === 'record') {
      this.#codes(operation, effect);
      return this.#records(effect, request, result);
    }
    const entity = kind === 'lists' && effect.of !== undefined ? effect.of.entity : effect.entity;
    if (this.#creatorOf(entity) === undefined)
      return this.refuse(
        effect,
        'entity',
        `no action creates a ${entity}`,
        'Correct the name, or write kind: none.',
      );
    if (kind === 'creates') return this.#creation(effect, operation);
    this.#owned(operation, entity, request);
    this.#codes(operation, effect);
    if (kind === 'lists') return this.#list(effect, request, result);
    this.field(effect, 'id', [effect.id], request, this.#idTypes(entity));
    if (kind === 'reads') this.#wraps(effect, result);
    else this.#states(effect);
  }

  #creation(effect: Creates, operation: Operation): void {
    const { request, result } = fieldsOf(operation);
    this.field(effect, 'id', [effect.id], result, ['integer', 'string']);
    this.#created(effect, operation, result);
    this.field(effect, 'counts', Object.values(effect.counts ?? {}), request, ['array']);
    if (effect.owner !== undefined) this.field(effect, 'owner', [effect.owner], request);
    const { progress } = effect;
    if (progress === undefined) return;
    this.field(progress, 'items', [progress.items], request, ['array']);
    const { calls } = progress;
    for (const key of ['callers', 'tries', 'retries', 'uui', 'attributes'] as const)
      // A parameter that was documented later has no type here.
      if (calls?.[key] !== undefined && operation['x-newer-parameters']?.includes(calls[key]) !== true)
        this.field(calls, key, [calls[key]], request);
    for (const key of ['starts', 'ends'] as const) {
      const name = progress[key];
      this.field(progress, key, [name], request);
      if (Object.hasOwn(request, name) && request[name]!['x-unit'] !== 'unix-seconds')
        this.refuse(progress, key, `${name} is not a time`, 'Name a parameter whose x-unit is unix-seconds.');
    }
  }

  /** A success has to say what was created, so it needs an id, and one that something can have. */
  #created(effect: Creates, { responses }: Operation, result: Properties): void {
    const { schema } = responses['200'].content['application/json'];
    if (!Object.hasOwn(result, effect.id)) return;
    if (schema.required?.includes(effect.id) !== true)
      this.refuse(
        schema,
        'required',
        `a success may lack ${effect.id}, the id of what is created`,
        'Add it to required.',
      );
    const { minimum = 0 } = this.resolved(result[effect.id]!);
    if (this.typeOf(result[effect.id]!) === 'integer' && minimum < 1)
      this.refuse(result, effect.id, `${effect.id}, the id of what is created, may be 0`, 'Add minimum: 1.');
  }

  /** What belongs to somebody is found only by actions that say to whom. */
  #owned(operation: Operation, entity: string, request: Properties): void {
    const owner = this.#creatorOf(entity)?.effect.owner;
    if (owner !== undefined && !Object.hasOwn(request, owner))
      this.refuse(
        operation,
        'x-effect',
        `a ${entity} belongs to ${owner}, which is not a parameter`,
        'Add the parameter, or remove owner where the entity is created.',
      );
  }

  /** A filter looks at what an entity has: the parameters of its creation, or what x-effect adds to them. */
  #filter(effect: Lists, name: string, field: string): void {
    const known = this.#fieldsOfEntity(effect.entity);
    if (known === undefined || known.includes(field)) return;
    const remedy = `It has: ${known.join(', ')}.`;
    this.refuse(effect.filters!, name, `a ${effect.entity} has no ${field}`, remedy);
  }

  /** A state that nothing has would refuse each request; one that nothing looks at would change nothing. */
  #states(effect: Changes): void {
    const { entity, from = {} } = effect;
    const known = this.#fieldsOfEntity(entity)!;
    for (const name of Object.keys(from).filter((one) => !known.includes(one)))
      this.refuse(from, name, `a ${entity} has no ${name}`, `It has: ${known.join(', ')}.`);
    if (effect.kind !== 'changes') return;
    const seen = this.#seenOfEntity(entity);
    for (const name of Object.keys(effect.to).filter((one) => !seen.includes(one))) {
      const says = `no action shows, or asks for, the ${name} of a ${entity}`;
      this.refuse(effect.to, name, says, `Correct the name. Those that are seen: ${seen.join(', ')}.`);
    }
  }

  /** The names of all fields that an entity can have: its parameters, and what x-effect adds to them. */
  #fieldsOfEntity(entity: string): string[] | undefined {
    const creator = this.#creatorOf(entity);
    if (creator === undefined) return undefined;
    const { id, initial, counts, progress } = creator.effect;
    const states = Object.values(progress?.states ?? {}).flatMap((values) => Object.keys(values));
    const changed = this.operations.flatMap(({ 'x-effect': one }) =>
      one.kind === 'changes' && one.entity === entity ? Object.keys(one.to) : [],
    );
    const finished = progress?.finished === undefined ? [] : [progress.finished];
    const own = [id, ...Object.keys({ ...initial, ...counts }), ...states, ...changed, ...finished];
    return [...new Set([...own, ...Object.keys(fieldsOf(creator.operation).request)])];
  }

  /** The names of the fields of an entity that an action shows, or goes by. */
  #seenOfEntity(entity: string): string[] {
    const names = this.operations.flatMap((operation) => {
      const { 'x-effect': effect } = operation;
      const { result } = fieldsOf(operation);
      if (effect.kind === 'none' || effect.entity !== entity) return [];
      if (effect.kind === 'reads') return Object.keys(result);
      if (effect.kind === 'lists')
        return [
          ...Object.keys(this.itemFields(result[effect.items])),
          ...Object.values(effect.filters ?? {}).flatMap((one) => Object.values(one) as string[]),
        ];
      return 'from' in effect ? Object.keys(effect.from ?? {}) : [];
    });
    return [...new Set(names)].filter((name) => name !== 'RequestId');
  }

  #creatorOf(entity: string): { operation: Operation; effect: Creates } | undefined {
    for (const operation of this.operations) {
      const { 'x-effect': effect } = operation;
      if (effect.kind === 'creates' && effect.entity === entity) return { operation, effect };
    }
    return undefined;
  }

  /** The type that the ids of an entity have in the result of its creation; undefined if that is not known. */
  #idTypes(entity: string): string[] | undefined {
    const creator = this.#creatorOf(entity)!;
    const id = fieldsOf(creator.operation).result[creator.effect.id];
    return id === undefined ? undefined : [this.typeOf(id)];
  }

  #wraps(effect: Effect & { kind: 'reads' }, result: Properties): void {
    const { wraps = {} } = effect;
    this.field(effect, 'wraps', Object.keys(wraps), result, ['array']);
    for (const [list, name] of Object.entries(wraps)) {
      const item = this.itemFields(result[list]);
      if (Object.hasOwn(result, list)) this.field(wraps, list, [name], item);
    }
  }

  /** Records are left by calls: no action creates them. */
  #records(effect: Effect & { kind: 'records' | 'record' }, request: Properties, result: Properties): void {
    const { window } = effect;
    for (const key of ['from', 'to'] as const)
      if (window !== undefined) this.field(window, key, [window[key]], request, ['integer']);
    if (effect.kind === 'record') {
      this.field(effect, 'id', [effect.id], request, ['string']);
      const isListed = this.operations.some(
        ({ 'x-effect': one }) => one.kind === 'records' && one.entity === effect.entity,
      );
      if (!isListed)
        this.refuse(effect, 'entity', `no action lists records of a ${effect.entity}`, 'Correct the name.');
      return;
    }
    this.field(effect, 'items', [effect.items], result, ['array']);
    if (effect.twin !== undefined) this.field(effect, 'twin', [effect.twin], result, ['array']);
    this.field(effect, 'total', [effect.total], result, ['integer']);
    this.field(effect, 'page', [effect.page], request, ['integer']);
    this.field(effect, 'size', [effect.size], request, ['integer']);
    const item = this.itemFields(result[effect.items]);
    this.field(effect, 'id', [effect.id], item, ['string']);
    this.field(effect, 'filters', Object.keys(effect.filters ?? {}), request, ['array']);
    for (const [name, { among }] of Object.entries(effect.filters ?? {}))
      this.field(effect.filters!, name, [among], item);
  }

  #list(effect: Lists, request: Properties, result: Properties): void {
    this.field(effect, 'items', [effect.items], result, ['array']);
    this.field(effect, 'total', [effect.total], result, ['integer']);
    this.field(effect, 'page', [effect.page], request, ['integer']);
    this.field(effect, 'size', [effect.size], request, ['integer']);
    this.field(effect, 'filters', Object.keys(effect.filters ?? {}), request);
    for (const [name, filter] of Object.entries(effect.filters ?? {}))
      this.#filter(effect, name, Object.values(filter)[0]!);
    if (effect.of !== undefined)
      this.field(effect.of, 'id', [effect.of.id], request, this.#idTypes(effect.of.entity));
    if (effect.id !== undefined) this.field(effect, 'id', [effect.id], this.itemFields(result[effect.items]));
  }

  #codes(operation: Operation, effect: Exclude<Effect, { kind: 'none' | 'creates' }>): void {
    const { refusals = {} } = effect;
    for (const [name, code] of Object.entries(refusals)) {
      if (!Object.hasOwn(operation['x-errors'], code as string))
        this.refuse(refusals, name, `${code} is not in x-errors`, 'Name a code that the action documents.');
    }
    if ('from' in effect && refusals.state === undefined)
      this.refuse(
        effect,
        'from',
        'from says which states are taken, but no code refuses the others',
        'Add refusals.state.',
      );
  }
}
