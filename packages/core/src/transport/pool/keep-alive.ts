import { realTime } from '../../real-time.js';

/** How much earlier than the server a connection is ended, in milliseconds: a request must not meet its end on the way. */
const MARGIN_MS = 2_000;

/** How long an idle connection is kept: as long as both the client and the server want to. */
export class KeepAlive {
  readonly #end: () => void;
  #isIdle = false;
  /** By the wall clock, in milliseconds. */
  #endsAtMs = Infinity;
  #timer: NodeJS.Timeout | undefined;
  /** What the timer is set to, in milliseconds. */
  #timerMs: number | undefined;
  /** What the server said last, and what that is in milliseconds. */
  #header: string | string[] | undefined;
  #serverMs = Infinity;

  /** `end` is called once it has been idle for long enough. */
  constructor(end: () => void) {
    this.#end = end;
  }

  /** Takes note of the header `Keep-Alive` of a response; mostly it is the same each time. */
  note(header: string | string[] | undefined): void {
    if (header === this.#header) return;
    this.#header = header;
    this.#serverMs = readTimeout(String(header)) - MARGIN_MS;
  }

  /** Whether the server keeps it for so short a time that no other request may follow. */
  get isTooShort(): boolean {
    return this.#serverMs <= 0;
  }

  /** It is idle from now on. */
  start(keepAliveMs: number): void {
    const ms = Math.min(keepAliveMs, this.#serverMs);
    this.#isIdle = true;
    this.#endsAtMs = Date.now() + ms;
    if (this.#timerMs === ms) return void this.#timer!.refresh();
    realTime.clearTimeout(this.#timer);
    this.#timerMs = ms;
    this.#timer = realTime.setTimeout(() => this.#isIdle && this.#end(), ms).unref();
  }

  /** It is in use. The timer goes on, since to set it anew for each call would cost more. */
  stop(): void {
    this.#isIdle = false;
  }

  /** It is closed. */
  clear(): void {
    realTime.clearTimeout(this.#timer);
  }

  /**
   * Whether it has been idle for too long. A process that was busy or suspended, or whose machine slept, can want it before its
   * timer fires; the server may have given it up by then without a word that arrived. The wall clock goes on while a machine sleeps.
   */
  get isOver(): boolean {
    return Date.now() >= this.#endsAtMs;
  }
}

/** The time in a `Keep-Alive` header, in milliseconds: the shortest of several, and Infinity without any. */
function readTimeout(header: string): number {
  const seconds = [...header.matchAll(/timeout=(\d+)/gi)].map(([, digits]) => Number(digits));
  return Math.min(Infinity, ...seconds) * 1_000;
}
