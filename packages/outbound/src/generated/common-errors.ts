// Generated from spec/ by `pnpm generate`. Do not edit.

import type { ErrorFact } from '@tccc/core';

/** An error code that is documented for every action. */
export type CommonErrorCode =
  | 'ActionOffline'
  | 'AuthFailure'
  | 'AuthFailure.InvalidAuthorization'
  | 'AuthFailure.InvalidSecretId'
  | 'AuthFailure.MFAFailure'
  | 'AuthFailure.SecretIdNotFound'
  | 'AuthFailure.SignatureExpire'
  | 'AuthFailure.SignatureFailure'
  | 'AuthFailure.TokenFailure'
  | 'AuthFailure.UnauthorizedOperation'
  | 'DryRunOperation'
  | 'FailedOperation'
  | 'InternalError'
  | 'InvalidAction'
  | 'InvalidParameter'
  | 'InvalidParameterValue'
  | 'InvalidRequest'
  | 'IpInBlacklist'
  | 'IpNotInWhitelist'
  | 'LimitExceeded'
  | 'MissingParameter'
  | 'NoSuchProduct'
  | 'NoSuchVersion'
  | 'RequestLimitExceeded'
  | 'RequestLimitExceeded.GlobalRegionUinLimitExceeded'
  | 'RequestLimitExceeded.IPLimitExceeded'
  | 'RequestLimitExceeded.UinLimitExceeded'
  | 'RequestSizeLimitExceeded'
  | 'ResourceInUse'
  | 'ResourceInsufficient'
  | 'ResourceNotFound'
  | 'ResourceUnavailable'
  | 'ResponseSizeLimitExceeded'
  | 'ServiceUnavailable'
  | 'UnauthorizedOperation'
  | 'UnknownParameter'
  | 'UnsupportedOperation'
  | 'UnsupportedProtocol'
  | 'UnsupportedRegion';

/** Error codes that every action may answer. */
export const commonErrors: Readonly<Record<CommonErrorCode, ErrorFact>> = {
  ActionOffline: { meaning: 'The action has been retired.', outcome: 'not-executed', retry: 'never' },
  AuthFailure: {
    meaning: 'The gateway could not establish who sends the request, and so did not pass it on.',
    outcome: 'not-executed',
    retry: 'never',
    subcodes: true,
  },
  'AuthFailure.InvalidAuthorization': {
    meaning: 'The Authorization header is malformed.',
    outcome: 'not-executed',
    retry: 'never',
  },
  'AuthFailure.InvalidSecretId': {
    meaning: 'The secret id is not a cloud API key.',
    outcome: 'not-executed',
    retry: 'never',
  },
  'AuthFailure.MFAFailure': {
    meaning: 'Multi-factor authentication failed.',
    outcome: 'not-executed',
    retry: 'never',
  },
  'AuthFailure.SecretIdNotFound': {
    meaning:
      'The key does not exist at this site, is deleted or disabled. Check that your account belongs to the site that the client calls, and the secret id for stray characters.',
    outcome: 'not-executed',
    retry: 'after-credential-refresh',
  },
  'AuthFailure.SignatureExpire': {
    meaning: 'The timestamp of the request is more than five minutes from the clock of the service.',
    outcome: 'not-executed',
    retry: 'after-clock-correction',
  },
  'AuthFailure.SignatureFailure': {
    meaning: 'The signature does not match; check the secret key.',
    outcome: 'not-executed',
    retry: 'after-credential-refresh',
  },
  'AuthFailure.TokenFailure': {
    meaning: 'The token of the temporary credentials is wrong or has expired.',
    outcome: 'not-executed',
    retry: 'after-credential-refresh',
  },
  'AuthFailure.UnauthorizedOperation': {
    meaning: 'An access policy denies this operation.',
    outcome: 'not-executed',
    retry: 'never',
  },
  DryRunOperation: {
    meaning: 'The dry run would have succeeded; nothing was done.',
    outcome: 'not-executed',
    retry: 'never',
  },
  FailedOperation: {
    meaning: 'The operation failed, possibly half-way.',
    outcome: 'unknown',
    retry: 'never',
  },
  InternalError: {
    meaning:
      'Internal error of the service, time-outs between its parts included; the request may have been executed.',
    outcome: 'unknown',
    retry: 'after-backoff',
  },
  InvalidAction: { meaning: 'There is no such action.', outcome: 'not-executed', retry: 'never' },
  InvalidParameter: {
    meaning: 'A parameter is wrong, for instance in format or type.',
    outcome: 'not-executed',
    retry: 'never',
  },
  InvalidParameterValue: {
    meaning: 'A parameter has a value that is not allowed.',
    outcome: 'not-executed',
    retry: 'never',
  },
  InvalidRequest: {
    meaning: 'The body of a multipart request is malformed.',
    outcome: 'not-executed',
    retry: 'never',
  },
  IpInBlacklist: {
    meaning: 'The address that the request came from is blacklisted.',
    outcome: 'not-executed',
    retry: 'never',
  },
  IpNotInWhitelist: {
    meaning: 'The address that the request came from is not on the allowed list.',
    outcome: 'not-executed',
    retry: 'never',
  },
  LimitExceeded: {
    meaning: 'A quota is exceeded; whether anything was done before that is not documented.',
    outcome: 'unknown',
    retry: 'never',
  },
  MissingParameter: { meaning: 'A required parameter is missing.', outcome: 'not-executed', retry: 'never' },
  NoSuchProduct: { meaning: 'There is no such product.', outcome: 'not-executed', retry: 'never' },
  NoSuchVersion: { meaning: 'There is no such version of the API.', outcome: 'not-executed', retry: 'never' },
  RequestLimitExceeded: {
    meaning: 'Too many requests in a short time.',
    outcome: 'not-executed',
    retry: 'after-backoff',
    subcodes: true,
  },
  'RequestLimitExceeded.GlobalRegionUinLimitExceeded': {
    meaning: 'The account sends too many requests over all regions.',
    outcome: 'not-executed',
    retry: 'after-backoff',
  },
  'RequestLimitExceeded.IPLimitExceeded': {
    meaning: 'Too many requests come from this address.',
    outcome: 'not-executed',
    retry: 'after-backoff',
  },
  'RequestLimitExceeded.UinLimitExceeded': {
    meaning: 'The account sends too many requests.',
    outcome: 'not-executed',
    retry: 'after-backoff',
  },
  RequestSizeLimitExceeded: {
    meaning: 'The request is larger than the service accepts.',
    outcome: 'not-executed',
    retry: 'never',
  },
  ResourceInUse: {
    meaning: 'A resource is in use; how far the operation got is not documented.',
    outcome: 'unknown',
    retry: 'never',
  },
  ResourceInsufficient: {
    meaning: 'There are not enough resources; how far the operation got is not documented.',
    outcome: 'unknown',
    retry: 'never',
  },
  ResourceNotFound: {
    meaning: 'A resource does not exist; how far the operation got is not documented.',
    outcome: 'unknown',
    retry: 'never',
  },
  ResourceUnavailable: {
    meaning: 'A resource is not available; how far the operation got is not documented.',
    outcome: 'unknown',
    retry: 'after-backoff',
  },
  ResponseSizeLimitExceeded: {
    meaning: 'The response would be too large; the request itself may have been executed.',
    outcome: 'unknown',
    retry: 'never',
  },
  ServiceUnavailable: {
    meaning: 'The service is not available for the moment; the request may have been executed.',
    outcome: 'unknown',
    retry: 'after-backoff',
  },
  UnauthorizedOperation: {
    meaning: 'The operation is not authorised.',
    outcome: 'not-executed',
    retry: 'never',
  },
  UnknownParameter: {
    meaning: 'A parameter is not one that the action knows.',
    outcome: 'not-executed',
    retry: 'never',
  },
  UnsupportedOperation: {
    meaning: 'The operation is not supported; how far it got is not documented.',
    outcome: 'unknown',
    retry: 'never',
  },
  UnsupportedProtocol: {
    meaning: 'The protocol is not supported; only GET and POST over HTTP are.',
    outcome: 'not-executed',
    retry: 'never',
  },
  UnsupportedRegion: { meaning: 'The region is not supported.', outcome: 'not-executed', retry: 'never' },
};
