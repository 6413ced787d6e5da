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
    rule: 'a reply that does not come in time leaves the outcome unknown',
    file: 'core/src/transport/failures.ts',
    find: "outcome: 'unknown',\n    message: `${action}: ${what}",
    replace: "outcome: isTimeout ? 'not-executed' : 'unknown',\n    message: `${action}: ${what}",
  },
  {
    rule: 'the transport knows that the first byte was handed over',
    file: 'core/src/transport/exchange.ts',
    find: 'this.#sent = true;',
    replace: '',
  },
  {
    rule: 'a request that was given up is never written',
    file: 'core/src/transport/exchange.ts',
    find: "if (this.#settled) throw new ExchangeFailure('cancelled', this.#sent);",
    replace: '',
  },
  {
    rule: 'an abort after sending leaves the outcome unknown',
    file: 'core/src/call-errors.ts',
    find: "const outcome: Outcome = sent ? 'unknown' : 'not-executed';",
    replace: "const outcome: Outcome = 'not-executed';",
  },
  {
    rule: 'what is no reply of the service leaves the outcome unknown',
    file: 'core/src/reply.ts',
    find: "requestId, outcome: 'unknown' }",
    replace: "requestId, outcome: 'not-executed' }",
  },
  {
    rule: 'a code that the spec does not know leaves the outcome unknown',
    file: 'core/src/reply.ts',
    find: "fact?.outcome ?? 'unknown'",
    replace: "fact?.outcome ?? 'not-executed'",
  },
  {
    rule: 'a reply with a result and an error is not taken for a refusal',
    file: 'core/src/reply.ts',
    find: "field !== 'RequestId' && Object.hasOwn(response, field)",
    replace: "field === '' && Object.hasOwn(response, field)",
  },
  {
    rule: 'a reply without an id is no success',
    file: 'core/src/reply.ts',
    find: 'if (missing !== undefined) throw',
    replace: "if (missing === '') throw",
  },
  {
    rule: 'an id that does not fit a number was still created',
    file: 'core/src/reply.ts',
    find: "outcome: 'executed',",
    replace: "outcome: 'not-executed',",
  },
  {
    rule: 'a reply that is too long leaves the outcome unknown',
    file: 'core/src/transport/failures.ts',
    find: "code: 'ReplyTooLarge', outcome: 'unknown'",
    replace: "code: 'ReplyTooLarge', outcome: 'not-executed'",
  },
  {
    rule: 'only what is certain to have had no effect is repeated',
    file: 'core/src/retry.ts',
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
