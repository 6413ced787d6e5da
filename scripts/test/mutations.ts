/** One rule of the contract, switched off in the source. */
export interface Mutation {
  rule: string;
  /** Below `packages/`. */
  file: string;
  find: string;
  replace: string;
}

/** Every rule that makes the outcome true. Without any one of them, the harness must find a lie. */
export const mutations: readonly Mutation[] = [
  {
    rule: 'a connection lost after sending is not repeated',
    file: 'core/src/transport/failures.ts',
    find: "outcome: 'unknown',\n    message: `${action}: ${what}",
    replace: "outcome: 'not-executed',\n    retry: 'after-backoff',\n    message: `${action}: ${what}",
  },
  {
    rule: 'a response that does not come in time leaves the outcome unknown',
    file: 'core/src/transport/failures.ts',
    find: "outcome: 'unknown',\n    message: `${action}: ${what}",
    replace: "outcome: isTimeout ? 'not-executed' : 'unknown',\n    message: `${action}: ${what}",
  },
  {
    rule: 'the transport knows that the first byte was handed over',
    file: 'core/src/transport/exchange.ts',
    find: 'this.#isSent = true;',
    replace: '',
  },
  {
    rule: 'a request that was given up is never written',
    file: 'core/src/transport/exchange.ts',
    find: 'return !this.#isSettled;',
    replace: 'return true;',
  },
  {
    rule: 'an abort after sending leaves the outcome unknown',
    file: 'core/src/call/call-errors.ts',
    find: "const outcome: Outcome = sent ? 'unknown' : 'not-executed';",
    replace: "const outcome: Outcome = 'not-executed';",
  },
  {
    rule: 'what is no response of the service leaves the outcome unknown',
    file: 'core/src/response/read.ts',
    find: "requestId, outcome: 'unknown' }",
    replace: "requestId, outcome: 'not-executed' }",
  },
  {
    rule: 'a code that the spec does not know leaves the outcome unknown',
    file: 'core/src/response/read.ts',
    find: "fact?.outcome ?? 'unknown'",
    replace: "fact?.outcome ?? 'not-executed'",
  },
  {
    rule: 'a response with a result and an error is not taken for a refusal',
    file: 'core/src/response/read.ts',
    find: "field !== 'RequestId' && Object.hasOwn(envelope, field)",
    replace: "field === '' && Object.hasOwn(envelope, field)",
  },
  {
    rule: 'a response without an id is no success',
    file: 'core/src/response/read.ts',
    find: 'if (missing !== undefined) throw',
    replace: "if (missing === '') throw",
  },
  {
    rule: 'an id that does not fit a number was still created',
    file: 'core/src/response/read.ts',
    find: "outcome: 'executed',",
    replace: "outcome: 'not-executed',",
  },
  {
    rule: 'a response that is too long leaves the outcome unknown',
    file: 'core/src/transport/failures.ts',
    find: "code: 'ResponseTooLarge', outcome: 'unknown'",
    replace: "code: 'ResponseTooLarge', outcome: 'not-executed'",
  },
  {
    rule: 'only what is certain to have had no effect is repeated',
    file: 'core/src/retry/policy.ts',
    find: "onUnknown: 'never',\n};",
    replace: "onUnknown: 'risk-duplicates',\n};",
  },
  {
    rule: 'an internal error may have been executed',
    file: 'outbound/src/generated/errors.ts',
    find: "the task may or may not have been created.',\n      outcome: 'unknown',\n      retry: 'never',\n    },\n    'InternalError.DBError'",
    replace:
      "the task may or may not have been created.',\n      outcome: 'not-executed',\n      retry: 'after-backoff',\n    },\n    'InternalError.DBError'",
  },
];
