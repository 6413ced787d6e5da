// Generated from spec/ by `pnpm generate`. Do not edit.

import type { ActionDefinition } from '@tccc/core';
import type { CommonErrorCode } from './common-errors.js';
import { commonErrors, loadMeanings } from './common-errors.js';
import { integer } from './common-rules.js';
import type { CalleeAttribute, Variable } from './data-types.js';

/**
 * Parameters of UpdatePredictiveDialingCampaign.
 *
 * `StartTime` must be before `EndTime` (our check).
 */
export interface UpdatePredictiveDialingCampaignRequest {
  /** Id of your application. It is listed at https://console.tencentcloud.com/ccc. */
  SdkAppId: number;
  /** Id of the campaign to change. */
  CampaignId: number;
  /**
   * Name of the campaign.
   *
   * A string that is not empty (our check).
   */
  Name: string;
  /**
   * The numbers to call, in E.164 format or without country code. A number that stands here twice is passed on
   * twice.
   *
   * An array of at least 1 item (our check).
   */
  Callees: readonly string[];
  /**
   * The numbers to call from, written as the management console shows them.
   *
   * An array of at least 1 item (our check).
   */
  Callers: readonly string[];
  /**
   * In which order the numbers are called.
   *
   * One of `0` (random), `1` (in the order of `Callees`).
   */
  CallOrder: 0 | 1;
  /** Id of the skill group whose agents take the calls. */
  SkillGroupId: number;
  /**
   * Priority among the campaigns that run in the same application; 1 is the highest.
   *
   * An integer from 1 to 5.
   */
  Priority: number;
  /**
   * Share of answered calls that may be dropped because no agent is free.
   *
   * An integer from 5 to 50 percent.
   *
   * Since 2025-11 the documentation of CreatePredictiveDialingCampaign allows 0 to 50; that of this action does
   * not.
   */
  ExpectedAbandonRate: number;
  /**
   * How long to wait before an unsuccessful number is called again.
   *
   * An integer from 60 to 86400 seconds.
   */
  RetryInterval: number;
  /**
   * When the campaign starts by itself.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  StartTime: number;
  /**
   * When the campaign ends by itself. Must be after `StartTime`.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  EndTime: number;
  /** Id of the IVR to use. */
  IVRId?: number;
  /**
   * How often an unsuccessful number is called again.
   *
   * An integer from 0 to 2 attempts.
   */
  RetryTimes?: number;
  /** Custom variables for every call of the campaign. */
  Variables?: readonly Variable[];
  /** User-defined data for every call of the campaign. */
  UUI?: string;
  /** What is particular to single called numbers. */
  CalleeAttributes?: readonly CalleeAttribute[];
}

/** Result of UpdatePredictiveDialingCampaign. */
export interface UpdatePredictiveDialingCampaignResult {
  /** Id that the service gave to this request. Quote it when you report a problem. */
  RequestId: string;
}

/**
 * The error codes that are documented for UpdatePredictiveDialingCampaign, those of every action included.
 *
 * The service may answer others, too.
 */
export type UpdatePredictiveDialingCampaignErrorCode = CommonErrorCode | 'InternalError.DBError';

/**
 * Replace the settings and numbers of a predictive dialing campaign that has not started.
 *
 * This is all that the transport needs to know. Use it for calls through a `ServiceClient` of @tccc/core.
 *
 * @see [UpdatePredictiveDialingCampaign, API reference of the international
 * site](https://www.tencentcloud.com/document/product/1229/59780)
 */
export const UpdatePredictiveDialingCampaign: ActionDefinition<
  UpdatePredictiveDialingCampaignRequest,
  UpdatePredictiveDialingCampaignResult
> = {
  name: 'UpdatePredictiveDialingCampaign',
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
        meaning: 'Internal error of the service; the campaign may or may not have been changed.',
        outcome: 'unknown',
        retry: 'never',
      },
      'InternalError.DBError': {
        meaning: 'The service could not access its database; the campaign may or may not have been changed.',
        outcome: 'unknown',
        retry: 'never',
      },
    };
  },
  meanings: loadMeanings,
  rules() {
    return {
      type: 'object',
      required: [
        'SdkAppId',
        'CampaignId',
        'Name',
        'Callees',
        'Callers',
        'CallOrder',
        'SkillGroupId',
        'Priority',
        'ExpectedAbandonRate',
        'RetryInterval',
        'StartTime',
        'EndTime',
      ],
      properties: {
        SdkAppId: integer,
        CampaignId: integer,
        Name: { type: 'string', minLength: 1, derived: ['minLength'] },
        Callees: {
          type: 'array',
          minItems: 1,
          items: { type: 'string', minLength: 1, derived: ['minLength'] },
          derived: ['minItems'],
        },
        Callers: {
          type: 'array',
          minItems: 1,
          items: { type: 'string', minLength: 1, derived: ['minLength'] },
          derived: ['minItems'],
        },
        CallOrder: { type: 'integer', enum: [0, 1] },
        SkillGroupId: integer,
        Priority: { type: 'integer', minimum: 1, maximum: 5 },
        ExpectedAbandonRate: { type: 'integer', minimum: 5, maximum: 50, unit: 'percent' },
        RetryInterval: { type: 'integer', minimum: 60, maximum: 86400, unit: 'seconds' },
        StartTime: {
          type: 'integer',
          minimum: 0,
          maximum: 9999999999,
          unit: 'unix-seconds',
          derived: ['minimum', 'maximum'],
        },
        EndTime: {
          type: 'integer',
          minimum: 0,
          maximum: 9999999999,
          unit: 'unix-seconds',
          derived: ['minimum', 'maximum'],
        },
        IVRId: integer,
        RetryTimes: { type: 'integer', minimum: 0, maximum: 2, unit: 'attempts' },
        Variables: {
          type: 'array',
          items: {
            type: 'object',
            required: ['Key', 'Value'],
            properties: {
              Key: { type: 'string', minLength: 1, derived: ['minLength'] },
              Value: { type: 'string' },
            },
            additionalProperties: false,
          },
        },
        UUI: { type: 'string' },
        CalleeAttributes: {
          type: 'array',
          items: {
            type: 'object',
            required: ['Callee'],
            properties: {
              Callee: { type: 'string', minLength: 1, derived: ['minLength'] },
              UUI: { type: 'string' },
              Variables: {
                type: 'array',
                items: {
                  type: 'object',
                  required: ['Key', 'Value'],
                  properties: {
                    Key: { type: 'string', minLength: 1, derived: ['minLength'] },
                    Value: { type: 'string' },
                  },
                  additionalProperties: false,
                },
              },
            },
            additionalProperties: false,
          },
        },
      },
      additionalProperties: false,
      ordered: [['StartTime', 'EndTime']],
      derived: ['ordered'],
    };
  },
  result: { required: [], integers: [] },
};
