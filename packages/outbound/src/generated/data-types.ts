// Generated from spec/ by `pnpm generate`. Do not edit.

/** A custom variable that the IVR or the AI agent can use during the call. */
export interface Variable {
  /**
   * Name of the variable.
   *
   * Length: at least 1 (our check).
   */
  Key: string;
  /** Value of the variable. */
  Value: string;
}

/** What is particular to one called number; it takes precedence over the task-wide settings. */
export interface CalleeAttribute {
  /**
   * The called number, written as it stands in `Callees`.
   *
   * Length: at least 1 (our check).
   */
  Callee: string;
  /** User-defined data for this number. Takes precedence over the task-wide `UUI`. */
  UUI?: string;
  /** Variables for this number. They take precedence over task-wide `Variables` of the same key. */
  Variables?: readonly Variable[];
}

/** A period of the day in which calls may be made. */
export interface TimeRange {
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
}

/**
 * State of an automatic call task.
 *
 * One of `0` (not started), `1` (running), `2` (completed, all calls are done), `3` (ending, it has expired and
 * some calls are still open), `4` (ended, because it has expired), `5` (paused, it can be resumed). The service
 * may answer others, too.
 */
export type AutoCalloutTaskState = 0 | 1 | 2 | 3 | 4 | 5 | (number & {});

/**
 * State of one number of an automatic call task.
 *
 * One of `0` (not called yet), `1` (answered), `2` (not answered), `3` (being called), `4` (waiting to be called
 * again). The service may answer others, too.
 */
export type AutoCalloutTaskCalleeState = 0 | 1 | 2 | 3 | 4 | (number & {});

/** One number of an automatic call task, and what became of it. */
export interface AutoCalloutTaskCalleeInfo {
  /** The called number. */
  Callee: string;
  /**
   * State of the number.
   *
   * One of `0` (not called yet), `1` (answered), `2` (not answered), `3` (being called), `4` (waiting to be called
   * again). The service may answer others, too.
   */
  State: AutoCalloutTaskCalleeState;
  /** The session ids of the calls to this number. */
  Sessions: readonly string[];
}

/** An automatic call task, as a list of tasks shows it. */
export interface AutoCalloutTaskInfo {
  /** Id of the task. */
  TaskId: number;
  /** Name of the task. */
  Name: string;
  /** How many numbers the task calls. */
  CalleeCount: number;
  /** The numbers to call from. */
  Callers: readonly string[];
  /**
   * When the task may start.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  NotBefore: number;
  /**
   * When the task stops; null or absent if it has no such time.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  NotAfter?: number | null;
  /** Id of the IVR that handles the calls. */
  IvrId?: number;
  /**
   * State of the task.
   *
   * One of `0` (not started), `1` (running), `2` (completed, all calls are done), `3` (ending, it has expired and
   * some calls are still open), `4` (ended, because it has expired), `5` (paused, it can be resumed). The service
   * may answer others, too.
   */
  State: AutoCalloutTaskState;
  /**
   * How long a call may ring before it is given up.
   *
   * Unit: seconds.
   */
  MaxRingTimeoutSecond?: number;
}

/**
 * State of a predictive dialing campaign. The numbers differ from those of an automatic call task.
 *
 * One of `0` (not started), `1` (running), `2` (paused), `3` (ended before it was complete), `4` (completed).
 * The service may answer others, too.
 */
export type PredictiveDialingCampaignStatus = 0 | 1 | 2 | 3 | 4 | (number & {});

/**
 * Why a predictive dialing campaign is in its state.
 *
 * One of `0` (nothing particular), `1` (ended by hand), `2` (ended because its time was over). The service may
 * answer others, too.
 */
export type PredictiveDialingCampaignStatusReason = 0 | 1 | 2 | (number & {});

/** A predictive dialing campaign, as a list of campaigns shows it. */
export interface DescribePredictiveDialingCampaignsElement {
  /** Id of the campaign. */
  CampaignId: number;
  /** Name of the campaign. */
  Name: string;
  /**
   * State of the campaign.
   *
   * One of `0` (not started), `1` (running), `2` (paused), `3` (ended before it was complete), `4` (completed).
   * The service may answer others, too.
   */
  Status: PredictiveDialingCampaignStatus;
  /**
   * Why the campaign is in its state.
   *
   * One of `0` (nothing particular), `1` (ended by hand), `2` (ended because its time was over). The service may
   * answer others, too.
   */
  StatusReason: PredictiveDialingCampaignStatusReason;
  /** How many numbers the campaign calls. */
  CalleeCount: number;
  /** How many of them are finished. */
  FinishedCalleeCount: number;
  /** Priority among the campaigns that run in the same application; 1 is the highest. */
  Priority: number;
  /** Id of the skill group whose agents take the calls. */
  SkillGroupId: number;
}
