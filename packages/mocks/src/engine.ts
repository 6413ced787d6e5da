import { randomInt } from 'node:crypto';
import type { ActionDefinition } from '@tccc/outbound';
import { actions } from '@tccc/outbound';
import type { ParsedBody } from './body.js';
import { parseBody, parseIfJson } from './body.js';
import { idsOf, isCreation, resultOf } from './effects.js';
import type { FaultName } from './faults/catalogue.js';
import type { FaultContext } from './faults/kinds.js';
import type { Strike } from './faults/plan.js';
import { FaultPlan } from './faults/plan.js';
import { checkRequest } from './gateway.js';
import type { Created, Recorded } from './journal.js';
import { Journal } from './journal.js';
import type { MockOptions, MockSettings } from './options.js';
import { readMockOptions } from './options.js';
import type { MockResponse, MockRequest } from './protocol.js';
import { Refusal, header } from './protocol.js';
import { seededRandom, seededUuid } from './random.js';
import { RateWindow } from './rate-window.js';
import { checkParams } from './refusals.js';
import type { MockCredentials } from './signature.js';
import { verifySignature } from './signature.js';

/**
 * The service, as far as a client can tell: checks requests as it does, answers in its envelope, remembers what was
 * created. Knows neither sockets nor time of its own, so that every way in behaves alike.
 */
export class MockEngine {
  readonly journal: Journal;
  /** Faults to show. None at first. */
  readonly faults: FaultPlan;
  readonly seed: number;
  readonly #options: MockSettings;
  readonly #rates = new RateWindow();
  readonly #definitions = new Map<string, ActionDefinition>(Object.entries(actions));
  #random: () => number;
  #nextId: number;
  #latestDate = { second: Number.NaN, text: '' };

  /** @throws Error if an option is wrong */
  constructor(options: MockOptions = {}) {
    this.#options = readMockOptions(options);
    this.seed = options.seed ?? randomInt(2 ** 31);
    this.journal = new Journal(this.#options.journal);
    this.#random = seededRandom(this.seed);
    this.faults = new FaultPlan(() => this.#random());
    this.#nextId = this.#firstId();
  }

  /** The key pairs that it knows. */
  get credentials(): readonly MockCredentials[] {
    return this.#options.credentials;
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

  /** Numbers that were called by more than one entry of all that is in `created`, with how often. */
  get calledMoreThanOnce(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { params } of this.created) {
      for (const callee of (params.Callees ?? []) as string[])
        counts.set(callee, (counts.get(callee) ?? 0) + 1);
    }
    for (const [callee, count] of counts) if (count === 1) counts.delete(callee);
    return counts;
  }

  /** Forgets everything, faults included, and starts the seed anew. */
  reset(): void {
    this.faults.clear();
    this.journal.clear();
    this.#rates.clear();
    this.#random = seededRandom(this.seed);
    this.#nextId = this.#firstId();
  }

  /** Answers one request. */
  handle(request: MockRequest): MockResponse {
    const strike = this.faults.next(header(request, 'x-tc-action') ?? '', request.body.length);
    return this.handleStruck(request, strike);
  }

  /** Answers one request for a way in that has already asked which fault strikes it. */
  handleStruck(request: MockRequest, strike: Strike | undefined): MockResponse {
    const action = header(request, 'x-tc-action') ?? '';
    const requestId = seededUuid(this.#random);
    if (strike === undefined) return this.#answer(request, action, requestId).response;
    const isExecuted = strike.strikes === 'after';
    const { response, success } = isExecuted
      ? this.#answer(request, action, requestId, strike.name)
      : this.#skip(request, action, requestId, strike.name);
    // A request that is refused in any case is refused; the fault has nothing to spoil.
    if (success === undefined) return response;
    return strike.kind.response(this.#faultContext(success, requestId));
  }

  /** The response of a fault that does not wait for a request: one to something that nobody asked. */
  unasked({ kind }: Strike): MockResponse {
    const requestId = seededUuid(this.#random);
    const results = [...this.#definitions.values()].map((definition) => idsOf(definition, this.#firstId()));
    return kind.response(this.#faultContext(Object.assign({ RequestId: requestId }, ...results), requestId));
  }

  #faultContext(success: Record<string, unknown>, requestId: string): FaultContext {
    const newRequestId = () => seededUuid(this.#random);
    return { success, requestId, newRequestId, nowMs: this.#options.clock.now() };
  }

  /** What the service does: checks, creates, answers. If it succeeds, `success` has the fields of its answer. */
  #answer(request: MockRequest, action: string, requestId: string, fault?: FaultName): Answer {
    const receivedAtMs = this.#options.clock.monotonic();
    const seen: Seen = { secretId: '', body: undefined };
    const record = (code: string, more: Partial<Recorded>) => {
      const entry = { receivedAtMs, action, secretId: seen.secretId, code, requestId, ...more };
      if (fault !== undefined) entry.fault = fault;
      this.journal.record(entry, seen.body);
    };
    try {
      const { id, fields } = this.#process(request, action, receivedAtMs, seen);
      record('OK', id === undefined ? {} : { createdId: id });
      const success = { ...fields, RequestId: requestId };
      return { response: this.#response(success), success };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, message, detail } = error;
      record(code, detail);
      return { response: this.#response({ Error: { Code: code, Message: message }, RequestId: requestId }) };
    }
  }

  /** A fault strikes before the service does anything. */
  #skip({ body }: MockRequest, action: string, requestId: string, fault: FaultName): Answer {
    const receivedAtMs = this.#options.clock.monotonic();
    const entry = { receivedAtMs, action, secretId: '', code: '', requestId, fault };
    this.journal.record(entry, parseIfJson(body));
    const success = { RequestId: requestId };
    return { response: this.#response(success), success };
  }

  /** The checks, in the order in which a gateway can make them, and then the creation. */
  #process(request: MockRequest, action: string, atMs: number, seen: Seen) {
    checkRequest(request, this.#options.signatures !== 'off');
    const definition = this.#findAction(action, header(request, 'x-tc-version'));
    seen.secretId = this.#authenticate(request, definition);
    this.#admit(seen.secretId, definition, atMs);
    seen.body = parseBody(request.body);
    checkParams(definition, seen.body.value, this.#options.newerParameters);
    const id = isCreation(definition) ? this.#nextId++ : undefined;
    return { id, fields: resultOf(definition, id) };
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

  /** Who sent the request. */
  #authenticate(request: MockRequest, { service }: ActionDefinition): string {
    const { signatures, credentials, clock } = this.#options;
    if (signatures === 'strict') return verifySignature(request, credentials, service, clock.now()).secretId;
    const [, secretId = ''] = /Credential=([^/]{1,256})\//.exec(header(request, 'authorization') ?? '') ?? [];
    if (signatures === 'presence' && secretId === '') {
      throw new Refusal(
        'AuthFailure.InvalidAuthorization',
        'The Authorization header is missing or malformed.',
      );
    }
    // A copy: a part of a string keeps the whole of it in memory.
    return Buffer.from(secretId).toString();
  }

  #admit(secretId: string, { name, rateLimit }: ActionDefinition, atMs: number): void {
    const { rateLimit: limit = rateLimit.limit } = this.#options;
    if (limit === 'off' || this.#rates.admit(`${secretId} ${name}`, atMs, limit, rateLimit.windowMs)) return;
    throw new Refusal('RequestLimitExceeded', `The limit is ${limit} requests per ${rateLimit.windowMs} ms.`);
  }

  #response(response: Record<string, unknown>): MockResponse {
    return {
      status: 200,
      headers: {
        'content-type': 'application/json',
        date: this.#date(),
      },
      body: JSON.stringify({ Response: response }),
    };
  }

  /** The time of the service, as a header has it: in whole seconds. */
  #date(): string {
    const second = Math.floor(this.#options.clock.now() / 1000);
    if (this.#latestDate.second !== second) {
      this.#latestDate = { second, text: new Date(second * 1000).toUTCString() };
    }
    return this.#latestDate.text;
  }

  #firstId(): number {
    return 1 + Math.floor(this.#random() * 1_000_000);
  }
}

interface Answer {
  response: MockResponse;
  success?: Record<string, unknown>;
}

/** What was learnt of a request before it was answered. */
interface Seen {
  secretId: string;
  body: ParsedBody | undefined;
}
