import type {
  AbortedErrorCode,
  ConfigurationErrorCode,
  CredentialsErrorCode,
  DeadlineErrorCode,
  PacingErrorCode,
  ResponseErrorCode,
  ServiceErrorCode,
  SettleErrorCode,
  TransportErrorCode,
  ValidationErrorCode,
} from './codes.js';
import { docsOf } from './docs.js';
import type { Outcome, RetryClass } from './outcome.js';

/** Marks our errors, so that the guards also know those of another copy of this package. */
export const BRAND = Symbol.for('@tccc/core.error');

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
  cause?: unknown;
}

/**
 * Base of every error that this SDK throws. The family is closed: nothing else escapes from a call.
 *
 * No message or field holds a secret, a phone number, or any other text of your parameters.
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

  constructor(fields: TcccErrorFields<Code>) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.code = fields.code;
    this.action = fields.action ?? '';
    this.outcome = fields.outcome;
    this.attempts = fields.attempts ?? 0;
    this.retry = fields.retry ?? 'never';
    if (fields.requestId !== undefined) this.requestId = fields.requestId;
    if (fields.traceId !== undefined) this.traceId = fields.traceId;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** Where the docs explain `code`, and what to do about it. */
  get docs(): string {
    return docsOf(this.code);
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

/** One fault of the parameters. */
export interface Issue {
  /** The place, for example `CalleeAttributes[0].Callee`; empty for the parameters as a whole. */
  path: string;
  /** Which rule is broken, for example `required` or `range`. */
  rule: string;
  /** What was given, never the value itself: `a string of 11 characters`. */
  given: string;
  /** What is allowed. */
  expected: string;
  /** The name that was probably meant, if the fault is an unknown name. */
  suggestion?: string;
  /** All of it in one sentence. */
  message: string;
}

/** The parameters are wrong. Thrown before any network use, with every fault at once. */
export class ValidationError extends TcccError<ValidationErrorCode> {
  static {
    this.prototype.name = 'ValidationError';
  }

  readonly kind = 'validation';
  /** Every fault, up to 50. */
  readonly issues: readonly Issue[];
  /** How many faults there are. Counting stops at 1000, which means at least so many. */
  readonly issueCount: number;

  constructor(
    fields: Omit<TcccErrorFields<ValidationErrorCode>, 'outcome'> & {
      issues: readonly Issue[];
      issueCount?: number;
    },
  ) {
    super({ ...fields, outcome: 'not-executed' });
    this.issues = fields.issues;
    this.issueCount = fields.issueCount ?? fields.issues.length;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), issues: this.issues, issueCount: this.issueCount };
  }
}

/** An option of the client or of the call is wrong, or the client is closed. */
export class ConfigurationError extends TcccError<ConfigurationErrorCode> {
  static {
    this.prototype.name = 'ConfigurationError';
  }

  readonly kind = 'configuration';
}

/** No usable credentials could be had. */
export class CredentialsError extends TcccError<CredentialsErrorCode> {
  static {
    this.prototype.name = 'CredentialsError';
  }

  readonly kind = 'credentials';
}

/** The call could not get a place in the paced queue. */
export class PacingError extends TcccError<PacingErrorCode> {
  static {
    this.prototype.name = 'PacingError';
  }

  readonly kind = 'pacing';
}

/** The caller's `AbortSignal` ended the call; `cause` is the signal's reason. */
export class AbortedError extends TcccError<AbortedErrorCode> {
  static {
    this.prototype.name = 'AbortedError';
  }

  readonly kind = 'aborted';
}

/** The call's deadline passed, or a wait that would have passed it was not begun. */
export class DeadlineError extends TcccError<DeadlineErrorCode> {
  static {
    this.prototype.name = 'DeadlineError';
  }

  readonly kind = 'deadline';
}

/** The network failed: before anything was sent (`not-executed`), or after (`unknown`). */
export class TransportError extends TcccError<TransportErrorCode> {
  static {
    this.prototype.name = 'TransportError';
  }

  readonly kind = 'transport';
}

/** What a {@link ResponseError} has besides. */
export interface ResponseErrorDetails {
  status?: number | undefined;
  digits?: Readonly<Record<string, string>> | undefined;
  retryAfterMs?: number | undefined;
}

/** Something answered, but not with a response that can be used. */
export class ResponseError extends TcccError<ResponseErrorCode> {
  static {
    this.prototype.name = 'ResponseError';
  }

  readonly kind = 'response';
  /** HTTP status of the response, if there was a complete one. */
  declare readonly status?: number;
  /** If `code` is `UnsafeInteger`: the exact integers of the response, by path, as decimal digits. */
  declare readonly digits?: Readonly<Record<string, string>>;
  /**
   * What the response's `Retry-After` header asked for, in milliseconds. The SDK waits for it if it repeats the request
   * itself, which it does for an action that is safe or idempotent.
   */
  declare readonly retryAfterMs?: number;

  constructor(fields: TcccErrorFields<ResponseErrorCode> & ResponseErrorDetails) {
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
export class ServiceError extends TcccError<ServiceErrorCode> {
  static {
    this.prototype.name = 'ServiceError';
  }

  readonly kind = 'service';
  /** HTTP status of the response; the service answers its errors with 200. */
  readonly status: number;
  /**
   * The service's own message, with everything that looks like a number of five digits or more, a key or a token
   * replaced by an ellipsis in brackets. For people to read: the service may change it at any time.
   */
  readonly serviceMessage: string;

  constructor(fields: TcccErrorFields<ServiceErrorCode> & { status: number; serviceMessage: string }) {
    super(fields);
    this.status = fields.status;
    this.serviceMessage = fields.serviceMessage;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), status: this.status, serviceMessage: this.serviceMessage };
  }
}

/** What a {@link SettleError} has besides. */
export interface SettleErrorDetails {
  marker: string;
  lookups: number;
  elapsedMs: number;
  ids: readonly number[];
}

/**
 * The outcome of a creation was unknown, and looking it up did not settle it. `cause` is the error of the creation, or, if
 * only a lookup was asked for, that of the last lookup that failed.
 */
export class SettleError extends TcccError<SettleErrorCode> {
  static {
    this.prototype.name = 'SettleError';
  }

  readonly kind = 'settle';
  /** What the creation was marked with. Keep it: with it you can look again at any time, from any process. */
  readonly marker: string;
  /** How many times the whole list was looked through. */
  readonly lookups: number;
  /** For how long it was looked for, in milliseconds. */
  readonly elapsedMs: number;
  /**
   * If `code` is `FoundTwice`: the ids of everything that may be it. Else those of what has a name that ends with the marker,
   * but not the name that was sent: copies, or what was renamed.
   */
  readonly ids: readonly number[];

  constructor(fields: TcccErrorFields<SettleErrorCode> & SettleErrorDetails) {
    super(fields);
    this.marker = fields.marker;
    this.lookups = fields.lookups;
    this.elapsedMs = fields.elapsedMs;
    this.ids = fields.ids;
  }

  override toJSON(): Record<string, unknown> {
    const { marker, lookups, elapsedMs, ids } = this;
    return { ...super.toJSON(), marker, lookups, elapsedMs, ids };
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
  | ServiceError
  | SettleError;
