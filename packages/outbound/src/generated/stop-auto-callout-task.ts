// Generated from spec/ (hash 04d2bcd5c7c1a740) by `pnpm generate`. Do not edit.

import type { ActionDefinition } from '@tccc/core';
import type { CommonErrorCode } from './common-errors.js';
import { withCommonErrors } from './common-errors.js';
import { validate } from './stop-auto-callout-task.validator.js';

/** Parameters of StopAutoCalloutTask. */
export interface StopAutoCalloutTaskRequest {
  /**
   * Id of your application. It is listed at https://console.tencentcloud.com/ccc.
   *
   * An integer that is not negative.
   */
  SdkAppId: number;
  /**
   * Id of the task to stop.
   *
   * An integer that is not negative.
   */
  TaskId: number;
}

/** Result of StopAutoCalloutTask. */
export interface StopAutoCalloutTaskResult {
  /** Id that the service gave to this request. Quote it when you report a problem. */
  RequestId: string;
}

/**
 * The error codes that are documented for StopAutoCalloutTask, those of every action included.
 *
 * The service may answer others, too.
 */
export type StopAutoCalloutTaskErrorCode = CommonErrorCode | 'InternalError.DBError';

/**
 * Stop an automatic call task for good.
 *
 * This is all that the transport needs to know. Use it for calls through a `ServiceClient` of @tccc/core.
 *
 * @see [StopAutoCalloutTask, API reference of the international
 * site](https://www.tencentcloud.com/document/product/1229/59781)
 */
export const StopAutoCalloutTask: ActionDefinition<StopAutoCalloutTaskRequest, StopAutoCalloutTaskResult> = {
  name: 'StopAutoCalloutTask',
  version: '2020-02-10',
  service: 'ccc',
  host: 'ccc.intl.tencentcloudapi.com',
  rateLimit: { limit: 20, windowMs: 1000 },
  maxRequestBytes: 10485760,
  idempotency: 'idempotent',
  errors: /* @__PURE__ */ withCommonErrors({
    'InternalError.DBError': {
      meaning: 'The service could not access its database; the task may or may not have been stopped.',
      outcome: 'unknown',
      retry: 'after-backoff',
    },
    InvalidParameter: { meaning: 'A parameter is wrong.', outcome: 'not-executed', retry: 'never' },
    InvalidParameterValue: {
      meaning: 'A parameter has a value that is not allowed.',
      outcome: 'not-executed',
      retry: 'never',
    },
    UnsupportedOperation: {
      meaning:
        'The operation is not supported. Whether something was done before the refusal is not documented.',
      outcome: 'unknown',
      retry: 'never',
    },
  }),
  validate,
  parameters: ['SdkAppId', 'TaskId'],
  result: { required: [], integers: [] },
};
