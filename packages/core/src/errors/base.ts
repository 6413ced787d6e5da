import { docsOf } from './docs.js';
import type { Outcome, RetryClass } from './outcome.js';

/** Marks our errors, so that the guards also know those of another copy of this package. */
export const BRAND = Symbol.for('@tccc/core.error');

/**
 * What decides whether a request is sent again. Listeners are given the error before that is decided, and a caller may share it:
 * what may have been executed must never look as if it had not been.
 */
const DECISIVE = ['outcome', 'retry'] as const;

/** What every error of this family is built from. */
export interface TcccErrorFields<Code extends string = string> {
  code: Code;
  message: string;
  action?: string | undefined;
  outcome: Outcome;
  attempts?: number | undefined;
  retry?: RetryClass | undefined;
  requestId?: string | undefined;
  traceId?: string | undefined;
  /**
   * What `docs` leads to: a code that the docs explain.
   *
   * @default code
   */
  docsCode?: string | undefined;
  cause?: unknown;
}

/** The same for errors that come before anything is sent: unless it says otherwise, nothing was executed. */
export interface UnsentErrorFields<Code extends string> extends Omit<TcccErrorFields<Code>, 'outcome'> {
  /** @default 'not-executed' */
  outcome?: Outcome | undefined;
}

/**
 * Base of every error that this SDK throws. The family is closed: nothing else escapes from a call.
 *
 * No message or field holds a secret, a phone number, or any other text of your parameters.
 *
 * @example
 * try {
 *   await client.createAutoCalloutTask(task);
 * } catch (error) {
 *   if (mayHaveExecuted(error)) await reviewByHand(task, error);
 *   else await putBack(task); // Nothing was created: it can be sent again.
 * }
 */
export abstract class TcccError<Code extends string = string> extends Error {
  /** Which branch of the family this is; narrows the type in a `switch`. */
  abstract readonly kind: TcccErrorKind;
  /** Machine-readable cause, stable across versions: a code of the service, or one of this SDK's own. */
  readonly code: Code;
  /** Name of the action that was called; empty if no action was involved. */
  readonly action: string;
  /** What is known about the side effect. Decide by this, not by the kind of error, whether to call again. */
  readonly outcome: Outcome;
  /** How many attempts were made; 0 if the call failed before the first. */
  readonly attempts: number;
  /** What would have to happen before another attempt could succeed. The SDK has already done what it may. */
  readonly retry: RetryClass;
  /** Id that the service gave to the request; absent if the service did not answer. */
  declare readonly requestId?: string;
  /**
   * What the latest request of the call was marked with (X-TC-TraceId), so that there is something to quote even if no
   * response came; absent if nothing was sent.
   */
  declare readonly traceId?: string;
  readonly #docsCode: string;

  constructor(fields: TcccErrorFields<Code>) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.code = fields.code;
    this.#docsCode = fields.docsCode ?? fields.code;
    this.action = fields.action ?? '';
    this.outcome = fields.outcome;
    this.attempts = fields.attempts ?? 0;
    this.retry = fields.retry ?? 'never';
    if (fields.requestId !== undefined) this.requestId = fields.requestId;
    if (fields.traceId !== undefined) this.traceId = fields.traceId;
    Object.defineProperty(this, BRAND, { value: true });
    for (const name of DECISIVE) Object.defineProperty(this, name, { writable: false, configurable: false });
  }

  /** Where the docs explain `code`, or what it means that they do not list it, and what to do about it. */
  get docs(): string {
    return docsOf(this.#docsCode);
  }

  /** The fields that are safe to log: never the cause, which may come from elsewhere. */
  toJSON(): Record<string, unknown> {
    const { name, message, code, action, outcome, attempts, retry, requestId, traceId, docs } = this;
    return { name, code, action, outcome, attempts, retry, requestId, traceId, message, docs };
  }
}

/** The branches of the error family. */
export type TcccErrorKind =
  | 'validation'
  | 'configuration'
  | 'credentials'
  | 'pacing'
  | 'aborted'
  | 'deadline'
  | 'transport'
  | 'response'
  | 'service'
  | 'settle';
