import type { OutboundClient } from '@tccc/outbound';
import { isSettleError } from '@tccc/outbound';
import { CAMPAIGN_NAME, kinds } from './calls.js';
import type { Marked } from './records.js';

/** The ids that a lookup finds, once, on a service that has come to rest. */
export async function idsOf(client: OutboundClient, marked: Marked): Promise<readonly number[]> {
  const { kind, marker } = marked;
  try {
    return [(await kinds[kind].settle(client, marker, { withinMs: 0 }, wholeNameOf(marked))).id];
  } catch (error) {
    if (isSettleError(error) && error.code === 'FoundTwice') return error.ids;
    if (isSettleError(error) && error.code === 'NotFound') return [];
    throw error;
  }
}

/** The name of what is marked; a campaign has one in any case. */
export function wholeNameOf({ marker, ownName, kind }: Marked): string {
  const own = ownName ?? (kind === 'campaign' ? CAMPAIGN_NAME : undefined);
  return own === undefined ? `[${marker}]` : `${own} [${marker}]`;
}
