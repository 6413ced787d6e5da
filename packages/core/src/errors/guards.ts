import type { ServiceErrorCode } from './codes.js';
import type { TcccErrorKind } from './base.js';
import type {
  AbortedError,
  AnyTcccError,
  ConfigurationError,
  CredentialsError,
  DeadlineError,
  PacingError,
  ResponseError,
  ServiceError,
  SettleError,
  TransportError,
  ValidationError,
} from './errors.js';
import { BRAND } from './base.js';

/**
 * Whether `error` comes from this SDK, even from another copy of it. Prefer the guards to `instanceof`, which does not know
 * those.
 *
 * @example
 * if (isTcccError(error)) console.warn(error.code, error.outcome);
 */
export function isTcccError(error: unknown): error is AnyTcccError {
  try {
    return typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[BRAND] === true;
  } catch {
    return false; // A proxy that throws is not one of our errors.
  }
}

/** Whether `error` is one of ours, of this kind. */
function isOfKind(error: unknown, kind: TcccErrorKind): boolean {
  return isTcccError(error) && error.kind === kind;
}

/**
 * Whether the parameters are wrong.
 *
 * @example
 * if (isValidationError(error)) for (const issue of error.issues) console.error(issue.message);
 */
export function isValidationError(error: unknown): error is ValidationError {
  return isOfKind(error, 'validation');
}

/**
 * Whether an option is wrong, or the client was closed.
 *
 * @example
 * if (isConfigurationError(error)) process.exitCode = 1;
 */
export function isConfigurationError(error: unknown): error is ConfigurationError {
  return isOfKind(error, 'configuration');
}

/**
 * Whether no usable credentials could be had.
 *
 * @example
 * if (isCredentialsError(error) && error.code === 'CredentialsNotFound') console.error('Set TENCENTCLOUD_SECRET_ID.');
 */
export function isCredentialsError(error: unknown): error is CredentialsError {
  return isOfKind(error, 'credentials');
}

/**
 * Whether the call could not get a place in the paced queue.
 *
 * @example
 * if (isPacingError(error) && error.code === 'QueueFull') response.statusCode = 503;
 */
export function isPacingError(error: unknown): error is PacingError {
  return isOfKind(error, 'pacing');
}

/**
 * Whether the caller's `AbortSignal` ended the call.
 *
 * @example
 * if (isAbortedError(error)) console.log(error.cause); // the reason of your signal
 */
export function isAbortedError(error: unknown): error is AbortedError {
  return isOfKind(error, 'aborted');
}

/**
 * Whether the call did not fit into its deadline.
 *
 * @example
 * if (isDeadlineError(error) && error.outcome === 'unknown') remember(error.traceId);
 */
export function isDeadlineError(error: unknown): error is DeadlineError {
  return isOfKind(error, 'deadline');
}

/**
 * Whether the network failed.
 *
 * @example
 * if (isTransportError(error) && error.outcome === 'not-executed') callAgainLater();
 */
export function isTransportError(error: unknown): error is TransportError {
  return isOfKind(error, 'transport');
}

/**
 * Whether something answered, but not with a response that can be used.
 *
 * @example
 * if (isResponseError(error)) console.error(error.status, error.digits?.['TaskId']);
 */
export function isResponseError(error: unknown): error is ResponseError {
  return isOfKind(error, 'response');
}

/**
 * Whether looking a creation up has left its outcome open, or has found more than one.
 *
 * @example
 * if (isSettleError(error)) console.error(`Still unknown. Look again later for ${error.marker}.`);
 */
export function isSettleError(error: unknown): error is SettleError {
  return isOfKind(error, 'settle');
}

/**
 * Whether `error` is an answer of the service, and, if `code` is given, one with that code or with a subcode of it:
 * `isServiceError(error, 'RequestLimitExceeded')` also holds for `RequestLimitExceeded.UinLimitExceeded`.
 *
 * @example
 * if (isServiceError(error, 'LimitExceeded')) console.error(error.serviceMessage);
 */
export function isServiceError(error: unknown): error is ServiceError;
export function isServiceError<Code extends ServiceErrorCode>(
  error: unknown,
  code: Code,
): error is ServiceError & { code: Code | `${Code}.${string}` };
export function isServiceError(error: unknown, code?: string): boolean {
  if (!isTcccError(error) || error.kind !== 'service') return false;
  return code === undefined || error.code === code || error.code.startsWith(`${code}.`);
}

/**
 * Whether the call may have been executed: everything but a certain `not-executed`, foreign errors included.
 *
 * @example
 * if (!mayHaveExecuted(error)) callAgainLater();
 */
export function mayHaveExecuted(error: unknown): boolean {
  return !isTcccError(error) || error.outcome !== 'not-executed';
}
