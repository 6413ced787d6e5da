// Generated from spec/ by `pnpm generate`. Do not edit.

import type { ListDefinition } from '../listing.js';
import type { CommonErrorCode } from './common-errors.js';
import { commonErrors, loadMeanings } from './common-errors.js';
import { integer } from './common-rules.js';

/** Parameters of DescribePredictiveDialingSessions. */
export interface DescribePredictiveDialingSessionsRequest {
  /** Id of your application. It is listed at https://console.tencentcloud.com/ccc. */
  SdkAppId: number;
  /** Id of the campaign whose calls to list. */
  CampaignId: number;
  /**
   * How many entries a page has at most.
   *
   * An integer from 1 to 1000 (our check).
   */
  PageSize: number;
  /**
   * Number of the page, counted from 0.
   *
   * An integer of at least 0 (our check).
   */
  PageNumber: number;
}

/** Result of DescribePredictiveDialingSessions. */
export interface DescribePredictiveDialingSessionsResult {
  /** How many calls there are on all pages. */
  TotalCount: number;
  /** The session ids of this page. */
  SessionList: readonly string[];
  /** Id that the service gave to this request. Quote it when you report a problem. */
  RequestId: string;
}

/**
 * The error codes that are documented for DescribePredictiveDialingSessions, those of every action included.
 *
 * The service may answer others, too.
 */
export type DescribePredictiveDialingSessionsErrorCode = CommonErrorCode | 'InternalError.DBError';

/**
 * List the calls of a predictive dialing campaign.
 *
 * This is all that the transport needs to know. Use it for calls through a `ServiceClient` of @tccc/core.
 *
 * @see [DescribePredictiveDialingSessions, API reference of the international
 * site](https://www.tencentcloud.com/document/product/1229/59784)
 */
export const DescribePredictiveDialingSessions: ListDefinition<
  DescribePredictiveDialingSessionsRequest,
  DescribePredictiveDialingSessionsResult
> = {
  name: 'DescribePredictiveDialingSessions',
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
      required: ['SdkAppId', 'CampaignId', 'PageSize', 'PageNumber'],
      properties: {
        SdkAppId: integer,
        CampaignId: integer,
        PageSize: { type: 'integer', minimum: 1, maximum: 1000, derived: ['minimum'] },
        PageNumber: {
          type: 'integer',
          minimum: 0,
          maximum: 9007199254740991,
          derived: ['minimum', 'maximum'],
        },
      },
      additionalProperties: false,
    };
  },
  result: { required: ['TotalCount', 'SessionList'], integers: ['TotalCount'] },

  paging: {
    items: 'SessionList',
    total: 'TotalCount',
    page: 'PageNumber',
    first: 0,
    size: 'PageSize',
    maxSize: 1000,
  },
};
