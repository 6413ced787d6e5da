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
import type { TcccErrorFields, UnsentErrorFields } from './base.js';
import { TcccError } from './base.js';

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

/**
 * The parameters are wrong. Thrown before any network use, with up to 50 faults at once.
 *
 * @example
 * if (isValidationError(error)) for (const { path, message } of error.issues) console.warn(path, message);
 */
export class ValidationError extends TcccError<ValidationErrorCode> {
  static {
    this.prototype.name = 'ValidationError';
  }

  readonly kind = 'validation';
  /** Every fault, up to 50. */
  readonly issues: readonly Issue[];
  /** How many faults there are. Counting stops at 1000, which means at least that many. */
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

/**
 * An option of the client or of the call is wrong, or the client is closed.
 *
 * @example
 * if (isConfigurationError(error)) throw error; // A mistake in the program: the message says what is allowed.
 */
export class ConfigurationError extends TcccError<ConfigurationErrorCode> {
  static {
    this.prototype.name = 'ConfigurationError';
  }

  readonly kind = 'configuration';

  constructor(fields: UnsentErrorFields<ConfigurationErrorCode>) {
    super({ ...fields, outcome: fields.outcome ?? 'not-executed' });
  }
}

/**
 * No usable credentials could be had. Your own provider throws it to say why.
 *
 * @example
 * const provider: CredentialProvider = async () => {
 *   const keys = await readVault();
 *   if (keys === undefined) throw new CredentialsError({ code: 'CredentialsNotFound', message: 'The vault has no keys.' });
 *   return keys;
 * };
 */
export class CredentialsError extends TcccError<CredentialsErrorCode> {
  static {
    this.prototype.name = 'CredentialsError';
  }

  readonly kind = 'credentials';

  constructor(fields: UnsentErrorFields<CredentialsErrorCode>) {
    super({ ...fields, outcome: fields.outcome ?? 'not-executed' });
  }
}

/**
 * The call could not get a place in the paced queue.
 *
 * @example
 * if (isPacingError(error) && error.code === 'QueueFull') pauseIntake();
 */
export class PacingError extends TcccError<PacingErrorCode> {
  static {
    this.prototype.name = 'PacingError';
  }

  readonly kind = 'pacing';

  constructor(fields: UnsentErrorFields<PacingErrorCode>) {
    super({ ...fields, outcome: fields.outcome ?? 'not-executed' });
  }
}

/**
 * The caller's `AbortSignal` ended the call; `cause` is the signal's reason.
 *
 * @example
 * if (isAbortedError(error) && error.outcome === 'not-executed') return; // Cancelled before it was sent.
 */
export class AbortedError extends TcccError<AbortedErrorCode> {
  static {
    this.prototype.name = 'AbortedError';
  }

  readonly kind = 'aborted';
}

/**
 * The call's deadline passed, or a wait that would have passed it was not begun.
 *
 * @example
 * if (isDeadlineError(error) && error.outcome === 'not-executed') await putBack(task);
 */
export class DeadlineError extends TcccError<DeadlineErrorCode> {
  static {
    this.prototype.name = 'DeadlineError';
  }

  readonly kind = 'deadline';
}

/**
 * The network failed: before anything was sent (`not-executed`), or after (`unknown`).
 *
 * @example
 * if (isTransportError(error)) console.warn(error.code, error.outcome); // 'ConnectionLost', 'unknown'
 */
export class TransportError extends TcccError<TransportErrorCode> {
  static {
    this.prototype.name = 'TransportError';
  }

  readonly kind = 'transport';
}

/** What a {@link ResponseError} also has. */
export interface ResponseErrorDetails {
  status?: number | undefined;
  digits?: Readonly<Record<string, string>> | undefined;
  retryAfterMs?: number | undefined;
}

/**
 * Something answered, but not with a response that can be used.
 *
 * @example
 * if (isResponseError(error) && error.code === 'UnsafeInteger') console.warn(error.digits); // The exact ids.
 */
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

/**
 * The service refused the call, or failed at it, with one of its error codes.
 *
 * @example
 * if (isServiceError(error, 'RequestLimitExceeded')) console.warn(error.serviceMessage, error.requestId);
 */
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

/** What a {@link SettleError} also has. */
export interface SettleErrorDetails {
  marker: string;
  lookups: number;
  elapsedMs: number;
  ids: readonly number[];
}

/**
 * The outcome of a creation was unknown, and looking it up did not settle it. `cause` is the error of the creation, or, if
 * only a lookup was asked for, that of the last lookup that failed.
 *
 * @example
 * if (isSettleError(error)) await save(error.marker); // Look again later, with settleAutoCalloutTask().
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
