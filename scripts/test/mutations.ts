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
    module: 'core/src/call/errors.ts',
    name: 'lostAfterSending',
    becomes: withFields("outcome: 'not-executed', retry: 'after-backoff'"),
  },
  {
    rule: 'a response that does not come in time leaves the outcome unknown',
    module: 'core/src/call/errors.ts',
    name: 'lostAfterSending',
    becomes: `(original, failure, ...args) => {
      const error = original(failure, ...args);
      return failure.kind === 'timeout' ? Object.assign(error, { outcome: 'not-executed' }) : error;
    }`,
  },
  {
    rule: 'the transport knows that the first byte was handed over',
    module: 'core/src/transport/exchange.ts',
    name: 'RunningExchange.onSent',
    becomes: '() => {}',
  },
  {
    rule: 'a request that was given up is never written',
    module: 'core/src/transport/exchange.ts',
    name: 'RunningExchange.isWanted',
    becomes: '() => true',
  },
  {
    rule: 'an abort after sending leaves the outcome unknown',
    module: 'core/src/call/errors.ts',
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
    module: 'core/src/action.ts',
    name: 'findErrorFact',
    becomes: `(original, ...args) =>
      original(...args) ?? { meaning: '', outcome: 'not-executed', retry: 'never' }`,
  },
  {
    rule: 'a response with a result and an error is not taken for a refusal',
    module: 'core/src/response/read.ts',
    name: 'holdsResult',
    becomes: '() => false',
  },
  {
    rule: 'a response without an id is no success',
    module: 'core/src/response/read.ts',
    name: 'isUsable',
    becomes: '() => true',
  },
  {
    rule: 'an id that does not fit a number was still created',
    module: 'core/src/response/read.ts',
    name: 'unsafeInteger',
    becomes: withFields("outcome: 'not-executed'"),
  },
  {
    rule: 'a response that is too long leaves the outcome unknown',
    module: 'core/src/call/errors.ts',
    name: 'exchangeError',
    becomes: `(original, failure, facts) => {
      const error = original(failure, facts);
      return failure.kind === 'too-large' ? Object.assign(error, { outcome: 'not-executed' }) : error;
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
    module: 'outbound/src/generated/create-auto-callout-task.ts',
    name: 'CreateAutoCalloutTask',
    becomes: `(original) => {
      const { errors } = original;
      const fact = { ...errors.InternalError, outcome: 'not-executed', retry: 'after-backoff' };
      return { ...original, errors: { ...errors, InternalError: fact } };
    }`,
  },
];
