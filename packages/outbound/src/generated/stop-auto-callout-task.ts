// Generated from spec/ by `pnpm generate`. Do not edit.

import type { ActionDefinition } from '@tccc/core';
import type { CommonErrorCode } from './common-errors.js';
import { commonErrors, loadMeanings } from './common-errors.js';
import { nonNegative } from './common-rules.js';

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
  errors() {
    return {
      ...commonErrors,
      'InternalError.DBError': {
        meaning: 'The service could not access its database; the task may or may not have been stopped.',
        outcome: 'unknown',
        retry: 'after-backoff',
      },
    };
  },
  meanings: loadMeanings,
  rules() {
    return {
      type: 'object',
      required: ['SdkAppId', 'TaskId'],
      properties: { SdkAppId: nonNegative, TaskId: nonNegative },
      additionalProperties: false,
    };
  },
  result: { required: [], integers: [] },
};
