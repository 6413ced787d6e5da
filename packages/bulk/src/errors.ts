/** Why a run cannot begin or go on. */
export type BulkErrorCode =
  /** An option, the template or the input is wrong. */
  | 'InvalidOption'
  | 'InvalidTemplate'
  | 'InvalidInput'
  /** The ledger belongs to another run: other input, template or chunk size. */
  | 'OtherRun'
  /** Another process works on the ledger. */
  | 'LedgerInUse'
  | 'LedgerNotFound'
  /** The ledger was written by a newer version of this package. */
  | 'LedgerTooNew'
  /** The ledger or its plan is damaged, or is none. */
  | 'LedgerDamaged'
  /** The ledger cannot be written or read: disk full, folder read-only. */
  | 'LedgerUnusable'
  /** The caller stopped it while the list was read: nothing was sent, and there is no ledger. */
  | 'Stopped'
  /** What was asked for is not allowed in the state that the chunk has. */
  | 'NotAllowed';

/** An error of this package. Its message has no phone number. */
export class BulkError extends Error {
  static {
    this.prototype.name = 'BulkError';
  }

  readonly code: BulkErrorCode;

  constructor(code: BulkErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** The code of an error of the operating system, such as ENOSPC. */
export function systemCode(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? 'unknown error';
}
