// Generated from spec/ (hash c41f32de82918dd7) by `pnpm generate`. Do not edit.

import type { ActionName } from '@tccc/outbound';

/** Values of fields, by name. */
export type Values = Readonly<Record<string, number | string>>;

/** States in which an action is taken, by field. */
export type States = Readonly<Record<string, readonly (number | string)[]>>;

/** Codes that refuse an id that there is not, and an entity in another state. */
export interface Refusals {
  readonly missing?: string;
  readonly state?: string;
}

/** The fields that an entity is shown with. */
export interface Shown {
  /** Those that must be there, each with a value in case the entity has none. */
  readonly required: Readonly<Record<string, unknown>>;
  /** Those that are shown if the entity has them. */
  readonly optional: readonly string[];
}

/** What an action does to the things that the service keeps. */
export type Effect =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'creates';
      /** Kind of thing. It has the parameters of its creation as fields. */
      readonly entity: string;
      /** Field of the result with its id. */
      readonly id: string;
      /** More fields, as they are at first. */
      readonly initial?: Values;
      /** More fields, each with the number of items of a parameter. */
      readonly counts?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'reads';
      readonly entity: string;
      /** Parameter with its id. */
      readonly id: string;
      /** Lists whose items are shown as objects: the field, and what the item is called in the object. */
      readonly wraps?: Readonly<Record<string, string>>;
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
      /** Parameters that keep only items whose field of the same name equals, or contains, their value. */
      readonly filters?: Readonly<Record<string, 'equals' | 'contains'>>;
      readonly refusals?: Refusals;
      readonly shows?: Shown;
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
    initial: { State: 0 },
    counts: { CalleeCount: 'Callees' },
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
    wraps: { Callees: 'Callee' },
    refusals: { missing: 'InvalidParameterValue' },
    shows: {
      required: {
        Name: 'text',
        NotBefore: 1,
        Callers: ['text'],
        Callees: [{ Callee: 'text', State: 0, Sessions: ['text'] }],
        State: 0,
      },
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
      required: { TaskId: 1, Name: 'text', CalleeCount: 1, Callers: ['text'], NotBefore: 1, State: 0 },
      optional: ['NotAfter', 'IvrId', 'MaxRingTimeoutSecond'],
    },
  },
  CreatePredictiveDialingCampaign: {
    kind: 'creates',
    entity: 'predictive-dialing-campaign',
    id: 'CampaignId',
    initial: { Status: 0, StatusReason: 0, FinishedCalleeCount: 0 },
    counts: { CalleeCount: 'Callees' },
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
        CampaignId: 1,
        Name: 'text',
        CallOrder: 0,
        SkillGroupId: 1,
        Priority: 1,
        ExpectedAbandonRate: 1,
        RetryInterval: 1,
        StartTime: 1,
        EndTime: 1,
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
    filters: { Name: 'contains', SkillGroupId: 'equals', CampaignId: 'equals' },
    shows: {
      required: {
        CampaignId: 1,
        Name: 'text',
        Status: 0,
        StatusReason: 0,
        CalleeCount: 1,
        FinishedCalleeCount: 1,
        Priority: 1,
        SkillGroupId: 1,
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
};
