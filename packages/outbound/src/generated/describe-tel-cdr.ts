// Generated from spec/ by `pnpm generate`. Do not edit.

import type { ListDefinition } from '../listing.js';
import type { CommonErrorCode } from './common-errors.js';
import { commonErrors, loadMeanings } from './common-errors.js';
import { integer } from './common-rules.js';
import type { TelCdrInfo } from './data-types.js';

/**
 * Parameters of DescribeTelCdr.
 *
 * `StartTimeStamp` must be before `EndTimeStamp` (our check).
 */
export interface DescribeTelCdrRequest {
  /**
   * Start of the span. At most 180 days ago. Required even with `SessionIds`.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  StartTimeStamp: number;
  /**
   * End of the span, less than 90 days after its start.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  EndTimeStamp: number;
  /** Id of your application. It is listed at https://console.tencentcloud.com/ccc. */
  SdkAppId: number;
  /**
   * How many records a page has at most.
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
  /** Only calls of these numbers. How many may be given is not documented. */
  Phones?: readonly string[];
  /** Only these calls. How many may be given is not documented; this package asks for no more than fit a page. */
  SessionIds?: readonly string[];
}

/** Result of DescribeTelCdr. */
export interface DescribeTelCdrResult {
  /** How many records there are on all pages. */
  TotalCount: number;
  /** The same list as `TelCdrList`; deprecated. */
  TelCdrs?: readonly TelCdrInfo[] | null;
  /** The records of this page; absent in older editions, which have `TelCdrs` alone. */
  TelCdrList?: readonly TelCdrInfo[] | null;
  /** Id that the service gave to this request. Quote it when you report a problem. */
  RequestId: string;
}

/**
 * The error codes that are documented for DescribeTelCdr, those of every action included.
 *
 * The service may answer others, too.
 */
export type DescribeTelCdrErrorCode =
  | CommonErrorCode
  | 'InternalError.DBError'
  | 'InvalidParameter.InstanceNotExist'
  | 'InvalidParameterValue.InstanceNotExist';

/**
 * List the records of calls.
 *
 * This is all that the transport needs to know. Use it for calls through a `ServiceClient` of @tccc/core.
 *
 * @see [DescribeTelCdr, API reference of the international
 * site](https://www.tencentcloud.com/document/product/1229/59764), as of 2026-05-12
 */
export const DescribeTelCdr: ListDefinition<DescribeTelCdrRequest, DescribeTelCdrResult> = {
  name: 'DescribeTelCdr',
  version: '2020-02-10',
  service: 'ccc',
  host: 'ccc.intl.tencentcloudapi.com',
  rateLimit: { limit: 20, windowMs: 1000 },
  maxRequestBytes: 10485760,
  idempotency: 'safe',
  edition: '2026-05-12',
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
      'InvalidParameter.InstanceNotExist': {
        meaning: 'There is no such application.',
        outcome: 'not-executed',
        retry: 'never',
      },
      'InvalidParameterValue.InstanceNotExist': {
        meaning: 'There is no such application.',
        outcome: 'not-executed',
        retry: 'never',
      },
    };
  },
  meanings: loadMeanings,
  rules() {
    return {
      type: 'object',
      required: ['StartTimeStamp', 'EndTimeStamp', 'SdkAppId', 'PageSize', 'PageNumber'],
      properties: {
        StartTimeStamp: { type: 'integer', maximum: 9999999999, unit: 'unix-seconds', derived: ['maximum'] },
        EndTimeStamp: { type: 'integer', maximum: 9999999999, unit: 'unix-seconds', derived: ['maximum'] },
        SdkAppId: integer,
        PageSize: { type: 'integer', minimum: 1, maximum: 100, derived: ['minimum'] },
        PageNumber: {
          type: 'integer',
          minimum: 0,
          maximum: 9007199254740991,
          derived: ['minimum', 'maximum'],
        },
        Phones: { type: 'array', items: { type: 'string' } },
        SessionIds: { type: 'array', items: { type: 'string' } },
      },
      additionalProperties: false,
      ordered: [['StartTimeStamp', 'EndTimeStamp']],
      derived: ['ordered'],
    };
  },
  result: {
    required: ['TotalCount'],
    integers: [
      'TotalCount',
      'TelCdrs[].Time',
      'TelCdrs[].Direction',
      'TelCdrs[].CallType',
      'TelCdrs[].Duration',
      'TelCdrs[].SeatUser.Role',
      'TelCdrs[].EndStatus',
      'TelCdrs[].SkillGroupId',
      'TelCdrs[].IVRDuration',
      'TelCdrs[].StartTimestamp',
      'TelCdrs[].RingTimestamp',
      'TelCdrs[].AcceptTimestamp',
      'TelCdrs[].EndedTimestamp',
      'TelCdrs[].QueuedTimestamp',
      'TelCdrs[].QueuedSkillGroupId',
      'TelCdrs[].ServeParticipants[].Sequence',
      'TelCdrs[].ServeParticipants[].StartTimestamp',
      'TelCdrs[].ServeParticipants[].RingTimestamp',
      'TelCdrs[].ServeParticipants[].AcceptTimestamp',
      'TelCdrs[].ServeParticipants[].EndedTimestamp',
      'TelCdrs[].ServeParticipants[].SkillGroupId',
      'TelCdrs[].IVRKeyPressedEx[].Timestamp',
      'TelCdrs[].PostIVRKeyPressed[].Timestamp',
      'TelCdrs[].PostIVRKeyPressedEx[].Timestamp',
      'TelCdrs[].AIAgentId',
      'TelCdrs[].SysHangupReason',
      'TelCdrList[].Time',
      'TelCdrList[].Direction',
      'TelCdrList[].CallType',
      'TelCdrList[].Duration',
      'TelCdrList[].SeatUser.Role',
      'TelCdrList[].EndStatus',
      'TelCdrList[].SkillGroupId',
      'TelCdrList[].IVRDuration',
      'TelCdrList[].StartTimestamp',
      'TelCdrList[].RingTimestamp',
      'TelCdrList[].AcceptTimestamp',
      'TelCdrList[].EndedTimestamp',
      'TelCdrList[].QueuedTimestamp',
      'TelCdrList[].QueuedSkillGroupId',
      'TelCdrList[].ServeParticipants[].Sequence',
      'TelCdrList[].ServeParticipants[].StartTimestamp',
      'TelCdrList[].ServeParticipants[].RingTimestamp',
      'TelCdrList[].ServeParticipants[].AcceptTimestamp',
      'TelCdrList[].ServeParticipants[].EndedTimestamp',
      'TelCdrList[].ServeParticipants[].SkillGroupId',
      'TelCdrList[].IVRKeyPressedEx[].Timestamp',
      'TelCdrList[].PostIVRKeyPressed[].Timestamp',
      'TelCdrList[].PostIVRKeyPressedEx[].Timestamp',
      'TelCdrList[].AIAgentId',
      'TelCdrList[].SysHangupReason',
    ],
  },

  paging: {
    items: 'TelCdrList',
    twin: 'TelCdrs',
    id: 'SessionId',
    total: 'TotalCount',
    page: 'PageNumber',
    first: 0,
    size: 'PageSize',
    maxSize: 100,
    window: { from: 'StartTimeStamp', to: 'EndTimeStamp', longestSeconds: 7776000, oldestSeconds: 15552000 },
  },
};
