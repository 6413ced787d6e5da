import type { ModuleReplacement } from '../support/bundle.js';

/** One rule of the contract, switched off. */
export interface Mutation extends ModuleReplacement {
  rule: string;
}

/** What a function makes, with these fields changed. */
const withFields = (fields: string) =>
  `(original, ...args) => Object.assign(original(...args), { ${fields} })`;

/** Every rule that makes the outcome true. Without any one of them, the harness must find a lie. */
export const mutations: readonly Mutation[] = [
  {
    rule: 'a connection lost after sending is not repeated',
    module: 'core/src/transport/failures.ts',
    name: 'lostAfterSending',
    becomes: withFields("outcome: 'not-executed', retry: 'after-backoff'"),
  },
  {
    rule: 'a response that does not come in time leaves the outcome unknown',
    module: 'core/src/transport/failures.ts',
    name: 'lostAfterSending',
    becomes: `(original, failure, ...args) => {
      const fields = original(failure, ...args);
      return failure.kind === 'timeout' ? { ...fields, outcome: 'not-executed' } : fields;
    }`,
  },
  {
    rule: 'the transport knows that the first byte was handed over',
    module: 'core/src/transport/exchange.ts',
    name: 'Exchange.#markSent',
    becomes: '(original) => { original(); this.#sent = false; }',
  },
  {
    rule: 'a request that was given up is never written',
    module: 'core/src/transport/exchange.ts',
    name: 'Exchange.onRequestStart',
    becomes:
      '(original, controller) => { try { original(controller); } catch { /* and so it is written */ } }',
  },
  {
    rule: 'an abort after sending leaves the outcome unknown',
    module: 'core/src/call/call-errors.ts',
    name: 'endError',
    becomes: '(original, end, sent, call) => original(end, false, call)',
  },
  {
    rule: 'what is no response of the service leaves the outcome unknown',
    module: 'core/src/response/read.ts',
    name: 'base',
    becomes: withFields("outcome: 'not-executed'"),
  },
  {
    rule: 'a code that the spec does not know leaves the outcome unknown',
    module: 'core/src/action.ts',
    name: 'findErrorFact',
    becomes: `(original, ...args) =>
      original(...args) ?? { meaning: '', outcome: 'not-executed', retry: 'never' }`,
  },
  {
    rule: 'a response with a result and an error is not taken for a refusal',
    module: 'core/src/response/read.ts',
    name: 'errorInResponse',
    becomes: `(original, failure, { RequestId }, response, context) =>
      original(failure, { RequestId }, response, context)`,
  },
  {
    rule: 'a response without an id is no success',
    module: 'core/src/response/read.ts',
    name: 'readResult',
    becomes: `(original, envelope, ...args) => {
      try {
        return original(envelope, ...args);
      } catch (error) {
        if (error.code === 'IncompleteResponse') return envelope;
        throw error;
      }
    }`,
  },
  {
    rule: 'an id that does not fit a number was still created',
    module: 'core/src/response/read.ts',
    name: 'unsafeInteger',
    becomes: withFields("outcome: 'not-executed'"),
  },
  {
    rule: 'a response that is too long leaves the outcome unknown',
    module: 'core/src/transport/failures.ts',
    name: 'exchangeError',
    becomes: `(original, failure, context) => {
      const error = original(failure, context);
      return failure.kind === 'too-large' ? Object.assign(error, { outcome: 'not-executed' }) : error;
    }`,
  },
  {
    rule: 'only what is certain to have had no effect is repeated',
    module: 'core/src/retry/policy.ts',
    name: 'defaultRetryPolicy',
    becomes: "(original) => ({ ...original, onUnknown: 'risk-duplicates' })",
  },
  {
    rule: 'an internal error may have been executed',
    module: 'outbound/src/generated/errors.ts',
    name: 'errorsOfCreateAutoCalloutTask',
    becomes: `(original) => {
      const fact = { ...original.InternalError, outcome: 'not-executed', retry: 'after-backoff' };
      return { ...original, InternalError: fact };
    }`,
  },
];
