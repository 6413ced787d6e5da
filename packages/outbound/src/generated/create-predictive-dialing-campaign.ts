// Generated from spec/ by `pnpm generate`. Do not edit.

import type { CreationDefinition } from '../settle/creation.js';
import type { CommonErrorCode } from './common-errors.js';
import { commonErrors, loadMeanings } from './common-errors.js';
import { integer } from './common-rules.js';

/**
 * Parameters of CreatePredictiveDialingCampaign.
 *
 * `StartTime` must be before `EndTime` (our check).
 */
export interface CreatePredictiveDialingCampaignRequest {
  /** Id of your application. It is listed at https://console.tencentcloud.com/ccc. */
  SdkAppId: number;
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
   * Since 2025-11 the documentation allows 0 to 50.
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
}

/** Result of CreatePredictiveDialingCampaign. */
export interface CreatePredictiveDialingCampaignResult {
  /**
   * Id of the campaign that was created.
   *
   * An integer of at least 1.
   *
   * The request models of the official SDKs mark this field as one that may be absent.
   */
  CampaignId: number;
  /** Id that the service gave to this request. Quote it when you report a problem. */
  RequestId: string;
}

/**
 * The error codes that are documented for CreatePredictiveDialingCampaign, those of every action included.
 *
 * The service may answer others, too.
 */
export type CreatePredictiveDialingCampaignErrorCode =
  CommonErrorCode | 'InternalError.DBError' | 'LimitExceeded.OutOfCountLimit';

/**
 * Create a predictive dialing campaign, which calls a list of numbers for a group of agents.
 *
 * This is all that the transport needs to know. Use it for calls through a `ServiceClient` of @tccc/core.
 *
 * @see [CreatePredictiveDialingCampaign, API reference of the international
 * site](https://www.tencentcloud.com/document/product/1229/59790), as of 2024-09-09
 */
export const CreatePredictiveDialingCampaign: CreationDefinition<
  CreatePredictiveDialingCampaignRequest,
  CreatePredictiveDialingCampaignResult
> = {
  name: 'CreatePredictiveDialingCampaign',
  version: '2020-02-10',
  service: 'ccc',
  host: 'ccc.tencentcloudapi.com',
  rateLimit: { limit: 20, windowMs: 1000 },
  maxRequestBytes: 10485760,
  idempotency: 'none',
  edition: '2024-09-09',
  errors() {
    return {
      ...commonErrors,
      InternalError: {
        meaning: 'Internal error of the service; the campaign may or may not have been created.',
        outcome: 'unknown',
        retry: 'never',
      },
      'InternalError.DBError': {
        meaning: 'The service could not access its database; the campaign may or may not have been created.',
        outcome: 'unknown',
        retry: 'never',
      },
      'LimitExceeded.OutOfCountLimit': {
        meaning: 'A limit on quantity is exceeded.',
        outcome: 'not-executed',
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
      },
      additionalProperties: false,
      newer: ['Variables', 'UUI', 'CalleeAttributes', 'TimeZone', 'AvailableTime'],
      ordered: [['StartTime', 'EndTime']],
      derived: ['ordered'],
    };
  },
  result: { required: ['CampaignId'], integers: ['CampaignId'], ids: ['CampaignId'] },
  settle: {
    list: 'DescribePredictiveDialingCampaigns',
    marker: 'Name',
    isMarkerOptional: false,
    id: 'CampaignId',
    with: ['SdkAppId'],
    filter: 'Name',
    item: { marker: 'Name', id: 'CampaignId' },
  },
};
