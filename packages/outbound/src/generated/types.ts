// Generated from spec/ (hash f372a61d10eac8b3) by `pnpm generate`. Do not edit.

export interface components {
  schemas: {
    /** A custom variable that the IVR or the AI agent can use during the call. */
    Variable: {
      /**
       * Name of the variable.
       *
       * Length: at least 1.
       */
      Key: string;
      /** Value of the variable. */
      Value: string;
    };
    /** What is particular to one called number; it takes precedence over the task-wide settings. */
    CalleeAttribute: {
      /**
       * The called number, written as it stands in `Callees`.
       *
       * Length: at least 1.
       */
      Callee: string;
      /** User-defined data for this number. Takes precedence over the task-wide `UUI`. */
      UUI?: string;
      /** Variables for this number. They take precedence over task-wide `Variables` of the same key. */
      Variables?: components['schemas']['Variable'][];
    };
    /** A period of the day in which calls may be made. */
    TimeRange: {
      /**
       * Start of the period, as 24-hour time `HH:mm:ss`.
       *
       * Format: a 24-hour time HH:mm:ss.
       */
      StartTime?: string;
      /**
       * End of the period, as 24-hour time `HH:mm:ss`.
       *
       * Format: a 24-hour time HH:mm:ss.
       */
      EndTime?: string;
    };
    /** Every parameter of CreateAutoCalloutTask, without the rule of which must be given. */
    CreateAutoCalloutTaskRequestFields: {
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
       * The numbers to call. The documented examples write them with country code, such as `008613012345678`. A number that stands here twice is passed on twice.
       *
       * Items: at least 1.
       */
      Callees: string[];
      /**
       * The numbers to call from.
       *
       * Items: at least 1.
       */
      Callers: string[];
      /**
       * Id of the IVR that handles the calls. Needed unless `AIAgentId` is given.
       *
       * An integer that is not negative.
       */
      IvrId?: number;
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
       * Range: 1 to 3 attempts.
       */
      Tries?: number;
      /** Custom variables for every call of the task (advanced edition only). A variable of the same key in `CalleeAttributes` takes precedence. */
      Variables?: components['schemas']['Variable'][];
      /** User-defined data for every call of the task. `UUI` in `CalleeAttributes` takes precedence. */
      UUI?: string;
      /** What is particular to single called numbers. */
      CalleeAttributes?: components['schemas']['CalleeAttribute'][];
      /** IANA name of the time zone in which `AvailableTime` is read, for example `Asia/Shanghai`. */
      TimeZone?: string;
      /** The periods of the day in which calls may be made. */
      AvailableTime?: components['schemas']['TimeRange'][];
      /** Id of the AI agent that handles the calls. Needed unless `IvrId` is given. */
      AIAgentId?: number;
      /**
       * How long to wait before an unsuccessful number is tried again.
       *
       * Range: 600 to 86400 seconds.
       */
      RetryInterval?: number;
      /**
       * How long a call may ring before it is given up. For your own numbers only.
       *
       * Unit: seconds.
       */
      MaxRingTimeoutSecond?: number;
    };
    /** The variant in which `IvrId` is given. */
    CreateAutoCalloutTaskRequestWithIvrId: WithRequired<
      components['schemas']['CreateAutoCalloutTaskRequestFields'],
      'IvrId'
    >;
    /** The variant in which `AIAgentId` is given. */
    CreateAutoCalloutTaskRequestWithAIAgentId: WithRequired<
      components['schemas']['CreateAutoCalloutTaskRequestFields'],
      'AIAgentId'
    >;
    /**
     * Parameters of CreateAutoCalloutTask.
     *
     * At least one of `IvrId` and `AIAgentId` must be given; both may be.
     *
     * `NotBefore` must be before `NotAfter`.
     */
    CreateAutoCalloutTaskRequest:
      | components['schemas']['CreateAutoCalloutTaskRequestWithIvrId']
      | components['schemas']['CreateAutoCalloutTaskRequestWithAIAgentId'];
    /** Result of CreateAutoCalloutTask. */
    CreateAutoCalloutTaskResult: {
      /**
       * Id of the task that was created.
       *
       * An integer that is not negative.
       */
      TaskId: number;
      /** Id that the service gave to this request. Quote it when you report a problem. */
      RequestId: string;
    };
    /**
     * Parameters of CreatePredictiveDialingCampaign.
     *
     * `StartTime` must be before `EndTime`.
     */
    CreatePredictiveDialingCampaignRequest: {
      /** Id of your application. It is listed at https://console.tencentcloud.com/ccc. */
      SdkAppId: number;
      /**
       * Name of the campaign.
       *
       * Length: at least 1.
       */
      Name: string;
      /**
       * The numbers to call, in E.164 format or without country code. A number that stands here twice is passed on twice.
       *
       * Items: at least 1.
       */
      Callees: string[];
      /**
       * The numbers to call from, written as the management console shows them.
       *
       * Items: at least 1.
       */
      Callers: string[];
      /**
       * In which order the numbers are called.
       *
       * One of `0` (random), `1` (in the order of `Callees`).
       * @enum {integer}
       */
      CallOrder: 0 | 1;
      /** Id of the skill group whose agents take the calls. */
      SkillGroupId: number;
      /**
       * Priority among the campaigns that run in the same application; 1 is the highest.
       *
       * Range: 1 to 5.
       */
      Priority: number;
      /**
       * Share of answered calls that may be dropped because no agent is free.
       *
       * Range: 5 to 50 percent.
       *
       * Since 2025-11 the documentation allows 0 to 50.
       */
      ExpectedAbandonRate: number;
      /**
       * How long to wait before an unsuccessful number is called again.
       *
       * Range: 60 to 86400 seconds.
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
       * Range: 0 to 2 attempts.
       */
      RetryTimes?: number;
    };
    /** Result of CreatePredictiveDialingCampaign. */
    CreatePredictiveDialingCampaignResult: {
      /**
       * Id of the campaign that was created.
       *
       * The request models of the official SDKs mark this field as one that may be absent.
       */
      CampaignId: number;
      /** Id that the service gave to this request. Quote it when you report a problem. */
      RequestId: string;
    };
  };
}
type WithRequired<T, K extends keyof T> = T & {
  [P in K]-?: T[P];
};

/**
 * A custom variable that the IVR or the AI agent can use during the call.
 */
export type Variable = components['schemas']['Variable'];

/**
 * What is particular to one called number; it takes precedence over the task-wide settings.
 */
export type CalleeAttribute = components['schemas']['CalleeAttribute'];

/**
 * A period of the day in which calls may be made.
 */
export type TimeRange = components['schemas']['TimeRange'];

/**
 * Every parameter of CreateAutoCalloutTask, without the rule of which must be given.
 */
export type CreateAutoCalloutTaskRequestFields = components['schemas']['CreateAutoCalloutTaskRequestFields'];

/**
 * The variant in which `IvrId` is given.
 */
export type CreateAutoCalloutTaskRequestWithIvrId =
  components['schemas']['CreateAutoCalloutTaskRequestWithIvrId'];

/**
 * The variant in which `AIAgentId` is given.
 */
export type CreateAutoCalloutTaskRequestWithAIAgentId =
  components['schemas']['CreateAutoCalloutTaskRequestWithAIAgentId'];

/**
 * Parameters of CreateAutoCalloutTask.
 *
 * At least one of `IvrId` and `AIAgentId` must be given; both may be.
 *
 * `NotBefore` must be before `NotAfter`.
 */
export type CreateAutoCalloutTaskRequest = components['schemas']['CreateAutoCalloutTaskRequest'];

/**
 * Result of CreateAutoCalloutTask.
 */
export type CreateAutoCalloutTaskResult = components['schemas']['CreateAutoCalloutTaskResult'];

/**
 * Parameters of CreatePredictiveDialingCampaign.
 *
 * `StartTime` must be before `EndTime`.
 */
export type CreatePredictiveDialingCampaignRequest =
  components['schemas']['CreatePredictiveDialingCampaignRequest'];

/**
 * Result of CreatePredictiveDialingCampaign.
 */
export type CreatePredictiveDialingCampaignResult =
  components['schemas']['CreatePredictiveDialingCampaignResult'];
