// Generated from spec/ by `pnpm generate`. Do not edit.

import type { CreationDefinition } from '../settle/creation.js';
import type { CommonErrorCode } from './common-errors.js';
import { commonErrors, loadMeanings } from './common-errors.js';
import { integer, nonNegative } from './common-rules.js';
import type { CalleeAttribute, TimeRange, Variable } from './data-types.js';

/** Every parameter of CreateAutoCalloutTask except `IvrId` and `AIAgentId`. */
interface CreateAutoCalloutTaskRequestFields {
  /**
   * Id of your application. It is listed at https://console.tencentcloud.com/ccc.
   *
   * An integer that is not negative.
   */
  SdkAppId: number;
  /**
   * When the task may start.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  NotBefore: number;
  /**
   * The numbers to call. The documented examples write them with country code, such as `008613012345678`.
   * Duplicates are passed through.
   *
   * An array of at least 1 item (our check).
   */
  Callees: readonly string[];
  /**
   * The numbers to call from.
   *
   * An array of at least 1 item (our check).
   */
  Callers: readonly string[];
  /** Name of the task. */
  Name?: string;
  /** Description of the task. */
  Description?: string;
  /**
   * When the task stops. Must be after `NotBefore`.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  NotAfter?: number;
  /**
   * How often a number is tried at most.
   *
   * An integer from 1 to 3 attempts.
   */
  Tries?: number;
  /**
   * Custom variables for every call of the task (advanced edition only). A variable of the same key in
   * `CalleeAttributes` takes precedence.
   */
  Variables?: readonly Variable[];
  /** User-defined data for every call of the task. `UUI` in `CalleeAttributes` takes precedence. */
  UUI?: string;
  /** What is particular to single called numbers. */
  CalleeAttributes?: readonly CalleeAttribute[];
  /** IANA name of the time zone in which `AvailableTime` is read, for example `Asia/Shanghai`. */
  TimeZone?: string;
  /** The periods of the day in which calls may be made. */
  AvailableTime?: readonly TimeRange[];
  /**
   * How long to wait before an unsuccessful number is tried again.
   *
   * An integer from 600 to 86400 seconds.
   */
  RetryInterval?: number;
  /**
   * How long a call may ring before it is given up. For your own numbers only.
   *
   * Unit: seconds.
   */
  MaxRingTimeoutSecond?: number;
}

/** The parameters with `IvrId`. */
interface CreateAutoCalloutTaskRequestWithIvrId extends CreateAutoCalloutTaskRequestFields {
  /**
   * Id of the IVR that handles the calls. Needed unless `AIAgentId` is given.
   *
   * An integer that is not negative.
   */
  IvrId: number;
}

/** The parameters with `AIAgentId`. */
interface CreateAutoCalloutTaskRequestWithAIAgentId extends CreateAutoCalloutTaskRequestFields {
  /** Id of the AI agent that handles the calls. Needed unless `IvrId` is given. */
  AIAgentId: number;
}

/** The parameters with `IvrId` and `AIAgentId`. */
interface CreateAutoCalloutTaskRequestWithIvrIdAndAIAgentId
  extends CreateAutoCalloutTaskRequestWithIvrId, CreateAutoCalloutTaskRequestWithAIAgentId {}

/** The parameters with `IvrId`, without `AIAgentId`. */
interface CreateAutoCalloutTaskRequestWithoutAIAgentId extends CreateAutoCalloutTaskRequestWithIvrId {
  AIAgentId?: never;
}

/** The parameters with `AIAgentId`, without `IvrId`. */
interface CreateAutoCalloutTaskRequestWithoutIvrId extends CreateAutoCalloutTaskRequestWithAIAgentId {
  IvrId?: never;
}

/**
 * Parameters of CreateAutoCalloutTask.
 *
 * At least one of `IvrId` and `AIAgentId` must be given.
 *
 * `NotBefore` must be before `NotAfter` (our check).
 */
export type CreateAutoCalloutTaskRequest =
  | CreateAutoCalloutTaskRequestWithIvrIdAndAIAgentId
  | CreateAutoCalloutTaskRequestWithoutAIAgentId
  | CreateAutoCalloutTaskRequestWithoutIvrId;

/** Result of CreateAutoCalloutTask. */
export interface CreateAutoCalloutTaskResult {
  /**
   * Id of the task that was created.
   *
   * An integer of at least 1.
   */
  TaskId: number;
  /** Id that the service gave to this request. Quote it when you report a problem. */
  RequestId: string;
}

/**
 * The error codes that are documented for CreateAutoCalloutTask, those of every action included.
 *
 * The service may answer others, too.
 */
export type CreateAutoCalloutTaskErrorCode =
  | CommonErrorCode
  | 'FailedOperation.PermissionDenied'
  | 'InternalError.DBError'
  | 'InvalidParameterValue.ExperienceAccount';

/**
 * Create a task that calls a list of numbers automatically, by IVR or by AI agent.
 *
 * This is all that the transport needs to know. Use it for calls through a `ServiceClient` of @tccc/core.
 *
 * @see [CreateAutoCalloutTask, API reference of the international
 * site](https://www.tencentcloud.com/document/product/1229/59791), as of 2026-03-27
 */
export const CreateAutoCalloutTask: CreationDefinition<
  CreateAutoCalloutTaskRequest,
  CreateAutoCalloutTaskResult
> = {
  name: 'CreateAutoCalloutTask',
  version: '2020-02-10',
  service: 'ccc',
  host: 'ccc.intl.tencentcloudapi.com',
  rateLimit: { limit: 20, windowMs: 1000 },
  maxRequestBytes: 10485760,
  idempotency: 'none',
  edition: '2026-03-27',
  errors() {
    return {
      ...commonErrors,
      'FailedOperation.PermissionDenied': {
        meaning: 'The caller lacks a permission that this operation needs.',
        outcome: 'not-executed',
        retry: 'never',
      },
      InternalError: {
        meaning: 'Internal error of the service; the task may or may not have been created.',
        outcome: 'unknown',
        retry: 'never',
      },
      'InternalError.DBError': {
        meaning: 'The service could not access its database; the task may or may not have been created.',
        outcome: 'unknown',
        retry: 'never',
      },
      'InvalidParameterValue.ExperienceAccount': {
        meaning: 'The AI agent belongs to a trial account, for which this operation is not available.',
        outcome: 'not-executed',
        retry: 'never',
      },
    };
  },
  meanings: loadMeanings,
  rules() {
    return {
      type: 'object',
      required: ['SdkAppId', 'NotBefore', 'Callees', 'Callers'],
      properties: {
        SdkAppId: nonNegative,
        NotBefore: {
          type: 'integer',
          minimum: 0,
          maximum: 9999999999,
          unit: 'unix-seconds',
          derived: ['minimum', 'maximum'],
        },
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
        IvrId: nonNegative,
        Name: { type: 'string' },
        Description: { type: 'string' },
        NotAfter: {
          type: 'integer',
          minimum: 0,
          maximum: 9999999999,
          unit: 'unix-seconds',
          derived: ['minimum', 'maximum'],
        },
        Tries: { type: 'integer', minimum: 1, maximum: 3, unit: 'attempts' },
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
        TimeZone: { type: 'string', format: 'iana-time-zone', derived: ['format'] },
        AvailableTime: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              StartTime: {
                type: 'string',
                pattern: /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/u,
                hint: 'a 24-hour time HH:mm:ss',
              },
              EndTime: {
                type: 'string',
                pattern: /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/u,
                hint: 'a 24-hour time HH:mm:ss',
              },
            },
            additionalProperties: false,
          },
        },
        AIAgentId: integer,
        RetryInterval: { type: 'integer', minimum: 600, maximum: 86400, unit: 'seconds' },
        MaxRingTimeoutSecond: {
          type: 'integer',
          minimum: -9007199254740991,
          maximum: 9007199254740991,
          unit: 'seconds',
          derived: ['minimum', 'maximum'],
        },
      },
      additionalProperties: false,
      newer: [
        'RetryHangupTypes',
        'RetryTags',
        'AvailableWorkTimeConfig',
        'TriggerStrategy',
        'ConcurrencyLimit',
      ],
      ordered: [['NotBefore', 'NotAfter']],
      anyOf: ['IvrId', 'AIAgentId'],
      derived: ['ordered'],
    };
  },
  result: { required: ['TaskId'], integers: ['TaskId'], ids: ['TaskId'] },
  settle: {
    list: 'DescribeAutoCalloutTasks',
    marker: 'Name',
    isMarkerOptional: true,
    id: 'TaskId',
    with: ['SdkAppId'],
    item: { marker: 'Name', id: 'TaskId' },
  },
};
