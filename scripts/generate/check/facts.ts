import type { Places, Problem } from '../read/problems.js';
import { refName, resolveIn, typesBelow } from '../read/schema.js';
import type { Operation, Schema, SpecDocument } from '../read/spec.js';
import { EffectCheck } from './effects.js';
import { FieldCheck } from './fields.js';
import { SettleCheck } from './settle.js';

type Types = Readonly<Record<string, Schema>>;

/** What the spec says that cannot be: names of nothing, rules that contradict each other, what nothing would read. */
export function factProblems(document: SpecDocument, places: Places): Problem[] {
  const problems: Problem[] = [];
  const refuse = (at: object, key: string | number, says: string, remedy: string) =>
    problems.push({ ...places.of(at, key), says, remedy });
  const sites = document.servers.map((server) => server['x-site']);
  const operations = Object.values(document.paths).map(({ post }) => post);
  const types = document.components?.schemas ?? {};

  for (const [index, site] of sites.entries()) {
    if (sites.indexOf(site) < index)
      refuse(
        document.servers[index]!,
        'x-site',
        'two servers have the same x-site',
        'Give each site one server.',
      );
  }
  for (const [path, { post }] of Object.entries(document.paths)) {
    const name = path.slice(1);
    if (post.operationId !== name)
      refuse(
        post,
        'operationId',
        `the path is ${path}, but the operationId is ${post.operationId}`,
        `Its operationId must be ${name}.`,
      );
    if (!sites.includes(post['x-site']))
      refuse(post, 'x-site', 'x-site is not the x-site of a server', `Sites are: ${sites.join(', ')}.`);
    for (const [index, newer] of (post['x-newer-parameters'] ?? []).entries()) {
      if (Object.hasOwn(requestOf(post).properties!, newer))
        refuse(post['x-newer-parameters']!, index, `${newer} is a parameter already`, 'Remove it here.');
    }
  }
  const results = document['x-results'];
  for (const [role, name] of Object.entries(results ?? {})) {
    if (!operations.some(({ operationId }) => operationId === name))
      refuse(results!, role, `${name} is not an action`, 'Name one that is listed under paths.');
  }
  const statuses = document['x-end-statuses'] ?? [];
  for (const [index, { code, name }] of statuses.entries()) {
    const isSame = (one: (typeof statuses)[number]) =>
      (code !== undefined && one.code === code) || (name !== undefined && one.name === name);
    if (statuses.findIndex(isSame) < index)
      refuse(statuses, index, 'two entries have the same code or name', 'Leave one of them out.');
  }
  for (const { holder, key, source } of namedSources(document)) {
    if (document['x-sources'][source] === undefined)
      refuse(
        holder,
        key,
        `"${source}" is named as a source but is not in x-sources`,
        'Add it there, or correct the name.',
      );
  }
  return [
    ...problems,
    ...typeProblems(operations, types, places, sites),
    ...new EffectCheck(document, places).check().problems,
    ...new SettleCheck(document, places).check().problems,
  ];
}

/** Requests are closed, results are open; a type may be used in both unless it has a list of values. */
function typeProblems(
  operations: readonly Operation[],
  types: Types,
  places: Places,
  sites: readonly string[],
): Problem[] {
  const fields = new FieldCheck(places, sites);
  const { problems } = fields;
  const cycle = Object.entries(types).find(([name]) => typesBelow(types, types[name]!).has(name));
  if (cycle !== undefined) {
    const says = `${cycle[0]} holds itself`;
    return [
      { ...places.of(types, cycle[0]), says, remedy: 'No validator is made for that; give it an end.' },
    ];
  }
  const inRequests = new Set(operations.flatMap((one) => [...typesBelow(types, requestOf(one))]));
  const inResults = new Set(operations.flatMap((one) => [...typesBelow(types, resultOf(one))]));
  for (const operation of operations) {
    fields.check(requestOf(operation), true);
    fields.check(resultOf(operation), false);
  }
  for (const [name, type] of Object.entries(types)) {
    fields.check(type, inRequests.has(name));
    if (inRequests.has(name) && inResults.has(name) && holdsEnum(types, type)) {
      const says = `${name} has a list of values, and is used in a request and in a result`;
      problems.push({
        ...places.of(types, name),
        says,
        remedy: 'Requests are closed and results open: make two types.',
      });
    }
  }
  return problems;
}

function holdsEnum(types: Types, schema: Schema): boolean {
  if (schema.$ref !== undefined) return holdsEnum(types, types[refName(schema.$ref)]!);
  const { enum: values, items, properties } = resolveIn(types, schema);
  const parts = [...Object.values(properties ?? {}), ...(items === undefined ? [] : [items])];
  return values !== undefined || parts.some((part) => holdsEnum(types, part));
}

function requestOf({ requestBody }: Operation): Schema {
  return requestBody.content['application/json'].schema;
}

function resultOf({ responses }: Operation): Schema {
  return responses['200'].content['application/json'].schema;
}

interface NamedSource {
  holder: object;
  key: string;
  source: string;
}

/** Everything under `source` or `x-source`, except in examples. */
function namedSources(value: unknown): NamedSource[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]): NamedSource[] => {
    if (key === 'examples') return [];
    if (key === 'sources' && Array.isArray(child))
      return child.map((source: string, index) => ({ holder: child, key: String(index), source }));
    const isSource = (key === 'source' || key === 'x-source') && typeof child === 'string';
    return isSource ? [{ holder: value, key, source: child }] : namedSources(child);
  });
}
