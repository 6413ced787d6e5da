// Generated from spec/ by `pnpm generate`. Do not edit.

import type { ListDefinition } from '../listing.js';
import type { CommonErrorCode } from './common-errors.js';
import { commonErrors, loadMeanings } from './common-errors.js';
import { integer } from './common-rules.js';
import type { DescribePredictiveDialingCampaignsElement } from './data-types.js';

/** Parameters of DescribePredictiveDialingCampaigns. */
export interface DescribePredictiveDialingCampaignsRequest {
  /** Id of your application. It is listed at https://console.tencentcloud.com/ccc. */
  SdkAppId: number;
  /**
   * How many entries a page has at most.
   *
   * An integer from 1 to 100 (our check).
   */
  PageSize: number;
  /**
   * Number of the page, counted from 0.
   *
   * An integer of at least 0 (our check).
   */
  PageNumber: number;
  /** Only campaigns whose name has this keyword. */
  Name?: string;
  /** Only campaigns of this skill group. */
  SkillGroupId?: number;
  /**
   * Only the campaign with this id.
   *
   * Only at the site `cn`.
   */
  CampaignId?: number;
}

/** Result of DescribePredictiveDialingCampaigns. */
export interface DescribePredictiveDialingCampaignsResult {
  /** How many campaigns there are on all pages. */
  TotalCount: number;
  /** The campaigns of this page. */
  CampaignList: readonly DescribePredictiveDialingCampaignsElement[];
  /** Id that the service gave to this request. Quote it when you report a problem. */
  RequestId: string;
}

/**
 * The error codes that are documented for DescribePredictiveDialingCampaigns, those of every action included.
 *
 * The service may answer others, too.
 */
export type DescribePredictiveDialingCampaignsErrorCode = CommonErrorCode | 'InternalError.DBError';

/**
 * List the predictive dialing campaigns of an application.
 *
 * This is all that the transport needs to know. Use it for calls through a `ServiceClient` of @tccc/core.
 *
 * @see [DescribePredictiveDialingCampaigns, API reference of the international
 * site](https://www.tencentcloud.com/document/product/1229/59785)
 */
export const DescribePredictiveDialingCampaigns: ListDefinition<
  DescribePredictiveDialingCampaignsRequest,
  DescribePredictiveDialingCampaignsResult
> = {
  name: 'DescribePredictiveDialingCampaigns',
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
        SdkAppId: integer,
        PageSize: { type: 'integer', minimum: 1, maximum: 100, derived: ['minimum'] },
        PageNumber: {
          type: 'integer',
          minimum: 0,
          maximum: 9007199254740991,
          derived: ['minimum', 'maximum'],
        },
        Name: { type: 'string' },
        SkillGroupId: integer,
        CampaignId: integer,
      },
      additionalProperties: false,
    };
  },
  result: {
    required: ['TotalCount', 'CampaignList'],
    integers: [
      'TotalCount',
      'CampaignList[].CampaignId',
      'CampaignList[].Status',
      'CampaignList[].StatusReason',
      'CampaignList[].CalleeCount',
      'CampaignList[].FinishedCalleeCount',
      'CampaignList[].Priority',
      'CampaignList[].SkillGroupId',
    ],
  },

  paging: {
    items: 'CampaignList',
    id: 'CampaignId',
    total: 'TotalCount',
    page: 'PageNumber',
    first: 0,
    size: 'PageSize',
    maxSize: 100,
  },
};
