// Generated from spec/ by `pnpm generate`. Do not edit.

/** A custom variable that the IVR or the AI agent can use during the call. */
export interface Variable {
  /**
   * Name of the variable.
   *
   * A string that is not empty (our check).
   */
  Key: string;
  /** Value of the variable. */
  Value: string;
}

/** What is particular to one called number; it takes precedence over the task-wide settings. */
export interface CalleeAttribute {
  /**
   * The called number, written as in `Callees`.
   *
   * A string that is not empty (our check).
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

/**
 * Which way a call went.
 *
 * One of `0` (inbound), `1` (outbound). The service may answer others, too.
 */
export type CallDirection = 0 | 1 | (number & {});

/**
 * Kind of call. None of the documented values is for automatic tasks; which one they get is not documented.
 *
 * One of `1` (outbound), `2` (inbound), `3` (inbound audio), `5` (predictive), `6` (internal). The service may
 * answer others, too.
 */
export type CallType = 1 | 2 | 3 | 5 | 6 | (number & {});

/**
 * Who hung up.
 *
 * One of `seat` (the agent), `user` (the user), `system` (the system). The service may answer others, too.
 */
export type HungUpSide = 'seat' | 'user' | 'system' | (string & {});

/**
 * Whether the text of a recording is ready.
 *
 * One of `Complete` (it is ready), `Processing` (it is being made), `NotExists` (there is none). The service may
 * answer others, too.
 */
export type AsrStatus = 'Complete' | 'Processing' | 'NotExists' | (string & {});

/**
 * Kind of what was extracted, which says what to read of its result.
 *
 * One of `Text` (read `Text`), `Selector` (read `Chosen`), `Boolean` (read `Boolean`), `Number` (read `Number`).
 * The service may answer others, too.
 */
export type AICallExtractInfoType = 'Text' | 'Selector' | 'Boolean' | 'Number' | (string & {});

/**
 * Kind of an analysis.
 *
 * One of `summary` (what the call was about), `mood` (the mood of the user), `intention` (what the user
 * intends). The service may answer others, too.
 */
export type AIAnalysisType = 'summary' | 'mood' | 'intention' | (string & {});

/** A key that was pressed, or a word that was said instead. */
export interface IVRKeyPressedElement {
  /** The key or word. `noInput` in the answers of a survey means that no key was pressed. */
  Key?: string | null;
  /** What the IVR calls it. */
  Label?: string | null;
  /**
   * When, in Unix milliseconds; all other times are seconds.
   *
   * Unit: unix-milliseconds.
   */
  Timestamp?: number | null;
  /** The node of the IVR. */
  NodeLabel?: string | null;
  /** What the user said. */
  OriginalContent?: string | null;
  /** What was asked. */
  TTSPrompt?: string | null;
}

/** An agent. */
export interface SeatUserInfo {
  /** Name. */
  Name?: string | null;
  /** Mail address. */
  Mail?: string | null;
  /** Staff number. */
  StaffNumber?: string | null;
  /** Phone number, with 0086 in front. */
  Phone?: string | null;
  /** Nickname. */
  Nick?: string | null;
  /** Id. */
  UserId?: string | null;
  /** Names of the skill groups. */
  SkillGroupNameList?: readonly string[] | null;
  /** Role. 1 administrator, 2 quality inspector, 3 agent, others as you have defined them. */
  Role?: number | null;
  /** Extension. */
  ExtensionNumber?: string | null;
}

/** The leg of an agent in a call. */
export interface ServeParticipant {
  /** Number of the leg, counted from 0. */
  Sequence?: number | null;
  /** Mail address of the agent. */
  Mail?: string | null;
  /** Phone number of the agent. */
  Phone?: string | null;
  /** Kind of leg. `staffSeat`, `outboundSeat` and `staffPhoneSeat` are documented. */
  Type?: string | null;
  /**
   * Start of the leg.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  StartTimestamp?: number | null;
  /**
   * When the phone of the agent rang.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  RingTimestamp?: number | null;
  /**
   * When the agent answered; 0 if not.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  AcceptTimestamp?: number | null;
  /**
   * End of the leg.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  EndedTimestamp?: number | null;
  /** Id of the recording of the agent. */
  RecordId?: string | null;
  /** Link to that recording. Treat it as one that expires. */
  RecordURL?: string | null;
  /** Link to the recording in your own storage. */
  CustomRecordURL?: string | null;
  /** Who passed the call on. */
  TransferFrom?: string | null;
  /** Kind of that leg. */
  TransferFromType?: string | null;
  /** To whom the call was passed on. */
  TransferTo?: string | null;
  /** Kind of that leg. */
  TransferToType?: string | null;
  /** Id of the skill group. */
  SkillGroupId?: number | null;
  /** Name of the skill group. */
  SkillGroupName?: string | null;
  /** How the leg ended. */
  EndStatusString?: string | null;
}

/** The record of a call. Every field can be absent or null. */
export interface TelCdrInfo {
  /** Id of the call. */
  SessionId?: string | null;
  /** The calling number; empty if it is protected. */
  Caller?: string | null;
  /** The called number, with its country code behind 00; empty if it is protected. */
  Callee?: string | null;
  /**
   * When the call was begun.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  Time?: number | null;
  /**
   * Which way the call went.
   *
   * One of `0` (inbound), `1` (outbound). The service may answer others, too.
   */
  Direction?: CallDirection;
  /**
   * Kind of call.
   *
   * One of `1` (outbound), `2` (inbound), `3` (inbound audio), `5` (predictive), `6` (internal). The service may
   * answer others, too.
   */
  CallType?: CallType;
  /**
   * Time from the answer to the end.
   *
   * Unit: seconds.
   */
  Duration?: number | null;
  /** Id of the recording. */
  RecordId?: string | null;
  /** Link to the recording. Treat it as one that expires within 24 hours. */
  RecordURL?: string | null;
  /** Link to the recording in your own storage. */
  CustomRecordURL?: string | null;
  /** The last agent. */
  SeatUser?: SeatUserInfo | null;
  /** How the call ended, as a number. `endStatuses` has those that are known; others come through. */
  EndStatus?: number | null;
  /** The same as a word. */
  EndStatusString?: string | null;
  /** Name of the skill group. */
  SkillGroup?: string | null;
  /** Id of the skill group. */
  SkillGroupId?: number | null;
  /** Where the calling number is from. */
  CallerLocation?: string | null;
  /**
   * Time in the IVR.
   *
   * Unit: seconds.
   */
  IVRDuration?: number | null;
  /**
   * Start of the session.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  StartTimestamp?: number | null;
  /**
   * When the phone rang; 0 if it did not. For an outbound call, that of the user.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  RingTimestamp?: number | null;
  /**
   * When the call was answered; 0 if it was not. For an outbound call, by the user.
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
  /** Id of the skill group of the queue. */
  QueuedSkillGroupId?: number | null;
  /** Name of the skill group of the queue. */
  QueuedSkillGroupName?: string | null;
  /** Who hung up. */
  HungUpSide?: HungUpSide | null;
  /** The legs of the agents. */
  ServeParticipants?: readonly ServeParticipant[] | null;
  /** Id in place of the calling number, if numbers are protected. */
  ProtectedCaller?: string | null;
  /** Id in place of the called number, if numbers are protected. */
  ProtectedCallee?: string | null;
  /** User-defined data of the call. */
  UUI?: string | null;
  /** The same as `UUI`; deprecated. */
  Uui?: string | null;
  /** Keys that were pressed, without more; deprecated at the China site. */
  IVRKeyPressed?: readonly string[] | null;
  /** Keys that were pressed. */
  IVRKeyPressedEx?: readonly IVRKeyPressedElement[] | null;
  /** Answers to the survey after the call; deprecated at the China site. */
  PostIVRKeyPressed?: readonly IVRKeyPressedElement[] | null;
  /**
   * Answers to the survey after the call.
   *
   * Only at the site `cn`.
   */
  PostIVRKeyPressedEx?: readonly IVRKeyPressedElement[] | null;
  /** Link to the text of the recording. Treat it as one that expires within 24 hours. */
  AsrUrl?: string | null;
  /** Whether the text of the recording is ready. */
  AsrStatus?: AsrStatus | null;
  /** Remark of the agent. */
  Remark?: string | null;
  /** Links to the messages that the user left. */
  VoicemailRecordURL?: readonly string[] | null;
  /** Links to the texts of these messages. */
  VoicemailAsrURL?: readonly string[] | null;
  /** Id of the AI agent. */
  AIAgentId?: number | null;
  /** Name of the AI agent. */
  AIAgentName?: string | null;
  /** Why the system hung up an answered call. Another set of numbers than `EndStatus`; its texts differ by site. */
  SysHangupReason?: number | null;
  /** The same in words. */
  SysHangupReasonString?: string | null;
}

/** Something that happened during a call. What it holds beyond this is not typed here. */
export interface SessionEvent {
  /**
   * When.
   *
   * Unix time in seconds, UTC (not milliseconds).
   */
  Timestamp?: number | null;
  /** What happened. `StaffHold`, `StaffUnhold`, `StaffMute` and `StaffUnmute` are documented. */
  EventType?: string | null;
}

/** What was extracted. The service fills in all members; only the one that `InfoType` names counts. */
export interface AICallExtractResultInfo {
  /** If the type is `Text`. */
  Text?: string | null;
  /** If the type is `Selector`. */
  Chosen?: readonly string[] | null;
  /** If the type is `Boolean`. */
  Boolean?: boolean | null;
  /** If the type is `Number`. */
  Number?: number | null;
}

/** One piece of information from a call of an AI agent. */
export interface AICallExtractResultElement {
  /**
   * Kind of information.
   *
   * One of `Text` (read `Text`), `Selector` (read `Chosen`), `Boolean` (read `Boolean`), `Number` (read `Number`).
   * The service may answer others, too.
   */
  InfoType?: AICallExtractInfoType;
  /** Name of the information. */
  InfoName?: string | null;
  /** What was to be extracted. */
  InfoContent?: string | null;
  /** What was extracted. */
  Result?: AICallExtractResultInfo | null;
}

/** One analysis of a call of an AI agent. */
export interface AIAnalysisResult {
  /**
   * Kind of analysis.
   *
   * One of `summary` (what the call was about), `mood` (the mood of the user), `intention` (what the user
   * intends). The service may answer others, too.
   */
  Type?: AIAnalysisType;
  /** The analysis, as text. */
  Result?: string | null;
}
