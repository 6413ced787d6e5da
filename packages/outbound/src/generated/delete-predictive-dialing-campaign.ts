// Generated from spec/ by `pnpm generate`. Do not edit.

import type { ActionDefinition } from '@tccc/core';
import type { CommonErrorCode } from './common-errors.js';
import { commonErrors, loadMeanings } from './common-errors.js';
import { integer } from './common-rules.js';

/** Parameters of DeletePredictiveDialingCampaign. */
export interface DeletePredictiveDialingCampaignRequest {
  /** Id of your application. It is listed at https://console.tencentcloud.com/ccc. */
  SdkAppId: number;
  /** Id of the campaign to delete. */
  CampaignId: number;
}

/** Result of DeletePredictiveDialingCampaign. */
export interface DeletePredictiveDialingCampaignResult {
  /** Id that the service gave to this request. Quote it when you report a problem. */
  RequestId: string;
}

/**
 * The error codes that are documented for DeletePredictiveDialingCampaign, those of every action included.
 *
 * The service may answer others, too.
 */
export type DeletePredictiveDialingCampaignErrorCode = CommonErrorCode | 'InternalError.DBError';

/**
 * Delete a predictive dialing campaign.
 *
 * This is all that the transport needs to know. Use it for calls through a `ServiceClient` of @tccc/core.
 *
 * @see [DeletePredictiveDialingCampaign, API reference of the international
 * site](https://www.tencentcloud.com/document/product/1229/59789)
 */
export const DeletePredictiveDialingCampaign: ActionDefinition<
  DeletePredictiveDialingCampaignRequest,
  DeletePredictiveDialingCampaignResult
> = {
  name: 'DeletePredictiveDialingCampaign',
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
        meaning: 'The service could not access its database; the campaign may or may not have been deleted.',
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
