/// <reference types="node" preserve="true" />
// What a user needs. What only the packages of this repository need is in internal.ts; everything else is free to change.
export { ServiceClient } from './client.js';

// An action, as the generator writes it
export type {
  ActionDefinition,
  ErrorFact,
  ErrorTable,
  Idempotency,
  RateLimit,
  ResultShape,
} from './action.js';
export type { JsonType, Rules } from './rules.js';
export type { PlainData } from './params/plain-data.js';

// Options
export type { CallOptions, ParameterName } from './options/call-options.js';
export type { ClientOptions, PacingOptions } from './options/client-options.js';
export type { HeadersLike } from './options/headers.js';
export type {
  LogLevel,
  Logger,
  RequestHook,
  RequestInfo,
  ResponseHook,
  ResponseInfo,
} from './options/observe-options.js';
export type { RetryOptions } from './retry/policy.js';

// Errors and outcomes
export type { KnownServiceCodes, ServiceErrorCode } from './errors/codes.js';
export type { TcccErrorKind } from './errors/base.js';
export type { AnyTcccError, Issue } from './errors/errors.js';
export { TcccError } from './errors/base.js';
export {
  AbortedError,
  ConfigurationError,
  CredentialsError,
  DeadlineError,
  PacingError,
  ResponseError,
  ServiceError,
  SettleError,
  TransportError,
  ValidationError,
} from './errors/errors.js';
export {
  isAbortedError,
  isConfigurationError,
  isCredentialsError,
  isDeadlineError,
  isPacingError,
  isResponseError,
  isServiceError,
  isSettleError,
  isTcccError,
  isTransportError,
  isValidationError,
  mayHaveExecuted,
} from './errors/guards.js';
export type { Outcome, RetryClass } from './errors/outcome.js';

// Credentials
export type { AssumeRoleOptions } from './credentials/assume-role.js';
export { assumeRoleSource } from './credentials/assume-role.js';
export type { DefaultCredentialsOptions } from './credentials/chain.js';
export { chain, defaultCredentials } from './credentials/chain.js';
export type { CvmRoleOptions } from './credentials/cvm-role.js';
export { cvmRoleSource } from './credentials/cvm-role.js';
export { environmentSource } from './credentials/env.js';
export type { FileSourceOptions } from './credentials/file.js';
export { fileSource } from './credentials/file.js';
export type { TkeOidcOptions } from './credentials/tke-oidc.js';
export { tkeOidcSource } from './credentials/tke-oidc.js';
export type { CredentialContext, CredentialProvider, Credentials } from './credentials/types.js';

// What can be replaced: time, pacing, the dispatcher
export type { Cancellation } from './cancellation.js';
export type { Clock } from './clock.js';
export type {
  Pacer,
  PacingMode,
  PacingRequest,
  PacingSlot,
  Reservation,
  ReservationRequest,
  SlotUse,
} from './pacing/pacer.js';
export { PacingRefusal } from './pacing/pacer.js';
export type {
  DispatchRequest,
  DispatcherLike,
  ExchangeController,
  ResponseHandler,
  ResponseHeaders,
} from './transport/dispatcher.js';

// Diagnostics
export type {
  AttemptMessage,
  AttemptTrace,
  CallTrace,
  ClockMessage,
  CredentialsMessage,
  NoRetryReason,
  QueueMessage,
  RetryMessage,
  SettleMessage,
  Traced,
  UnsentMessage,
} from './diagnostics.js';
export { ATTEMPT_CHANNEL, channelNames } from './diagnostics.js';
export type { ClientStats } from './observe/stats.js';
