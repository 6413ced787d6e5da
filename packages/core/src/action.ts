import type { Validator } from './params/issues.js';
import type { Outcome, RetryClass } from './errors/outcome.js';

/** What the spec says about one error code. */
export interface ErrorFact {
  /** What the code means. */
  readonly meaning: string;
  /** What the code says about the side effect. */
  readonly outcome: Exclude<Outcome, 'executed'>;
  readonly retry: RetryClass;
  /** Whether codes below this one (`Code.Anything`) that are not listed share this entry. */
  readonly subcodes?: boolean;
}

/** Known error codes. Codes that are not in it have the outcome `unknown`. */
export type ErrorTable = Readonly<Record<string, ErrorFact>>;

/** How many requests the service takes in any window of time. */
export interface RateLimit {
  /** Requests. */
  readonly limit: number;
  /** Length of the window, in milliseconds. */
  readonly windowMs: number;
}

/**
 * What may be repeated, in the words of RFC 9110.
 *
 * - `safe`: the semantics are read-only; the client does not request, and does not expect, any state change.
 * - `idempotent`: the intended effect of several identical requests is the same as the effect of a single one.
 * - `none`: neither. Each request may have an effect of its own, so repeating one is never harmless.
 */
export type Idempotency = 'none' | 'safe' | 'idempotent';

/** Everything that the transport has to know about an action. Generated from the spec. */
export interface ActionDefinition<Params = unknown, Result = unknown> {
  /** Value of the X-TC-Action header. */
  readonly name: string;
  /** Value of the X-TC-Version header. */
  readonly version: string;
  /** Name of the product in the credential scope of a signature. */
  readonly service: string;
  /** Host that the action's own page documents. */
  readonly host: string;
  readonly rateLimit: RateLimit;
  /** Longest request body, in bytes. */
  readonly maxRequestBytes: number;
  /** What may be repeated. */
  readonly idempotency: Idempotency;
  readonly errors: ErrorTable;
  readonly validate: Validator;
  /** Fields of the response that must be there, and those of them that are integers. */
  readonly result: { readonly required: readonly string[]; readonly integers: readonly string[] };
  /** Never present at run time; ties the types of parameters and result to the action. */
  readonly types?: { params: Params; result: Result };
}

/** Looks a code up, falling back to an entry that also stands for its subcodes. */
export function findErrorFact(table: ErrorTable, code: string): ErrorFact | undefined {
  if (Object.hasOwn(table, code)) return table[code];
  const dot = code.indexOf('.');
  const family = dot === -1 ? undefined : findErrorFact(table, code.slice(0, dot));
  return family?.subcodes === true ? family : undefined;
}
