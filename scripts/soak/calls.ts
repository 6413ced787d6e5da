import type { CreationOptions, OutboundClient, SettleOptions, Settled } from '@tccc/outbound';

/** Of a large request, in bytes: as much as the faults need that strike only large ones. */
const LARGE_BYTES = 8 * 1024 * 1024;

/** Numbers are unique, so that the service's ledger can be asked about one call. */
function numberOf(call: number): string {
  return `+86${10_000_000_000 + call}`;
}

/** The call that a request was made for; -1 if it names no number. */
export function callOf(params: unknown): number {
  const [number] = (params as { Callees?: string[] } | undefined)?.Callees ?? [];
  return number === undefined ? -1 : Number(number.slice(3)) - 10_000_000_000;
}

/** What a creation gives, whichever it is. */
export interface Done {
  id: number;
  requestId: string;
  settled?: Settled | undefined;
}

/** Ways to create something, to look it up by its marker, and to read it by its id. */
export interface Kind {
  create(client: OutboundClient, call: number, options: CreationOptions, name?: string): Promise<Done>;
  settle(client: OutboundClient, marker: string, options: SettleOptions, name?: string): Promise<Done>;
  /** Gives the name. */
  read(client: OutboundClient, id: number): Promise<string>;
}

/** Whatever is settled belongs to an application of its own, whose lists therefore grow more slowly. */
const application = { SdkAppId: 2 };

const common = (call: number, { settle }: CreationOptions, name?: string) => ({
  SdkAppId: settle === undefined && name === undefined ? 1 : application.SdkAppId,
  ...(name !== undefined && { Name: name }),
  Callees: [numberOf(call)],
  Callers: ['02'],
});

/** What a campaign is called that is given no name. */
export const CAMPAIGN_NAME = 'n';

const campaign = {
  Name: CAMPAIGN_NAME,
  CallOrder: 1,
  SkillGroupId: 1,
  Priority: 1,
  ExpectedAbandonRate: 5,
  RetryInterval: 60,
  StartTime: 1,
  EndTime: 2,
} as const;

const known = (name: string | undefined) => ({ ...application, ...(name !== undefined && { Name: name }) });

export const kinds: Record<'task' | 'campaign', Kind> = {
  task: {
    async create(client, call, options, name) {
      const params = { ...common(call, options, name), NotBefore: 1, IvrId: 1 };
      return doneOf(await client.createAutoCalloutTask(params, options));
    },
    settle: async (client, marker, options, name) =>
      doneOf(await client.settleAutoCalloutTask(known(name), marker, options)),
    read: async (client, id) => (await client.describeAutoCalloutTask({ ...application, TaskId: id })).Name,
  },
  campaign: {
    async create(client, call, options, name) {
      const params = { ...campaign, ...common(call, options, name) };
      return doneOf(await client.createPredictiveDialingCampaign(params, options));
    },
    settle: async (client, marker, options, name) =>
      doneOf(await client.settlePredictiveDialingCampaign(known(name), marker, options)),
    read: async (client, id) =>
      (await client.describePredictiveDialingCampaign({ ...application, CampaignId: id })).Name,
  },
};

export type KindName = keyof typeof kinds;

/** Sends a request that is as large as some faults need it. */
export async function createLarge(client: OutboundClient, call: number): Promise<Done> {
  const params = { ...common(call, {}), NotBefore: 1, IvrId: 1, Description: 'x'.repeat(LARGE_BYTES) };
  return doneOf(await client.createAutoCalloutTask(params));
}

interface CreatedThing {
  TaskId?: number;
  CampaignId?: number;
  RequestId: string;
  settled?: Settled;
}

function doneOf({ TaskId, CampaignId, RequestId, settled }: CreatedThing): Done {
  return { id: (TaskId ?? CampaignId)!, requestId: RequestId, settled };
}
