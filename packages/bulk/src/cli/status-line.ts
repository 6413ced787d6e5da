import type { Counts } from '../ledger/ledger.js';
import { doneOf } from './rate.js';
import { count } from '../count.js';
import { duration } from './words.js';

const BAR = 24;

/** Why nothing is sent for the moment, on the monotonic clock. */
export interface Pause {
  readonly code: string;
  readonly triesAt: number;
  readonly givesUpAt: number;
}

export interface LineOptions {
  /** The longest line, in columns. */
  readonly width: number;
  /** Whether a bar comes first, if there is room for it. */
  readonly hasBar: boolean;
  /** Requests that end in a second. */
  readonly rate: number;
  readonly pause: Pause | undefined;
  readonly now: number;
}

/** A part of the line; the one with the lowest rank goes first if there is no room. */
type Part = readonly [rank: number, text: string];

/** How far a run is, in one line of at most so many columns. */
export function runLine(counts: Counts, { width, hasBar, rate, pause, now }: LineOptions): string {
  const { planned, sending, accepted, refused, unknown } = counts;
  const left = planned.chunks + sending.chunks;
  const done = doneOf(counts);
  const part = left + done === 0 ? 1 : done / (left + done);
  // What is on its way may not have left yet.
  const sent = accepted.callees + refused.callees + unknown.callees;
  const bar = hasBar ? barOf(part) : '';
  const parts: Part[] = [
    [9, `${Math.floor(part * 100)} %`],
    [5, `sent ${count(sent)}`],
    [4, `accepted ${count(accepted.callees)}`],
    [refused.callees > 0 ? 7 : 2, `refused ${count(refused.callees)}`],
    [unknown.callees > 0 ? 8 : 2, `unknown ${count(unknown.callees)}`],
  ];
  if (pause !== undefined) parts.push([6, pauseText(pause, now)], [3, shortPause(pause, now)]);
  else {
    parts.push([1, `${rate.toFixed(1)} requests/s`]);
    if (rate > 0 && left > 0) parts.push([6, `${duration(left / rate)} left`]);
  }
  const line = fitted(parts, width, pause !== undefined);
  return line.length + bar.length <= width ? bar + line : line.slice(0, width);
}

function barOf(part: number): string {
  const full = Math.floor(part * BAR);
  return `${'█'.repeat(full)}${'░'.repeat(BAR - full)} `;
}

/** The parts that there is room for, in their order. Of a pause, the long text or the short one. */
function fitted(parts: readonly Part[], width: number, isPaused: boolean): string {
  const chosen = new Set<Part>();
  const textOf = () =>
    parts
      .filter((part) => chosen.has(part))
      .map(([, text]) => text)
      .join(' · ');
  for (const part of [...parts].sort(([one], [other]) => other - one)) {
    const isShort = isPaused && part === parts.at(-1);
    if (isShort && chosen.has(parts.at(-2)!)) continue;
    chosen.add(part);
    if (textOf().length > width && chosen.size > 1) chosen.delete(part);
  }
  return textOf();
}

/** What is waited for, how long, and when it is given up. */
export function pauseText(pause: Pause, now: number): string {
  const end = duration(Math.max(0, pause.givesUpAt - now) / 1_000);
  const next = pause.triesAt > now ? `next try in ${waitText(pause, now)}` : 'trying again';
  return `${reasonText(pause.code)}; ${next}; gives up in ${end}`;
}

function shortPause(pause: Pause, now: number): string {
  return pause.triesAt > now ? `retry ${waitText(pause, now)}` : 'trying again';
}

function waitText({ triesAt }: Pause, now: number): string {
  return duration((triesAt - now) / 1_000);
}

const REASONS: Readonly<Record<string, string>> = {
  ConnectionRefused: 'the endpoint refuses connections',
  ConnectFailed: 'the endpoint cannot be reached',
  ConnectTimeout: 'the endpoint does not answer',
  DeadlineExceeded: 'requests wait longer for their turn than they may',
  RequestLimitExceeded: 'the service takes no more requests for the moment',
};

function reasonText(code: string): string {
  const known = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  if (known !== undefined) return known;
  return code.startsWith('RequestLimitExceeded')
    ? REASONS['RequestLimitExceeded']!
    : `nothing can be sent (${code})`;
}
