// Generated from spec/ by `pnpm generate`. Do not edit.

import type { ActionDefinition } from '@tccc/core';
import type { CommonErrorCode } from './common-errors.js';
import { commonErrors, loadMeanings } from './common-errors.js';
import { integer } from './common-rules.js';

/** Parameters of PauseAutoCalloutTask. */
export interface PauseAutoCalloutTaskRequest {
  /** Id of the task to pause. */
  TaskId: number;
  /** Id of your application. It is listed at https://console.tencentcloud.com/ccc. */
  SdkAppId: number;
}

/** Result of PauseAutoCalloutTask. */
export interface PauseAutoCalloutTaskResult {
  /** Id that the service gave to this request. Quote it when you report a problem. */
  RequestId: string;
}

/**
 * The error codes that are documented for PauseAutoCalloutTask, those of every action included.
 *
 * The service may answer others, too.
 */
export type PauseAutoCalloutTaskErrorCode = CommonErrorCode | 'InternalError.DBError';

/**
 * Pause an automatic call task.
 *
 * This is all that the transport needs to know. Use it for calls through a `ServiceClient` of @tccc/core.
 *
 * @see [PauseAutoCalloutTask, API reference of the international
 * site](https://www.tencentcloud.com/document/product/1229/76611)
 */
export const PauseAutoCalloutTask: ActionDefinition<PauseAutoCalloutTaskRequest, PauseAutoCalloutTaskResult> =
  {
    name: 'PauseAutoCalloutTask',
    version: '2020-02-10',
    service: 'ccc',
    host: 'ccc.intl.tencentcloudapi.com',
    rateLimit: { limit: 20, windowMs: 1000 },
    maxRequestBytes: 10485760,
    idempotency: 'idempotent',
    errors() {
      return {
        ...commonErrors,
        InternalError: {
          meaning: 'Internal error of the service; the task may or may not have been paused.',
          outcome: 'unknown',
          retry: 'after-backoff',
        },
        'InternalError.DBError': {
          meaning: 'The service could not access its database; the task may or may not have been paused.',
          outcome: 'unknown',
          retry: 'after-backoff',
        },
      };
    },
    meanings: loadMeanings,
    rules() {
      return {
        type: 'object',
        required: ['TaskId', 'SdkAppId'],
        properties: { TaskId: integer, SdkAppId: integer },
        additionalProperties: false,
      };
    },
    result: { required: [], integers: [] },
  };
