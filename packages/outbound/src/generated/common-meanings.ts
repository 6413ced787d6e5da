// Generated from spec/ by `pnpm generate`. Do not edit.

/** What each error code means that every action may answer. */
export const commonMeanings: Readonly<Record<string, string>> = {
  ActionOffline: 'The action has been retired.',
  AuthFailure: 'The gateway could not establish who sends the request, and so did not pass it on.',
  'AuthFailure.InvalidAuthorization': 'The Authorization header is malformed.',
  'AuthFailure.InvalidSecretId': 'The secret id is not a cloud API key.',
  'AuthFailure.MFAFailure': 'Multi-factor authentication failed.',
  'AuthFailure.SecretIdNotFound':
    'The key does not exist at this site, is deleted or disabled. Check that your account belongs to the site that the client calls, and the secret id for stray characters.',
  'AuthFailure.SignatureExpire':
    'The timestamp of the request is more than five minutes from the clock of the service.',
  'AuthFailure.SignatureFailure': 'The signature does not match; check the secret key.',
  'AuthFailure.TokenFailure': 'The token of the temporary credentials is wrong or has expired.',
  'AuthFailure.UnauthorizedOperation': 'An access policy denies this operation.',
  DryRunOperation: 'The dry run would have succeeded; nothing was done.',
  FailedOperation: 'The operation failed, possibly half-way.',
  InternalError:
    'Internal error of the service, time-outs between its parts included; the request may have been executed.',
  InvalidAction: 'There is no such action.',
  InvalidParameter: 'A parameter is wrong, for instance in format or type.',
  InvalidParameterValue: 'A parameter has a value that is not allowed.',
  InvalidRequest: 'The body of a multipart request is malformed.',
  IpInBlacklist: 'The address that the request came from is blacklisted.',
  IpNotInWhitelist: 'The address that the request came from is not on the allowed list.',
  LimitExceeded: 'A quota is exceeded; whether anything was done before that is not documented.',
  MissingParameter: 'A required parameter is missing.',
  NoSuchProduct: 'There is no such product.',
  NoSuchVersion: 'There is no such version of the API.',
  RequestLimitExceeded: 'Too many requests in a short time.',
  'RequestLimitExceeded.GlobalRegionUinLimitExceeded':
    'The account sends too many requests over all regions.',
  'RequestLimitExceeded.IPLimitExceeded': 'Too many requests come from this address.',
  'RequestLimitExceeded.UinLimitExceeded': 'The account sends too many requests.',
  RequestSizeLimitExceeded: 'The request is larger than the service accepts.',
  ResourceInUse: 'A resource is in use; how far the operation got is not documented.',
  ResourceInsufficient: 'There are not enough resources; how far the operation got is not documented.',
  ResourceNotFound: 'A resource does not exist; how far the operation got is not documented.',
  ResourceUnavailable: 'A resource is not available; how far the operation got is not documented.',
  ResponseSizeLimitExceeded: 'The response would be too large; the request itself may have been executed.',
  ServiceUnavailable: 'The service is not available for the moment; the request may have been executed.',
  UnauthorizedOperation: 'The operation is not authorised.',
  UnknownParameter: 'A parameter is not one that the action knows.',
  UnsupportedOperation: 'The operation is not supported; how far it got is not documented.',
  UnsupportedProtocol: 'The protocol is not supported; only GET and POST over HTTP are.',
  UnsupportedRegion: 'The region is not supported.',
};
