export type { ActionDefinition, ErrorFact, ErrorTable, RateLimit } from './action.js';
export { findErrorFact } from './action.js';
export type { Cancellation } from './cancellation.js';
export { ServiceClient } from './client.js';
export type { Clock } from './clock.js';
export { systemClock } from './clock.js';
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
export type { AttemptMessage } from './diagnostics.js';
export { ATTEMPT_CHANNEL } from './diagnostics.js';
export type { AnyTcccError, TcccErrorKind } from './errors/errors.js';
export {
  AbortedError,
  ConfigurationError,
  CredentialsError,
  DeadlineError,
  PacingError,
  ResponseError,
  ServiceError,
  TcccError,
  TransportError,
  ValidationError,
  isServiceError,
  isTcccError,
  isValidationError,
  mayHaveExecuted,
} from './errors/errors.js';
export type { Issue, Validator, ValidatorFault } from './params/issues.js';
export { findIssues } from './params/issues.js';
export { invalidOption } from './options/checks.js';
export type { CallOptions, ClientOptions, PacingOptions } from './options/options.js';
export type { Outcome, RetryClass } from './errors/outcome.js';
export type { Pacer, PacingMode, PacingRequest, PacingSlot } from './pacing/pacer.js';
export { LocalPacer } from './pacing/local-pacer.js';
export type { RetryOptions } from './retry/policy.js';
export {
  canonicalRequest,
  deriveKey,
  prepareHeaders,
  sha256Hex,
  Signer,
  stringToSign,
} from './signing/tc3.js';
export type { HeadersToSign, SignedHeaders, SigningInput } from './signing/tc3.js';
export type {
  DispatchRequest,
  DispatcherLike,
  ExchangeController,
  ResponseHandler,
  ResponseHeaders,
} from './transport/dispatcher.js';
