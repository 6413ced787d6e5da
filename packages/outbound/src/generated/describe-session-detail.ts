// Generated from spec/ by `pnpm generate`. Do not edit.

import type { ActionDefinition } from '@tccc/core';
import type { CommonErrorCode } from './common-errors.js';
import { commonErrors, loadMeanings } from './common-errors.js';
import { integer } from './common-rules.js';
import type {
  CallType,
  HungUpSide,
  IVRKeyPressedElement,
  ServeParticipant,
  SessionEvent,
} from './data-types.js';

/**
 * Parameters of DescribeSessionDetail.
 *
 * `StartTimestamp` must be before `EndTimestamp` (our check).
 */
export interface DescribeSessionDetailRequest {
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
  StartTimestamp: number;
  /**
   * End of the span in which to look.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  EndTimestamp: number;
}

/** Result of DescribeSessionDetail. */
export interface DescribeSessionDetailResult {
  /** The calling number. */
  Caller?: string | null;
  /** The called number. */
  Callee?: string | null;
  /**
   * Kind of call.
   *
   * One of `1` (outbound), `2` (inbound), `3` (inbound audio), `5` (predictive), `6` (internal). The service may
   * answer others, too.
   */
  CallType?: CallType;
  /**
   * Start of the session.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  StartTimeStamp?: number | null;
  /**
   * When the phone rang; 0 if it did not.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  RingTimestamp?: number | null;
  /**
   * When the call was answered; 0 if it was not.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  AcceptTimestamp?: number | null;
  /**
   * End of the session.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  EndedTimestamp?: number | null;
  /**
   * When the call joined the queue.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  QueuedTimestamp?: number | null;
  /** Account of the agent. */
  StaffUserId?: string | null;
  /** How the call ended, as of `DescribeTelCdr`. */
  EndStatus?: number | null;
  /** Id of the skill group of the queue. */
  QueuedSkillGroupId?: number | null;
  /** Name of the skill group of the queue. */
  QueuedSkillGroupName?: string | null;
  /** Link to the recording. It expires: fetch it within 24 hours, do not store it, and ask again for a new one. */
  RecordURL?: string | null;
  /** Link to the recording in your own storage. */
  CustomRecordURL?: string | null;
  /** Link to the text of the recording. It expires like `RecordURL`. */
  AsrURL?: string | null;
  /** Links to the messages that the user left. */
  VoicemailRecordURL?: readonly string[] | null;
  /** Links to the texts of these messages. */
  VoicemailAsrURL?: readonly string[] | null;
  /** Keys that were pressed. */
  IVRKeyPressed?: readonly IVRKeyPressedElement[] | null;
  /** Answers to the survey after the call. */
  PostIVRKeyPressed?: readonly IVRKeyPressedElement[] | null;
  /** Who hung up. */
  HungUpSide?: HungUpSide | null;
  /** User-defined data of the call. */
  UUI?: string | null;
  /** What happened during the call. */
  Events?: readonly SessionEvent[] | null;
  /** The legs of the agents. */
  ServeParticipants?: readonly ServeParticipant[] | null;
  /** Why the system hung up an answered call. */
  SysHangupReason?: number | null;
  /** The same in words. */
  SysHangupReasonString?: string | null;
  /** Id that the service gave to this request. Quote it when you report a problem. */
  RequestId: string;
}

/**
 * The error codes that are documented for DescribeSessionDetail, those of every action included.
 *
 * The service may answer others, too.
 */
export type DescribeSessionDetailErrorCode =
  CommonErrorCode | 'FailedOperation.SessionNotExists' | 'InternalError.DBError';

/**
 * Look up one call, after its end.
 *
 * This is all that the transport needs to know. Use it for calls through a `ServiceClient` of @tccc/core.
 *
 * @see [Request models and error lists of the official SDKs; no page of the action was
 * seen](https://www.tencentcloud.com/document/product/1229/59741), as of 2026-08-21
 */
export const DescribeSessionDetail: ActionDefinition<
  DescribeSessionDetailRequest,
  DescribeSessionDetailResult
> = {
  name: 'DescribeSessionDetail',
  version: '2020-02-10',
  service: 'ccc',
  host: 'ccc.intl.tencentcloudapi.com',
  rateLimit: { limit: 20, windowMs: 1000 },
  maxRequestBytes: 10485760,
  idempotency: 'safe',
  edition: '2026-08-21',
  errors() {
    return {
      ...commonErrors,
      'FailedOperation.SessionNotExists': {
        meaning: 'There is no such call.',
        outcome: 'not-executed',
        retry: 'never',
      },
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
      required: ['SdkAppId', 'SessionId', 'StartTimestamp', 'EndTimestamp'],
      properties: {
        SdkAppId: integer,
        SessionId: { type: 'string', minLength: 1, derived: ['minLength'] },
        StartTimestamp: { type: 'integer', maximum: 9999999999, unit: 'unix-seconds', derived: ['maximum'] },
        EndTimestamp: { type: 'integer', maximum: 9999999999, unit: 'unix-seconds', derived: ['maximum'] },
      },
      additionalProperties: false,
      ordered: [['StartTimestamp', 'EndTimestamp']],
      derived: ['ordered'],
    };
  },
  result: {
    required: [],
    integers: [
      'CallType',
      'StartTimeStamp',
      'RingTimestamp',
      'AcceptTimestamp',
      'EndedTimestamp',
      'QueuedTimestamp',
      'EndStatus',
      'QueuedSkillGroupId',
      'IVRKeyPressed[].Timestamp',
      'PostIVRKeyPressed[].Timestamp',
      'Events[].Timestamp',
      'ServeParticipants[].Sequence',
      'ServeParticipants[].StartTimestamp',
      'ServeParticipants[].RingTimestamp',
      'ServeParticipants[].AcceptTimestamp',
      'ServeParticipants[].EndedTimestamp',
      'ServeParticipants[].SkillGroupId',
      'SysHangupReason',
    ],
  },
};
