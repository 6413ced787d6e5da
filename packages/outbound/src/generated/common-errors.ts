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
  ActionOffline: { outcome: 'not-executed', retry: 'never' },
  AuthFailure: { outcome: 'not-executed', retry: 'never', subcodes: true },
  'AuthFailure.InvalidAuthorization': { outcome: 'not-executed', retry: 'never' },
  'AuthFailure.InvalidSecretId': { outcome: 'not-executed', retry: 'never' },
  'AuthFailure.MFAFailure': { outcome: 'not-executed', retry: 'never' },
  'AuthFailure.SecretIdNotFound': { outcome: 'not-executed', retry: 'after-credential-refresh' },
  'AuthFailure.SignatureExpire': { outcome: 'not-executed', retry: 'after-clock-correction' },
  'AuthFailure.SignatureFailure': { outcome: 'not-executed', retry: 'after-credential-refresh' },
  'AuthFailure.TokenFailure': { outcome: 'not-executed', retry: 'after-credential-refresh' },
  'AuthFailure.UnauthorizedOperation': { outcome: 'not-executed', retry: 'never' },
  DryRunOperation: { outcome: 'not-executed', retry: 'never' },
  FailedOperation: { outcome: 'unknown', retry: 'never' },
  InternalError: { outcome: 'unknown', retry: 'after-backoff' },
  InvalidAction: { outcome: 'not-executed', retry: 'never' },
  InvalidParameter: { outcome: 'not-executed', retry: 'never' },
  InvalidParameterValue: { outcome: 'not-executed', retry: 'never' },
  InvalidRequest: { outcome: 'not-executed', retry: 'never' },
  IpInBlacklist: { outcome: 'not-executed', retry: 'never' },
  IpNotInWhitelist: { outcome: 'not-executed', retry: 'never' },
  LimitExceeded: { outcome: 'unknown', retry: 'never' },
  MissingParameter: { outcome: 'not-executed', retry: 'never' },
  NoSuchProduct: { outcome: 'not-executed', retry: 'never' },
  NoSuchVersion: { outcome: 'not-executed', retry: 'never' },
  RequestLimitExceeded: { outcome: 'not-executed', retry: 'after-backoff', subcodes: true },
  'RequestLimitExceeded.GlobalRegionUinLimitExceeded': { outcome: 'not-executed', retry: 'after-backoff' },
  'RequestLimitExceeded.IPLimitExceeded': { outcome: 'not-executed', retry: 'after-backoff' },
  'RequestLimitExceeded.UinLimitExceeded': { outcome: 'not-executed', retry: 'after-backoff' },
  RequestSizeLimitExceeded: { outcome: 'not-executed', retry: 'never' },
  ResourceInUse: { outcome: 'unknown', retry: 'never' },
  ResourceInsufficient: { outcome: 'unknown', retry: 'never' },
  ResourceNotFound: { outcome: 'unknown', retry: 'never' },
  ResourceUnavailable: { outcome: 'unknown', retry: 'after-backoff' },
  ResponseSizeLimitExceeded: { outcome: 'unknown', retry: 'never' },
  ServiceUnavailable: { outcome: 'unknown', retry: 'after-backoff' },
  UnauthorizedOperation: { outcome: 'not-executed', retry: 'never' },
  UnknownParameter: { outcome: 'not-executed', retry: 'never' },
  UnsupportedOperation: { outcome: 'unknown', retry: 'never' },
  UnsupportedProtocol: { outcome: 'not-executed', retry: 'never' },
  UnsupportedRegion: { outcome: 'not-executed', retry: 'never' },
};

/** What they mean. */
export const loadMeanings = async () => (await import('./common-meanings.js')).commonMeanings;
