import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultKind, FaultName } from '@tccc/mocks';
import { MockEngine, MockServer, faultKinds, mockCredentials } from '@tccc/mocks';
import type { Certificate } from '../../packages/mocks/src/server/certificate.js';
import type { Clock } from '@tccc/core';
import type { OutboundClientOptions } from '@tccc/outbound';
import { OutboundClient } from '@tccc/outbound';
import type { ForeignDispatcher } from './dispatchers.js';
import { SURPLUS, foreignDispatchers } from './dispatchers.js';
import { Gateway } from './gateway.js';
import { OwnTime } from './own-time.js';

/** Chance of each fault for each request; those that disturb every other call are rarer. */
const CHANCE = 0.01;
const RARE_CHANCE = 0.002;
const RARE: ReadonlySet<FaultName> = new Set(['clock-hours-off', 'token-refused']);

/**
 * A server that talks first must do so within two milliseconds, or nobody can tell what it says from a response. One that
 * has many connections to accept is later than that, so this fault has a world of its own, with one connection at a time.
 */
const GREETING: FaultName = 'stray-response';
const GREETING_CHANCE = 0.3;

/** A connection that ends during the pause before a retry cannot show what would have come on it. */
const UNSEEN_IF_CLOSED: readonly FaultName[] = ['refusal-then-success'];

/** There are few requests that are large enough for these, so they are struck more often. */
const LARGE_CHANCE = 0.9;

/** Of the one fault that a run is about, if it is about one. */
const OFTEN_CHANCE = 0.3;

/** Whether a fault strikes large requests only. */
export const isLarge = (fault: FaultName) => (faultKinds[fault] as FaultKind).leastBytes !== undefined;

/** Of several that are due, the first strikes. */
const allFaults = (Object.keys(faultKinds) as FaultName[]).sort(
  (one, other) => Number(isLarge(other)) - Number(isLarge(one)),
);

/** How far the lists of some services are behind, in milliseconds: less than most calls look for what they created. */
const LIST_DELAY_MS = 30;

/** More than any fault makes a list lag, in milliseconds. */
const LONGEST_LAG_MS = 3_600_000;

/** How long the gateway of the mock asks to be left alone, in milliseconds. A run has no time for that. */
const ASKED_MS = 3_000;

/** The time of both sides. */
export const time = new OwnTime();

const clock: Clock = {
  now: () => time.now(),
  monotonic: () => time.monotonic(),
  schedule: (callback, delayMs, inBackground) =>
    time.schedule(callback, delayMs === ASKED_MS ? 20 : delayMs, inBackground),
};

/** A client, and how it is used. */
export interface Seat {
  world: World;
  /** The client for the next call. */
  client(): OutboundClient;
  /** Made for one call, and closed at any stage of it. */
  isShortLived: boolean;
  /** For large requests. */
  isLarge: boolean;
}

/** A service of its own, with its faults and all clients that call it. */
export class World {
  readonly engine: MockEngine;
  /** How far its lists are behind, in milliseconds. */
  readonly listDelayMs: number;
  readonly seats: Seat[] = [];
  /** Whether its connections end with their responses. */
  isClosing = false;
  readonly #server: MockServer;
  readonly #unseenIfReset: readonly FaultName[];
  readonly #often: FaultName | undefined;
  readonly #closing: (() => Promise<void>)[] = [];
  /** Removes the faults that cannot be shown during an outage, and the others. */
  #liars: readonly (() => void)[];
  readonly #others: readonly (() => void)[];
  #outage: Promise<void> = Promise.resolve();

  private constructor(engine: MockEngine, server: MockServer, { leaveOut, listDelayMs, often }: Trouble) {
    this.engine = engine;
    this.listDelayMs = listDelayMs;
    this.#server = server;
    const names = allFaults.filter((name) => !leaveOut.includes(name));
    this.#unseenIfReset = names.filter((name) => UNSEEN_IF_CLOSED.includes(name));
    this.#often = often;
    this.#liars = installFaults(engine, this.#unseenIfReset, often);
    const others = names.filter((name) => !UNSEEN_IF_CLOSED.includes(name));
    this.#others = installFaults(engine, others, often);
  }

  /**
   * One for most clients with connections of their own, two for what cannot be shown there, one for each dispatcher, and one
   * behind a gateway that ends its connections, on which no surplus can be seen.
   */
  static async makeAll(
    seed: number,
    random: () => number,
    often: FaultName | undefined,
    certificate: Certificate,
  ): Promise<World[]> {
    const make = (offset: number, leaveOut: readonly FaultName[]) => {
      const listDelayMs = offset % 2 === 0 ? 0 : LIST_DELAY_MS;
      return World.#make(seed + offset, { leaveOut, listDelayMs, often });
    };
    const own = await make(0, [GREETING]);
    own.#addOwnClients(random);
    const greeting = await make(1, []);
    greeting.#add({ ...greeting.#options(random), maxConnections: 1, attemptTimeoutMs: 1_000 });
    const hasty = await make(2, [GREETING, ...UNSEEN_IF_CLOSED]);
    hasty.#add({ ...hasty.#options(random), pacing: { mode: 'send', limit: 100_000 }, keepAliveMs: 1 });
    const foreign = foreignDispatchers.map(async (dispatcher, index) => {
      const world = await make(3 + index, dispatcher.leaveOut);
      world.#addForeignClient(dispatcher, random);
      return world;
    });
    const closing = await make(3 + foreign.length, [GREETING, ...SURPLUS, ...UNSEEN_IF_CLOSED]);
    await closing.#addBehindGateway(random, certificate);
    return [own, greeting, hasty, ...(await Promise.all(foreign)), closing];
  }

  static async #make(seed: number, trouble: Trouble): Promise<World> {
    const { listDelayMs } = trouble;
    const engine = new MockEngine({ seed, rateLimit: 'off', listDelayMs, clock });
    return new World(engine, await MockServer.start(engine), trouble);
  }

  /** Clients that differ in what could go wrong: few connections, many, another pacing, credentials that come late and fail. */
  #addOwnClients(random: () => number): void {
    const common = this.#options(random);
    const fetchCredentials = async () => {
      await sleep(random() * 4);
      if (random() < 0.1) throw new Error('the metadata service is down');
      return { ...mockCredentials, expiresAtMs: Date.now() + 50, account: 'temporary' };
    };
    this.#add(common);
    this.#add({ ...common, maxConnections: 2 });
    this.#add({ ...common, pacing: false, retry: { ...common.retry, maxAttempts: 10 } });
    this.#add({ ...common, attemptTimeoutMs: 1_000 }, { isLarge: true });
    const client = () => new OutboundClient({ ...common, credentials: fetchCredentials });
    this.seats.push({ world: this, client, isShortLived: true, isLarge: false });
  }

  #addForeignClient({ make }: ForeignDispatcher, random: () => number): void {
    const { dispatcher, destroy } = make();
    this.#add({ ...this.#options(random), dispatcher });
    this.#closing.push(destroy);
  }

  async #addBehindGateway(random: () => number, certificate: Certificate): Promise<void> {
    const gateway = await Gateway.start(this.#server.url, random, certificate);
    // Its certificate is of its own making, and a client takes no authorities from its options.
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    this.isClosing = true;
    this.#add({ ...this.#options(random, gateway.url), attemptTimeoutMs: 400 });
    this.#closing.push(async () => {
      await gateway[Symbol.asyncDispose]();
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    });
  }

  #options(random: () => number, endpoint = this.#server.url): OutboundClientOptions {
    return {
      endpoint,
      credentials: mockCredentials,
      attemptTimeoutMs: 120,
      clock,
      pacing: { limit: 100_000 },
      // Hardly any pause: what comes late has to be seen in the silence that no option makes shorter.
      retry: { baseMs: 2, capMs: 2 },
      random: () => 0.5 + random() / 2,
    };
  }

  #add(options: OutboundClientOptions, { isLarge = false } = {}): void {
    const client = new OutboundClient(options);
    this.seats.push({ world: this, client: () => client, isShortLived: false, isLarge });
    this.#closing.unshift(() => client.close());
  }

  /**
   * For a short time, the server refuses connections and resets those that there are. Not while its own success is to
   * follow a refusal: on a connection that was reset, nobody can see that.
   */
  beginOutage(): void {
    this.#outage = this.#outage.then(async () => {
      for (const remove of this.#liars) remove();
      await time.sleep(20);
      await this.#server.refuse();
      await time.sleep(15);
      await this.#server.accept();
      this.#liars = installFaults(this.engine, this.#unseenIfReset, this.#often);
    });
  }

  /** Ends all trouble: no outage, no fault, no request under way. */
  async rest(): Promise<void> {
    await this.#outage;
    for (const close of this.#closing.splice(0)) await close();
    for (const remove of [...this.#liars, ...this.#others]) remove();
    await this.#untilQuiet();
  }

  /** Has lists show what was created so far. */
  showAll(): void {
    this.engine.advance(LONGEST_LAG_MS);
  }

  /** A client without anything peculiar, for when the world has come to rest. */
  makeClient(): OutboundClient {
    return new OutboundClient({
      endpoint: this.#server.url,
      credentials: mockCredentials,
      pacing: { limit: 100_000 },
      clock,
    });
  }

  async close(): Promise<void> {
    await this.#server.close();
  }

  /** Requests that the client has given up may still be executed: waits until the service sees no more. */
  async #untilQuiet(): Promise<void> {
    let seen = -1;
    while (seen !== this.engine.journal.size) {
      seen = this.engine.journal.size;
      await time.sleep(60);
    }
  }
}

/** What a world makes its clients suffer. */
interface Trouble {
  leaveOut: readonly FaultName[];
  listDelayMs: number;
  often: FaultName | undefined;
}

/** Each fault at random, in each way in which it can strike. Returns what removes them. */
function installFaults(
  engine: MockEngine,
  names: readonly FaultName[],
  often: FaultName | undefined,
): (() => void)[] {
  return names.flatMap((fault) => {
    const probability = fault === often ? Math.max(OFTEN_CHANCE, chanceOf(fault)) : chanceOf(fault);
    if ((faultKinds[fault] as FaultKind).strikes !== 'either')
      return [engine.faults.add({ fault, probability })];
    return (['before', 'after'] as const).map((strikes) =>
      engine.faults.add({ fault, strikes, probability: probability / 2 }),
    );
  });
}

function chanceOf(fault: FaultName): number {
  if (fault === GREETING) return GREETING_CHANCE;
  if (isLarge(fault)) return LARGE_CHANCE;
  return RARE.has(fault) ? RARE_CHANCE : CHANCE;
}
