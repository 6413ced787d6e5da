import type { BulkEvent } from '../run/events.js';
import type { OptOutResult } from '../ledger/format.js';
import type { Counts } from '../ledger/ledger.js';
import { assumedCountryText, doNotCallText, warningLines } from './warnings.js';
import { count } from './words.js';

/** How often the bar is drawn, and how often a line is written if there is no terminal, in milliseconds. */
const DRAW_MS = 100;
const LINE_MS = 5_000;

/** Rates are those of the last so many milliseconds. */
const RATE_MS = 10_000;

const WIDTH = 24;

/** Where progress is shown. */
export interface Screen {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** Shows how far a run is: one line that is drawn again and again on a terminal, else a line now and then. */
export class Progress {
  readonly #screen: Screen;
  readonly #isLive: boolean;
  readonly #now: () => number;
  #counts: Counts | undefined;
  #planned = 0;
  #shownAt = -Infinity;
  /** When how many chunks were done. */
  #marks: { at: number; done: number }[] = [];

  constructor(screen: Screen, { isPlain = false, now = () => performance.now() } = {}) {
    this.#screen = screen;
    this.#isLive = screen.isTTY === true && !isPlain;
    this.#now = now;
  }

  show(event: BulkEvent): void {
    switch (event.type) {
      case 'watching':
        return this.say(
          `Another process had the ledger. If it shows no sign of life for ${event.waitMs / 1_000} s, this one goes on.`,
        );
      case 'planning':
        this.#planned = event.lines;
        return this.#draw();
      case 'planned':
        this.#counts = event.counts;
        this.say(
          `${count(event.lines)} lines: ${count(event.callees)} numbers in ${count(event.chunks)} requests` +
            `${leftOutText(event.leftOut)}`,
        );
        // A person who continues a run has seen the rest.
        if (event.counts.planned.chunks < event.chunks) return;
        if (event.doNotCallEntries !== undefined) this.say(doNotCallText(event.doNotCallEntries));
        if (event.assumedCountry !== undefined) this.say(assumedCountryText(event.assumedCountry));
        for (const line of warningLines(event.warnings, false)) this.say(line);
        return;
      case 'opted-out':
        return this.say(optOutText(event));
      case 'chunk':
        this.#counts = event.counts;
        this.#mark();
        return this.#draw();
      case 'paused':
        return this.say(
          `The service takes no more for the moment (${event.code}); waiting ${event.waitMs / 1_000} s.`,
        );
      case 'not-settled':
        return this.say(`Chunk ${event.chunk} could not be settled (${event.code}).`);
      case 'stopped':
        return this.say(`Stopped: ${event.message}`);
    }
  }

  /** Writes a line that stays. */
  say(text: string): void {
    this.#screen.write(this.#isLive ? `\r\u001b[2K${text}\n` : `${text}\n`);
    this.#shownAt = -Infinity;
  }

  /** Draws the last state, and leaves the line; others may have done the rest. */
  end(counts = this.#counts): void {
    this.#counts = counts;
    if (this.#counts !== undefined) this.say(this.#text(this.#counts));
  }

  #draw(): void {
    const now = this.#now();
    if (now - this.#shownAt < (this.#isLive ? DRAW_MS : LINE_MS)) return;
    this.#shownAt = now;
    const text =
      this.#counts === undefined ? `reading: ${count(this.#planned)} lines` : this.#text(this.#counts);
    this.#screen.write(this.#isLive ? `\r\u001b[2K${text}` : `${text}\n`);
  }

  #mark(): void {
    const at = this.#now();
    this.#marks.push({ at, done: doneOf(this.#counts!) });
    while (this.#marks.length > 2 && at - this.#marks[0]!.at > RATE_MS) this.#marks.shift();
  }

  #text(counts: Counts): string {
    const { planned, sending, accepted, refused, unknown } = counts;
    const all = planned.chunks + sending.chunks + doneOf(counts);
    const share = all === 0 ? 1 : doneOf(counts) / all;
    const full = Math.floor(share * WIDTH);
    const [first, last] = [this.#marks[0], this.#marks.at(-1)];
    const elapsed = first === undefined ? 0 : last!.at - first.at;
    const rate = elapsed === 0 ? 0 : ((last!.done - first!.done) * 1_000) / elapsed;
    const left = rate === 0 ? '' : ` · ${duration((planned.chunks + sending.chunks) / rate)} left`;
    const sent = sending.callees + accepted.callees + refused.callees + unknown.callees;
    return (
      `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${Math.floor(share * 100)} % · ` +
      `sent ${count(sent)} · accepted ${count(accepted.callees)} · refused ${count(refused.callees)} · unknown ${count(unknown.callees)} · ` +
      `${rate.toFixed(1)} requests/s${left}`
    );
  }
}

function doneOf({ accepted, refused, unknown }: Counts): number {
  return accepted.chunks + refused.chunks + unknown.chunks;
}

/** What has become of a list of opt-outs. */
export function optOutText({ numbers, leftOut, late }: OptOutResult): string {
  const parts = [
    ...[`${count(numbers)} numbers opted out`, `${count(leftOut)} are left out from now on`],
    ...(late > 0 ? [`${count(late)} came too late and may have been called`] : []),
    `${count(numbers - leftOut - late)} are not in what the run calls`,
  ];
  return `${parts.join('; ')}.`;
}

export function leftOutText(leftOut: Readonly<Record<string, number>>): string {
  const reasons = Object.entries(leftOut).map(([reason, number]) => `${reason} ${count(number)}`);
  return reasons.length === 0 ? '' : `; left out: ${reasons.join(', ')}`;
}

export function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  return whole < 3_600
    ? `${Math.floor(whole / 60)} min ${whole % 60} s`
    : `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}
