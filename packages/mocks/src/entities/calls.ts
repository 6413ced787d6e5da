import type { CallSettings } from './call-options.js';
import { callOfSession, sessionId } from './call-id.js';
import type { PlannedCall } from './call-plan.js';
import { CallPlan } from './call-plan.js';
import type { Entity } from './entity.js';

/** A call as it went, or goes. Times are in milliseconds since the Unix epoch. */
export interface Call {
  readonly entity: Entity;
  readonly planned: PlannedCall;
  readonly sessionId: string;
  readonly startedMs: number;
  /** When somebody answers; undefined if nobody does. */
  readonly answeredMs: number | undefined;
  readonly endedMs: number;
}

type Fields = Record<string, unknown>;

/** The calls that entities make while time goes on, and what is known of them when. */
export class Calls {
  readonly settings: CallSettings;
  readonly plan: CallPlan;
  /** The lists of the entity that was asked for last: they are long, and kept as text. */
  #lists:
    | { entity: Entity; version: number; callees: readonly unknown[]; uuis: (string | undefined)[] }
    | undefined;

  constructor(settings: CallSettings, seed: number) {
    this.settings = settings;
    this.plan = new CallPlan(settings, seed);
  }

  /** The calls to one item that have begun. A call that has begun goes on to its end, also if the entity is paused or ended. */
  ofItem(entity: Entity, index: number, nowMs: number): Call[] {
    const workedMs = entity.workedMs(nowMs);
    return this.plan
      .of(entity.callWork, index)
      .filter(({ startWorkMs }) => startWorkMs < workedMs)
      .map((planned) => this.#call(entity, planned));
  }

  /** All calls of an entity that have begun, item by item, from one of the items on. */
  *ofEntity(entity: Entity, nowMs: number, from = 0): Generator<Call, void, undefined> {
    const begun = entity.begun(nowMs);
    for (let index = from; index < begun; index++) yield* this.ofItem(entity, index, nowMs);
  }

  /** Session ids that lists show by now: so many, after so many others; and how many there are. */
  sessions(entity: Entity, nowMs: number, skip: number, take: number): { ids: string[]; count: number } {
    const ids: string[] = [];
    let count = 0;
    for (const call of this.ofEntity(entity, nowMs)) {
      if (!this.isListed(call, nowMs)) continue;
      if (count >= skip && ids.length < take) ids.push(call.sessionId);
      count++;
    }
    return { ids, count };
  }

  /** The call of a session, if it has begun. */
  find(session: string, entityOf: (id: number) => Entity | undefined, nowMs: number): Call | undefined {
    const key = callOfSession(session);
    const entity = key === undefined ? undefined : entityOf(key.id);
    if (key === undefined || entity === undefined || key.index >= entity.begun(nowMs)) return undefined;
    return this.ofItem(entity, key.index, nowMs)[key.attempt];
  }

  /** Whether lists of calls show it. */
  isListed({ startedMs }: Call, nowMs: number): boolean {
    return nowMs >= startedMs + this.settings.sessionDelayMs;
  }

  /** Whether its record is there. */
  isRecorded({ endedMs }: Call, nowMs: number): boolean {
    return nowMs >= endedMs + this.settings.recordDelayMs;
  }

  #call(entity: Entity, planned: PlannedCall): Call {
    const { index, attempt, startWorkMs, lengthMs, ringMs, ending } = planned;
    const startedMs = entity.wallMs(startWorkMs);
    return {
      entity,
      planned,
      sessionId: sessionId({ id: entity.id, index, attempt }),
      startedMs,
      answeredMs: ending.isAnswered ? startedMs + ringMs : undefined,
      endedMs: startedMs + lengthMs,
    };
  }

  /** The record of a call, in the fields of the wire. Some are named in two ways. */
  record(call: Call): Fields {
    const { entity, planned, sessionId: session, startedMs, answeredMs, endedMs } = call;
    const { index, ending, chance } = planned;
    const { callees, uuis } = this.#listsOf(entity);
    const callers = entity.list(entity.kind.progress?.calls?.callers);
    const [StartTimestamp, EndedTimestamp] = [seconds(startedMs), seconds(endedMs)];
    const AcceptTimestamp = answeredMs === undefined ? 0 : seconds(answeredMs);
    const uui = uuis[index];
    return {
      SessionId: session,
      Caller: asShown(callers[index % Math.max(1, callers.length)]),
      Callee: asShown(callees[index]),
      Time: StartTimestamp,
      Direction: 1,
      CallType: entity.kind.progress?.calls?.type ?? 1,
      Duration: answeredMs === undefined ? 0 : EndedTimestamp - AcceptTimestamp,
      EndStatus: ending.code,
      EndStatusString: ending.name,
      StartTimestamp,
      StartTimeStamp: StartTimestamp,
      AcceptTimestamp,
      EndedTimestamp,
      RingTimestamp: RINGS.has(ending.name) || ending.isAnswered ? StartTimestamp : 0,
      HungUpSide: hungUpBy(ending.name, ending.isAnswered, chance),
      IVRKeyPressedEx:
        ending.isAnswered && chance < 0.3 ? [{ Key: '1', Label: 'yes', Timestamp: endedMs }] : null,
      ServeParticipants: [],
      ...(ending.isAnswered
        ? { RecordId: `rec-${session}`, RecordURL: `https://recordings.example/${session}?sign=expires` }
        : {}),
      ...(uui === undefined ? {} : { UUI: uui }),
    };
  }

  /** Whom a call goes to, as lists show it. */
  callee({ entity, planned: { index } }: Call): string {
    return asShown(this.#listsOf(entity).callees[index]);
  }

  #listsOf(entity: Entity) {
    if (this.#lists?.entity === entity && this.#lists.version === entity.version) return this.#lists;
    const { items, calls } = entity.kind.progress ?? {};
    const callees = entity.list(items);
    const common = entity.text(calls?.uui);
    const own = new Map<unknown, (string | undefined)[]>();
    for (const item of entity.list(calls?.attributes) as Fields[]) {
      const uuis = own.get(item['Callee']) ?? [];
      own.set(item['Callee'], [...uuis, item['UUI'] as string | undefined]);
    }
    // Entries of the same number have their attributes in the same order.
    const uuis = callees.map((callee) => own.get(callee)?.shift() ?? common);
    this.#lists = { entity, version: entity.version, callees, uuis };
    return this.#lists;
  }
}

/** Ends of calls that are preceded by ringing. */
const RINGS = new Set(['notAnswer', 'userReject', 'callerCancelWhileRing', 'voiceMailReached']);

function hungUpBy(name: string, isAnswered: boolean, chance: number): string {
  if (name === 'userReject') return 'user';
  return isAnswered && chance < 0.7 ? 'user' : 'system';
}

function seconds(ms: number): number {
  return Math.floor(ms / 1_000);
}

/** A number as records show it: behind 00 and its country code. One that has none is taken as one of China, an assumption. */
function asShown(number: unknown): string {
  const text = String(number ?? '');
  if (text === '' || text.startsWith('00')) return text;
  return text.startsWith('+') ? `00${text.slice(1)}` : `0086${text}`;
}
