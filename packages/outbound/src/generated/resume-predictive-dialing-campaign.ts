// Generated from spec/ by `pnpm generate`. Do not edit.

import type { ActionDefinition } from '@tccc/core';
import type { CommonErrorCode } from './common-errors.js';
import { commonErrors, loadMeanings } from './common-errors.js';
import { integer } from './common-rules.js';

/** Parameters of ResumePredictiveDialingCampaign. */
export interface ResumePredictiveDialingCampaignRequest {
  /** Id of your application. It is listed at https://console.tencentcloud.com/ccc. */
  SdkAppId: number;
  /** Id of the campaign to continue. */
  CampaignId: number;
}

/** Result of ResumePredictiveDialingCampaign. */
export interface ResumePredictiveDialingCampaignResult {
  /** Id that the service gave to this request. Quote it when you report a problem. */
  RequestId: string;
}

/**
 * The error codes that are documented for ResumePredictiveDialingCampaign, those of every action included.
 *
 * The service may answer others, too.
 */
export type ResumePredictiveDialingCampaignErrorCode = CommonErrorCode;

/**
 * Continue a predictive dialing campaign that is paused.
 *
 * This is all that the transport needs to know. Use it for calls through a `ServiceClient` of @tccc/core.
 *
 * @see [ResumePredictiveDialingCampaign, API reference of the international
 * site](https://www.tencentcloud.com/document/product/1229/59782)
 */
export const ResumePredictiveDialingCampaign: ActionDefinition<
  ResumePredictiveDialingCampaignRequest,
  ResumePredictiveDialingCampaignResult
> = {
  name: 'ResumePredictiveDialingCampaign',
  version: '2020-02-10',
  service: 'ccc',
  host: 'ccc.intl.tencentcloudapi.com',
  rateLimit: { limit: 20, windowMs: 1000 },
  maxRequestBytes: 10485760,
  idempotency: 'none',
  errors() {
    return {
      ...commonErrors,
      InternalError: {
        meaning: 'Internal error of the service; the campaign may or may not have been resumed.',
        outcome: 'unknown',
        retry: 'never',
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
  result: { required: [], integers: [] },
};
