import type { Issue } from '../params/issues.js';
import type { Outcome, RetryClass } from './outcome.js';

/** Marks our errors, so that the guards also know those of another copy of this package. */
const BRAND = Symbol.for('@tccc/core.error');

/** What every error of this family is built from. */
export interface TcccErrorFields {
  /** Machine-readable cause, stable across versions. */
  code: string;
  message: string;
  /** Name of the action that was called; empty where no action was involved. */
  action?: string | undefined;
  outcome: Outcome;
  /** How many attempts had been made. */
  attempts?: number | undefined;
  retry?: RetryClass | undefined;
  requestId?: string | undefined;
  cause?: unknown;
}

/**
 * Base of every error that this SDK throws. The family is closed: nothing else escapes from a call.
 *
 * No message or field holds a secret, a phone number, or any other text of your parameters.
 */
export abstract class TcccError extends Error {
  /** Which branch of the family this is; narrows the type in a `switch`. */
  abstract readonly kind: TcccErrorKind;
  /** Machine-readable cause, stable across versions: a code of the service, or one of this SDK's own. */
  readonly code: string;
  /** Name of the action that was called; empty where no action was involved. */
  readonly action: string;
  /** What is known about the side effect. Decide by this, not by the kind of error, whether to call again. */
  readonly outcome: Outcome;
  /** How many attempts were made; 0 where the call failed before the first. */
  readonly attempts: number;
  /** What would have to happen before another attempt could succeed. The SDK has already done what it may. */
  readonly retry: RetryClass;
  /** Id that the service gave to the request; only where the service answered. */
  declare readonly requestId?: string;

  constructor(fields: TcccErrorFields) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.code = fields.code;
    this.action = fields.action ?? '';
    this.outcome = fields.outcome;
    this.attempts = fields.attempts ?? 0;
    this.retry = fields.retry ?? 'never';
    if (fields.requestId !== undefined) this.requestId = fields.requestId;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** The fields that are safe to log: never the cause, which may come from elsewhere. */
  toJSON(): Record<string, unknown> {
    const { name, message, code, action, outcome, attempts, retry, requestId } = this;
    return { name, code, action, outcome, attempts, retry, requestId, message };
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
  | 'service';

/** How many issues a {@link ValidationError} lists at most. */
export const MAX_ISSUES = 50;

/**
 * The parameters are wrong. Thrown before any network use, with every fault at once.
 *
 * Codes: `InvalidParams`, `RequestTooLarge`.
 */
export class ValidationError extends TcccError {
  static {
    this.prototype.name = 'ValidationError';
  }

  readonly kind = 'validation';
  /** Every fault, up to 50. */
  readonly issues: readonly Issue[];
  /** How many faults there are. Counting stops at 1000, which means at least so many. */
  readonly issueCount: number;

  constructor(fields: Omit<TcccErrorFields, 'outcome'> & { issues: readonly Issue[]; issueCount?: number }) {
    super({ ...fields, outcome: 'not-executed' });
    this.issues = fields.issues;
    this.issueCount = fields.issueCount ?? fields.issues.length;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), issues: this.issues, issueCount: this.issueCount };
  }
}

/**
 * An option of the client or of the call is wrong, or the client is closed.
 *
 * Codes: `InvalidOption`, `ClientClosed`.
 */
export class ConfigurationError extends TcccError {
  static {
    this.prototype.name = 'ConfigurationError';
  }

  readonly kind = 'configuration';
}

/**
 * No usable credentials could be had.
 *
 * Codes: `CredentialsNotFound`, `CredentialsInvalid`, `CredentialsUnavailable`.
 */
export class CredentialsError extends TcccError {
  static {
    this.prototype.name = 'CredentialsError';
  }

  readonly kind = 'credentials';
}

/**
 * The call could not get a place in the paced queue.
 *
 * Codes: `QueueFull`, `PacerFailed`.
 */
export class PacingError extends TcccError {
  static {
    this.prototype.name = 'PacingError';
  }

  readonly kind = 'pacing';
}

/**
 * The caller's `AbortSignal` ended the call; `cause` is the signal's reason.
 *
 * Code: `Aborted`. The outcome is `unknown` once the request had been handed to a socket.
 */
export class AbortedError extends TcccError {
  static {
    this.prototype.name = 'AbortedError';
  }

  readonly kind = 'aborted';
}

/**
 * The call's deadline passed, or a wait that would have passed it was not begun.
 *
 * Code: `DeadlineExceeded`. The outcome is `unknown` once the request had been handed to a socket.
 */
export class DeadlineError extends TcccError {
  static {
    this.prototype.name = 'DeadlineError';
  }

  readonly kind = 'deadline';
}

/**
 * The network failed.
 *
 * Codes with outcome `not-executed`: `DnsFailed`, `ConnectionRefused`, `ConnectTimeout`, `TlsFailed`, `ProxyFailed`,
 * `ConnectFailed`. Codes with outcome `unknown`: `ConnectionLost`, `ResponseTimeout`. `AttemptTimeout` is the time-out of an
 * attempt whose request had not been handed to a socket yet: `not-executed`. `UnexpectedFailure` stands for anything that
 * should not have happened; its outcome says whether the request had been handed over.
 */
export class TransportError extends TcccError {
  static {
    this.prototype.name = 'TransportError';
  }

  readonly kind = 'transport';
}

/**
 * Something answered, but not with a response that can be used.
 *
 * Codes with outcome `unknown`: `HttpStatus`, `MalformedResponse`, `ContradictoryResponse`, `IncompleteResponse`, `ResponseTooLarge`.
 * With outcome `executed`: `UnsafeInteger`, for an id that a JavaScript number cannot hold.
 */
export class ResponseError extends TcccError {
  static {
    this.prototype.name = 'ResponseError';
  }

  readonly kind = 'response';
  /** HTTP status of the response, where there was one. */
  declare readonly status?: number;
  /** Where `code` is `UnsafeInteger`: the exact integers of the response, by path, as decimal digits. */
  declare readonly digits?: Readonly<Record<string, string>>;
  /** What the response's `Retry-After` header asked for, in milliseconds. The SDK never retries such a response itself. */
  declare readonly retryAfterMs?: number;

  constructor(
    fields: TcccErrorFields & {
      status?: number | undefined;
      digits?: Readonly<Record<string, string>> | undefined;
      retryAfterMs?: number | undefined;
    },
  ) {
    super(fields);
    if (fields.status !== undefined) this.status = fields.status;
    if (fields.digits !== undefined) this.digits = fields.digits;
    if (fields.retryAfterMs !== undefined) this.retryAfterMs = fields.retryAfterMs;
  }

  override toJSON(): Record<string, unknown> {
    const { status, digits, retryAfterMs } = this;
    return { ...super.toJSON(), status, digits, retryAfterMs };
  }
}

/** The service refused the call, or failed at it, with one of its error codes. */
export class ServiceError extends TcccError {
  static {
    this.prototype.name = 'ServiceError';
  }

  readonly kind = 'service';
  /** HTTP status of the response; the service answers its errors with 200. */
  readonly status: number;
  /**
   * The service's own message, with everything that looks like a number of five digits or more, a key or a token
   * replaced by `[…]`. For people to read: the service may change it at any time.
   */
  readonly serviceMessage: string;

  constructor(fields: TcccErrorFields & { status: number; serviceMessage: string }) {
    super(fields);
    this.status = fields.status;
    this.serviceMessage = fields.serviceMessage;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), status: this.status, serviceMessage: this.serviceMessage };
  }
}

/** Every error of the family; a `switch` over `kind` narrows it. */
export type AnyTcccError =
  | ValidationError
  | ConfigurationError
  | CredentialsError
  | PacingError
  | AbortedError
  | DeadlineError
  | TransportError
  | ResponseError
  | ServiceError;

/** Whether `error` comes from this SDK, also from another copy of it. */
export function isTcccError(error: unknown): error is AnyTcccError {
  try {
    return typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[BRAND] === true;
  } catch {
    return false; // A proxy that throws is none of ours.
  }
}

/**
 * Whether `error` is an answer of the service, and, where `code` is given, one with that code or with a subcode of it:
 * `isServiceError(error, 'RequestLimitExceeded')` also holds for `RequestLimitExceeded.UinLimitExceeded`.
 */
export function isServiceError<Code extends string>(
  error: unknown,
  code?: Code,
): error is ServiceError & { code: Code | `${Code}.${string}` } {
  if (!isTcccError(error) || error.kind !== 'service') return false;
  return code === undefined || error.code === code || error.code.startsWith(`${code}.`);
}

/** Whether `error` says that the parameters are wrong. */
export function isValidationError(error: unknown): error is ValidationError {
  return isTcccError(error) && error.kind === 'validation';
}

/** Whether the call may have been executed: everything but a certain `not-executed`, foreign errors included. */
export function mayHaveExecuted(error: unknown): boolean {
  return !isTcccError(error) || error.outcome !== 'not-executed';
}
