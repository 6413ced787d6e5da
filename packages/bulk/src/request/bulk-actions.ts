import type {
  CreateAutoCalloutTaskRequest,
  CreatePredictiveDialingCampaignRequest,
  CreationDefinition,
  CreationOptions,
  OutboundClient,
  SettleOptions,
} from '@tccc/outbound';
import { CreateAutoCalloutTask, CreatePredictiveDialingCampaign } from '@tccc/outbound';
import { BulkError } from '../errors.js';

/** How a number is written in a request. */
export type NumberStyle = '+' | '00' | 'national' | 'as-given';

/** The actions that take a list of numbers. */
export type CreatorName = 'CreateAutoCalloutTask' | 'CreatePredictiveDialingCampaign';

/** Parameters as they are in a template. The client checks them. */
export type Params = Readonly<Record<string, unknown>>;

/** One of the actions that take a list of numbers. */
export interface Creator {
  readonly name: CreatorName;
  readonly definition: Omit<CreationDefinition, 'types'>;
  /** Parameter with the Unix second after which nobody is called any more. */
  readonly end: string;
  /** How the documented examples write numbers. */
  readonly style: '+' | '00';
  /** Creates a task or campaign, and returns its id. */
  create(client: OutboundClient, params: Params, options: CreationOptions): Promise<number>;
  /** Looks one up by its marker, and returns its id. */
  settle(client: OutboundClient, params: Params, marker: string, options: SettleOptions): Promise<number>;
}

const CREATORS: Readonly<Record<CreatorName, Creator>> = {
  CreateAutoCalloutTask: {
    name: 'CreateAutoCalloutTask',
    definition: CreateAutoCalloutTask,
    end: 'NotAfter',
    style: '00',
    create: async (client, params, options) =>
      (await client.createAutoCalloutTask(params as unknown as CreateAutoCalloutTaskRequest, options)).TaskId,
    settle: async (client, params, marker, options) =>
      (await client.settleAutoCalloutTask(params as { SdkAppId: number }, marker, options)).TaskId,
  },
  CreatePredictiveDialingCampaign: {
    name: 'CreatePredictiveDialingCampaign',
    definition: CreatePredictiveDialingCampaign,
    end: 'EndTime',
    style: '+',
    create: async (client, params, options) => {
      const request = params as unknown as CreatePredictiveDialingCampaignRequest;
      return (await client.createPredictiveDialingCampaign(request, options)).CampaignId;
    },
    settle: async (client, params, marker, options) =>
      (await client.settlePredictiveDialingCampaign(params as { SdkAppId: number }, marker, options))
        .CampaignId,
  },
};

/** @throws BulkError if no action of this name takes a list of numbers */
export function creatorOf(name: string): Creator {
  if (Object.hasOwn(CREATORS, name)) return CREATORS[name as CreatorName];
  throw new BulkError('InvalidTemplate', `"action" must be one of: ${Object.keys(CREATORS).join(', ')}.`);
}
