import type { FaultName } from '@tccc/mocks';
import type { CreationOptions, OutboundClient } from '@tccc/outbound';
import { isSettleError, isTcccError } from '@tccc/outbound';
import { seededRandom } from '../../packages/mocks/src/common/random.js';
import type { Certificate } from '../../packages/mocks/src/server/certificate.js';
import { makeCertificate } from '../../packages/mocks/src/server/certificate.js';
import { lookAfterwards } from './afterwards.js';
import { AttemptLog } from './attempts.js';
import type { Done, KindName } from './calls.js';
import { createLarge, kinds } from './calls.js';
import type { CallRecord, Marked } from './records.js';
import type { TruthReport } from './report.js';
import { report } from './report.js';
import type { Seat } from './world.js';
import { World, isLarge, time } from './world.js';

/** What one run of the harness does. */
export interface TruthOptions {
  /** Decides everything that is random, on both sides. */
  seed: number;
  calls: number;
  /** Calls at a time. Default 64. */
  concurrency?: number;
  /** A fault that strikes more often than the others. */
  often?: FaultName | undefined;
  /** Share of the calls that settle. Default 0.3. */
  settleShare?: number;
  /** Of the gateway. Making one takes as long as a hundred calls. Default: one of this run. */
  certificate?: Certificate;
}

/** A certificate for the gateway of any run. */
export const gatewayCertificate = () => makeCertificate(['127.0.0.1']);

/** One call in this many is large, and at one in this many an outage begins. */
const LARGE_EVERY = 800;
const LARGE_EVERY_IF_OFTEN = 40;
const OUTAGE_EVERY = 500;

/** For how long calls that settle look at most, in milliseconds, and the share of what they created that is then read. */
const WITHIN_MS = 250;
const READ_SHARE = 0.5;

/**
 * Drives calls through servers that show every fault at random, and compares what each call reports with what the
 * service has really done. Aborts, deadlines, retries, small pools, temporary credentials, dispatchers of the user's own,
 * outages, lookups of what may have been created, and lists that lag are all in it.
 */
export async function runTruth(options: TruthOptions): Promise<TruthReport> {
  const { seed, calls, concurrency = 64, often, settleShare = 0.3 } = options;
  const certificate = options.certificate ?? (await gatewayCertificate());
  const startedAt = performance.now();
  using attempts = new AttemptLog();
  const random = seededRandom(seed);
  const worlds = await World.makeAll(seed, random, often, certificate);
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
      const plan = {
        seed,
        call,
        world: worlds.indexOf(seat.world),
        random,
        settleShare,
        stride: usual.length,
      };
      records.push(await callFrom(seat, plan));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const ended = worlds.map((world, index) => {
    const own = records.filter((record) => record.world === index);
    return settleShare === 0 ? end(world) : lookAfterwards(world, own, { seed, index, calls });
  });
  const twins = (await Promise.all(ended)).flat();
  records.push(...twins);
  const elapsedMs = performance.now() - startedAt;
  return report({ seed, calls, records, services: worlds, attempts, elapsedMs });
}

/** Ends a world in which nothing has been looked for, so that there is nothing to find later. */
async function end(world: World): Promise<CallRecord[]> {
  await world.rest();
  await world.close();
  return [];
}

/** One call, and what it draws from. */
interface Plan {
  seed: number;
  call: number;
  world: number;
  random: () => number;
  settleShare: number;
  /** Calls that are so far apart have the same client. */
  stride: number;
}

async function callFrom(seat: Seat, plan: Plan): Promise<CallRecord> {
  const client = seat.client();
  const record = oneCall(client, plan, seat.isLarge);
  if (!seat.isShortLived) return record;
  const cancel = time.schedule(() => void client.close(), plan.random() * 200);
  await record;
  cancel();
  await client.close();
  return record;
}

async function oneCall(client: OutboundClient, plan: Plan, isLarge: boolean): Promise<CallRecord> {
  const { call, world, random, settleShare } = plan;
  const controller = new AbortController();
  const options: CreationOptions = {
    signal: controller.signal,
    deadlineMs: random() < 0.1 ? 1 + random() * 60 : 2_000,
  };
  const kind: KindName = random() < 0.5 ? 'task' : 'campaign';
  const marked = isLarge || random() >= settleShare ? undefined : mark(plan, kind, options);
  // What is not marked is, now and then, a copy of what is.
  const name = marked === undefined ? copyName(plan, settleShare) : marked.ownName;
  const startedAt = time.monotonic();
  const overrun = () => time.monotonic() - startedAt - options.deadlineMs!;
  const cancelAbort = random() < 0.15 ? time.schedule(() => controller.abort(), random() * 40) : undefined;
  const record = { call, world, ...(marked === undefined ? {} : { marked }) };
  try {
    const done = await (isLarge
      ? createLarge(client, call)
      : kinds[kind].create(client, call, options, name));
    const overrunMs = overrun();
    if (marked !== undefined) await lookAt(client, done, marked, random);
    return { ...record, verdict: 'success', code: '-', id: done.id, requestId: done.requestId, overrunMs };
  } catch (error) {
    const overrunMs = overrun();
    if (!isTcccError(error)) return { ...record, verdict: 'foreign error', code: String(error), overrunMs };
    if (marked !== undefined) noteLookup(marked, error);
    return { ...record, verdict: error.outcome, code: error.code, overrunMs };
  } finally {
    cancelAbort?.();
  }
}

const markerOf = (seed: number, call: number) => `soak-${seed}-${call}`;

/** Has a call settled. Some markers begin like others, and some names carry the marker of another call. */
function mark({ seed, call, random, stride }: Plan, kind: KindName, options: CreationOptions): Marked {
  const marker = markerOf(seed, call);
  options.settle = { marker, withinMs: random() * WITHIN_MS };
  const others = [markerOf(seed, call - stride), markerOf(seed, call + stride)];
  const names = [
    undefined,
    undefined,
    `n [${others[0]}]`,
    `n [${others[1]}]`,
    `Copy of n [${others[1]}] for Tuesday`,
  ];
  return { kind, marker, ownName: names[Math.floor(random() * names.length)], isSettled: false };
}

/** How often something unmarked has the name of a copy, if anything is marked at all. */
const COPY_SHARE = 0.5;

/** The name of a copy of something that is marked, has not been made yet perhaps, and is never made perhaps. */
function copyName({ seed, call, random, stride }: Plan, settleShare: number): string | undefined {
  if (settleShare === 0 || random() >= COPY_SHARE) return undefined;
  const other = markerOf(seed, call + stride * (Math.floor(random() * 5) - 2));
  return random() < 0.5 ? `Copy of n [${other}]` : `Copy of n [${other}] for Tuesday`;
}

/** Notes how a creation was found, and reads some of them. */
async function lookAt(
  client: OutboundClient,
  { id, settled }: Done,
  marked: Marked,
  random: () => number,
): Promise<void> {
  marked.isSettled = settled !== undefined;
  if (random() >= READ_SHARE) return;
  try {
    marked.read = { name: await kinds[marked.kind].read(client, id) };
  } catch (error) {
    marked.read = { outcome: isTcccError(error) ? error.outcome : 'foreign error' };
  }
}

/** By how much the lookups may have begun before what their error says, in milliseconds: it is rounded, and comes later. */
const MARGIN_MS = 20;

function noteLookup(marked: Marked, error: unknown): void {
  if (!isSettleError(error)) return;
  const endedAtMs = time.monotonic();
  marked.lookup = { beganAtMs: endedAtMs - error.elapsedMs - MARGIN_MS, endedAtMs };
}
