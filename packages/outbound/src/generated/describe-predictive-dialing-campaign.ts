// Generated from spec/ by `pnpm generate`. Do not edit.

import type { ActionDefinition } from '@tccc/core';
import type { CommonErrorCode } from './common-errors.js';
import { commonErrors, loadMeanings } from './common-errors.js';
import { integer } from './common-rules.js';
import type {
  PredictiveDialingCampaignStatus,
  PredictiveDialingCampaignStatusReason,
  Variable,
} from './data-types.js';

/** Parameters of DescribePredictiveDialingCampaign. */
export interface DescribePredictiveDialingCampaignRequest {
  /** Id of your application. It is listed at https://console.tencentcloud.com/ccc. */
  SdkAppId: number;
  /** Id of the campaign to look up. */
  CampaignId: number;
}

/** Result of DescribePredictiveDialingCampaign. */
export interface DescribePredictiveDialingCampaignResult {
  /** Id of the campaign. */
  CampaignId: number;
  /** Name of the campaign. */
  Name: string;
  /**
   * In which order the numbers are called.
   *
   * One of `0` (random), `1` (in the order of `Callees`). The service may answer others, too.
   */
  CallOrder: 0 | 1 | (number & {});
  /** Id of the skill group whose agents take the calls. */
  SkillGroupId: number;
  /** Id of the IVR that is used. */
  IVRId?: number;
  /** Priority among the campaigns that run in the same application; 1 is the highest. */
  Priority: number;
  /**
   * Share of answered calls that may be dropped because no agent is free.
   *
   * Unit: percent.
   */
  ExpectedAbandonRate: number;
  /**
   * How often an unsuccessful number is called again.
   *
   * Unit: attempts.
   */
  RetryTimes?: number;
  /**
   * How long to wait before an unsuccessful number is called again.
   *
   * Unit: seconds.
   */
  RetryInterval: number;
  /**
   * When the campaign starts by itself.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  StartTime: number;
  /**
   * When the campaign ends by itself.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  EndTime: number;
  /**
   * Custom variables for every call of the campaign.
   *
   * Only at the site `cn`.
   */
  Variables?: readonly Variable[];
  /**
   * User-defined data for every call of the campaign.
   *
   * Only at the site `cn`.
   */
  UUI?: string;
  /**
   * State of the campaign.
   *
   * One of `0` (not started), `1` (running), `2` (paused), `3` (ended before it was complete), `4` (completed).
   * The service may answer others, too.
   *
   * Only at the site `cn`.
   */
  Status?: PredictiveDialingCampaignStatus;
  /**
   * Why the campaign is in its state.
   *
   * One of `0` (nothing particular), `1` (ended by hand), `2` (ended because its time was over). The service may
   * answer others, too.
   *
   * Only at the site `cn`.
   */
  StatusReason?: PredictiveDialingCampaignStatusReason;
  /** Id that the service gave to this request. Quote it when you report a problem. */
  RequestId: string;
}

/**
 * The error codes that are documented for DescribePredictiveDialingCampaign, those of every action included.
 *
 * The service may answer others, too.
 */
export type DescribePredictiveDialingCampaignErrorCode = CommonErrorCode | 'InternalError.DBError';

/**
 * Look up a predictive dialing campaign.
 *
 * This is all that the transport needs to know. Use it for calls through a `ServiceClient` of @tccc/core.
 *
 * @see [DescribePredictiveDialingCampaign, API reference of the international
 * site](https://www.tencentcloud.com/document/product/1229/59786)
 */
export const DescribePredictiveDialingCampaign: ActionDefinition<
  DescribePredictiveDialingCampaignRequest,
  DescribePredictiveDialingCampaignResult
> = {
  name: 'DescribePredictiveDialingCampaign',
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
      required: ['SdkAppId', 'CampaignId'],
      properties: { SdkAppId: integer, CampaignId: integer },
      additionalProperties: false,
    };
  },
  result: {
    required: [
      'CampaignId',
      'Name',
      'CallOrder',
      'SkillGroupId',
      'Priority',
      'ExpectedAbandonRate',
      'RetryInterval',
      'StartTime',
      'EndTime',
    ],
    integers: [
      'CampaignId',
      'CallOrder',
      'SkillGroupId',
      'IVRId',
      'Priority',
      'ExpectedAbandonRate',
      'RetryTimes',
      'RetryInterval',
      'StartTime',
      'EndTime',
      'Status',
      'StatusReason',
    ],
  },
};
