// Generated from spec/ by `pnpm generate`. Do not edit.

import type { ActionDefinition } from '@tccc/core';
import type { CommonErrorCode } from './common-errors.js';
import { commonErrors, loadMeanings } from './common-errors.js';
import { integer } from './common-rules.js';
import type { AICallExtractResultElement } from './data-types.js';

/**
 * Parameters of DescribeAICallExtractResult.
 *
 * `StartTime` must be before `EndTime` (our check).
 */
export interface DescribeAICallExtractResultRequest {
  /** Id of your application. It is listed at https://console.tencentcloud.com/ccc. */
  SdkAppId: number;
  /**
   * Id of the call.
   *
   * A string that is not empty (our check).
   */
  SessionId: string;
  /**
   * Start of the span in which to look.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  StartTime: number;
  /**
   * End of the span in which to look.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  EndTime: number;
}

/** Result of DescribeAICallExtractResult. */
export interface DescribeAICallExtractResultResult {
  /** What was extracted. */
  ResultList?: readonly AICallExtractResultElement[] | null;
  /** Id that the service gave to this request. Quote it when you report a problem. */
  RequestId: string;
}

/**
 * The error codes that are documented for DescribeAICallExtractResult, those of every action included.
 *
 * The service may answer others, too.
 */
export type DescribeAICallExtractResultErrorCode = CommonErrorCode | 'InternalError.DBError';

/**
 * Read what was extracted from a call of an AI agent.
 *
 * This is all that the transport needs to know. Use it for calls through a `ServiceClient` of @tccc/core.
 *
 * @see [DescribeAICallExtractResult, API reference of the international
 * site](https://www.tencentcloud.com/document/product/1229/68004), as of 2026-03-27
 */
export const DescribeAICallExtractResult: ActionDefinition<
  DescribeAICallExtractResultRequest,
  DescribeAICallExtractResultResult
> = {
  name: 'DescribeAICallExtractResult',
  version: '2020-02-10',
  service: 'ccc',
  host: 'ccc.intl.tencentcloudapi.com',
  rateLimit: { limit: 20, windowMs: 1000 },
  maxRequestBytes: 10485760,
  idempotency: 'safe',
  edition: '2026-03-27',
  errors() {
    return {
      ...commonErrors,
      InternalError: {
        meaning: 'Internal error of the service.',
        outcome: 'unknown',
        retry: 'after-backoff',
      },
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
      required: ['SdkAppId', 'SessionId', 'StartTime', 'EndTime'],
      properties: {
        SdkAppId: integer,
        SessionId: { type: 'string', minLength: 1, derived: ['minLength'] },
        StartTime: { type: 'integer', maximum: 9999999999, unit: 'unix-seconds', derived: ['maximum'] },
        EndTime: { type: 'integer', maximum: 9999999999, unit: 'unix-seconds', derived: ['maximum'] },
      },
      additionalProperties: false,
      ordered: [['StartTime', 'EndTime']],
      derived: ['ordered'],
    };
  },
  result: { required: [], integers: [] },
};
