import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultKind, FaultName } from '@tccc/mocks';
import { MockEngine, MockServer, faultKinds, mockCredentials } from '@tccc/mocks';
import type { CallOptions, OutboundClientOptions } from '@tccc/outbound';
import { OutboundClient, isTcccError } from '@tccc/outbound';
import { seededRandom } from '../../packages/mocks/src/random.js';

/** What one run of the harness does. */
export interface TruthOptions {
  /** Decides everything that is random, on both sides. */
  seed: number;
  calls: number;
  /** Calls at a time. Default 64. */
  concurrency?: number;
  /** Stop at the first lie. */
  failFast?: boolean;
}

/** What a call reported: an outcome of the contract, or an error that should not exist. */
export type Verdict = 'success' | 'not-executed' | 'unknown' | 'executed' | 'foreign error';

/** A call whose report does not fit what the service did. */
export interface Lie {
  call: number;
  verdict: Verdict;
  code: string;
  /** How often the service really executed it. */
  creations: number;
  /** What the service saw of it: faults and codes, in order. */
  history: string[];
}

/** What a run found. */
export interface TruthReport {
  seed: number;
  calls: number;
  elapsedMs: number;
  verdicts: Record<Verdict, number>;
  /** How often each code was reported. */
  codes: Record<string, number>;
  /** Faults that struck at least once. */
  faults: ReadonlySet<string>;
  lies: Lie[];
  /** By how much calls outlived their deadline, in milliseconds: the median of those that it ended. */
  overrunMs: number;
}

interface CallRecord {
  call: number;
  verdict: Verdict;
  code: string;
  /** How long the call lived past its deadline, in milliseconds; negative where it ended before. */
  overrunMs: number;
}

/** How often the service may have executed a call, by what the call reported. */
const ALLOWED: Record<Verdict, readonly number[]> = {
  success: [1],
  'not-executed': [0],
  unknown: [0, 1],
  executed: [1],
  'foreign error': [],
};

/** Chance of each fault for each request; those that disturb every other call are rarer. */
const CHANCE = 0.012;
const RARE_CHANCE = 0.002;
const RARE: ReadonlySet<FaultName> = new Set(['clock-hours-off', 'token-refused']);

/**
 * Drives calls through a server that shows every fault at random, and compares what each call reports with what the
 * service has really done. Aborts, deadlines, retries, small pools, temporary credentials and outages are all in it.
 */
export async function runTruth(options: TruthOptions): Promise<TruthReport> {
  const startedAt = performance.now();
  const random = seededRandom(options.seed);
  const engine = new MockEngine({ seed: options.seed, rateLimit: 'off' });
  installFaults(engine);
  const server = await MockServer.start(engine);
  const { clients, makeShortLived } = makeClients(server.url, random);
  const outages = new Outages(server);
  const records: CallRecord[] = [];
  let next = 0;
  const worker = async () => {
    while (next < options.calls && !(options.failFast && hasDuplicate(engine))) {
      const call = next++;
      if (call % 500 === 499) outages.begin();
      const isShortLived = call % 8 === 7;
      const client = isShortLived ? makeShortLived() : clients[call % clients.length]!;
      const record = oneCall(call, client, random);
      // Closed at any stage of its one call.
      if (isShortLived) setTimeout(() => void client.close(), random() * 200);
      records.push(await record);
      if (isShortLived) await client.close();
    }
  };
  await Promise.all(Array.from({ length: options.concurrency ?? 64 }, worker));
  await outages.end();
  await Promise.all(clients.map((client) => client.close()));
  await settleServer(engine);
  await server.close();
  return report(options, records, engine, performance.now() - startedAt);
}

/** Each fault at random, in each way in which it can strike. */
function installFaults(engine: MockEngine): void {
  for (const fault of Object.keys(faultKinds) as FaultName[]) {
    const probability = RARE.has(fault) ? RARE_CHANCE : CHANCE;
    if ((faultKinds[fault] as FaultKind).strikes !== 'either') engine.faults.add({ fault, probability });
    else
      for (const strikes of ['before', 'after'] as const)
        engine.faults.add({ fault, strikes, probability: probability / 2 });
  }
}

/** Clients that differ in what could go wrong: few connections, many, another pacing, credentials that come late and fail. */
function makeClients(endpoint: string, random: () => number) {
  const common: OutboundClientOptions = {
    endpoint,
    credentials: mockCredentials,
    attemptTimeoutMs: 120,
    pacing: { limit: 100_000 },
    retry: { baseMs: 2, capMs: 10 },
    random,
  };
  const fetchCredentials = async () => {
    await sleep(random() * 4);
    if (random() < 0.1) throw new Error('the metadata service is down');
    return { ...mockCredentials, expiresAtMs: Date.now() + 50, account: 'temporary' };
  };
  const clients = [
    new OutboundClient(common),
    new OutboundClient({ ...common, maxConnections: 2 }),
    new OutboundClient({ ...common, pacing: { mode: 'send', limit: 100_000 }, keepAliveMs: 1 }),
    new OutboundClient({
      ...common,
      pacing: false,
      retry: { ...common.retry, maxAttempts: 10 },
    }),
  ];
  return {
    clients,
    makeShortLived: () => new OutboundClient({ ...common, credentials: fetchCredentials }),
  };
}

/** Numbers are unique, so that the service's ledger can be asked about one call. */
function numberOf(call: number): string {
  return `+86${10_000_000_000 + call}`;
}

function callOf(params: unknown): number {
  const [number] = (params as { Callees?: string[] } | undefined)?.Callees ?? [];
  return number === undefined ? -1 : Number(number.slice(3)) - 10_000_000_000;
}

async function oneCall(call: number, client: OutboundClient, random: () => number): Promise<CallRecord> {
  const controller = new AbortController();
  const options: CallOptions = {
    signal: controller.signal,
    deadlineMs: random() < 0.1 ? 1 + random() * 60 : 2_000,
  };
  const startedAt = performance.now();
  const overrun = () => performance.now() - startedAt - options.deadlineMs!;
  const abortTimer = random() < 0.15 ? setTimeout(() => controller.abort(), random() * 40) : undefined;
  try {
    await send(call, client, options, random() < 0.5);
    return { call, verdict: 'success', code: '-', overrunMs: overrun() };
  } catch (error) {
    const overrunMs = overrun();
    if (!isTcccError(error)) return { call, verdict: 'foreign error', code: String(error), overrunMs };
    return { call, verdict: error.outcome, code: error.code, overrunMs };
  } finally {
    clearTimeout(abortTimer);
  }
}

function send(call: number, client: OutboundClient, options: CallOptions, isTask: boolean): Promise<unknown> {
  const common = { SdkAppId: 1, Callees: [numberOf(call)], Callers: ['02'] };
  if (isTask) return client.createAutoCalloutTask({ ...common, NotBefore: 1, IvrId: 1 }, options);
  const campaign = {
    Name: 'n',
    CallOrder: 1,
    SkillGroupId: 1,
    Priority: 1,
    ExpectedAbandonRate: 5,
    RetryInterval: 60,
  } as const;
  return client.createPredictiveDialingCampaign(
    { ...common, ...campaign, StartTime: 1, EndTime: 2 },
    options,
  );
}

/** Short times in which the server refuses connections and resets those that there are. */
class Outages {
  readonly #server: MockServer;
  #current: Promise<void> = Promise.resolve();

  constructor(server: MockServer) {
    this.#server = server;
  }

  begin(): void {
    this.#current = this.#current.then(async () => {
      await this.#server.refuse();
      await sleep(15);
      await this.#server.accept();
    });
  }

  end(): Promise<void> {
    return this.#current;
  }
}

/** Requests that the client has given up may still be executed: waits until the service sees no more. */
async function settleServer(engine: MockEngine): Promise<void> {
  let seen = -1;
  while (seen !== engine.journal.size) {
    seen = engine.journal.size;
    await sleep(60);
  }
}

/** A cheap look ahead; the report has the last word. */
function hasDuplicate(engine: MockEngine): boolean {
  return engine.created.length % 100 === 99 && engine.calledMoreThanOnce.size > 0;
}

function report(
  options: TruthOptions,
  records: CallRecord[],
  engine: MockEngine,
  elapsedMs: number,
): TruthReport {
  const creations = new Map<number, number>();
  for (const { params } of engine.created)
    creations.set(callOf(params), (creations.get(callOf(params)) ?? 0) + 1);
  const verdicts: TruthReport['verdicts'] = {
    success: 0,
    'not-executed': 0,
    unknown: 0,
    executed: 0,
    'foreign error': 0,
  };
  const codes: Record<string, number> = {};
  const lies: Lie[] = [];
  for (const { call, verdict, code } of records) {
    verdicts[verdict]++;
    codes[code] = (codes[code] ?? 0) + 1;
    const count = creations.get(call) ?? 0;
    if (!ALLOWED[verdict].includes(count))
      lies.push({ call, verdict, code, creations: count, history: historyOf(call, engine) });
  }
  const faults = new Set(engine.journal.entries.flatMap(({ fault }) => (fault === undefined ? [] : [fault])));
  const overruns = records
    .filter(({ code }) => code === 'DeadlineExceeded')
    .map(({ overrunMs }) => overrunMs);
  const overrunMs = overruns.sort((a, b) => a - b)[Math.floor(overruns.length / 2)] ?? 0;
  return { seed: options.seed, calls: records.length, elapsedMs, verdicts, codes, faults, lies, overrunMs };
}

function historyOf(call: number, engine: MockEngine): string[] {
  const entries = engine.journal.entries.filter(({ params }) => callOf(params) === call);
  return entries.map(({ fault = 'no fault', code }) => `${fault}: ${code || 'not executed'}`);
}

/** Says what was found; on a lie, everything that is needed to see it again. */
export function describeReport({ seed, calls, elapsedMs, verdicts, lies, overrunMs }: TruthReport): string {
  const counts = Object.entries(verdicts).map(([verdict, count]) => `${verdict} ${count}`);
  const lines = [
    `${calls} calls in ${(elapsedMs / 1000).toFixed(1)} s, seed ${seed}: ${counts.join(', ')}; deadline overrun ${overrunMs.toFixed(1)} ms`,
  ];
  for (const { call, verdict, code, creations, history } of lies.slice(0, 10)) {
    lines.push(
      `LIE: call ${call} of seed ${seed} reported ${verdict} (${code}) but was executed ${creations} times`,
    );
    lines.push(...history.map((event) => `     ${event}`));
  }
  return lines.join('\n');
}
