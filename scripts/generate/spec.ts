import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { bundle, createConfig } from '@redocly/openapi-core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

/** A schema of the spec, as plain data. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  enum?: unknown[];
  examples?: unknown[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  default?: unknown;
  items?: Schema;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  'x-unit'?: string;
  'x-ordered'?: [before: string, after: string][];
  'x-enum-meanings'?: Record<string, string>;
  'x-pattern-hint'?: string;
  'x-later'?: string;
  'x-source'?: string;
}

export interface SpecError {
  meaning: string;
  outcome: 'not-executed' | 'unknown';
  retry: string;
  subcodes?: true;
  source: string;
}

/** What may be repeated, in the words of RFC 9110. */
export type Idempotency = 'none' | 'safe' | 'idempotent';

interface MediaType {
  schema: Schema;
  examples?: Record<string, { value: Record<string, unknown> }>;
}

export interface Operation {
  operationId: string;
  summary: string;
  description: string;
  'x-source': string;
  'x-site': string;
  'x-rate-limit': { limit: number; windowMs: number; source: string };
  'x-idempotency': Idempotency;
  'x-newer-parameters'?: string[];
  'x-errors': Record<string, SpecError>;
  requestBody: { content: { 'application/json': MediaType } };
  responses: { '200': { description: string; content: { 'application/json': MediaType } } };
}

export interface SpecDocument {
  info: { title: string; version: string; summary: string; description: string };
  servers: { url: string; description: string; 'x-site': string }[];
  paths: Record<string, { post: Operation }>;
  components?: { schemas?: Record<string, Schema> };
  'x-rpc': { service: string; maxRequestBytes: number; source: string };
  'x-sources': Record<string, { title: string; url?: string; updated?: string }>;
  'x-common-errors': Record<string, SpecError>;
}

/** A spec folder: its one document, and a hash over its files for the headers of what is generated from them. */
export interface Spec {
  document: SpecDocument;
  hash: string;
}

/** Reads a spec folder, resolves its references and checks its extensions. */
export async function loadSpec(folder: string): Promise<Spec> {
  const config = await createConfig({});
  const bundled = await bundle({ ref: join(folder, 'openapi.yaml'), config, dereference: false });
  const problems = bundled.problems.map((problem) => problem.message);
  if (problems.length > 0) throw new Error(`The spec cannot be read:\n  - ${problems.join('\n  - ')}`);
  const document = bundled.bundle.parsed as unknown as SpecDocument;
  await checkExtensions(document, folder);
  return { document, hash: await hashFolder(folder) };
}

async function checkExtensions(document: SpecDocument, folder: string): Promise<void> {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  ajv.addSchema(
    parse(await readFile(join(folder, 'extensions.schema.yaml'), 'utf8')) as object,
    'extensions',
  );
  const faults: string[] = [];
  const check = (name: string, value: unknown, where: string) => {
    if (ajv.validate({ $ref: `extensions#/$defs/${name}` }, value)) return;
    for (const error of ajv.errors ?? []) faults.push(`${where}${error.instancePath}: ${error.message}`);
  };
  check('root', document, 'openapi.yaml');
  const sites = (document.servers ?? []).map((server) => server['x-site']);
  if (new Set(sites).size < sites.length) faults.push('openapi.yaml: two servers have the same x-site');
  for (const [path, item] of Object.entries(document.paths)) {
    check('operation', item.post, path);
    if (path !== `/${item.post.operationId}`)
      faults.push(`${path}: its operationId must be ${path.slice(1)}`);
    if (!sites.includes(item.post['x-site'])) faults.push(`${path}: x-site is not the x-site of a server`);
  }
  for (const source of namedSources(document)) {
    if (document['x-sources']?.[source] === undefined)
      faults.push(`"${source}" is named as a source but is not in x-sources`);
  }
  if (faults.length > 0)
    throw new Error(`The spec breaks its own rules (spec/README.md):\n  - ${faults.join('\n  - ')}`);
}

/** Every name that stands under `source` or `x-source`, anywhere. */
function namedSources(value: unknown): Set<string> {
  const names = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, child] of Object.entries(node)) {
      if ((key === 'source' || key === 'x-source') && typeof child === 'string') names.add(child);
      else visit(child);
    }
  };
  visit(value);
  return names;
}

/** Over names and contents, in an order that does not depend on the machine. */
async function hashFolder(folder: string): Promise<string> {
  const hash = createHash('sha256');
  const names = (await readdir(folder, { recursive: true })).map((name) => name.replaceAll('\\', '/')).sort();
  for (const name of names.filter((name) => name.endsWith('.yaml'))) {
    hash
      .update(name)
      .update('\0')
      .update(await readFile(join(folder, name)))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}
