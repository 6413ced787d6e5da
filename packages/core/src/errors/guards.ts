import type { ServiceErrorCode } from './codes.js';
import type { AnyTcccError, ServiceError, SettleError, ValidationError } from './errors.js';
import { BRAND } from './errors.js';

/** Whether `error` comes from this SDK, also from another copy of it. */
export function isTcccError(error: unknown): error is AnyTcccError {
  try {
    return typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[BRAND] === true;
  } catch {
    return false; // A proxy that throws is none of ours.
  }
}

/**
 * Whether `error` is an answer of the service, and, if `code` is given, one with that code or with a subcode of it:
 * `isServiceError(error, 'RequestLimitExceeded')` also holds for `RequestLimitExceeded.UinLimitExceeded`.
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

/** Whether `error` says that the parameters are wrong. */
export function isValidationError(error: unknown): error is ValidationError {
  return isTcccError(error) && error.kind === 'validation';
}

/** Whether the call may have been executed: everything but a certain `not-executed`, foreign errors included. */
export function mayHaveExecuted(error: unknown): boolean {
  return !isTcccError(error) || error.outcome !== 'not-executed';
}

/** Whether looking a creation up has left its outcome open, or has found more than one. */
export function isSettleError(error: unknown): error is SettleError {
  return isTcccError(error) && error.kind === 'settle';
}
