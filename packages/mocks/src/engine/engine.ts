import { randomInt } from 'node:crypto';
import type { ActionDefinition, ActionName } from '@tccc/outbound';
import { actions } from '@tccc/outbound';
import { accountOf } from '../gateway/account.js';
import { parseBody } from '../journal/body.js';
import type { MockCredentials } from '../common/secrets.js';
import type { EntityChange } from '../entities/changes.js';
import { changesOf } from '../entities/changes.js';
import type { EndedCall, EntityView } from '../entities/entities.js';
import { Entities } from '../entities/entities.js';
import type { EntityRequest } from '../entities/entity.js';
import { effectOf } from '../entities/kinds.js';
import { Envelope } from '../gateway/envelope.js';
import type { FaultContext } from '../faults/makers.js';
import type { Strike } from '../faults/plan.js';
import { FaultPlan } from '../faults/plan.js';
import { checkRequest } from '../gateway/gateway.js';
import type { Created, JournalEntry } from '../journal/entry.js';
import { calledTwice } from '../journal/called-twice.js';
import { Journal } from '../journal/journal.js';
import { PushLog } from '../journal/push-log.js';
import type { MockOptions, MockSettings } from './options.js';
import { readMockOptions } from './options.js';
import type { MockResponse, MockRequest } from '../common/protocol.js';
import { Refusal, header } from '../common/protocol.js';
import { requestIds, seededRandom } from '../common/random.js';
import { RateWindow } from '../common/rate-window.js';
import type { Seen } from './recorder.js';
import { Recorder } from './recorder.js';
import { checkParams } from '../gateway/refusals.js';
import { idsOf, resultOf } from './results.js';
import type { Script } from './scripts.js';
import { ScriptFailure, Scripts } from './scripts.js';

/**
 * The service, as far as a client can tell: checks requests as it does, answers in its envelope, remembers what was
 * created. Knows neither sockets nor time of its own, so that every way in behaves alike.
 *
 * @example
 * const engine = new MockEngine({ seed: 1, rateLimit: 'off' });
 * const client = new OutboundClient(mockClientOptions(engine));
 */
export class MockEngine {
  readonly journal: Journal;
  /** What was pushed to an address of the user's, and what was answered. */
  readonly pushes = new PushLog();
  /** Faults to show. None at first. */
  readonly faults: FaultPlan;
  readonly seed: number;
  readonly #options: MockSettings;
  readonly #rates = new RateWindow();
  readonly #definitions = new Map<string, ActionDefinition>(Object.entries(actions));
  readonly #entities: Entities;
  readonly #recorder: Recorder;
  readonly #envelope: Envelope;
  /** Scripted answers, for those who drive the mock from outside; `respond` is the way in for programs. */
  readonly scripts = new Scripts(this.#definitions);
  #advancedMs = 0;
  #random: () => number;
  #newRequestId: () => string;
  #nextId: number;

  /** @throws Error if an option is wrong */
  constructor(options: MockOptions = {}) {
    this.#options = readMockOptions(options);
    this.seed = this.#options.seed ?? randomInt(2 ** 31);
    this.journal = new Journal(this.#options.journal);
    this.#recorder = new Recorder(this.journal, this.#options);
    const { itemMs, listDelayMs, calls, entities: limits } = this.#options;
    this.#entities = new Entities({ itemMs, listDelayMs, limits, calls, seed: this.seed });
    this.#envelope = new Envelope(() => this.#options.clock.now());
    this.#random = seededRandom(this.seed);
    this.#newRequestId = requestIds(this.#random);
    this.faults = new FaultPlan(() => this.#random());
    this.#nextId = this.#firstId();
  }

  /** The key pairs that it knows. */
  get credentials(): readonly MockCredentials[] {
    return this.#options.credentials;
  }

  /** Requests that each action takes per window and account, or `off`; undefined if each has its documented limit. */
  get rateLimit(): number | 'off' | undefined {
    return this.#options.rateLimit;
  }

  /** Now, on the clock of `receivedAtMs`. */
  get monotonicNow(): number {
    return this.#options.clock.monotonic();
  }

  /**
   * What was created, oldest first. Old creations are forgotten if there are too many; nothing is missing as long as it is as
   * long as `createdCount`.
   */
  get created(): readonly Created[] {
    return this.journal.created;
  }

  /** How many requests created something, exactly, also if they are forgotten. */
  get createdCount(): number {
    return this.journal.createdCount;
  }

  /**
   * Numbers that were called by more than one entry of all that is in `created`, with how often. `+` and `00` in front of a
   * country code are the same.
   */
  get calledMoreThanOnce(): ReadonlyMap<string, number> {
    return calledTwice(this.created);
  }

  /** What there is by now of what was created, oldest first, each with the state that it has. */
  get entities(): EntityView[] {
    return [...this.entitiesAfter(0, Infinity)].map(([, view]) => view);
  }

  /** How many of these there are. */
  get entityCount(): number {
    return this.#entities.size;
  }

  /** Estimated memory that they take, in bytes. */
  get entityBytes(): number {
    return this.#entities.bytes;
  }

  /** Those after a number, counted from 1, at most so many, with their numbers. */
  entitiesAfter(number: number, limit: number): Generator<readonly [number: number, view: EntityView]> {
    return this.#entities.after(number, limit, this.entityNow);
  }

  /** The latest of these, newest first, at most so many: without their lists, and with the changes that there are. */
  latestEntities(limit: number): (EntityView & { number: number; state: string; changes: EntityChange[] })[] {
    return this.#entities.latest(limit, this.entityNow).map(([number, view]) => ({
      number,
      ...view,
      ...changesOf(view),
    }));
  }

  /**
   * Does with one of these what an action does, as if the account that created it had asked. `number` is that of
   * `entitiesAfter`.
   *
   * @throws Refusal if it is not there, or not in a state for it
   * @throws Error if the action changes nothing of this kind
   */
  changeEntity(number: number, action: string): void {
    this.#entities.change(number, action, this.entityNow);
  }

  /** The calls that have ended by now, of each entity from one of its items on. */
  endedCalls(firstOf: (entityId: number) => number): Iterable<EndedCall> {
    return this.#entities.endedCalls(this.entityNow, firstOf);
  }

  /** The time by which entities wait, run and end, in milliseconds since the Unix epoch. */
  get entityNow(): number {
    return this.#options.clock.now() + this.#advancedMs;
  }

  /**
   * Moves the time of the entities on, by milliseconds: what was created starts, goes on, ends, and shows in lists that lag.
   * The time of signatures, headers and rate limits stays as it is.
   *
   * @throws Error if that is not a whole number, or below 0, or more than about 100 years with all that it was moved on before
   */
  advance(ms: number): void {
    const most = LONGEST_MS - this.#advancedMs;
    if (!Number.isSafeInteger(ms) || ms < 0 || ms > most)
      throw new Error(`advanceMs must be a whole number from 0 to ${most}.`);
    this.#advancedMs += ms;
  }

  /**
   * Lets a script answer the requests of an action that are right. The mock itself then does nothing for them: it creates,
   * shows and changes nothing, unless the script calls `context.answer()`. Returns a function that removes the script.
   *
   * @throws Error if there is no such action
   */
  respond<Name extends ActionName>(action: Name, script: Script<Name>): () => void {
    return this.scripts.add(action, script);
  }

  /** The requests of an action that the journal has, oldest first; without an action, all. */
  calls(action?: ActionName): readonly JournalEntry[] {
    const { entries } = this.journal;
    return action === undefined ? entries : entries.filter((entry) => entry.action === action);
  }

  /** Forgets which requests came, and what they created. What is there stays: tasks, faults, scripts, the next id. */
  resetHistory(): void {
    this.journal.clear();
  }

  /**
   * Forgets everything, faults and scripts included, and restarts the seed. Request ids never repeat, so clients may go on.
   */
  reset(): void {
    this.faults.clear();
    this.scripts.remove();
    this.#entities.clear();
    this.#advancedMs = 0;
    this.journal.clear();
    this.pushes.clear();
    this.#rates.clear();
    this.#random = seededRandom(this.seed);
    this.#newRequestId = requestIds(this.#random);
    this.#nextId = this.#firstId();
  }

  /** Answers one request. */
  handle(request: MockRequest): MockResponse {
    const strike = this.faults.next(header(request, 'x-tc-action') ?? '', request.body.length);
    return this.handleStruck(request, strike);
  }

  /** Answers one request for a way in that has already asked which fault strikes it. */
  handleStruck(request: MockRequest, strike: Strike | undefined): MockResponse {
    const given = header(request, 'x-tc-action') ?? '';
    // One text for all requests of an action, in place of each one's own, which the journal would keep.
    const action = this.#definitions.get(given)?.name ?? given;
    const requestId = this.#newRequestId();
    if (strike === undefined) return this.#answer(request, action, requestId).response;
    const isExecuted = strike.strikes === 'after';
    const { response, success } = isExecuted
      ? this.#answer(request, action, requestId, strike)
      : this.#skip(request, action, requestId, strike);
    // A request that is refused in any case is refused; the fault has nothing to spoil.
    if (success === undefined) return response;
    return strike.kind.response(this.#faultContext(success, requestId));
  }

  /** The response of a fault that does not wait for a request: one to something that nobody asked. */
  unasked({ kind }: Strike): MockResponse {
    const requestId = this.#newRequestId();
    const results = [...this.#definitions.values()].map((definition) => idsOf(definition, this.#firstId()));
    return kind.response(this.#faultContext(Object.assign({ RequestId: requestId }, ...results), requestId));
  }

  #faultContext(success: Record<string, unknown>, requestId: string): FaultContext {
    return { success, requestId, newRequestId: this.#newRequestId, nowMs: this.#options.clock.now() };
  }

  /** What the service does: checks, creates, answers. If it succeeds, `success` has the fields of its answer. */
  #answer(request: MockRequest, action: string, requestId: string, strike?: Strike): Answer {
    const receivedAtMs = this.#options.clock.monotonic();
    const seen: Seen = { request, receivedAtMs, requestId, strike, secretId: '', body: undefined };
    try {
      const fields = this.#process(request, action, seen);
      this.#recorder.record(action, 'OK', seen);
      const success = { ...fields, RequestId: requestId };
      return { response: this.#envelope.of(success), success };
    } catch (error) {
      if (!(error instanceof Refusal)) {
        const isScript = error instanceof ScriptFailure;
        const more = isScript ? { scriptError: error.message } : {};
        this.#recorder.record(action, isScript ? 'ScriptFailed' : 'MockFailed', seen, more);
        throw error;
      }
      const { code, message, detail } = error;
      this.#recorder.record(action, code, seen, detail);
      return {
        response: this.#envelope.of({ Error: { Code: code, Message: message }, RequestId: requestId }),
      };
    }
  }

  /** A fault strikes before the service does anything. */
  #skip(request: MockRequest, action: string, requestId: string, { name: fault }: Strike): Answer {
    this.#recorder.recordSkipped(request, { action, requestId, fault });
    const success = { RequestId: requestId };
    return { response: this.#envelope.of(success), success };
  }

  /** The checks, in the order in which a gateway can make them, and then what the action does. */
  #process(request: MockRequest, action: string, seen: Seen): Record<string, unknown> {
    checkRequest(request, this.#options.signatures !== 'off');
    const definition = this.#findAction(action, header(request, 'x-tc-version'));
    seen.service = definition.service;
    seen.secretId = accountOf(request, definition.service, this.#options);
    delete seen.service;
    this.#admit(seen.secretId, definition, seen.receivedAtMs);
    seen.body = parseBody(request.body);
    checkParams(definition, seen.body.value, this.#options);
    if (!this.scripts.has(action)) return this.#perform(definition, seen);
    let done: Record<string, unknown> | undefined;
    const { secretId, requestId } = seen;
    const answer = () => (done ??= this.#perform(definition, seen));
    return this.scripts.run(definition, seen.body.value, {
      secretId,
      requestId,
      nowMs: this.entityNow,
      answer,
    });
  }

  /** Does what the spec says that the action does, and gives the fields of its answer. */
  #perform(definition: ActionDefinition, seen: Seen): Record<string, unknown> {
    const effect = effectOf(definition.name);
    const { listDelayMs = 0 } = seen.strike?.kind ?? {};
    const { value, text } = seen.body!;
    const params = value as Record<string, unknown>;
    const request: EntityRequest = { account: seen.secretId, params, nowMs: this.entityNow, listDelayMs };
    if (!this.scripts.has(definition.name)) request.text = text;
    if (effect.kind === 'none') return resultOf(definition);
    if (effect.kind === 'record') {
      const shown = this.#entities.answer(effect, request);
      // What is known of a call beyond its record is that of the documented example.
      return Object.keys(shown).length === 0 ? resultOf(definition) : shown;
    }
    if (effect.kind !== 'creates') return this.#entities.answer(effect, request);
    seen.createdId = this.#nextId++;
    this.#entities.create(effect, seen.createdId, request);
    return resultOf(definition, seen.createdId);
  }

  #findAction(action: string, version: string | undefined): ActionDefinition {
    const definition = this.#definitions.get(action);
    if (definition === undefined) {
      const known = [...this.#definitions.keys()].join(', ');
      throw new Refusal('InvalidAction', `This mock does not know the action. It knows: ${known}.`);
    }
    if (version !== definition.version)
      throw new Refusal('NoSuchVersion', `X-TC-Version must be ${definition.version} for this action.`);
    return definition;
  }

  #admit(secretId: string, { name, rateLimit }: ActionDefinition, atMs: number): void {
    const { rateLimit: limit = rateLimit.limit } = this.#options;
    if (limit === 'off' || this.#rates.admit(`${secretId} ${name}`, atMs, limit, rateLimit.windowMs)) return;
    throw new Refusal('RequestLimitExceeded', `The limit is ${limit} requests per ${rateLimit.windowMs} ms.`);
  }

  #firstId(): number {
    return 1 + Math.floor(this.#random() * 1_000_000);
  }
}

interface Answer {
  response: MockResponse;
  success?: Record<string, unknown>;
}

/** How far time can be moved on in all, in milliseconds: about 100 years. */
const LONGEST_MS = 3_155_760_000_000;
