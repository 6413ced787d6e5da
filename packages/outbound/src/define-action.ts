import type { ActionDefinition, ErrorTable, Idempotency, RateLimit, ResultShape, Rules } from '@tccc/core';
import { checkKnownOptions, invalidOption } from '@tccc/core/internal';
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
  checkKnownOptions(facts, NAMES, 'options of defineAction');
  const { name, idempotency = 'none', rateLimit = product.rateLimit, rules = ANYTHING } = facts;
  checkFacts(name, idempotency, rateLimit);
  const { errors, result, version = product.version } = facts;
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
