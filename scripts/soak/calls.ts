import type { CreationOptions, OutboundClient, SettleOptions, Settled } from '@tccc/outbound';
import { isSettleError } from '@tccc/outbound';

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
  create(client: OutboundClient, call: number, options: CreationOptions): Promise<Done>;
  settle(client: OutboundClient, marker: string, options: SettleOptions): Promise<Done>;
  /** Gives the name. */
  read(client: OutboundClient, id: number): Promise<string>;
}

/** Whatever is settled belongs to an application of its own, whose lists therefore grow more slowly. */
const application = { SdkAppId: 2 };

const common = (call: number, { settle }: CreationOptions) => ({
  SdkAppId: settle === undefined ? 1 : application.SdkAppId,
  Callees: [numberOf(call)],
  Callers: ['02'],
});

const campaign = {
  Name: 'n',
  CallOrder: 1,
  SkillGroupId: 1,
  Priority: 1,
  ExpectedAbandonRate: 5,
  RetryInterval: 60,
  ...{ StartTime: 1, EndTime: 2 },
} as const;

export const kinds: Record<'task' | 'campaign', Kind> = {
  task: {
    async create(client, call, options) {
      const params = { ...common(call, options), NotBefore: 1, IvrId: 1 };
      return doneOf(await client.createAutoCalloutTask(params, options));
    },
    settle: async (client, marker, options) =>
      doneOf(await client.settleAutoCalloutTask(application, marker, options)),
    read: async (client, id) => (await client.describeAutoCalloutTask({ ...application, TaskId: id })).Name,
  },
  campaign: {
    async create(client, call, options) {
      const params = { ...common(call, options), ...campaign };
      return doneOf(await client.createPredictiveDialingCampaign(params, options));
    },
    settle: async (client, marker, options) =>
      doneOf(await client.settlePredictiveDialingCampaign(application, marker, options)),
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

/** The ids that a lookup finds, once, on a service that has come to rest. */
export async function idsOf(
  kind: KindName,
  client: OutboundClient,
  marker: string,
): Promise<readonly number[]> {
  try {
    return [(await kinds[kind].settle(client, marker, { withinMs: 0 })).id];
  } catch (error) {
    if (isSettleError(error) && (error.code === 'NotFound' || error.code === 'FoundTwice')) return error.ids;
    throw error;
  }
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
