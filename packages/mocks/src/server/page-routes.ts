import { actions } from '@tccc/outbound';
import type { ActionDefinition } from '@tccc/outbound';
import type { MockCredentials } from '../common/secrets.js';
import type { MockEngine } from '../engine/engine.js';
import type { EntryHead } from '../journal/entry.js';
import { hideIn, hideInSent, secretHider } from '../common/secrets.js';
import { mockCredentials } from '../engine/options.js';
import { Refusal } from '../common/protocol.js';
import { showRequest } from './shown-request.js';
import { WrongRequest } from './wrong-request.js';

/** Requests that the page shows, and how many it gets at once. */
const ROWS_SHOWN = 10_000;
const ROWS_AT_ONCE = 2_000;

const SECONDS_SHOWN = 60;
const ENTITIES_SHOWN = 500;
const PUSHES_SHOWN = 500;

/** Longest parameters that the page gets, as JSON, in characters. */
const LONGEST_PARAMS = 262_144;

/** What the page has to know once. */
export function describeMock(engine: MockEngine) {
  const definitions: ActionDefinition[] = Object.values(actions);
  return {
    actions: definitions.map(({ name, version, service, rateLimit: { limit, windowMs } }) => ({
      name,
      version,
      service,
      limit: engine.rateLimit ?? limit,
      windowMs,
    })),
    secretIds: engine.credentials.map(({ secretId }) => secretId),
    isDefaultKey: isDefault(engine.credentials[0]),
  };
}

/** Whether the pair that the page shows is the default one, which is no secret: it is in the documentation. */
function isDefault({ secretId, secretKey, token }: Partial<MockCredentials> = {}): boolean {
  const { secretId: id, secretKey: key } = mockCredentials;
  return secretId === id && secretKey === key && token === undefined;
}

/** One line of the list. */
function rowOf(entry: EntryHead) {
  const { sequence, receivedAtMs, tookMs, action, code, fault, createdId, requestId, secretId } = entry;
  const times = [round(receivedAtMs), round(tookMs)] as const;
  return [sequence, ...times, action, code, fault ?? '', createdId ?? 0, requestId, secretId] as const;
}

/** What to add to the monotonic time of a mock to get the time of day; asked once, so that a request has one time. */
const offsets = new WeakMap<MockEngine, number>();

function clockOffsetOf(engine: MockEngine): number {
  let offset = offsets.get(engine);
  if (offset === undefined) offsets.set(engine, (offset = round(Date.now() - engine.monotonicNow)));
  return offset;
}

/** What is new since the page asked the last time. `run` changes whenever everything was forgotten. */
export function newsFor(engine: MockEngine, run: string, known: { run: string; after: number }) {
  const { journal } = engine;
  const nowMs = engine.monotonicNow;
  const after = Math.max(known.run === run ? known.after : 0, journal.size - ROWS_SHOWN);
  const rows = [...journal.headsAfter(after, ROWS_AT_ONCE)].map(rowOf);
  const seconds = Object.entries(journal.perSecond(nowMs, SECONDS_SHOWN)).map(
    ([action, counts]) => [action, counts.map(({ ok, limited, refused }) => [ok, limited, refused])] as const,
  );
  return {
    run,
    nowMs: round(nowMs),
    clockOffsetMs: clockOffsetOf(engine),
    requests: journal.size,
    created: journal.createdCount,
    entities: engine.entityCount,
    seconds: Object.fromEntries(seconds),
    rows,
  };
}

/** All that there is to say of one request. */
export function describeRequest(engine: MockEngine, sequence: number) {
  const { journal } = engine;
  const [found] = journal.entriesAfter(sequence - 1, 1);
  if (found?.[0] !== sequence) throw new WrongRequest('This request is no longer kept.');
  const [, entry] = found;
  const { diagnosis = [], canonicalRequest, stringToSign } = entry;
  const params = JSON.stringify(entry.params);
  const isLong = params !== undefined && params.length > LONGEST_PARAMS;
  const kept = journal.requestOf(sequence);
  const hide = secretHider(engine.credentials);
  return {
    entry: hideInSent({ ...entry, params: undefined }, hide),
    diagnosis,
    canonicalRequest,
    stringToSign,
    params: isLong ? undefined : hideIn(entry.params, hide),
    paramsLength: params?.length,
    request: kept === undefined ? undefined : showRequest(kept, engine.credentials),
  };
}

/** What was created, newest first. */
export function describeEntities(engine: MockEngine) {
  const hide = secretHider(engine.credentials);
  return {
    entities: engine.entityCount,
    nowMs: engine.entityNow,
    items: engine.latestEntities(ENTITIES_SHOWN).map((item) => hideInSent(item, hide)),
  };
}

/** Attempts to push that are shown, and how many there were and still wait. */
export function describePushes({ pushes, entityNow }: MockEngine) {
  const items = pushes.entries.slice(-PUSHES_SHOWN).toReversed();
  return { pushes: pushes.size, waiting: pushes.waiting, nowMs: entityNow, items };
}

/** @throws WrongRequest */
export function changeEntity(engine: MockEngine, body: unknown): void {
  const { number, action } = (body ?? {}) as { number?: unknown; action?: unknown };
  if (typeof number !== 'number' || typeof action !== 'string' || !Object.hasOwn(actions, action))
    throw new WrongRequest('The body must have the number of an entity, and an action that changes it.');
  try {
    engine.changeEntity(number, action);
  } catch (error) {
    if (error instanceof Refusal) throw new WrongRequest(`${error.code}: ${error.message}`);
    throw new WrongRequest((error as Error).message);
  }
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
