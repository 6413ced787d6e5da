import { randomInt } from 'node:crypto';
import type { ActionDefinition } from '@tccc/outbound';
import { actions } from '@tccc/outbound';
import type { FaultName } from './faults/catalogue.js';
import type { FaultContext } from './faults/kinds.js';
import type { Strike } from './faults/plan.js';
import { FaultPlan } from './faults/plan.js';
import { fixtures } from './generated/fixtures.js';
import { Journal } from './journal.js';
import type { MockResponse, MockRequest } from './protocol.js';
import { Refusal, header } from './protocol.js';
import { seededRandom, seededUuid } from './random.js';
import { RateWindow } from './rate-window.js';
import { refusalOf } from './refusals.js';
import type { MockCredentials } from './signature.js';
import { verifySignature } from './signature.js';

/** The key pair that a mock knows unless it is given others. Real ones never begin like this. */
export const mockCredentials: MockCredentials = { secretId: 'AKIDmock', secretKey: 'mock-secret-key' };

/** Options of a mock. */
export interface MockOptions {
  /** The key pairs that it knows. Default: `mockCredentials`. */
  credentials?: readonly MockCredentials[];
  /** Makes request ids, the first id and random faults the same in each run. Default: a random one; see `engine.seed`. */
  seed?: number;
  /** Whether signatures are verified (`strict`), must only be there (`presence`), or do not matter (`off`). Default `strict`. */
  signatures?: 'strict' | 'presence' | 'off';
  /** Requests that each action takes per window and account, or `off`. Default: the documented limit. */
  rateLimit?: number | 'off';
  /** Source of time. Default: this machine. */
  clock?: { now(): number; monotonic(): number };
}

/** Something that a request created. */
export interface Created {
  action: string;
  id: number;
  requestId: string;
  params: Record<string, unknown>;
}

/** Longest request body that the service takes, in bytes, whatever the action. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;

/**
 * The service, as far as a client can tell: checks requests as it does, answers in its envelope, remembers what was
 * created. Knows neither sockets nor time of its own, so that every way in behaves alike.
 */
export class MockEngine {
  readonly journal = new Journal();
  /** Faults to show. None at first. */
  readonly faults: FaultPlan;
  readonly seed: number;
  readonly #options: Required<Omit<MockOptions, 'seed'>>;
  readonly #rates = new RateWindow();
  readonly #definitions = new Map<string, ActionDefinition>(Object.entries(actions));
  #created: Created[] = [];
  #random: () => number;
  #nextId: number;

  constructor(options: MockOptions = {}) {
    this.seed = options.seed ?? randomInt(2 ** 31);
    this.#options = {
      credentials: options.credentials ?? [mockCredentials],
      signatures: options.signatures ?? 'strict',
      rateLimit: options.rateLimit ?? Object.values(actions)[0]!.rateLimit.limit,
      clock: options.clock ?? { now: () => Date.now(), monotonic: () => performance.now() },
    };
    this.#random = seededRandom(this.seed);
    this.faults = new FaultPlan(() => this.#random());
    this.#nextId = this.#firstId();
  }

  /** Everything that was created, oldest first. */
  get created(): readonly Created[] {
    return this.#created;
  }

  /** Numbers that were called by more than one entry of all that was created, with how often. */
  get calledMoreThanOnce(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { params } of this.#created) {
      for (const callee of (params.Callees ?? []) as string[])
        counts.set(callee, (counts.get(callee) ?? 0) + 1);
    }
    return new Map([...counts].filter(([, count]) => count > 1));
  }

  /** Forgets everything, faults included, and starts the seed anew. */
  reset(): void {
    this.faults.clear();
    this.journal.clear();
    this.#rates.clear();
    this.#created = [];
    this.#random = seededRandom(this.seed);
    this.#nextId = this.#firstId();
  }

  /** Answers one request. */
  handle(request: MockRequest): MockResponse {
    return this.handleStruck(
      request,
      this.faults.next(header(request, 'x-tc-action') ?? '', request.body.length),
    );
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
    const ids = Object.values(actions).map((definition) =>
      idsOf(definition as ActionDefinition, this.#firstId()),
    );
    return kind.response(this.#faultContext(Object.assign({ RequestId: requestId }, ...ids), requestId));
  }

  #faultContext(success: Record<string, unknown>, requestId: string): FaultContext {
    const newRequestId = () => seededUuid(this.#random);
    return { success, requestId, newRequestId, nowMs: this.#options.clock.now() };
  }

  /** What the service does: checks, creates, answers. Where it succeeds, `success` has the fields of its answer. */
  #answer(request: MockRequest, action: string, requestId: string, fault?: FaultName): Answer {
    const receivedAtMs = this.#options.clock.monotonic();
    const seen: Seen = { secretId: '', ...(fault === undefined ? {} : { fault }) };
    try {
      const { id, fields } = this.#process(request, action, receivedAtMs, requestId, seen);
      this.journal.record({ receivedAtMs, action, code: 'OK', requestId, createdId: id, ...seen });
      const success = { ...fields, RequestId: requestId };
      return { response: this.#response(success), success };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, message, detail } = error;
      this.journal.record({ receivedAtMs, action, code, requestId, ...seen, ...detail });
      return { response: this.#response({ Error: { Code: code, Message: message }, RequestId: requestId }) };
    }
  }

  /** A fault strikes before the service does anything. */
  #skip({ body }: MockRequest, action: string, requestId: string, fault: FaultName): Answer {
    const receivedAtMs = this.#options.clock.monotonic();
    const params = parseIfJson(body);
    this.journal.record({ receivedAtMs, action, secretId: '', code: '', requestId, fault, params });
    const success = { RequestId: requestId };
    return { response: this.#response(success), success };
  }

  /** The checks, in the order in which a gateway can make them, and then the creation. */
  #process(request: MockRequest, action: string, atMs: number, requestId: string, seen: Seen) {
    const definition = this.#findAction(request, action);
    seen.secretId = this.#authenticate(request, definition);
    this.#admit(seen.secretId, definition, atMs);
    seen.params = parseBody(request.body);
    const params = checkParams(definition, seen.params);
    const id = this.#nextId++;
    this.#created.push({ action, id, requestId, params });
    return { id, fields: { ...documentedResult(action), ...idsOf(definition, id) } };
  }

  #findAction(request: MockRequest, action: string): ActionDefinition {
    if (request.method !== 'POST') throw new Refusal('UnsupportedProtocol', 'The method must be POST.');
    if (request.body.length > MAX_BODY_BYTES)
      throw new Refusal('RequestSizeLimitExceeded', 'The request is too large.');
    if (!/^application\/json(;|$)/i.test(header(request, 'content-type') ?? '')) {
      throw new Refusal('InvalidParameter', 'The Content-Type must be application/json.');
    }
    const version = header(request, 'x-tc-version');
    if (action === '') throw new Refusal('MissingParameter', 'The header X-TC-Action is missing.');
    if (version === undefined) throw new Refusal('MissingParameter', 'The header X-TC-Version is missing.');
    const definition = this.#definitions.get(action);
    if (definition === undefined) throw new Refusal('InvalidAction', 'The action does not exist.');
    if (version !== definition.version) throw new Refusal('NoSuchVersion', 'The version does not exist.');
    return definition;
  }

  /** Who sent the request. */
  #authenticate(request: MockRequest, { service }: ActionDefinition): string {
    const { signatures, credentials, clock } = this.#options;
    if (signatures === 'strict') return verifySignature(request, credentials, service, clock.now()).secretId;
    const secretId = /Credential=([^/]+)\//.exec(header(request, 'authorization') ?? '')?.[1] ?? '';
    if (signatures === 'presence' && secretId === '') {
      throw new Refusal(
        'AuthFailure.InvalidAuthorization',
        'The Authorization header is missing or malformed.',
      );
    }
    return secretId;
  }

  #admit(secretId: string, { name, rateLimit }: ActionDefinition, atMs: number): void {
    const { rateLimit: limit } = this.#options;
    if (limit === 'off' || this.#rates.admit(`${secretId} ${name}`, atMs, limit, rateLimit.windowMs)) return;
    throw new Refusal('RequestLimitExceeded', `The limit is ${limit} requests per ${rateLimit.windowMs} ms.`);
  }

  #response(response: Record<string, unknown>): MockResponse {
    return {
      status: 200,
      headers: {
        'content-type': 'application/json',
        date: new Date(this.#options.clock.now()).toUTCString(),
      },
      body: JSON.stringify({ Response: response }),
    };
  }

  #firstId(): number {
    return 1 + Math.floor(this.#random() * 1_000_000);
  }
}

/** The documented example response, so that results have every field that they should. */
function documentedResult(action: string): Record<string, unknown> {
  return fixtures.find((fixture) => fixture.action === action)?.result ?? {};
}

/** The first integer of a result is the id of what was created. */
function idsOf({ result }: ActionDefinition, id: number): Record<string, number> {
  const field = result.integers[0];
  return field === undefined ? {} : { [field]: id };
}

interface Answer {
  response: MockResponse;
  success?: Record<string, unknown>;
}

/** What was learnt of a request before it was answered. */
interface Seen {
  secretId: string;
  fault?: string;
  params?: unknown;
}

function parseBody(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new Refusal('InvalidParameter', 'The body is not JSON.');
  }
}

function parseIfJson(body: Buffer): unknown {
  try {
    return parseBody(body);
  } catch {
    return undefined;
  }
}

function checkParams({ validate }: ActionDefinition, params: unknown): Record<string, unknown> {
  if (validate(params)) return params as Record<string, unknown>;
  const faults = [...(validate.errors ?? [])];
  const { code, message } = refusalOf(faults);
  throw new Refusal(code, message, { faults });
}
