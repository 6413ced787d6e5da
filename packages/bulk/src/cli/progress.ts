import type { Clock } from '../clock.js';
import { every, systemClock } from '../clock.js';
import type { OptOutResult } from '../ledger/format.js';
import type { Counts } from '../ledger/ledger.js';
import type { BulkEvent } from '../run/events.js';
import { Rate } from './rate.js';
import type { Pause } from './status-line.js';
import { pauseText, runLine } from './status-line.js';
import { assumedCountryText, doNotCallText, warningLines } from './warnings.js';
import { count, countOf } from '../count.js';

/**
 * How often the line is drawn, how often it moves by itself, and how often one is written without a terminal, in
 * milliseconds.
 */
const DRAW_MS = 100;
const TICK_MS = 1_000;
const LINE_MS = 5_000;

/**
 * The cursor waits where the line begins, and the line never goes on in a second row: whatever a terminal that is resized
 * makes of it, what has to be erased is from the cursor on.
 */
const ERASE = '\r\u001b[J';
const UNWRAPPED = '\u001b[?7l';
const WRAPPED = '\r\u001b[?7h';

/** Where progress is shown. */
export interface Screen {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  /** Width of the terminal. */
  readonly columns?: number;
  on?(event: 'resize', listener: () => void): unknown;
  off?(event: 'resize', listener: () => void): unknown;
}

export interface ProgressOptions {
  /** Lines, also on a terminal. */
  isPlain?: boolean | undefined;
  /** Whether the plan has been shown already. */
  isTold?: boolean;
  clock?: Clock;
}

/**
 * Shows how far a run is: on a terminal one line that is drawn again and again, and always fits; else a line now and then.
 * What has to be read stays, above that line.
 */
export class Progress {
  readonly #screen: Screen;
  readonly #isLive: boolean;
  readonly #isTold: boolean;
  readonly #clock: Clock;
  readonly #rate: Rate;
  #counts: Counts | undefined;
  #lines = 0;
  #pause: Pause | undefined;
  #shownAt = -Infinity;
  /** Whether there is a line on the terminal to be drawn again. */
  #isDrawn = false;
  #stopTicking: (() => void) | undefined;
  readonly #onResize = () => this.#redraw();
  readonly #onSuspend = () => this.#suspend();
  readonly #onContinue = () => this.#continue();

  constructor(
    screen: Screen,
    { isPlain = false, isTold = false, clock = systemClock }: ProgressOptions = {},
  ) {
    this.#screen = screen;
    // A dumb terminal, such as the one in Emacs, cannot move its cursor.
    this.#isLive = screen.isTTY === true && !isPlain && process.env['TERM'] !== 'dumb';
    this.#isTold = isTold;
    this.#clock = clock;
    this.#rate = new Rate(clock);
  }

  show(event: BulkEvent): void {
    switch (event.type) {
      case 'watching':
        return this.say(
          `Another process had the ledger. If it shows no sign of life for ${event.waitMs / 1_000} s, this one goes on.`,
        );
      case 'planning':
        this.#lines = event.lines;
        return this.#draw();
      case 'planned':
        return this.#showPlan(event);
      case 'opted-out':
        return this.say(optOutText(event));
      case 'chunk':
        this.#counts = event.counts;
        if (event.by === 'run') this.#rate.count(event.counts);
        if (event.state.state === 'accepted' && this.#pause !== undefined) {
          this.#pause = undefined;
          this.#shownAt = -Infinity;
        }
        return this.#draw();
      case 'paused': {
        const now = this.#clock.monotonic();
        const { code, waitMs, givesUpInMs } = event;
        this.#pause = { code, triesAt: now + waitMs, givesUpAt: now + givesUpInMs };
        return this.#isLive ? this.#redraw() : this.say(`${pauseText(this.#pause, now)}.`);
      }
      case 'not-settled':
        return this.say(`Chunk ${event.chunk} could not be settled (${event.code}).`);
      case 'stopped':
        return this.say(`Stopped: ${event.message}`);
    }
  }

  /** Writes a line that stays. */
  say(text: string): void {
    this.#screen.write(this.#isLive ? `${ERASE}${text}\n` : `${text}\n`);
    this.#isDrawn = false;
    // On a terminal, the line that it took the place of comes again at once.
    if (this.#isLive) this.#shownAt = -Infinity;
  }

  /** Takes the line off a terminal that is drawn again and again. */
  clear(): void {
    if (this.#isDrawn) this.#screen.write(ERASE);
    this.#isDrawn = false;
    this.#shownAt = -Infinity;
    this.#endLive();
  }

  /** Draws the last state, and leaves the line; others may have done the rest. */
  end(counts = this.#counts): void {
    this.#counts = counts;
    this.#pause = undefined;
    if (counts !== undefined) this.say(this.#text());
    this.#endLive();
  }

  #showPlan(event: Extract<BulkEvent, { type: 'planned' }>): void {
    this.#counts = event.counts;
    this.#rate.begin(event.counts);
    if (this.#isTold) return this.#draw();
    this.say(
      `${countOf(event.lines, 'line')}: ${countOf(event.callees, 'number')} in ${countOf(event.chunks, 'request')}` +
        `${leftOutText(event.leftOut)}`,
    );
    // A person who continues a run has seen the rest.
    if (event.counts.planned.chunks < event.chunks) return;
    if (event.doNotCallEntries !== undefined) this.say(doNotCallText(event.doNotCallEntries));
    if (event.assumedCountry !== undefined) this.say(assumedCountryText(event.assumedCountry));
    for (const line of warningLines(event.warnings, false)) this.say(line);
  }

  #draw(): void {
    const now = this.#clock.monotonic();
    if (now - this.#shownAt < (this.#isLive ? DRAW_MS : LINE_MS)) return;
    this.#shownAt = now;
    if (this.#isLive) this.#redraw();
    else this.#screen.write(`${this.#text()}\n`);
  }

  #redraw(): void {
    this.#beginLive();
    this.#screen.write(ERASE + UNWRAPPED + this.#text() + WRAPPED);
    this.#isDrawn = true;
  }

  #width(): number {
    // A terminal that has not been told its width says 0.
    return this.#screen.columns || 80;
  }

  #text(): string {
    // The last column stays free: some terminals begin a new row once it is filled.
    const width = this.#isLive ? this.#width() - 1 : Infinity;
    if (this.#counts === undefined) return `reading: ${countOf(this.#lines, 'line')}`.slice(0, width);
    const now = this.#clock.monotonic();
    const rate = this.#rate.perSecond();
    return runLine(this.#counts, { width, hasBar: this.#isLive, rate, pause: this.#pause, now });
  }

  #beginLive(): void {
    if (this.#stopTicking !== undefined) return;
    this.#stopTicking = every(this.#clock, TICK_MS, () => this.#draw());
    this.#screen.on?.('resize', this.#onResize);
    process.on('SIGTSTP', this.#onSuspend);
  }

  #endLive(): void {
    this.#stopTicking?.();
    this.#stopTicking = undefined;
    this.#screen.off?.('resize', this.#onResize);
    process.off('SIGTSTP', this.#onSuspend);
    process.off('SIGCONT', this.#onContinue);
  }

  /**
   * Leaves a clean line to the shell. The signal, sent again without a listener, stops the process only if a shell can let
   * it go on: with none, as after `ssh -t`, SIGSTOP would stop it for good.
   */
  #suspend(): void {
    this.#screen.write(ERASE);
    process.off('SIGTSTP', this.#onSuspend);
    process.once('SIGCONT', this.#onContinue);
    process.kill(process.pid, 'SIGTSTP');
  }

  #continue(): void {
    process.on('SIGTSTP', this.#onSuspend);
    this.#redraw();
  }
}

/** What has become of a list of opt-outs. */
export function optOutText({ numbers, leftOut, late }: OptOutResult): string {
  const areLeft = (many: number) => (many === 1 ? 'is' : 'are');
  const parts = [
    `${countOf(numbers, 'number')} opted out`,
    `${count(leftOut)} ${areLeft(leftOut)} left out from now on`,
    ...(late > 0 ? [`${count(late)} came too late and may have been called`] : []),
    `${count(numbers - leftOut - late)} ${areLeft(numbers - leftOut - late)} not in what the run calls`,
  ];
  return `${parts.join('; ')}.`;
}

export function leftOutText(leftOut: Readonly<Record<string, number>>): string {
  const reasons = Object.entries(leftOut).map(([reason, number]) => `${reason} ${count(number)}`);
  return reasons.length === 0 ? '' : `; left out: ${reasons.join(', ')}`;
}
