import type {
  ActionDefinition,
  ErrorFact,
  ErrorTable,
  Idempotency,
  RateLimit,
  ResultShape,
  Rules,
} from '@tccc/core';
import { checkKnownOptions, invalidOption, readSafely } from '@tccc/core/internal';
import { commonErrors, loadMeanings } from './generated/common-errors.js';
import { product } from './generated/product.js';
import { sites } from './generated/sites.js';

/** What is known of an action that this package has no method for. All but the name has a default. */
export interface ActionFacts {
  /** Value of the X-TC-Action header, such as `DescribeTelSession`. */
  name: string;
  /**
   * What may be repeated: `safe` for an action that only reads, `idempotent` for one that has the same effect if it is done
   * twice, `none` for all others. A call whose outcome is unknown is repeated only if this allows it.
   *
   * @default 'none'
   */
  idempotency?: Idempotency;
  /**
   * Requests that the service takes per window, for one account and this action.
   *
   * @default { limit: 20, windowMs: 1_000 }
   */
  rateLimit?: RateLimit;
  /**
   * What the parameters must be. Without it, the service alone checks them.
   *
   * @default { type: 'object' }
   */
  rules?: Rules;
  /**
   * Error codes that the page of the action documents, and what each says of the effect. A code that is neither here nor
   * among those of every action makes the outcome `unknown`.
   *
   * @default those of every action
   */
  errors?: ErrorTable;
  /**
   * What must be in a result, and which of its fields are integers.
   *
   * @default nothing
   */
  result?: Partial<ResultShape>;
  /**
   * Version of the API.
   *
   * @default that of the other actions
   */
  version?: string;
}

const NAMES = Object.keys({
  name: 0,
  idempotency: 0,
  rateLimit: 0,
  rules: 0,
  errors: 0,
  result: 0,
  version: 0,
} satisfies Record<keyof ActionFacts, 0>);

const ANYTHING: Rules = { type: 'object' };

/**
 * Defines an action of the product for `client.request()`: everything that the service has and this package has no method
 * for.
 *
 * @typeParam Params Its parameters.
 * @typeParam Result Its result.
 * @example
 * const DescribeTelSession = defineAction<{ SessionId: string }, { SessionStatus: string }>({ name: 'DescribeTelSession', idempotency: 'safe' });
 * const { SessionStatus } = await client.request(DescribeTelSession, { SessionId: 'a5be1044' });
 * @throws ConfigurationError if a fact is wrong
 */
export function defineAction<Params extends object, Result extends object>(
  facts: ActionFacts,
): ActionDefinition<Params, Result & { RequestId: string }> {
  return readSafely(() => define(facts), 'options of defineAction');
}

function define(facts: ActionFacts): ActionDefinition<never, never> {
  checkKnownOptions(facts, NAMES, 'options of defineAction');
  const { name, idempotency = 'none', rateLimit = product.rateLimit, rules = ANYTHING } = facts;
  const { errors = {}, result = {}, version = product.version } = facts;
  checkFacts(name, idempotency, rateLimit);
  if (typeof version !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(version))
    throw invalidOption('version', 'a day such as 2020-02-10', version);
  checkErrors(errors);
  checkResult(result);
  const allErrors = { ...commonErrors, ...errors };
  return {
    name,
    version,
    service: product.service,
    // Replaced by that of the site of the client, or by its endpoint.
    host: Object.values(sites)[0]!,
    rateLimit,
    maxRequestBytes: product.maxRequestBytes,
    idempotency,
    errors: () => allErrors,
    meanings: loadMeanings,
    rules: () => rules,
    result: { required: [], integers: [], ...result },
  };
}

function checkFacts(name: unknown, idempotency: unknown, rateLimit: RateLimit): void {
  if (typeof name !== 'string' || !/^[A-Za-z][A-Za-z0-9]{0,99}$/.test(name))
    throw invalidOption('name', 'the name of an action, such as DescribeTelSession', name);
  if (!['none', 'safe', 'idempotent'].includes(idempotency as string))
    throw invalidOption('idempotency', "'none', 'safe' or 'idempotent'", idempotency);
  const { limit, windowMs } = (rateLimit ?? {}) as Partial<RateLimit>;
  const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) > 0;
  if (!isCount(limit) || !isCount(windowMs))
    throw invalidOption('rateLimit', 'an object with limit and windowMs, whole numbers from 1', rateLimit);
}

const OUTCOMES = Object.keys({ 'not-executed': 0, unknown: 0 } satisfies Record<ErrorFact['outcome'], 0>);
const RETRIES = Object.keys({
  never: 0,
  'after-backoff': 0,
  'after-clock-correction': 0,
  'after-credential-refresh': 0,
} satisfies Record<ErrorFact['retry'], 0>);

/** What is wrong here would be reported as an outcome. */
function checkErrors(errors: unknown): void {
  const isRight = (fact: Partial<ErrorFact> | null) =>
    OUTCOMES.includes(fact?.outcome as string) && RETRIES.includes(fact?.retry as string);
  if (isFields(errors) && Object.values(errors).every((fact) => isRight(fact as ErrorFact))) return;
  const expected = `an object of codes, each with outcome (${OUTCOMES.join(', ')}) and retry (${RETRIES.join(', ')})`;
  throw invalidOption('errors', expected);
}

function checkResult(result: unknown): void {
  const isNames = (names: unknown) =>
    Array.isArray(names) && names.every((name) => typeof name === 'string' && name !== '');
  checkKnownOptions(result, ['required', 'integers', 'ids'], 'result');
  if (!Object.values(result as object).every(isNames))
    throw invalidOption('result', 'an object with lists of names: required, integers and ids');
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
