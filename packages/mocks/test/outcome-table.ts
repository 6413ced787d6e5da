import type { FaultName } from '../src/index.js';

/** What a client must report for a fault, with its default options. */
export interface OutcomeRow {
  /** A fault of the mock, or one of the network that no mock is needed for. */
  fault: FaultName | 'refused' | 'unknown-host' | 'connect-timeout' | 'tls-failure';
  outcome: 'success' | 'not-executed' | 'unknown' | 'executed';
  /** Kind of the error; `-` for a success. */
  kind: string;
  code: string;
  /** Requests that the service may see for one call, the first included. */
  attempts: number;
}

const lost = { outcome: 'unknown', kind: 'transport', code: 'ConnectionLost', attempts: 1 } as const;
const late = { outcome: 'unknown', kind: 'transport', code: 'ResponseTimeout', attempts: 1 } as const;
const status = { outcome: 'unknown', kind: 'response', code: 'HttpStatus', attempts: 1 } as const;
const malformed = { outcome: 'unknown', kind: 'response', code: 'MalformedResponse', attempts: 1 } as const;
const foreign = { ...malformed, code: 'ForeignResponse' } as const;
const contradictory = { ...malformed, code: 'ContradictoryResponse' } as const;
const incomplete = { ...malformed, code: 'IncompleteResponse' } as const;
const unsent = { outcome: 'not-executed', kind: 'transport', attempts: 3 } as const;
const tooFast = { outcome: 'not-executed', kind: 'service', attempts: 3 } as const;
const success = { outcome: 'success', kind: '-', code: '-', attempts: 1 } as const;

export const outcomeTable: readonly OutcomeRow[] = [
  { fault: 'refused', ...unsent, code: 'ConnectionRefused' },
  { fault: 'unknown-host', ...unsent, code: 'DnsFailed' },
  { fault: 'connect-timeout', ...unsent, code: 'ConnectTimeout' },
  { fault: 'tls-failure', ...unsent, code: 'TlsFailed', attempts: 1 },
  { fault: 'reset-at-once', ...lost },
  { fault: 'reset-before-create', ...lost },
  { fault: 'reset-after-create', ...lost },
  { fault: 'no-answer', ...late },
  { fault: 'stall-in-headers', ...late },
  { fault: 'stall-in-body', ...late },
  { fault: 'cut-body', ...lost },
  { fault: 'cut-chunks', ...lost },
  { fault: 'slow-drip', ...success },
  { fault: 'close-after-response', ...success },
  { fault: 'success-twice', ...foreign },
  { fault: 'success-twice-late', ...success },
  { fault: 'anothers-first', ...foreign },
  { fault: 'refusal-twice', ...foreign },
  { fault: 'refusal-twice-late', ...foreign },
  { fault: 'refusal-and-success', ...foreign },
  { fault: 'refusal-then-success', ...foreign },
  { fault: 'stray-response', ...unsent, code: 'ConnectFailed' },
  { fault: 'early-refusal', ...foreign },
  { fault: 'earlier-response', ...foreign },
  { fault: 'anothers-trace-id', ...foreign },
  { fault: 'cached', ...foreign },
  { fault: 'bad-gateway', ...status },
  { fault: 'unavailable', ...status },
  { fault: 'gateway-timeout', ...status },
  { fault: 'gateway-429', ...status },
  { fault: 'redirect', ...status },
  { fault: 'html', ...malformed },
  { fault: 'empty', ...malformed },
  { fault: 'empty-object', ...malformed },
  { fault: 'null', ...malformed },
  { fault: 'empty-array', ...malformed },
  { fault: 'bad-gzip', ...malformed },
  { fault: 'truncated-utf8', ...malformed },
  { fault: 'gzip-bomb', ...malformed },
  { fault: 'oversize', ...malformed, code: 'ResponseTooLarge' },
  { fault: 'error-and-result', ...contradictory },
  { fault: 'error-beside', ...contradictory },
  { fault: 'two-responses', ...contradictory },
  { fault: 'two-errors', ...contradictory },
  { fault: 'two-codes', ...contradictory },
  { fault: 'no-id', ...incomplete },
  { fault: 'no-request-id', ...incomplete },
  {
    fault: 'refusal-no-request-id',
    outcome: 'unknown',
    kind: 'service',
    code: 'RequestLimitExceeded',
    attempts: 1,
  },
  { fault: 'text-id', ...success },
  { fault: 'unsafe-id', outcome: 'executed', kind: 'response', code: 'UnsafeInteger', attempts: 1 },
  { fault: 'zero-id', ...incomplete },
  { fault: 'minus-zero-id', ...incomplete },
  { fault: 'negative-id', ...incomplete },
  { fault: 'rounded-id', ...incomplete },
  { fault: 'long-new-field', ...success },
  { fault: 'brotli', ...success },
  { fault: 'list-lags', ...success },
  { fault: 'internal-error', outcome: 'unknown', kind: 'service', code: 'InternalError', attempts: 1 },
  {
    fault: 'unknown-code',
    outcome: 'unknown',
    kind: 'service',
    code: 'FailedOperation.SomethingNew',
    attempts: 1,
  },
  { fault: 'rate-limited', ...tooFast, code: 'RequestLimitExceeded' },
  { fault: 'rate-limited-account', ...tooFast, code: 'RequestLimitExceeded.UinLimitExceeded' },
  { fault: 'rate-limited-global', ...tooFast, code: 'RequestLimitExceeded.GlobalRegionUinLimitExceeded' },
  { fault: 'rate-limited-address', ...tooFast, code: 'RequestLimitExceeded.IPLimitExceeded' },
  { fault: 'clock-hours-off', ...tooFast, code: 'AuthFailure.SignatureExpire', attempts: 2 },
  { fault: 'token-refused', ...tooFast, code: 'AuthFailure.TokenFailure', attempts: 1 },
];
