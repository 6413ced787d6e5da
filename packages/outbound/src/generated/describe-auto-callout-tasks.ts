// Generated from spec/ by `pnpm generate`. Do not edit.

import type { ListDefinition } from '../listing.js';
import type { CommonErrorCode } from './common-errors.js';
import { commonErrors, loadMeanings } from './common-errors.js';
import { nonNegative } from './common-rules.js';
import type { AutoCalloutTaskInfo } from './data-types.js';

/** Parameters of DescribeAutoCalloutTasks. */
export interface DescribeAutoCalloutTasksRequest {
  /**
   * Id of your application. It is listed at https://console.tencentcloud.com/ccc.
   *
   * An integer that is not negative.
   */
  SdkAppId: number;
  /**
   * How many entries a page has at most. No largest size is documented.
   *
   * An integer of at least 1 (our check).
   */
  PageSize: number;
  /**
   * Number of the page, counted from 0.
   *
   * An integer that is not negative.
   */
  PageNumber: number;
}

/** Result of DescribeAutoCalloutTasks. */
export interface DescribeAutoCalloutTasksResult {
  /** How many tasks there are on all pages. */
  TotalCount: number;
  /** The tasks of this page. */
  Tasks: readonly AutoCalloutTaskInfo[];
  /** Id that the service gave to this request. Quote it when you report a problem. */
  RequestId: string;
}

/**
 * The error codes that are documented for DescribeAutoCalloutTasks, those of every action included.
 *
 * The service may answer others, too.
 */
export type DescribeAutoCalloutTasksErrorCode = CommonErrorCode | 'InternalError.DBError';

/**
 * List the automatic call tasks of an application.
 *
 * This is all that the transport needs to know. Use it for calls through a `ServiceClient` of @tccc/core.
 *
 * @see [DescribeAutoCalloutTasks, API reference of the international
 * site](https://www.tencentcloud.com/document/product/1229/59787)
 */
export const DescribeAutoCalloutTasks: ListDefinition<
  DescribeAutoCalloutTasksRequest,
  DescribeAutoCalloutTasksResult
> = {
  name: 'DescribeAutoCalloutTasks',
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
      required: ['SdkAppId', 'PageSize', 'PageNumber'],
      properties: {
        SdkAppId: nonNegative,
        PageSize: { type: 'integer', minimum: 1, maximum: 9007199254740991, derived: ['minimum', 'maximum'] },
        PageNumber: nonNegative,
      },
      additionalProperties: false,
    };
  },
  result: {
    required: ['TotalCount', 'Tasks'],
    integers: [
      'TotalCount',
      'Tasks[].TaskId',
      'Tasks[].CalleeCount',
      'Tasks[].NotBefore',
      'Tasks[].NotAfter',
      'Tasks[].IvrId',
      'Tasks[].State',
      'Tasks[].MaxRingTimeoutSecond',
    ],
  },

  paging: {
    items: 'Tasks',
    id: 'TaskId',
    total: 'TotalCount',
    page: 'PageNumber',
    first: 0,
    size: 'PageSize',
  },
};
