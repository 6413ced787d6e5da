import type { Places } from './problems.js';

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
  'x-unit'?: string;
  'x-ordered'?: [before: string, after: string][];
  'x-enum-meanings'?: Record<string, string>;
  'x-pattern-hint'?: string;
  'x-later'?: string;
  'x-derived'?: string[];
  'x-only-site'?: string;
  'x-source'?: string;
  /** Never in the spec: the model marks the lists of values that a result has, since others may come. */
  'x-open'?: true;
}

/** What an action does to the things that the service keeps. */
export type Effect =
  | { kind: 'none' }
  | {
      kind: 'creates';
      entity: string;
      /** Field of the result with the id. */
      id: string;
      /** Parameter of every action on it that says to whom it belongs, besides the account. */
      owner?: string;
      /** Fields that the entity has besides its parameters, as they are at first. */
      initial?: Record<string, number | string>;
      /** Fields that count the items of a parameter. */
      counts?: Record<string, string>;
      progress?: SpecProgress;
    }
  | {
      kind: 'reads';
      entity: string;
      id: string;
      /** Lists of the entity whose items become objects: field, and the name that the item gets in it. */
      wraps?: Record<string, string>;
      refusals: EffectRefusals;
    }
  | {
      kind: 'lists';
      entity: string;
      /** Field of an item with the id; without it, the items are ids themselves. */
      id?: string;
      /** The entity whose parts are listed, and the parameter with its id. */
      of?: { entity: string; id: string };
      items: string;
      total: string;
      /** Parameters with the number of the page and the size of a page, and the number of the first page. */
      page: string;
      size: string;
      first: number;
      /** Parameters that keep only items whose field equals, or contains, their value. */
      filters?: Record<string, { equals: string } | { contains: string }>;
      refusals?: EffectRefusals;
    }
  | {
      kind: 'records';
      entity: string;
      items: string;
      /** Deprecated field with the same list. */
      twin?: string;
      id: string;
      total: string;
      page: string;
      size: string;
      first: number;
      window: SpecWindow;
      /** Parameters that keep only records whose field is one of their values. */
      filters?: Record<string, { among: string }>;
      refusals?: EffectRefusals;
    }
  | {
      kind: 'record';
      entity: string;
      id: string;
      window?: SpecWindow;
      refusals: EffectRefusals;
    }
  | {
      kind: 'changes';
      entity: string;
      id: string;
      /** States in which the change is taken. Default: all. */
      from?: Record<string, (number | string)[]>;
      to: Record<string, number | string>;
      refusals: EffectRefusals;
    }
  | {
      kind: 'replaces' | 'deletes';
      entity: string;
      id: string;
      from?: Record<string, (number | string)[]>;
      refusals: EffectRefusals;
    };

type Values = Record<string, number | string>;

/** How an entity goes on by itself, as time goes on. */
export interface SpecProgress {
  /** Parameters with the list that is worked through, and with the times of its start and its end. */
  items: string;
  starts: string;
  ends: string;
  /** Field that counts the items that are finished. */
  finished?: string;
  calls?: SpecCalls;
  states: { waiting: Values; running: Values; paused?: Values; completed: Values; ended: Values };
  /** Fields of an item that is shown as an object. */
  item?: {
    waiting: Values;
    calling?: Values;
    retrying?: Values;
    finished: Values;
    missed?: Values;
    parts?: string;
  };
}

/** What the calls to the items of an entity are made from: parameters of its creation, and the type that their records show. */
export interface SpecCalls {
  type: number;
  callers: string;
  /** How often a number is called at most, or how often again. */
  tries?: string;
  retries?: string;
  uui?: string;
  /** List of objects that hold what is particular to one number, such as its own `uui`. */
  attributes?: string;
}

/** The span that must be asked for: its parameters, and how long, and how far back, it may be. */
export interface SpecWindow {
  from: string;
  to: string;
  longestSeconds: number;
  oldestSeconds: number;
}

/** One way in which a call ends. */
export interface SpecEndStatus {
  code?: number;
  name?: string;
  direction: 'in' | 'out' | 'both';
  meaning: string;
  group: string;
  sources: string[];
}

/** Names of the actions that say together what became of each called number. */
export interface SpecResults {
  records: string;
  task: string;
  campaign: string;
  campaigns: string;
  sessions: string;
}

/** Error codes for missing entities, and for entities in the wrong state. */
export interface EffectRefusals {
  missing?: string;
  state?: string;
  /** For a span that is too long, or too far back. */
  window?: string;
}

/** How a creation can be looked up. */
export interface SpecSettle {
  /** The action that lists what was created. */
  list: string;
  /** The parameter that can carry a marker, its field in an item, and the parameter that filters by it. */
  marker: { parameter: string; item: string; filter?: string };
  /** Parameters that the list takes from the creation. */
  with: string[];
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

export interface MediaType {
  schema: Schema;
  examples: { documented: { value: Record<string, unknown> } };
}

export interface Operation {
  operationId: string;
  summary: string;
  description: string;
  'x-source': string;
  'x-site': string;
  'x-rate-limit': { limit: number; windowMs: number; source: string };
  'x-idempotency': Idempotency;
  'x-effect': Effect;
  'x-settle'?: SpecSettle;
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
  'x-end-statuses'?: SpecEndStatus[];
  'x-results'?: SpecResults;
}

/** A spec folder as one document. */
export interface Spec {
  document: SpecDocument;
  /** Where each part of it was written. */
  places: Places;
}
