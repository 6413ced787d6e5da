import type { Idempotency, Operation, Schema, Spec, SpecError } from './spec.js';

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
  specHash: string;
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
  /** Data types that actions share. */
  types: Record<string, Schema>;
  actions: Action[];
}

export function buildModel({ document, hash }: Spec): Model {
  const { info, 'x-rpc': rpc, 'x-sources': sources } = document;
  const sites = document.servers.map(({ url, description, 'x-site': name }) => {
    return { name, host: new URL(url).host, description };
  });
  return {
    specHash: hash,
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
    types: document.components?.schemas ?? {},
    actions: Object.values(document.paths).map(({ post }) => buildAction(post, sites, sources)),
  };
}

function buildAction(
  operation: Operation,
  sites: readonly Site[],
  sources: Readonly<Record<string, Source>>,
): Action {
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
    result: result.schema,
    success: response.description,
    exampleRequest: exampleOf(request.examples, name),
    exampleResult: exampleOf(result.examples, name),
    source: sources[operation['x-source']]!,
  };
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

function exampleOf(examples: Record<string, { value: Record<string, unknown> }> | undefined, name: string) {
  const example = examples?.documented?.value;
  if (example === undefined)
    throw new Error(`${name}: request and response each need examples.documented in the spec.`);
  return example;
}

/** The named type behind `#/components/schemas/<Name>`. */
export function refName(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}

/** The schema itself, or the one that it refers to. */
export function resolve(schema: Schema, model: Model): Schema {
  return schema.$ref === undefined ? schema : model.types[refName(schema.$ref)]!;
}

/** The fields of which at least one must be given, if the schema has such a rule. */
export function atLeastOneOf(schema: Schema): string[] | undefined {
  const variants = schema.anyOf;
  if (variants === undefined) return undefined;
  const isRule = variants.every(
    (variant) => Object.keys(variant).join() === 'required' && variant.required?.length === 1,
  );
  return isRule ? variants.map((variant) => variant.required![0]!) : undefined;
}

/** The shared data types that a schema names, itself or deeper inside, in the order in which they appear. */
export function namedTypes(schema: Schema): string[] {
  const own = schema.$ref === undefined ? [] : [refName(schema.$ref)];
  const parts = [
    ...Object.values(schema.properties ?? {}),
    ...(schema.items === undefined ? [] : [schema.items]),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.allOf ?? []),
  ];
  return [...new Set([...own, ...parts.flatMap(namedTypes)])];
}

/** Smallest and largest value of a number; what JavaScript cannot hold exactly is out of range in any case. */
export function boundsOf(schema: Schema): { min?: number; max?: number } {
  const isLong = schema.format === 'int64' || schema.format === 'uint64';
  const min =
    schema.minimum ?? (schema.format === 'uint64' ? 0 : isLong ? Number.MIN_SAFE_INTEGER : undefined);
  const max = schema.maximum ?? (isLong ? Number.MAX_SAFE_INTEGER : undefined);
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

/** The types that a schema allows; none if it does not say. */
export function typesOf({ type }: Schema): readonly string[] {
  return type === undefined ? [] : Array.isArray(type) ? type : [type];
}
