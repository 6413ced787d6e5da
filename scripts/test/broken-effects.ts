import type { Broken } from './broken-specs.js';

const AUTO = 'auto-callout/CreateAutoCalloutTask.yaml';
const PAUSE = 'auto-callout/PauseAutoCalloutTask.yaml';
const CAMPAIGNS = 'predictive-dialing/DescribePredictiveDialingCampaigns.yaml';

/** What x-effect and x-settle may not say. */
export const brokenEffects: Broken[] = [
  {
    name: 'an effect on something that nobody creates',
    file: PAUSE,
    change: ['entity: auto-callout-task', 'entity: auto-call'],
    line: 'entity: auto-call',
    says: 'no action creates a auto-call',
    remedy: 'Correct the name',
  },
  {
    name: 'an effect that refuses by an unknown code',
    file: PAUSE,
    change: ['state: UnsupportedOperation', 'state: NoSuchState'],
    line: 'state: NoSuchState',
    says: 'NoSuchState is not in x-errors',
    remedy: 'Name a code that the action documents',
  },
  {
    name: 'a look-up by an action that lists something else',
    file: AUTO,
    change: ['list: DescribeAutoCalloutTasks', 'list: DescribePredictiveDialingCampaigns'],
    line: 'list: Describe',
    says: 'is not an action that lists what this one creates',
    remedy: 'See x-effect of both',
  },
  {
    name: 'an owner that is no parameter of the creation',
    file: AUTO,
    change: ['owner: SdkAppId', 'owner: AppId'],
    line: 'owner: AppId',
    says: 'owner names AppId, which is not a field',
    remedy: 'The fields are: SdkAppId',
  },
  {
    name: 'an owner that another action does not ask for',
    file: AUTO,
    change: ['owner: SdkAppId', 'owner: IvrId'],
    at: `${PAUSE}:12`,
    says: 'a auto-callout-task belongs to IvrId, which is not a parameter',
    remedy: 'Add the parameter, or remove owner',
  },
  {
    name: 'an entity that works through what is no list of its own',
    file: AUTO,
    change: ['items: Callees', 'items: Numbers'],
    line: 'items: Numbers',
    says: 'items names Numbers, which is not a field',
    remedy: 'The fields are: SdkAppId',
  },
  {
    name: 'an entity that starts at what is no time',
    file: AUTO,
    change: ['starts: NotBefore', 'starts: Tries'],
    line: 'starts: Tries',
    says: 'Tries is not a time',
    remedy: 'Name a parameter whose x-unit is unix-seconds',
  },
  {
    name: 'an entity without a state in which it is done',
    file: AUTO,
    change: ['completed: { State: 2 }', 'done: { State: 2 }'],
    line: 'done: { State: 2 }',
    says: 'done is not supported here',
    remedy: 'Supported here: waiting, running',
  },
  {
    name: 'a filter by a field that does not exist',
    file: CAMPAIGNS,
    change: ['Name: { contains: Name }', 'Name: { contains: Title }'],
    line: 'contains: Title',
    says: 'a predictive-dialing-campaign has no Title',
    remedy: 'It has: CampaignId',
  },
  {
    name: 'a safe action that changes something',
    file: PAUSE,
    change: ['x-idempotency: idempotent', 'x-idempotency: safe'],
    line: 'x-idempotency: safe',
    says: 'an action that changes something is not safe',
    remedy: 'Write none or idempotent',
  },
];
