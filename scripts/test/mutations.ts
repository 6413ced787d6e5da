import type { FaultName } from '@tccc/mocks';
import type { ModuleReplacement } from '../support/bundle.js';

/** One rule of the contract, switched off. */
export interface Mutation extends ModuleReplacement {
  rule: string;
  /** The fault that shows it, which then strikes often; without one, all strike as they do. */
  often?: FaultName;
  /** Share of the calls that settle. Default: none, which leaves more of the others. */
  settleShare?: number;
  /** The program that finds the lie. Default: the truth harness. */
  program?: 'scripts/soak/find-burst.ts';
}

/** An expression for an object with these fields changed. Those of an error cannot be: another one in front of it has them. */
const changed = (object: string, fields: string) =>
  `((made) => {
    const other = Object.getOwnPropertyDescriptors({ ${fields} });
    return made instanceof Error
      ? Object.create(made, { docs: { value: '' }, ...other })
      : Object.defineProperties(made, other);
  })(${object})`;

/** What a function makes, with these fields changed. */
const withFields = (fields: string) => `(original, ...args) => ${changed('original(...args)', fields)}`;

/** Every rule that makes the outcome true. Without any one of them, the harness must find a lie. */
export const mutations: readonly Mutation[] = [
  {
    rule: 'a connection lost after sending is not repeated',
    module: 'core/src/call/to-error.ts',
    name: 'lostAfterSending',
    becomes: withFields("outcome: 'not-executed', retry: 'after-backoff'"),
  },
  {
    rule: 'a response that does not come in time leaves the outcome unknown',
    module: 'core/src/call/to-error.ts',
    name: 'lostAfterSending',
    becomes: `(original, failure, ...args) => {
      const error = original(failure, ...args);
      return failure.kind === 'timeout' ? ${changed('error', "outcome: 'not-executed'")} : error;
    }`,
  },
  {
    rule: 'the transport knows that the first byte was handed over',
    often: 'reset-after-create',
    module: 'core/src/transport/exchange.ts',
    name: 'Exchange.noteSent',
    becomes: '() => {}',
  },
  {
    rule: 'a request that was given up is never written',
    // Many connections to wait for.
    often: 'close-after-response',
    module: 'core/src/transport/exchange.ts',
    name: 'Exchange.isWanted',
    becomes: '() => true',
  },
  {
    rule: 'an abort after sending leaves the outcome unknown',
    module: 'core/src/call/to-error.ts',
    name: 'cancelError',
    becomes: '(original, reason, isSent, facts) => original(reason, false, facts)',
  },
  {
    rule: 'what is no response of the service leaves the outcome unknown',
    module: 'core/src/response/read.ts',
    name: 'unknown',
    becomes: withFields("outcome: 'not-executed'"),
  },
  {
    rule: 'a code that the spec does not know leaves the outcome unknown',
    often: 'unknown-code',
    module: 'core/src/action.ts',
    name: 'findErrorFact',
    becomes: `(original, ...args) =>
      original(...args) ?? { meaning: '', outcome: 'not-executed', retry: 'never' }`,
  },
  {
    rule: 'a response with a result and an error is not taken for a refusal',
    often: 'error-and-result',
    module: 'core/src/response/read.ts',
    name: 'holdsResult',
    becomes: '() => false',
  },
  {
    rule: 'a response without an id is no success',
    often: 'no-id',
    module: 'core/src/response/read.ts',
    name: 'isUsable',
    becomes: '() => true',
  },
  {
    rule: 'an id that does not fit a number was still created',
    often: 'unsafe-id',
    module: 'core/src/response/read.ts',
    name: 'unsafeInteger',
    becomes: withFields("outcome: 'not-executed'"),
  },
  {
    rule: 'a response that is too long leaves the outcome unknown',
    often: 'oversize',
    module: 'core/src/call/to-error.ts',
    name: 'exchangeError',
    becomes: `(original, failure, facts) => {
      const error = original(failure, facts);
      return failure.kind === 'too-large' ? ${changed('error', "outcome: 'not-executed'")} : error;
    }`,
  },
  {
    rule: 'only what is certain to have had no effect is repeated',
    module: 'core/src/options/settings.ts',
    name: 'DEFAULT_ON_UNKNOWN',
    becomes: "() => 'risk-duplicates'",
  },
  {
    rule: 'an internal error may have been executed',
    often: 'internal-error',
    module: 'outbound/src/generated/create-auto-callout-task.ts',
    name: 'CreateAutoCalloutTask',
    becomes: `(original) => {
      const errors = original.errors();
      const fact = { ...errors.InternalError, outcome: 'not-executed', retry: 'after-backoff' };
      return { ...original, errors: () => ({ ...errors, InternalError: fact }) };
    }`,
  },
  {
    rule: 'a request id that was seen before is that of another response',
    often: 'earlier-response',
    module: 'core/src/response/seen-ids.ts',
    name: 'SeenIds.isRepeated',
    becomes: '() => false',
  },
  {
    rule: 'a response from a cache says nothing about this request',
    often: 'cached',
    module: 'core/src/response/read.ts',
    name: 'isFromCache',
    becomes: '() => false',
  },
  {
    rule: 'a response with the trace id of another request belongs to that',
    often: 'anothers-trace-id',
    module: 'core/src/response/read.ts',
    name: 'signOfAnother',
    becomes: '(original, response, ...args) => original({ ...response, headers: {} }, ...args)',
  },
  {
    rule: 'a response that comes together with another one is not trusted',
    often: 'anothers-first',
    module: 'core/src/transport/exchange.ts',
    name: 'Exchange.hasSurplus',
    becomes: '(original) => (this.isAsked ? original() : ((this.isAsked = true), false))',
  },
  {
    rule: 'a refusal that another response follows during the pause is not trusted',
    often: 'refusal-then-success',
    module: 'core/src/transport/exchange.ts',
    name: 'Exchange.hasSurplus',
    becomes: '(original) => (this.isAsked ? false : ((this.isAsked = true), original()))',
  },
  {
    rule: 'before a refusal counts, its connection must have stayed silent',
    often: 'refusal-then-success',
    module: 'core/src/call/judge.ts',
    name: 'judge',
    becomes: '(original, thrown) => thrown',
  },
  {
    rule: 'every value of a header counts that may come as a list',
    often: 'anothers-trace-id',
    module: 'core/src/response/headers.ts',
    name: 'valuesOf',
    becomes: "(original, header) => (typeof header === 'string' ? original(header) : [])",
  },
  {
    rule: 'what a server says before it is asked is no response',
    often: 'stray-response',
    module: 'core/src/transport/pool/connecting.ts',
    name: 'ConnectAttempt.#listen',
    becomes: '(original, socket) => { if (this.#finish()) this.#onEnd(undefined, socket); }',
  },
  {
    rule: 'a response that begins before the request was sent is not trusted',
    often: 'early-refusal',
    module: 'core/src/transport/pool/pooled-request.ts',
    name: 'PooledRequest.#endEarly',
    becomes: '() => { this.#connection.finish(); this.complete(false); }',
  },
  {
    rule: 'a response that names one key twice is not trusted',
    often: 'two-responses',
    module: 'core/src/response/json.ts',
    name: 'parseJson',
    becomes: '(original, text) => ({ ...original(text), hasDuplicateKeys: false })',
  },
  {
    rule: 'an id counts from 1',
    often: 'zero-id',
    module: 'core/src/response/read.ts',
    name: 'isUsable',
    becomes: '(original, value, field, shape) => original(value, field, { ...shape, ids: [] })',
  },
  {
    rule: 'a refusal without a request id is none of the service',
    often: 'refusal-no-request-id',
    module: 'core/src/response/read.ts',
    name: 'readId',
    becomes: '(original, id) => original(id) ?? String(Math.random())',
  },
  {
    rule: 'a dispatcher can read the body once',
    often: 'unavailable',
    module: 'core/src/transport/dispatched-request.ts',
    name: 'DispatchedRequest.#read',
    becomes: '(original, bytes) => { this.#isRead = false; return original(bytes); }',
  },
  {
    rule: 'a creation is not repeated because a read may be',
    module: 'core/src/retry/retrier.ts',
    name: 'Retrier.plan',
    becomes: `(original, error, progress, ...rest) => {
      const asOfRead = Object.create(error, { retry: { value: 'after-backoff' } });
      return original(error.outcome === 'unknown' ? asOfRead : error, { ...progress, idempotency: 'safe' }, ...rest);
    }`,
  },
  {
    rule: 'what may be repeated is said of each action',
    module: 'outbound/src/generated/create-predictive-dialing-campaign.ts',
    name: 'CreatePredictiveDialingCampaign',
    becomes: "(original) => ({ ...original, idempotency: 'safe' })",
  },
  {
    rule: 'a call that only reads claims nothing else',
    settleShare: 0.9,
    module: 'core/src/call/to-error.ts',
    name: 'fieldsOf',
    becomes: `(original, code, own, says, facts, ...rest) =>
      original(code, own, says, { ...facts, idempotency: 'none' }, ...rest)`,
  },
  {
    rule: 'a marker counts at the end of a name',
    settleShare: 0.5,
    module: 'outbound/src/settle/marker.ts',
    name: 'markerOf',
    becomes: "(original, name) => original(String(name).replace(/\\].*$/, ']'))",
  },
  {
    rule: 'what is found has the name that was sent',
    often: 'reset-after-create',
    settleShare: 0.6,
    module: 'outbound/src/settle/sent.ts',
    name: 'Sent.#hasName',
    becomes: '() => true',
  },
  {
    rule: 'of two that are found, none is taken for the one',
    settleShare: 0.3,
    module: 'outbound/src/settle/settle.ts',
    name: 'Lookup.#decide',
    becomes: '(original, seen) => [...seen.values()][0]',
  },
  {
    rule: 'a lookup reads every page',
    settleShare: 0.3,
    module: 'outbound/src/listing.ts',
    name: 'Position.next',
    becomes: '() => false',
  },
  {
    rule: 'a lookup that failed has not found nothing',
    // A creation that is not answered is looked up, and a list that is not answered makes the lookup fail.
    often: 'stall-in-body',
    settleShare: 0.9,
    module: 'outbound/src/settle/settle.ts',
    name: 'Lookup.#error',
    becomes: "(original, code, seen) => original(code === 'NoLookup' ? 'NotFound' : code, seen)",
  },
  {
    rule: 'what was answered is not looked up',
    settleShare: 0.3,
    module: 'outbound/src/base-client.ts',
    name: 'BaseClient.create',
    becomes: `async (original, ...args) => {
      const [creation, list, params, { settle: { marker } = {} } = {}] = args;
      const done = await original(...args);
      const { sent } = markedParams(params, creation, marker);
      return this.#lookUp({ creation, list, sent, marker, withinMs: 0 }).catch(() => done);
    }`,
  },
  {
    rule: 'the slot of a request that was abandoned is held longer',
    module: 'core/src/pacing/pacer.ts',
    name: 'ABANDONED_HOLD_MS',
    becomes: '() => 0',
    program: 'scripts/soak/find-burst.ts',
  },
];
