import type { Operation, Schema, Spec, SpecDocument, SpecError } from './spec.js';

/** One action, as the emitters need it. */
export interface Action {
  name: string;
  /** Name of the client's method. */
  method: string;
  summary: string;
  description: string;
  /** Host that the action's page documents. */
  host: string;
  site: string;
  rateLimit: { limit: number; windowMs: number };
  newerParameters: string[];
  /** Codes of the action itself. */
  errors: Record<string, SpecError>;
  requestName: string;
  resultName: string;
  request: Schema;
  result: Schema;
  exampleRequest: Record<string, unknown>;
  exampleResult: Record<string, unknown>;
  source: Source;
}

export interface Source {
  title: string;
  url?: string;
  updated?: string;
}

/** The whole spec, as the emitters need it. */
export interface Model {
  specHash: string;
  title: string;
  service: string;
  version: string;
  maxRequestBytes: number;
  sites: Record<string, string>;
  commonErrors: Record<string, SpecError>;
  /** Data types that actions share. */
  types: Record<string, Schema>;
  actions: Action[];
}

export function buildModel({ document, hash }: Spec): Model {
  const rpc = document['x-rpc'];
  return {
    specHash: hash,
    title: document.info.title,
    service: rpc.service,
    version: rpc.version,
    maxRequestBytes: rpc.maxRequestBytes,
    sites: document['x-sites'],
    commonErrors: document['x-common-errors'],
    types: document.components?.schemas ?? {},
    actions: Object.values(document.paths).map(({ post }) => buildAction(post, document)),
  };
}

function buildAction(operation: Operation, document: SpecDocument): Action {
  const name = operation.operationId;
  const request = operation.requestBody.content['application/json'];
  const result = operation.responses['200'].content['application/json'];
  return {
    name,
    method: toMethodName(name),
    summary: operation.summary,
    description: operation.description,
    host: document['x-sites'][operation['x-site']]!,
    site: operation['x-site'],
    rateLimit: { limit: operation['x-rate-limit'].limit, windowMs: operation['x-rate-limit'].windowMs },
    newerParameters: operation['x-newer-parameters'] ?? [],
    errors: operation['x-errors'],
    requestName: `${name}Request`,
    resultName: `${name}Result`,
    request: request.schema,
    result: result.schema,
    exampleRequest: exampleOf(request.examples, name),
    exampleResult: exampleOf(result.examples, name),
    source: document['x-sources'][operation['x-source']]!,
  };
}

/** `CreateAutoCalloutTask` becomes `createAutoCalloutTask`, and `AIThing` becomes `aiThing`. */
function toMethodName(action: string): string {
  return action.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+/, (start) => start.toLowerCase());
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

/** The fields of which at least one must be given, where the schema has such a rule. */
export function atLeastOneOf(schema: Schema): string[] | undefined {
  const variants = schema.anyOf;
  if (variants === undefined) return undefined;
  const isRule = variants.every(
    (variant) => Object.keys(variant).join() === 'required' && variant.required?.length === 1,
  );
  return isRule ? variants.map((variant) => variant.required![0]!) : undefined;
}

/** Smallest and largest value of a number; what JavaScript cannot hold exactly is out of range in any case. */
export function boundsOf(schema: Schema): { min?: number; max?: number } {
  const isLong = schema.format === 'int64' || schema.format === 'uint64';
  const min =
    schema.minimum ?? (schema.format === 'uint64' ? 0 : isLong ? Number.MIN_SAFE_INTEGER : undefined);
  const max = schema.maximum ?? (isLong ? Number.MAX_SAFE_INTEGER : undefined);
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}
