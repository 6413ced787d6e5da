import type { FaultKind, FaultName } from '@tccc/mocks';
import { MockEngine, MockServer, faultKinds, mockCredentials } from '@tccc/mocks';
import type { Clock, CreateAutoCalloutTaskRequest, OutboundClientOptions } from '@tccc/outbound';
import { OutboundClient, isTcccError } from '@tccc/outbound';
import { systemClock } from '@tccc/core/internal';

/** Calls for each fault and each state of the list: one that it strikes before it is executed, and one afterwards. */
export const CALLS = 2;

/** For how long a call looks for what it has created, and how far a list that lags is behind, in milliseconds. */
const WITHIN_MS = 18_000;
const LIST_DELAY_MS = 10_000;

/** How the list behaves in which a creation is looked up. */
export const LISTS = ['works', 'lags', 'fails'] as const;
export type ListState = (typeof LISTS)[number];

/** How many of the calls ended in which way, for one fault and one state of the list. */
export interface SettleShare {
  /** What was executed. */
  executed: number;
  /** Calls whose own response left the outcome unknown. */
  unknown: number;
  /** Calls that still did not know it after they had looked. */
  stillUnknown: number;
  /** Of these, how many were executed. */
  missed: number;
}

export type SettleShares = Record<ListState, SettleShare>;

/** Creates tasks under each fault, and settles. The same in each run. */
export async function settleShares(): Promise<Map<FaultName, SettleShares>> {
  const faults = Object.keys(faultKinds) as FaultName[];
  const shares = new Map(faults.map((fault) => [fault, {} as SettleShares]));
  const jobs = faults.flatMap((fault) => LISTS.map((list) => [fault, list] as const));
  const worker = async () => {
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift())
      shares.get(job[0])![job[1]] = await measure(...job);
  };
  await Promise.all(Array.from({ length: 6 }, worker));
  return shares;
}

async function measure(fault: FaultName, list: ListState): Promise<SettleShare> {
  const listDelayMs = list === 'lags' ? LIST_DELAY_MS : 0;
  const engine = new MockEngine({ seed: 1, rateLimit: 'off', listDelayMs });
  await using server = await MockServer.start(engine);
  const options: OutboundClientOptions = {
    endpoint: server.url,
    credentials: mockCredentials,
    pacing: false,
    clock: skippingClock(engine),
    attemptTimeoutMs: HANGS.has(fault) ? SHORT_MS : LONG_MS,
    random: () => 0.1, // Pauses of 50 ms before a retry: time enough to see what comes late.
  };
  const share = { executed: 0, unknown: 0, stillUnknown: 0, missed: 0 };
  for (let call = 0; call < CALLS; call++) {
    engine.faults.clear();
    install(engine, fault, call % 2 === 0 ? 'before' : 'after', list);
    const before = engine.createdCount;
    const end = await callOnce(options, fault, `share-${fault}-${call}`);
    const isExecuted = engine.createdCount > before;
    if (isExecuted) share.executed++;
    if (end !== 'known') share.unknown++;
    if (end === 'unknown') share.stillUnknown++;
    if (end === 'unknown' && isExecuted) share.missed++;
  }
  return share;
}

/** Strikes each creation, before or after it is executed if it can do both; and the whole first lookup in a list that fails. */
function install(
  { faults }: MockEngine,
  fault: FaultName,
  strikes: 'before' | 'after',
  list: ListState,
): void {
  const { strikes: ways, at }: FaultKind = faultKinds[fault];
  const action = at === 'connection' ? {} : { action: 'CreateAutoCalloutTask' };
  faults.add({ fault, ...action, ...(ways === 'either' ? { strikes } : {}) });
  if (list !== 'fails' || at === 'connection') return;
  faults.add({ fault, action: 'DescribeAutoCalloutTasks', nth: [1, 2, 3] });
}

/** With a client of its own, whose connection has been used: some faults show on those only, and budgets are full. */
async function callOnce(options: OutboundClientOptions, fault: FaultName, marker: string) {
  await using client = new OutboundClient(options);
  const { at }: FaultKind = faultKinds[fault];
  if (at !== 'connection')
    await client.describePredictiveDialingCampaigns({ ...application, PageNumber: 0, PageSize: 1 });
  return await create(client, fault, marker);
}

const application = { SdkAppId: 1 };

/** Whether the call knew its outcome at once, found out, or did not find out. */
async function create(client: OutboundClient, fault: FaultName, marker: string) {
  const { leastBytes = 0 }: FaultKind = faultKinds[fault];
  const params: CreateAutoCalloutTaskRequest = {
    ...application,
    NotBefore: 1,
    IvrId: 1,
    Callees: ['+8610000000000'],
    Callers: ['02'],
    ...(leastBytes === 0 ? {} : { Description: 'x'.repeat(leastBytes) }),
  };
  try {
    const { settled } = await client.createAutoCalloutTask(params, {
      settle: { marker, withinMs: WITHIN_MS },
    });
    return settled === undefined ? 'known' : 'settled';
  } catch (error) {
    if (!isTcccError(error)) throw error;
    return error.outcome === 'unknown' ? 'unknown' : 'known';
  }
}

/** Faults after which nothing comes, so that real time has to pass. */
const HANGS: ReadonlySet<FaultName> = new Set(['no-answer', 'stall-in-headers', 'stall-in-body']);
const SHORT_MS = 150;
const LONG_MS = 30_000;

/** The clock of this machine, but pauses between lookups take no time. */
function skippingClock(engine: MockEngine): Clock {
  let skippedMs = 0;
  return {
    now: systemClock.now,
    monotonic: () => systemClock.monotonic() + skippedMs,
    schedule(callback, delayMs, inBackground) {
      if (!isPause(delayMs)) return systemClock.schedule(callback, delayMs, inBackground);
      const skip = () => {
        skippedMs += delayMs;
        engine.advance(Math.round(delayMs));
        callback();
      };
      return systemClock.schedule(skip, 0, inBackground);
    },
  };
}

/** Pauses before a retry are shorter, time-outs are longer, and only the longest pause is 8,000 ms to the millisecond. */
function isPause(delayMs: number): boolean {
  return (delayMs >= 400 && delayMs < 4_600) || delayMs === 8_000;
}
