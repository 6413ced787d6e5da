// Generated from spec/ by `pnpm generate`. Do not edit.

import type { ActionDefinition } from '@tccc/core';
import type { CommonErrorCode } from './common-errors.js';
import { commonErrors, loadMeanings } from './common-errors.js';
import { integer } from './common-rules.js';

/** Parameters of PausePredictiveDialingCampaign. */
export interface PausePredictiveDialingCampaignRequest {
  /** Id of your application. It is listed at https://console.tencentcloud.com/ccc. */
  SdkAppId: number;
  /** Id of the campaign to pause. */
  CampaignId: number;
}

/** Result of PausePredictiveDialingCampaign. */
export interface PausePredictiveDialingCampaignResult {
  /** Id that the service gave to this request. Quote it when you report a problem. */
  RequestId: string;
}

/**
 * The error codes that are documented for PausePredictiveDialingCampaign, those of every action included.
 *
 * The service may answer others, too.
 */
export type PausePredictiveDialingCampaignErrorCode = CommonErrorCode;

/**
 * Pause a predictive dialing campaign.
 *
 * This is all that the transport needs to know. Use it for calls through a `ServiceClient` of @tccc/core.
 *
 * @see [PausePredictiveDialingCampaign, API reference of the international
 * site](https://www.tencentcloud.com/document/product/1229/59783)
 */
export const PausePredictiveDialingCampaign: ActionDefinition<
  PausePredictiveDialingCampaignRequest,
  PausePredictiveDialingCampaignResult
> = {
  name: 'PausePredictiveDialingCampaign',
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
        meaning: 'Internal error of the service; the campaign may or may not have been paused.',
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
  result: { required: [], integers: [] },
};
