/** Why a run cannot begin or go on. */
export type BulkErrorCode =
  /** An option, the template or the input is wrong. */
  | 'InvalidOption'
  | 'InvalidTemplate'
  | 'InvalidInput'
  /** The ledger belongs to another run: other input, template or chunk size. */
  | 'OtherRun'
  /** The ledger was sent to another service: what it has is not there. */
  | 'OtherService'
  /** Another process works on the ledger. */
  | 'LedgerInUse'
  | 'LedgerNotFound'
  /** The ledger was written by a newer version of this package. */
  | 'LedgerTooNew'
  /** The ledger or its plan is damaged or is not one, or its database has lost what it had confirmed. */
  | 'LedgerDamaged'
  /** The ledger cannot be written or read: disk full, folder read-only. */
  | 'LedgerUnusable'
  /** The queue of a fleet does not answer, or refuses. */
  | 'QueueUnusable'
  /** The caller stopped it while the list was read: nothing was sent, and there is no ledger. */
  | 'Stopped'
  /** What was asked for is not allowed in the state that the chunk has. */
  | 'NotAllowed'
  /** Another process has changed the chunk meanwhile. */
  | 'ChunkChanged';

const BRAND = Symbol.for('@tccc/bulk.error');

/**
 * An error of this package. Its message has no phone number.
 *
 * @example
 * if (isBulkError(error) && error.code === 'LedgerInUse') console.error('Another process sends this list.');
 */
export class BulkError extends Error {
  static {
    this.prototype.name = 'BulkError';
  }

  readonly code: BulkErrorCode;

  constructor(code: BulkErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/**
 * Whether an error comes from this package, even from another copy of it.
 *
 * @example
 * if (isBulkError(error)) console.error(error.code, error.message);
 */
export function isBulkError(error: unknown): error is BulkError {
  return typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[BRAND] === true;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file may not become larger',
  EROFS: 'the file system is read-only',
  EACCES: 'permission is denied',
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder',
};

/** An error of the operating system in words; what is one of this package already stays as it is. */
export function unusable(what: string, error: unknown): BulkError {
  if (isBulkError(error)) return error;
  return new BulkError('LedgerUnusable', `${what} cannot be used: ${reasonOf(error)}.`, error);
}

/** A signal was aborted while a list was read. */
export function stoppedReading(reason: unknown): BulkError {
  return new BulkError('Stopped', 'Stopped while the list was read; nothing was sent.', reason);
}

/** Why the operating system has refused something: in words, and by its code. */
export function reasonOf(error: unknown): string {
  const code = systemCode(error);
  return `${REASONS[code] ?? 'the system says no'} (${code})`;
}

/** Whether the operating system has refused something, such as to write to a disk that is full. */
export function isSystemError(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.syscall !== undefined;
}

/** The code of an error of the operating system, such as ENOSPC. */
export function systemCode(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? 'unknown error';
}
