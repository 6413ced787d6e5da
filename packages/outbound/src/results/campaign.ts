import { eachItem } from '../listing.js';
import type { CallRecord } from './call-record.js';
import { latestEnd } from './call-record.js';
import type { NumberResult } from './number-result.js';
import type { CampaignResultsParams, ResultSource, ResultsOptions } from './options.js';
import { readResultsOptions } from './options.js';
import { orAborted, readRecord, resolveSlots } from './resolve.js';
import type { Resolving } from './resolve.js';
import type { Shown } from './slots.js';
import { slotsOf } from './slots.js';
import { earliest } from './spans.js';
import { checkIds, signalled } from './task.js';

/** States of a campaign in which no call comes any more: ended, or complete. */
const OVER: ReadonlySet<unknown> = new Set([3, 4]);

/** Page size of the list of calls. */
const SESSIONS_AT_ONCE = 1_000;

interface Campaign {
  readonly Name?: string;
  readonly Status?: number;
  readonly StartTime?: number;
  readonly EndTime?: number;
}

/** What became of each number of a campaign. */
export async function* campaignResults(
  source: ResultSource,
  params: CampaignResultsParams,
  options: ResultsOptions | undefined,
): AsyncGenerator<NumberResult, void, undefined> {
  checkIds(params, ['SdkAppId', 'CampaignId']);
  const { SdkAppId, CampaignId } = params;
  const subject = `campaign:${CampaignId}`;
  const settings = readResultsOptions(options, subject);
  const campaign = await readCampaign(source, { SdkAppId, CampaignId }, settings.signal);
  const since = campaign.StartTime ?? 0;
  const resolving: Resolving = { source, sdkAppId: SdkAppId, subject, since, settings };
  const { records, missing } = await readCalls(resolving, { SdkAppId, CampaignId });
  const byNumber = new Map<string, string[]>();
  for (const { callee, sessionId } of records.values()) {
    const sessions = byNumber.get(callee);
    if (sessions === undefined) byNumber.set(callee, [sessionId]);
    else sessions.push(sessionId);
  }
  const shown = [...byNumber].map(([callee, sessions]): Shown => ({ callee, sessions, says: 'open' }));
  const now = source.clock.now() / 1_000;
  const isExpired = (campaign.EndTime ?? Infinity) < earliest(now, source.actions.records.paging.window);
  // A call without a record may be to any number; and if no call of so long ago is listed, all may be forgotten.
  const isWhole = missing === 0 && (records.size > 0 || !isExpired);
  const isQuiet = lastEnd(records, since, now) + settings.lagSeconds <= now;
  const isSettled = OVER.has(campaign.Status) && isWhole && isQuiet;
  const known = (id: string) => records.get(id) ?? settings.known(id);
  const withKnown = { ...resolving, settings: { ...settings, known } };
  const slots = slotsOf(shown, settings.entries, 'untouched');
  yield* resolveSlots(withKnown, slots, { isSettled, isExpired });
}

/** The campaign with its state, which only one site gives when it is looked up. */
async function readCampaign(
  { call, actions }: ResultSource,
  ids: CampaignResultsParams,
  signal: AbortSignal | undefined,
): Promise<Campaign> {
  const options = signalled(signal);
  const campaign = (await call(actions.campaign, ids, options)) as Campaign;
  if (campaign.Status !== undefined && campaign.Status !== null) return campaign;
  const asked = { SdkAppId: ids.SdkAppId, Name: campaign.Name };
  for await (const item of eachItem(call, actions.campaigns, asked, options)) {
    const one = item as Campaign & { CampaignId?: number };
    if (one.CampaignId === ids.CampaignId) return { ...campaign, ...one };
  }
  return campaign;
}

/** The records of all calls of a campaign, and how many calls have none yet. */
async function readCalls(
  resolving: Resolving,
  ids: CampaignResultsParams,
): Promise<{ records: Map<string, CallRecord>; missing: number }> {
  const { source, settings } = resolving;
  const asked = { ...ids, [source.actions.sessions.paging.size]: SESSIONS_AT_ONCE };
  const records = new Map<string, CallRecord>();
  const reads: Promise<void>[] = [];
  let missing = 0;
  for await (const id of eachItem(source.call, source.actions.sessions, asked, signalled(settings.signal))) {
    const read = readRecord(resolving, String(id)).then((record) => {
      if (record === undefined) missing++;
      else records.set(record.sessionId, record);
    });
    read.catch(() => {});
    reads.push(read);
  }
  await orAborted(Promise.all(reads), settings.signal);
  return { records, missing };
}

/** When the last of the calls had ended at the latest. */
function lastEnd(records: ReadonlyMap<string, CallRecord>, since: number, now: number): number {
  let last = since;
  for (const record of records.values()) last = Math.max(last, latestEnd(record, now));
  return last;
}
