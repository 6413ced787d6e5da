// Generated from spec/ by `pnpm generate`. Do not edit.

import type { ActionDefinition } from '@tccc/core';
import type { CommonErrorCode } from './common-errors.js';
import { commonErrors, loadMeanings } from './common-errors.js';
import { nonNegative } from './common-rules.js';
import type { AutoCalloutTaskCalleeInfo, AutoCalloutTaskState } from './data-types.js';

/** Parameters of DescribeAutoCalloutTask. */
export interface DescribeAutoCalloutTaskRequest {
  /**
   * Id of your application. It is listed at https://console.tencentcloud.com/ccc.
   *
   * An integer that is not negative.
   */
  SdkAppId: number;
  /**
   * Id of the task to look up.
   *
   * An integer that is not negative.
   */
  TaskId: number;
}

/** Result of DescribeAutoCalloutTask. */
export interface DescribeAutoCalloutTaskResult {
  /** Name of the task. */
  Name: string;
  /** Description of the task. */
  Description?: string;
  /**
   * When the task may start.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  NotBefore: number;
  /**
   * When the task stops; null or absent if it has no such time.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  NotAfter?: number | null;
  /** The numbers to call from. */
  Callers: readonly string[];
  /** The called numbers, each with its state. */
  Callees: readonly AutoCalloutTaskCalleeInfo[];
  /** Id of the IVR that handles the calls. */
  IvrId?: number;
  /**
   * State of the task.
   *
   * One of `0` (not started), `1` (running), `2` (completed, all calls are done), `3` (ending, it has expired and
   * some calls are still open), `4` (ended, because it has expired), `5` (paused, it can be resumed). The service
   * may answer others, too.
   */
  State: AutoCalloutTaskState;
  /**
   * How long a call may ring before it is given up.
   *
   * Unit: seconds.
   */
  MaxRingTimeoutSecond?: number;
  /** Id that the service gave to this request. Quote it when you report a problem. */
  RequestId: string;
}

/**
 * The error codes that are documented for DescribeAutoCalloutTask, those of every action included.
 *
 * The service may answer others, too.
 */
export type DescribeAutoCalloutTaskErrorCode = CommonErrorCode | 'InternalError.DBError';

/**
 * Look up an automatic call task, with the state of each number.
 *
 * This is all that the transport needs to know. Use it for calls through a `ServiceClient` of @tccc/core.
 *
 * @see [DescribeAutoCalloutTask, API reference of the international
 * site](https://www.tencentcloud.com/document/product/1229/59788)
 */
export const DescribeAutoCalloutTask: ActionDefinition<
  DescribeAutoCalloutTaskRequest,
  DescribeAutoCalloutTaskResult
> = {
  name: 'DescribeAutoCalloutTask',
  version: '2020-02-10',
  service: 'ccc',
  host: 'ccc.intl.tencentcloudapi.com',
  rateLimit: { limit: 20, windowMs: 1000 },
  maxRequestBytes: 10485760,
  idempotency: 'safe',
  errors() {
    return {
      ...commonErrors,
      'InternalError.DBError': {
        meaning: 'The service could not access its database; nothing was changed.',
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
  result: {
    required: ['Name', 'NotBefore', 'Callers', 'Callees', 'State'],
    integers: ['NotBefore', 'NotAfter', 'Callees[].State', 'IvrId', 'State', 'MaxRingTimeoutSecond'],
  },
};
