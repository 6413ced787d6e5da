import type { Outcome, RetryClass } from './errors/outcome.js';
import type { Rules } from './rules.js';

/** What the spec says about one error code. */
export interface ErrorFact {
  /** What the code means. If it is left out, `meanings` of the action may say it. */
  readonly meaning?: string;
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

/** What is known of the fields of a result. */
export interface ResultShape {
  /** Fields that must be there and not be null. */
  readonly required: readonly string[];
  /** Every declared integer, by paths such as `TaskId`, `Progress.Total` or `Tasks[].TaskId`. */
  readonly integers: readonly string[];
  /** Integers among the required fields that name something that was created: they count from 1. */
  readonly ids?: readonly string[];
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
  /** What is known of error codes. A function, as `rules` is: tables of actions that nobody calls cost nothing. */
  readonly errors: () => ErrorTable;
  /** What the codes mean that `errors` has without a meaning; loaded when the first of them comes. */
  readonly meanings?: () => Promise<Readonly<Record<string, string>>>;
  /** Date of the edition of the page that states what the parameters must be, such as `2024-09-09`; absent if it has none. */
  readonly edition?: string;
  /** What the parameters must be. */
  readonly rules: () => Rules;
  readonly result: ResultShape;
  /** Never present at run time; ties the types of parameters and result to the action. */
  readonly types?: { params: Params; result: Result };
}

/** Looks a code up, falling back to an entry that also covers its subcodes. */
export function findErrorFact(table: ErrorTable, code: string): ErrorFact | undefined {
  const listed = listedCode(table, code);
  return listed === undefined ? undefined : table[listed];
}

/** The code under which a table has a code: itself, or one that also covers its subcodes. */
export function listedCode(table: ErrorTable, code: string): string | undefined {
  if (Object.hasOwn(table, code)) return code;
  const dot = code.indexOf('.');
  const family = dot === -1 ? undefined : listedCode(table, code.slice(0, dot));
  return family !== undefined && table[family]!.subcodes === true ? family : undefined;
}
