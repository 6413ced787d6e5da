import type { Clock } from '../clock.js';
import { leftOutRows } from '../plan/left-out-rows.js';
import type { LeftOutRow } from '../plan/rows.js';
import type { Template } from '../request/template.js';

/** What sending would take, and what would be left out. */
export interface Forecast {
  /** Requests that would be sent. */
  readonly requests: number;
  /** How long that takes at least, in seconds, at the documented limit. */
  readonly seconds: number;
  /** The time after which nobody is called any more; absent if the template has none. */
  readonly window?: CallingWindow;
  /** The first lines that would be left out. */
  readonly firstLeftOut: readonly LeftOutRow[];
}

/** The end of the time in which people are called, and whether all requests can be sent before it. */
export interface CallingWindow {
  /** The parameter that says so: `NotAfter` or `EndTime`. */
  readonly name: string;
  /** In seconds since 1970. */
  readonly endsAt: number;
  /** How long it is until then, in seconds; below 0 if it has passed. */
  readonly leftSeconds: number;
  /** Whether the last request is sent before it, if sending begins now and goes on at the documented limit. */
  readonly isLongEnough: boolean;
}

/** Is given every line that would be left out, in the order of the list. */
export type OnLeftOut = (rows: Iterable<LeftOutRow>) => Promise<void>;

/** How many lines that are left out are shown. */
const SHOWN = 20;

export async function forecast(
  requests: number,
  { creator, params }: Template,
  plan: string,
  { clock, onLeftOut }: { clock: Clock; onLeftOut?: OnLeftOut | undefined },
): Promise<Forecast> {
  const { limit, windowMs } = creator.definition.rateLimit;
  const seconds = Math.ceil((requests / limit) * (windowMs / 1_000));
  const endsAt = params[creator.end];
  const first: LeftOutRow[] = [];
  for (const row of leftOutRows(plan)) if (first.push(row) === SHOWN) break;
  await onLeftOut?.(leftOutRows(plan));
  return {
    requests,
    seconds,
    firstLeftOut: first,
    ...(typeof endsAt === 'number' && { window: windowOf(creator.end, endsAt, seconds, clock) }),
  };
}

function windowOf(name: string, endsAt: number, seconds: number, clock: Clock): CallingWindow {
  const leftSeconds = Math.floor(endsAt - clock.now() / 1_000);
  return { name, endsAt, leftSeconds, isLongEnough: leftSeconds > 0 && seconds <= leftSeconds };
}
