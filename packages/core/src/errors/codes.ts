import type { Outcome } from './outcome.js';

/** What one of the SDK's own codes says. */
export interface CodeFact {
  readonly meaning: string;
  /** `sent` stands for: `unknown` once the request was handed over, else `not-executed`. */
  readonly outcome: Outcome | 'sent';
  /** Whether the SDK attempts again by itself, within its budget. */
  readonly retried?: boolean;
}

/**
 * Every code that the SDK itself makes, by kind of error. The types of `error.code` and the table of the docs come from
 * here; a program that does not ask for it does not carry it.
 */
export const sdkCodes = {
  validation: {
    InvalidParams: {
      meaning: 'Parameters are wrong; `issues` lists up to 50 faults, `issueCount` counts them',
      outcome: 'not-executed',
    },
    RequestTooLarge: { meaning: 'The parameters make the request too long', outcome: 'not-executed' },
  },
  configuration: {
    InvalidOption: { meaning: 'An option of the client or of the call is wrong', outcome: 'not-executed' },
    TransportUnavailable: {
      meaning: 'undici could not be loaded, for instance because a bundle left it out',
      outcome: 'not-executed',
    },
    ClientClosed: { meaning: 'The client was closed', outcome: 'not-executed' },
  },
  credentials: {
    CredentialsNotFound: { meaning: 'No source has credentials', outcome: 'not-executed' },
    CredentialsInvalid: { meaning: 'There are credentials, but they are unusable', outcome: 'not-executed' },
    CredentialsUnavailable: { meaning: 'Fetching credentials failed', outcome: 'not-executed' },
  },
  pacing: {
    QueueFull: { meaning: 'Too many calls are already waiting', outcome: 'not-executed' },
    PacerFailed: { meaning: 'Your own pacer failed', outcome: 'not-executed' },
  },
  aborted: {
    Aborted: { meaning: 'Your `signal` ended the call; `cause` is its reason', outcome: 'sent' },
  },
  deadline: {
    DeadlineExceeded: {
      meaning: 'The call did not fit into `deadlineMs`, or a wait would not have',
      outcome: 'sent',
    },
  },
  transport: {
    DnsFailed: { meaning: 'The host name cannot be resolved', outcome: 'not-executed', retried: true },
    ConnectionRefused: { meaning: 'The connection was refused', outcome: 'not-executed', retried: true },
    ConnectTimeout: {
      meaning: 'Connecting took longer than `connectTimeoutMs`',
      outcome: 'not-executed',
      retried: true,
    },
    ConnectFailed: {
      meaning: 'The connection could not be made',
      outcome: 'not-executed',
      retried: true,
    },
    AttemptTimeout: {
      meaning: 'No connection was free within `attemptTimeoutMs`',
      outcome: 'not-executed',
      retried: true,
    },
    TlsFailed: { meaning: 'The TLS handshake failed', outcome: 'not-executed' },
    ProxyFailed: {
      meaning:
        'The proxy made no connection; the message has its variable and its status. Only 429 and 5xx are retried',
      outcome: 'not-executed',
      retried: true,
    },
    ConnectionLost: { meaning: 'The connection was lost after the request was sent', outcome: 'unknown' },
    ResponseTimeout: { meaning: 'No complete response came in time', outcome: 'unknown' },
    UnexpectedFailure: { meaning: 'Something that should not happen; see `cause`', outcome: 'sent' },
  },
  response: {
    HttpStatus: { meaning: 'A gateway answered with a status other than 200', outcome: 'unknown' },
    MalformedResponse: { meaning: 'The response does not have the documented form', outcome: 'unknown' },
    ContradictoryResponse: { meaning: 'The response contradicts itself', outcome: 'unknown' },
    ForeignResponse: { meaning: 'The response belongs to another request', outcome: 'unknown' },
    IncompleteResponse: { meaning: 'A success without a usable id', outcome: 'unknown' },
    ResponseTooLarge: { meaning: 'The response is longer than `maxResponseBytes`', outcome: 'unknown' },
    UnsafeInteger: {
      meaning: 'The id is beyond 2^53; `digits` has it exactly',
      outcome: 'executed',
    },
  },
  settle: {
    NotFound: { meaning: 'Nothing in the list has the name and the marker yet', outcome: 'unknown' },
    NoLookup: { meaning: 'The list could not be read through even once in time', outcome: 'unknown' },
    Cancelled: {
      meaning: 'Your `signal` or the end of the client ended the lookups; `marker` lets you go on later',
      outcome: 'unknown',
    },
    FoundTwice: {
      meaning:
        'More than one thing has the name and the marker, and nothing tells which it is: `ids` has all',
      outcome: 'unknown',
    },
  },
} as const satisfies Record<string, Record<string, CodeFact>>;

type SdkCodes = typeof sdkCodes;

export type ValidationErrorCode = keyof SdkCodes['validation'];
export type ConfigurationErrorCode = keyof SdkCodes['configuration'];
export type CredentialsErrorCode = keyof SdkCodes['credentials'];
export type PacingErrorCode = keyof SdkCodes['pacing'];
export type AbortedErrorCode = keyof SdkCodes['aborted'];
export type DeadlineErrorCode = keyof SdkCodes['deadline'];
export type TransportErrorCode = keyof SdkCodes['transport'];
export type ResponseErrorCode = keyof SdkCodes['response'];
export type SettleErrorCode = keyof SdkCodes['settle'];

/**
 * The service's own codes that a package knows, as property names. Empty here; a package for a product adds its codes by
 * declaration merging, so that editors can complete `error.code ===`.
 */
// oxlint-disable-next-line typescript/no-empty-object-type, typescript/no-empty-interface
export interface KnownServiceCodes {}

/** A code of the service: one that is known, or any other, since the service may add codes at any time. */
export type ServiceErrorCode = keyof KnownServiceCodes | (string & {});
