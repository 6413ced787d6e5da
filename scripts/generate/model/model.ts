import type { Paging, Settle } from '@tccc/outbound';
import { resolveIn, typesBelow } from '../read/schema.js';
import { buildPaging, buildSettle } from './settle.js';
import type {
  Effect,
  Idempotency,
  Operation,
  Schema,
  Spec,
  SpecDocument,
  SpecEndStatus,
  SpecError,
  SpecResults,
} from '../read/spec.js';

/** One action, as the emitters need it. */
export interface Action {
  name: string;
  /** Name of the client's method. */
  method: string;
  /** Name of the action's module, without extension. */
  file: string;
  summary: string;
  description: string;
  /** Host that the action's page documents. */
  host: string;
  site: string;
  rateLimit: { limit: number; windowMs: number };
  rateLimitSource: Source;
  idempotency: Idempotency;
  newerParameters: string[];
  /** Codes of the action itself. */
  errors: Record<string, SpecError>;
  requestName: string;
  resultName: string;
  request: Schema;
  result: Schema;
  effect: Effect;
  /** How a creation is looked up, and the method that does it. */
  settle?: Settle;
  settleMethod?: string;
  /** How a list is read page by page, and the method that gives every item. */
  paging?: Paging;
  eachMethod?: string;
  /** What a success means, as one sentence. */
  success: string;
  exampleRequest: Record<string, unknown>;
  exampleResult: Record<string, unknown>;
  source: Source;
}

export interface Source {
  title: string;
  url?: string;
  updated?: string;
}

/** One of the separate sites of the service. */
export interface Site {
  name: string;
  host: string;
  description: string;
}

/** The whole spec, as the emitters need it. */
export interface Model {
  title: string;
  summary: string;
  description: string;
  service: string;
  version: string;
  maxRequestBytes: number;
  maxRequestBytesSource: Source;
  sites: Site[];
  /** Pages that facts come from, by the name under which the spec refers to them. */
  sources: Record<string, Source>;
  commonErrors: Record<string, SpecError>;
  /** How calls end. */
  endStatuses: readonly SpecEndStatus[];
  /** The actions that say together what became of each called number. */
  results?: SpecResults;
  /** Data types that actions share. */
  types: Record<string, Schema>;
  actions: Action[];
}

export function buildModel({ document }: Pick<Spec, 'document'>): Model {
  const { info, 'x-rpc': rpc, 'x-sources': sources } = document;
  const sites = document.servers.map(({ url, description, 'x-site': name }) => {
    return { name, host: new URL(url).host, description };
  });
  const operations = Object.values(document.paths).map(({ post }) => post);
  return {
    title: info.title,
    summary: info.summary,
    description: info.description,
    service: rpc.service,
    version: info.version,
    maxRequestBytes: rpc.maxRequestBytes,
    maxRequestBytesSource: sources[rpc.source]!,
    sites,
    sources,
    commonErrors: document['x-common-errors'],
    endStatuses: document['x-end-statuses'] ?? [],
    ...(document['x-results'] === undefined ? {} : { results: document['x-results'] }),
    types: openTypes(document, operations),
    actions: operations.map((operation) => buildAction(operation, sites, document)),
  };
}

function buildAction(operation: Operation, sites: readonly Site[], document: SpecDocument): Action {
  const { 'x-sources': sources } = document;
  const settle = buildSettle(operation, document);
  const paging = buildPaging(operation);
  const name = operation.operationId;
  const request = operation.requestBody.content['application/json'];
  const response = operation.responses['200'];
  const result = response.content['application/json'];
  const { limit, windowMs, source: rateLimitSource } = operation['x-rate-limit'];
  const site = operation['x-site'];
  return {
    name,
    method: toMethodName(name),
    file: toFileName(name),
    summary: operation.summary,
    description: operation.description,
    host: sites.find((one) => one.name === site)!.host,
    site,
    rateLimit: { limit, windowMs },
    rateLimitSource: sources[rateLimitSource]!,
    idempotency: operation['x-idempotency'],
    newerParameters: operation['x-newer-parameters'] ?? [],
    errors: operation['x-errors'],
    requestName: `${name}Request`,
    resultName: `${name}Result`,
    request: request.schema,
    result: opened(result.schema),
    effect: operation['x-effect'],
    ...(settle === undefined ? {} : { settle, settleMethod: `settle${entityName(operation)}` }),
    ...(paging === undefined ? {} : { paging, eachMethod: `each${entityName(operation)}` }),
    success: response.description,
    exampleRequest: request.examples.documented.value,
    exampleResult: result.examples.documented.value,
    source: sources[operation['x-source']]!,
  };
}

/** The shared types; those that no request has are open. */
function openTypes({ components }: SpecDocument, operations: readonly Operation[]): Record<string, Schema> {
  const types = components?.schemas ?? {};
  const requests = operations.map(({ requestBody }) => requestBody.content['application/json'].schema);
  const inRequests = new Set(requests.flatMap((request) => [...typesBelow(types, request)]));
  return Object.fromEntries(
    Object.entries(types).map(([name, type]) => [name, inRequests.has(name) ? type : opened(type)]),
  );
}

/** The schema of a result, whose lists of values may grow: a new value must not break a program. */
function opened(schema: Schema): Schema {
  const { items, properties } = schema;
  return {
    ...schema,
    ...(schema.enum === undefined ? {} : { 'x-open': true as const }),
    ...(items === undefined ? {} : { items: opened(items) }),
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, field]) => [name, opened(field)]),
          ),
        }),
  };
}

/** `auto-callout-task` becomes `AutoCalloutTask`. */
function entityName({ 'x-effect': effect }: Operation): string {
  const words = effect.kind === 'none' ? [] : effect.entity.split('-');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** `CreateAutoCalloutTask` becomes `createAutoCalloutTask`, and `AIThing` becomes `aiThing`. */
function toMethodName(action: string): string {
  return action.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+/, (start) => start.toLowerCase());
}

/** `CreateAutoCalloutTask` becomes `create-auto-callout-task`, and `AIThing` becomes `ai-thing`. */
function toFileName(action: string): string {
  return action
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}

/** The schema itself, or the one that it refers to. */
export function resolve(schema: Schema, model: Model): Schema {
  return resolveIn(model.types, schema);
}

/** Smallest and largest value of a number. */
export interface Bounds {
  min?: number;
  max?: number;
  /** Those that no page states. */
  derived: ('minimum' | 'maximum')[];
}

/** The largest time in seconds that is taken, in the year 2286: the milliseconds of today are far beyond it. */
const LARGEST_UNIX_SECONDS = 9_999_999_999;

/** What JavaScript cannot hold exactly is out of range in any case, and so are milliseconds in the place of seconds. */
export function boundsOf(schema: Schema): Bounds {
  const isLong = schema.format === 'int64' || schema.format === 'uint64';
  const isStated = (keyword: string) => schema['x-derived']?.includes(keyword) !== true;
  const least = schema.format === 'uint64' ? 0 : isLong ? Number.MIN_SAFE_INTEGER : undefined;
  const min = schema.minimum ?? least;
  const most = schema['x-unit'] === 'unix-seconds' ? LARGEST_UNIX_SECONDS : undefined;
  const max = schema.maximum ?? most ?? (isLong ? Number.MAX_SAFE_INTEGER : undefined);
  const isMinStated = schema.minimum === undefined ? schema.format === 'uint64' : isStated('minimum');
  const isMaxStated = schema.maximum !== undefined && isStated('maximum');
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    derived: [
      ...(min === undefined || isMinStated ? [] : (['minimum'] as const)),
      ...(max === undefined || isMaxStated ? [] : (['maximum'] as const)),
    ],
  };
}
