export type { ActionDefinition, ErrorFact, ErrorTable, RateLimit } from './action.js';
export { findErrorFact } from './action.js';
export type { Cancellation } from './call-scope.js';
export { ServiceClient } from './client.js';
export type { Clock } from './clock.js';
export { systemClock } from './clock.js';
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
export type { AttemptMessage } from './diagnostics.js';
export { ATTEMPT_CHANNEL } from './diagnostics.js';
export type { AnyTcccError, TcccErrorKind } from './errors.js';
export {
  AbortedError,
  ConfigurationError,
  CredentialsError,
  DeadlineError,
  PacingError,
  ReplyError,
  ServiceError,
  TcccError,
  TransportError,
  ValidationError,
  isServiceError,
  isTcccError,
  isValidationError,
  mayHaveExecuted,
} from './errors.js';
export type { Issue, Validator, ValidatorFault } from './issues.js';
export { findIssues } from './issues.js';
export { invalidOption } from './option-checks.js';
export type { CallOptions, ClientOptions, PacingOptions } from './options.js';
export type { Outcome, RetryClass } from './outcome.js';
export type { Pacer, PacingMode, PacingRequest, PacingSlot } from './pacing.js';
export { LocalPacer } from './pacing.js';
export type { RetryOptions } from './retry.js';
export { canonicalRequest, deriveKey, prepareHeaders, sha256Hex, Signer, stringToSign } from './tc3.js';
export type { HeadersToSign, SignedHeaders, SigningInput } from './tc3.js';
export type {
  DispatchRequest,
  DispatcherLike,
  ExchangeController,
  ReplyHandler,
  ReplyHeaders,
} from './transport/dispatcher.js';
