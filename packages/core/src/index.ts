/// <reference types="node" preserve="true" />
// What another package or a user needs; everything else is free to change.
export { ServiceClient } from './client.js';

// An action, as the generator writes it
export type {
  ActionDefinition,
  ErrorFact,
  ErrorTable,
  Idempotency,
  RateLimit,
  ResultShape,
  ParamsFault,
} from './action.js';
export type { JsonType, Rules } from './rules.js';
export type { CheckContext } from './params/validator.js';
export { findFaults } from './params/validator.js';
export { checkParams } from './params/encode.js';
export type { PlainData } from './params/plain-data.js';
export { toPlainData } from './params/plain-data.js';

// Options
export type { CallOptions, ParameterName } from './options/call-options.js';
export type { HeadersLike } from './options/headers.js';
export { checkCallOptions } from './options/call-options.js';
export { checkKnownOptions, checkNumber, checkSignal, invalidOption } from './checks.js';
export type { ClientOptions, PacingOptions } from './options/client-options.js';
export { checkClientOptions } from './options/settings.js';
export type { RetryOptions } from './retry/policy.js';

// Errors and outcomes
export type { KnownServiceCodes, ServiceErrorCode } from './errors/codes.js';
export { sdkCodes } from './errors/codes.js';
export type { AnyTcccError, Issue, TcccErrorKind } from './errors/errors.js';
export {
  AbortedError,
  ConfigurationError,
  CredentialsError,
  DeadlineError,
  PacingError,
  ResponseError,
  ServiceError,
  SettleError,
  TcccError,
  TransportError,
  ValidationError,
} from './errors/errors.js';
export {
  isServiceError,
  isSettleError,
  isTcccError,
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
export type {
  CredentialContext,
  CredentialFunction,
  CredentialSource,
  Credentials,
} from './credentials/types.js';

// What can be replaced: time, pacing, the dispatcher
export type { Cancellation } from './cancellation.js';
export type { Clock } from './clock.js';
export { systemClock } from './clock.js';
export type { Pacer, PacingMode, PacingRequest, PacingSlot, SlotUse } from './pacing/pacer.js';
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
export type {
  ClientStats,
  LogLevel,
  Logger,
  RequestHook,
  RequestInfo,
  ResponseHook,
  ResponseInfo,
} from './options/observe-options.js';

// Signing, for requests that are made by hand
export type { HeadersToSign, SignedHeaders, SigningInput } from './signing/tc3.js';
export { Signer, prepareHeaders, sha256Hex } from './signing/tc3.js';
