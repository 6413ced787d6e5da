import { setMaxListeners } from 'node:events';
import type { Reservation } from '@tccc/outbound';
import { sleep } from '../clock.js';
import type { BulkEvent, Stop } from './events.js';
import { chunkEvent } from './events.js';
import { isBulkError } from '../errors.js';
import type { ChunkState, Ledger, LedgerChunk } from '../ledger/ledger.js';
import type { SendSettings } from './options.js';
import type { CalleeRow } from '../plan/rows.js';
import type { Sender } from './send.js';
import { step } from '../crash-points.js';
import type { Template } from '../request/template.js';
import { verdictOf } from './verdict.js';

/** Pause after a first failure of the service, in milliseconds; each further one doubles it, up to the second bound. */
const PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 30_000;

/** Nobody needs to know of a time that is further away, in milliseconds. */
const MAX_FORESEEN_MS = 86_400_000;

/** How long is waited after so many failures in a row, in milliseconds. */
function pauseAfter(failures: number): number {
  return Math.min(MAX_PAUSE_MS, PAUSE_MS * 2 ** (failures - 1));
}

/** What stops a run whose caller has ended it. */
export const STOPPED: Stop = { reason: 'stopped', message: 'The run was stopped.' };

/** What sending needs. */
export interface DispatchOptions {
  ledger: Ledger;
  sender: Sender;
  template: Template;
  /** The numbers of a chunk. */
  load: (chunk: LedgerChunk) => Promise<CalleeRow[]>;
  /** Asked just before a chunk is sent: how long its request may take, in milliseconds; undefined if it must not be sent. */
  confirm?: (chunk: LedgerChunk) => Promise<number | undefined>;
  /** Does what must be done before a chunk is claimed, such as to take the numbers off it that were opted out. */
  beforeClaim?: () => Promise<void>;
  settings: SendSettings;
  signal: AbortSignal;
  emit: (event: BulkEvent) => void;
}

/** Sends what the ledger has planned, until nothing is left or something stops it. */
export class Dispatch {
  readonly #options: DispatchOptions;
  #stop: Stop | undefined;
  /** Failures since the last success. */
  #failures = 0;
  #pause: Promise<void> | undefined;
  /** Aborted once there is nothing left to wait for. */
  readonly #over = new AbortController();

  constructor(options: DispatchOptions) {
    this.#options = options;
    // One for each request that waits for its turn.
    setMaxListeners(0, this.#over.signal);
  }

  /**
   * What stopped it; undefined if everything was sent.
   *
   * @throws BulkError if the ledger or the plan fails
   */
  async run(): Promise<Stop | undefined> {
    const { settings, emit, signal } = this.#options;
    const endWaiting = () => this.#over.abort();
    signal.addEventListener('abort', endWaiting);
    const workers = Array.from({ length: settings.concurrency }, () => this.#work());
    const ends = await Promise.allSettled(workers);
    signal.removeEventListener('abort', endWaiting);
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    if (this.#stop !== undefined) emit({ type: 'stopped', ...this.#stop });
    return this.#stop;
  }

  async #work(): Promise<void> {
    try {
      while (await this.#sendNext());
    } catch (error) {
      // Without its ledger, nobody may send.
      this.#stop ??= { reason: 'stopped', message: 'The ledger failed.' };
      throw error;
    } finally {
      // Nobody needs to wait for a turn any more.
      this.#over.abort();
    }
  }

  /** Whether there was anything to send. */
  async #sendNext(): Promise<boolean> {
    const { ledger, beforeClaim } = this.#options;
    const slot = await this.#keepSlot();
    try {
      await beforeClaim?.();
      const chunk = (await this.#mustStop()) ? undefined : await ledger.claim();
      if (chunk !== undefined) await this.#send(chunk);
      return chunk !== undefined;
    } finally {
      slot?.release();
    }
  }

  /**
   * Waits until a request may be sent. Only then is a chunk claimed: else it would be `sending` while its request still
   * waits for a turn, and a process that dies would leave it unknown, though nothing was sent.
   */
  async #keepSlot(): Promise<Reservation | undefined> {
    for (;;) {
      await this.#pause;
      const slot = await this.#options.sender.reserve(this.#over.signal);
      if (this.#pause === undefined) return slot;
      slot?.release();
    }
  }

  async #send(chunk: LedgerChunk): Promise<void> {
    const { load, sender, confirm } = this.#options;
    let rows: CalleeRow[];
    try {
      // At a time, since a slot of a fleet is kept for the request meanwhile.
      [rows] = await Promise.all([load(chunk), this.#tell(chunk)]);
    } catch (error) {
      await this.#become(chunk, { state: 'planned' });
      throw error;
    }
    const deadlineMs = await confirm?.(chunk);
    // Others have taken this process for dead; to them the chunk belongs now.
    if (confirm !== undefined && deadlineMs === undefined) return;
    let id: string;
    try {
      const sending = sender.send(rows, chunk.marker, deadlineMs);
      step('request made');
      id = await sending;
      step('response read');
    } catch (error) {
      return this.#fail(chunk, error);
    }
    this.#failures = 0;
    await this.#become(chunk, { state: 'accepted', id });
  }

  async #fail(chunk: LedgerChunk, error: unknown): Promise<void> {
    const { settings, template } = this.#options;
    const { state, next, code, message } = verdictOf(error, template.creator.definition.settle.id);
    if (next === 'stop') this.#stop ??= { reason: 'refused', code, message };
    await this.#become(chunk, state);
    if (state.state === 'accepted') return;
    // What fails while a pause is on began before it: one trouble counts once, however many requests it strikes.
    if (next === 'pause' && this.#pause !== undefined) return;
    this.#failures++;
    if (this.#failures >= settings.maxFailures) this.#stop ??= { reason: 'too-many-failures', code, message };
    else if (next === 'pause' && this.#stop === undefined) this.#beginPause(code);
  }

  /** One pause for all. */
  #beginPause(code: string): void {
    if (this.#pause !== undefined) return;
    const { settings, signal, emit } = this.#options;
    const waitMs = pauseAfter(this.#failures);
    let givesUpInMs = 0;
    for (
      let failures = this.#failures;
      failures < settings.maxFailures && givesUpInMs < MAX_FORESEEN_MS;
      failures++
    )
      givesUpInMs += pauseAfter(failures);
    emit({ type: 'paused', code, waitMs, givesUpInMs });
    this.#pause = sleep(settings.clock, waitMs, signal).then(() => (this.#pause = undefined));
  }

  /** Whether nothing may be claimed any more. What comes when all was sent stops nothing. */
  async #mustStop(): Promise<boolean> {
    if (this.#stop !== undefined) return true;
    const stop = this.#stopOfNow();
    if (stop === undefined) return false;
    const { planned } = await this.#options.ledger.counts();
    if (planned.chunks > 0) this.#stop ??= stop;
    return true;
  }

  #stopOfNow(): Stop | undefined {
    const { template, settings, signal } = this.#options;
    if (signal.aborted) return STOPPED;
    const { end } = template.creator;
    const endSeconds = template.params[end];
    if (typeof endSeconds !== 'number' || settings.clock.now() < endSeconds * 1_000) return undefined;
    return { reason: 'window-passed', message: `${end} has passed: nobody would be called any more.` };
  }

  async #become(chunk: LedgerChunk, state: ChunkState): Promise<void> {
    let now: LedgerChunk;
    try {
      now = await this.#options.ledger.record(chunk, state, 'run');
    } catch (error) {
      // Another process has taken this one for dead. To whom the chunk belongs now, its outcome is unknown.
      if (isBulkError(error) && error.code === 'ChunkChanged') return;
      throw error;
    }
    await this.#tell(now);
  }

  async #tell(chunk: LedgerChunk): Promise<void> {
    const { ledger, emit } = this.#options;
    emit(chunkEvent(chunk, await ledger.counts()));
  }
}
