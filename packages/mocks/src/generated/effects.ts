// Generated from spec/ by `pnpm generate`. Do not edit.

import type { ActionName } from '@tccc/outbound';

/** Values of fields, by name. */
export type Values = Readonly<Record<string, number | string>>;

/** States in which an action is taken, by field. */
export type States = Readonly<Record<string, readonly (number | string)[]>>;

/** Codes for an unknown id, and for an entity in the wrong state. */
export interface Refusals {
  readonly missing?: string;
  readonly state?: string;
  /** For a span that is too long, or too far back. */
  readonly window?: string;
}

/** The fields that an entity is shown with. */
export interface Shown {
  /** Those that must be there, each with a value in case the entity has none. */
  readonly required: Readonly<Record<string, unknown>>;
  /** Those that are shown if the entity has them. */
  readonly optional: readonly string[];
}

/** How an entity goes on by itself, as time goes on. */
export interface Progress {
  /** Parameter with the list that is worked through, and those with the times at which that starts and ends. */
  readonly items: string;
  readonly starts: string;
  readonly ends: string;
  /** Field that counts the items that are finished. */
  readonly finished?: string;
  readonly calls?: Calls;
  /** The fields that say how far it is. `ended`: before all was done. */
  readonly states: {
    readonly waiting: Values;
    readonly running: Values;
    readonly paused?: Values;
    readonly completed: Values;
    readonly ended: Values;
  };
  /**
   * More fields of an item that is shown as an object, and the field with the ids of its parts. `missed`: finished, but
   * in vain. `calling` and `retrying`: what it is between waiting and finished.
   */
  readonly item?: {
    readonly waiting: Values;
    readonly calling?: Values;
    readonly retrying?: Values;
    readonly finished: Values;
    readonly missed?: Values;
    readonly parts?: string;
  };
}

/** What the calls to the items are made from: parameters of the creation, and the type that their records show. */
export interface Calls {
  readonly type: number;
  readonly callers: string;
  /** How often a number is called at most, or how often again. */
  readonly tries?: string;
  readonly retries?: string;
  readonly uui?: string;
  /** List of objects with what is particular to one number. */
  readonly attributes?: string;
}

/** The span that must be asked for: its parameters, and how long, and how far back, it may be. */
export interface Window {
  readonly from: string;
  readonly to: string;
  readonly longestSeconds: number;
  readonly oldestSeconds: number;
}

/** Keeps only items whose field equals, or contains, the value of a parameter. */
export type Filter = { readonly equals: string } | { readonly contains: string };

/** What an action does to the things that the service keeps. */
export type Effect =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'creates';
      /** Kind of thing. It has the parameters of its creation as fields. */
      readonly entity: string;
      /** Field of the result with its id. */
      readonly id: string;
      /** The id is a text, and not a number. */
      readonly idIsText?: true;
      /** Parameter of every action on it that says to whom it belongs, besides the account. */
      readonly owner?: string;
      /** More fields, as they are at first. */
      readonly initial?: Values;
      /** More fields, each with the number of items of a parameter. */
      readonly counts?: Readonly<Record<string, string>>;
      readonly progress?: Progress;
    }
  | {
      readonly kind: 'reads';
      readonly entity: string;
      /** Parameter with its id. */
      readonly id: string;
      /** Lists whose items are shown as objects: the field, what the item is called in the object, and its fields. */
      readonly wraps?: Readonly<Record<string, { readonly as: string; readonly shows: Shown }>>;
      readonly refusals: Refusals;
      readonly shows: Shown;
    }
  | {
      readonly kind: 'lists';
      readonly entity: string;
      /** Field of an item with its id; absent if the items are ids themselves. */
      readonly id?: string;
      /** What the items are part of, and the parameter with its id. */
      readonly of?: { readonly entity: string; readonly id: string };
      /** Fields of the result with the items of the page, and with the number of all items. */
      readonly items: string;
      readonly total: string;
      /** Parameters with the number of the page, which counts from `first`, and with its size. */
      readonly page: string;
      readonly first: number;
      readonly size: string;
      /** The size of a page if the request says none. */
      readonly defaultSize?: number;
      /** By parameter. */
      readonly filters?: Readonly<Record<string, Filter>>;
      readonly refusals?: Refusals;
      readonly shows?: Shown;
    }
  | {
      /** Lists what calls have left. */
      readonly kind: 'records';
      readonly entity: string;
      readonly items: string;
      /** Deprecated field with the same list. */
      readonly twin?: string;
      readonly id: string;
      readonly total: string;
      readonly page: string;
      readonly first: number;
      readonly size: string;
      readonly window: Window;
      /** By parameter: keeps only records whose field is one of its values. */
      readonly filters?: Readonly<Record<string, { readonly among: string }>>;
      readonly refusals?: Refusals;
      readonly shows: Shown;
    }
  | {
      /** Shows what one call has left. */
      readonly kind: 'record';
      readonly entity: string;
      readonly id: string;
      readonly window?: Window;
      readonly refusals: Refusals;
      readonly shows: Shown;
    }
  | {
      readonly kind: 'changes';
      readonly entity: string;
      readonly id: string;
      /** Default: any state. */
      readonly from?: States;
      readonly to: Values;
      readonly refusals: Refusals;
    }
  | {
      readonly kind: 'replaces' | 'deletes';
      readonly entity: string;
      readonly id: string;
      readonly from?: States;
      readonly refusals: Refusals;
    };

/** What each action does, by name. */
export const effects: Readonly<Record<ActionName, Effect>> = {
  CreateAutoCalloutTask: {
    kind: 'creates',
    entity: 'auto-callout-task',
    id: 'TaskId',
    owner: 'SdkAppId',
    counts: { CalleeCount: 'Callees' },
    progress: {
      items: 'Callees',
      starts: 'NotBefore',
      ends: 'NotAfter',
      calls: { type: 1, callers: 'Callers', tries: 'Tries', uui: 'UUI', attributes: 'CalleeAttributes' },
      states: {
        waiting: { State: 0 },
        running: { State: 1 },
        paused: { State: 5 },
        completed: { State: 2 },
        ended: { State: 4 },
      },
      item: {
        waiting: { State: 0 },
        calling: { State: 3 },
        retrying: { State: 4 },
        finished: { State: 1 },
        missed: { State: 2 },
        parts: 'Sessions',
      },
    },
  },
  StopAutoCalloutTask: {
    kind: 'changes',
    entity: 'auto-callout-task',
    id: 'TaskId',
    to: { State: 4 },
    refusals: { missing: 'InvalidParameterValue' },
  },
  PauseAutoCalloutTask: {
    kind: 'changes',
    entity: 'auto-callout-task',
    id: 'TaskId',
    from: { State: [0, 1, 5] },
    to: { State: 5 },
    refusals: { missing: 'InvalidParameterValue', state: 'UnsupportedOperation' },
  },
  ResumeAutoCalloutTask: {
    kind: 'changes',
    entity: 'auto-callout-task',
    id: 'TaskId',
    from: { State: [5] },
    to: { State: 1 },
    refusals: { missing: 'InvalidParameterValue', state: 'UnsupportedOperation' },
  },
  DescribeAutoCalloutTask: {
    kind: 'reads',
    entity: 'auto-callout-task',
    id: 'TaskId',
    refusals: { missing: 'InvalidParameterValue' },
    wraps: {
      Callees: { as: 'Callee', shows: { required: { Callee: '', State: 0, Sessions: [] }, optional: [] } },
    },
    shows: {
      required: { Name: '', NotBefore: 0, Callers: [], Callees: [], State: 0 },
      optional: ['Description', 'NotAfter', 'IvrId', 'MaxRingTimeoutSecond'],
    },
  },
  DescribeAutoCalloutTasks: {
    kind: 'lists',
    entity: 'auto-callout-task',
    id: 'TaskId',
    items: 'Tasks',
    total: 'TotalCount',
    page: 'PageNumber',
    size: 'PageSize',
    first: 0,
    shows: {
      required: { TaskId: 0, Name: '', CalleeCount: 0, Callers: [], NotBefore: 0, State: 0 },
      optional: ['NotAfter', 'IvrId', 'MaxRingTimeoutSecond'],
    },
  },
  CreatePredictiveDialingCampaign: {
    kind: 'creates',
    entity: 'predictive-dialing-campaign',
    id: 'CampaignId',
    owner: 'SdkAppId',
    initial: { StatusReason: 0 },
    counts: { CalleeCount: 'Callees' },
    progress: {
      items: 'Callees',
      starts: 'StartTime',
      ends: 'EndTime',
      finished: 'FinishedCalleeCount',
      calls: {
        type: 5,
        callers: 'Callers',
        retries: 'RetryTimes',
        uui: 'UUI',
        attributes: 'CalleeAttributes',
      },
      states: {
        waiting: { Status: 0 },
        running: { Status: 1 },
        paused: { Status: 2 },
        completed: { Status: 4 },
        ended: { Status: 3, StatusReason: 2 },
      },
    },
  },
  PausePredictiveDialingCampaign: {
    kind: 'changes',
    entity: 'predictive-dialing-campaign',
    id: 'CampaignId',
    from: { Status: [0, 1, 2] },
    to: { Status: 2 },
    refusals: { missing: 'InvalidParameterValue', state: 'InvalidParameterValue' },
  },
  ResumePredictiveDialingCampaign: {
    kind: 'changes',
    entity: 'predictive-dialing-campaign',
    id: 'CampaignId',
    from: { Status: [2] },
    to: { Status: 1 },
    refusals: { missing: 'InvalidParameterValue', state: 'InvalidParameterValue' },
  },
  AbortPredictiveDialingCampaign: {
    kind: 'changes',
    entity: 'predictive-dialing-campaign',
    id: 'CampaignId',
    to: { Status: 3, StatusReason: 1 },
    refusals: { missing: 'InvalidParameterValue' },
  },
  DeletePredictiveDialingCampaign: {
    kind: 'deletes',
    entity: 'predictive-dialing-campaign',
    id: 'CampaignId',
    refusals: { missing: 'InvalidParameterValue' },
  },
  UpdatePredictiveDialingCampaign: {
    kind: 'replaces',
    entity: 'predictive-dialing-campaign',
    id: 'CampaignId',
    from: { Status: [0] },
    refusals: { missing: 'InvalidParameterValue', state: 'UnsupportedOperation' },
  },
  DescribePredictiveDialingCampaign: {
    kind: 'reads',
    entity: 'predictive-dialing-campaign',
    id: 'CampaignId',
    refusals: { missing: 'InvalidParameterValue' },
    shows: {
      required: {
        CampaignId: 0,
        Name: '',
        CallOrder: 0,
        SkillGroupId: 0,
        Priority: 0,
        ExpectedAbandonRate: 0,
        RetryInterval: 0,
        StartTime: 0,
        EndTime: 0,
      },
      optional: ['IVRId', 'RetryTimes', 'Variables', 'UUI', 'Status', 'StatusReason'],
    },
  },
  DescribePredictiveDialingCampaigns: {
    kind: 'lists',
    entity: 'predictive-dialing-campaign',
    id: 'CampaignId',
    items: 'CampaignList',
    total: 'TotalCount',
    page: 'PageNumber',
    size: 'PageSize',
    first: 0,
    filters: {
      Name: { contains: 'Name' },
      SkillGroupId: { equals: 'SkillGroupId' },
      CampaignId: { equals: 'CampaignId' },
    },
    shows: {
      required: {
        CampaignId: 0,
        Name: '',
        Status: 0,
        StatusReason: 0,
        CalleeCount: 0,
        FinishedCalleeCount: 0,
        Priority: 0,
        SkillGroupId: 0,
      },
      optional: [],
    },
  },
  DescribePredictiveDialingSessions: {
    kind: 'lists',
    entity: 'predictive-dialing-session',
    of: { entity: 'predictive-dialing-campaign', id: 'CampaignId' },
    items: 'SessionList',
    total: 'TotalCount',
    page: 'PageNumber',
    size: 'PageSize',
    first: 0,
    refusals: { missing: 'InvalidParameterValue' },
  },
  DescribeTelCdr: {
    kind: 'records',
    entity: 'call-record',
    items: 'TelCdrList',
    twin: 'TelCdrs',
    id: 'SessionId',
    total: 'TotalCount',
    page: 'PageNumber',
    size: 'PageSize',
    first: 0,
    window: { from: 'StartTimeStamp', to: 'EndTimeStamp', longestSeconds: 7776000, oldestSeconds: 15552000 },
    filters: { Phones: { among: 'Callee' }, SessionIds: { among: 'SessionId' } },
    refusals: { window: 'InvalidParameterValue' },
    shows: {
      required: {},
      optional: [
        'SessionId',
        'Caller',
        'Callee',
        'Time',
        'Direction',
        'CallType',
        'Duration',
        'RecordId',
        'RecordURL',
        'CustomRecordURL',
        'SeatUser',
        'EndStatus',
        'EndStatusString',
        'SkillGroup',
        'SkillGroupId',
        'CallerLocation',
        'IVRDuration',
        'StartTimestamp',
        'RingTimestamp',
        'AcceptTimestamp',
        'EndedTimestamp',
        'QueuedTimestamp',
        'QueuedSkillGroupId',
        'QueuedSkillGroupName',
        'HungUpSide',
        'ServeParticipants',
        'ProtectedCaller',
        'ProtectedCallee',
        'UUI',
        'Uui',
        'IVRKeyPressed',
        'IVRKeyPressedEx',
        'PostIVRKeyPressed',
        'PostIVRKeyPressedEx',
        'AsrUrl',
        'AsrStatus',
        'Remark',
        'VoicemailRecordURL',
        'VoicemailAsrURL',
        'AIAgentId',
        'AIAgentName',
        'SysHangupReason',
        'SysHangupReasonString',
      ],
    },
  },
  DescribeSessionDetail: {
    kind: 'record',
    entity: 'call-record',
    id: 'SessionId',
    window: { from: 'StartTimestamp', to: 'EndTimestamp', longestSeconds: 7776000, oldestSeconds: 15552000 },
    refusals: { missing: 'FailedOperation.SessionNotExists', window: 'InvalidParameterValue' },
    shows: {
      required: {},
      optional: [
        'Caller',
        'Callee',
        'CallType',
        'StartTimeStamp',
        'RingTimestamp',
        'AcceptTimestamp',
        'EndedTimestamp',
        'QueuedTimestamp',
        'StaffUserId',
        'EndStatus',
        'QueuedSkillGroupId',
        'QueuedSkillGroupName',
        'RecordURL',
        'CustomRecordURL',
        'AsrURL',
        'VoicemailRecordURL',
        'VoicemailAsrURL',
        'IVRKeyPressed',
        'PostIVRKeyPressed',
        'HungUpSide',
        'UUI',
        'Events',
        'ServeParticipants',
        'SysHangupReason',
        'SysHangupReasonString',
      ],
    },
  },
  DescribeAICallExtractResult: {
    kind: 'record',
    entity: 'call-record',
    id: 'SessionId',
    window: { from: 'StartTime', to: 'EndTime', longestSeconds: 7776000, oldestSeconds: 15552000 },
    refusals: { missing: 'InvalidParameterValue', window: 'InvalidParameterValue' },
    shows: { required: {}, optional: ['ResultList'] },
  },
  DescribeAIAnalysisResult: {
    kind: 'record',
    entity: 'call-record',
    id: 'SessionId',
    refusals: { missing: 'InvalidParameterValue.InstanceNotExist' },
    shows: { required: {}, optional: ['ResultList'] },
  },
};
