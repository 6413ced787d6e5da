import type { FaultName } from '@tccc/mocks';
import type { CallOptions, OutboundClient } from '@tccc/outbound';
import { isTcccError } from '@tccc/outbound';
import { seededRandom } from '../../packages/mocks/src/random.js';
import type { CallRecord, TruthReport } from './report.js';
import { numberOf, report } from './report.js';
import type { Seat } from './world.js';
import { World, isLarge } from './world.js';

/** What one run of the harness does. */
export interface TruthOptions {
  /** Decides everything that is random, on both sides. */
  seed: number;
  calls: number;
  /** Calls at a time. Default 64. */
  concurrency?: number;
  /** A fault that strikes more often than the others. */
  often?: FaultName | undefined;
}

/** One call in this many is large, and at one in this many an outage begins. */
const LARGE_EVERY = 800;
const LARGE_EVERY_IF_OFTEN = 40;
const OUTAGE_EVERY = 500;

/** Of a large request, in bytes: as much as the faults need that strike only large ones. */
const LARGE_BYTES = 8 * 1024 * 1024;

/**
 * Drives calls through servers that show every fault at random, and compares what each call reports with what the
 * service has really done. Aborts, deadlines, retries, small pools, temporary credentials, dispatchers of the user's own
 * and outages are all in it.
 */
export async function runTruth({ seed, calls, concurrency = 64, often }: TruthOptions): Promise<TruthReport> {
  const startedAt = performance.now();
  const random = seededRandom(seed);
  const worlds = await World.makeAll(seed, random, often);
  const seats = worlds.flatMap((world) => world.seats);
  const large = seats.find(({ isLarge }) => isLarge)!;
  const usual = seats.filter(({ isLarge }) => !isLarge);
  const largeEvery = often !== undefined && isLarge(often) ? LARGE_EVERY_IF_OFTEN : LARGE_EVERY;
  const records: CallRecord[] = [];
  let next = 0;
  const worker = async () => {
    while (next < calls) {
      const call = next++;
      if (call % OUTAGE_EVERY === OUTAGE_EVERY - 1) for (const world of worlds) world.beginOutage();
      const seat = call % largeEvery === largeEvery / 4 ? large : usual[call % usual.length]!;
      records.push(await callFrom(seat, call, random));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  await Promise.all(worlds.map((world) => world.close()));
  const engines = worlds.map(({ engine }) => engine);
  return report(seed, records, engines, performance.now() - startedAt);
}

async function callFrom(seat: Seat, call: number, random: () => number): Promise<CallRecord> {
  const client = seat.client();
  const record = oneCall(call, client, random, seat.isLarge);
  if (!seat.isShortLived) return record;
  const timer = setTimeout(() => void client.close(), random() * 200);
  await record;
  clearTimeout(timer);
  await client.close();
  return record;
}

async function oneCall(
  call: number,
  client: OutboundClient,
  random: () => number,
  isLarge: boolean,
): Promise<CallRecord> {
  const controller = new AbortController();
  const options: CallOptions = {
    signal: controller.signal,
    deadlineMs: random() < 0.1 ? 1 + random() * 60 : 2_000,
  };
  const startedAt = performance.now();
  const overrun = () => performance.now() - startedAt - options.deadlineMs!;
  const abortTimer = random() < 0.15 ? setTimeout(() => controller.abort(), random() * 40) : undefined;
  const isTask = random() < 0.5;
  try {
    const id = isLarge ? await sendLarge(call, client) : await send(call, client, options, isTask);
    return { call, verdict: 'success', code: '-', id, overrunMs: overrun() };
  } catch (error) {
    const overrunMs = overrun();
    if (!isTcccError(error)) return { call, verdict: 'foreign error', code: String(error), overrunMs };
    return { call, verdict: error.outcome, code: error.code, overrunMs };
  } finally {
    clearTimeout(abortTimer);
  }
}

const common = (call: number) => ({ SdkAppId: 1, Callees: [numberOf(call)], Callers: ['02'] });

/** Sends a call of one kind or the other, and gives the id of what it created. */
async function send(
  call: number,
  client: OutboundClient,
  options: CallOptions,
  isTask: boolean,
): Promise<number> {
  if (isTask) {
    const params = { ...common(call), NotBefore: 1, IvrId: 1 };
    return (await client.createAutoCalloutTask(params, options)).TaskId;
  }
  const campaign = {
    Name: 'n',
    CallOrder: 1,
    SkillGroupId: 1,
    Priority: 1,
    ExpectedAbandonRate: 5,
    RetryInterval: 60,
  } as const;
  const params = { ...common(call), ...campaign, StartTime: 1, EndTime: 2 };
  return (await client.createPredictiveDialingCampaign(params, options)).CampaignId;
}

async function sendLarge(call: number, client: OutboundClient): Promise<number> {
  const params = { ...common(call), NotBefore: 1, IvrId: 1, Description: 'x'.repeat(LARGE_BYTES) };
  return (await client.createAutoCalloutTask(params)).TaskId;
}
