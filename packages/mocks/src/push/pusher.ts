import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { seededRandom } from '../common/random.js';
import { realTime } from '../common/real-time.js';
import type { EndedCall } from '../entities/entities.js';
import type { MockEngine } from '../engine/engine.js';
import type { PushOutcome } from '../journal/push-log.js';
import { recordBody, recordingBody } from './push-body.js';
import type { MockPushOptions, PushSettings } from './push-options.js';
import { readPushOptions } from './push-options.js';

/** A push that waits for its time. */
interface Waiting {
  readonly id: string;
  readonly action: string;
  readonly sessionId: string;
  readonly body: string;
  readonly dueMs: number;
  readonly attempt: number;
}

/** First attempt and three repeats, as documented. */
const MAX_ATTEMPTS = 4;

/** How often a pusher looks for something to push while it runs by itself, in milliseconds of real time. */
const LOOK_MS = 250;

/**
 * Pushes the records of the mock's calls to the user's address, as the service does: with authentication, each with an id,
 * repeated under the same id until it is acknowledged, three times at most. What else goes wrong is chosen by the seed of
 * the mock.
 *
 * @example
 * const pusher = new Pusher(engine, { url: 'http://127.0.0.1:3000/tccc', username: 'tccc', password, faults: { loss: 0.1 } });
 * engine.advance(60_000);
 * await pusher.deliver();
 */
export class Pusher implements AsyncDisposable {
  readonly #engine: MockEngine;
  readonly #settings: PushSettings;
  #random: () => number;
  #generation: number;
  #waiting: Waiting[] = [];
  /** The first item of each entity that was not wholly pushed, and the calls behind it that were. */
  readonly #first = new Map<number, number>();
  readonly #queued = new Set<string>();
  #isRunning = false;
  #running: Promise<void> | undefined;

  /** @throws Error that names the option */
  constructor(engine: MockEngine, options: MockPushOptions) {
    this.#engine = engine;
    this.#settings = readPushOptions(options);
    this.#random = seededRandom(engine.seed);
    this.#generation = engine.pushes.generation;
  }

  /**
   * Sends all that is due by now, by the time of the mock; so a test that moves that time decides when. Gives how many
   * pushes still wait for their time.
   */
  async deliver(): Promise<number> {
    this.#forget();
    this.#collect();
    for (;;) {
      const nowMs = this.#engine.entityNow;
      const due = this.#waiting.filter(({ dueMs }) => dueMs <= nowMs);
      if (due.length === 0) break;
      this.#waiting = this.#waiting.filter(({ dueMs }) => dueMs > nowMs);
      due.sort((one, other) => one.dueMs - other.dueMs);
      for (const push of due) await this.#attempt(push);
    }
    this.#engine.pushes.waiting = this.#waiting.length;
    return this.#waiting.length;
  }

  /** Delivers again and again, in real time, until it is closed. */
  start(): this {
    this.#isRunning = true;
    this.#running ??= (async () => {
      while (this.#isRunning) {
        await this.deliver();
        await sleep(LOOK_MS, undefined, { ref: false });
      }
    })();
    return this;
  }

  async close(): Promise<void> {
    this.#isRunning = false;
    // Its pause does not keep the process alive, so nobody waits for that.
    await Promise.race([this.#running, new Promise((resolve) => realTime.setTimeout(resolve, LOOK_MS * 2))]);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** After a reset of the mock there is nothing to push of what was before. */
  #forget(): void {
    const { generation } = this.#engine.pushes;
    if (generation === this.#generation) return;
    this.#generation = generation;
    this.#waiting = [];
    this.#first.clear();
    this.#queued.clear();
    this.#random = seededRandom(this.#engine.seed);
  }

  #collect(): void {
    for (const call of this.#engine.endedCalls((id) => this.#first.get(id) ?? 0)) {
      const session = String(call.record['SessionId']);
      if (!this.#queued.has(session)) {
        this.#queued.add(session);
        this.#queue(call, session);
      }
      // Items behind are looked at again until all before them are done.
      if (call.isLast && call.index === (this.#first.get(call.entityId) ?? 0))
        this.#first.set(call.entityId, call.index + 1);
    }
  }

  #queue({ record, endedMs }: EndedCall, sessionId: string): void {
    const { actions, delayMs } = this.#settings;
    const dueMs = endedMs + delayMs;
    if (actions.includes('cdr')) this.#plan('cdr', sessionId, recordBody(record), dueMs);
    if (actions.includes('record') && record['RecordId'] !== undefined)
      this.#plan('record', sessionId, recordingBody(record), dueMs);
  }

  /** Decides what goes wrong with a push. */
  #plan(action: string, sessionId: string, fields: object, dueMs: number): void {
    const { faults, disorderMs, lateMs } = this.#settings;
    const isStruck = (share: number) => this.#random() < share;
    const lost = isStruck(faults.loss);
    const later = isStruck(faults.disorder) ? Math.floor(this.#random() * disorderMs) : 0;
    const late = isStruck(faults.late) ? lateMs : 0;
    const isTwice = isStruck(faults.duplicate);
    const body = JSON.stringify(fields);
    const push = { id: this.#newId(), action, sessionId, body, dueMs: dueMs + later + late, attempt: 1 };
    if (lost) this.#log(push, 'lost');
    else this.#waiting.push(push);
    if (isTwice) this.#waiting.push({ ...push, id: this.#newId() });
  }

  async #attempt(push: Waiting): Promise<void> {
    const isAcknowledged = await this.#send(push);
    const { faults, repeatMs } = this.#settings;
    const isRepeated = isAcknowledged ? this.#random() < faults.repeat : true;
    if (isRepeated && push.attempt < MAX_ATTEMPTS)
      this.#waiting.push({ ...push, attempt: push.attempt + 1, dueMs: this.#engine.entityNow + repeatMs });
  }

  async #send(push: Waiting): Promise<boolean> {
    const { url, authorization, timeoutMs } = this.#settings;
    const version = `action=${push.action}&version=1`;
    const headers = {
      'content-type': 'application/json;charset=utf8',
      'x-tccc-push-uuid': push.id,
      ...(authorization === undefined ? {} : { authorization }),
    };
    try {
      const { statusCode: status, body } = await request(`${url}${url.includes('?') ? '&' : '?'}${version}`, {
        method: 'POST',
        headers,
        body: push.body,
        signal: AbortSignal.timeout(timeoutMs),
      });
      const errCode = errCodeOf(await body.text());
      this.#log(push, errCode === 0 ? 'acknowledged' : 'refused', {
        status,
        ...(errCode === undefined ? {} : { errCode }),
      });
      return errCode === 0;
    } catch (error) {
      const { code, name } = error as { code?: string; name: string };
      this.#log(push, 'failed', { failure: typeof code === 'string' ? code : name });
      return false;
    }
  }

  #log({ id, action, sessionId, attempt }: Waiting, outcome: PushOutcome, more: object = {}): void {
    const atMs = this.#engine.entityNow;
    this.#engine.pushes.add({ atMs, id, action, sessionId, attempt, outcome, ...more });
  }

  #newId(): string {
    const hex = Array.from({ length: 4 }, () =>
      Math.floor(this.#random() * 4_294_967_296)
        .toString(16)
        .padStart(8, '0'),
    ).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }
}

/** The number that an answer acknowledges with; undefined if it has none. */
function errCodeOf(body: string): number | undefined {
  try {
    const { ErrCode } = JSON.parse(body) as { ErrCode?: unknown };
    return typeof ErrCode === 'number' ? ErrCode : undefined;
  } catch {
    return undefined;
  }
}
