import type { OutboundClient } from '@tccc/outbound';
import type { Checked } from '@tccc/outbound/internal';
import { sleep } from '../clock.js';
import type { BulkRun, Emit } from '../run/bulk-run.js';
import { bulkRun } from '../run/bulk-run.js';
import { Dispatch, STOPPED } from '../run/dispatch.js';
import type { BulkReport, Stop } from '../run/events.js';
import { plannedEvent } from '../run/events.js';
import type { SendingOptions } from '../run/options.js';
import { calleesIn } from '../plan/load.js';
import { reportOf } from '../run/run.js';
import type { Sending } from '../run/prepare.js';
import { sendingOf } from '../run/prepare.js';
import { checkService, serviceOf } from '../run/service.js';
import { settleUnknown } from '../run/settle.js';
import type { FleetLedger, FleetLedgers } from './fleet-ledger.js';
import { OWN_RUN, joinTable } from './options.js';

/** Options of a process that joins a run. */
export interface JoinOptions extends Omit<SendingOptions, 'ledger' | 'trustFileSystem'> {
  /**
   * Paced for the whole fleet: by `RedisPacer`, or by its share of the limit. A request has three quarters of the lease of the
   * ledger (`leaseMs`) in place of its `deadlineMs`.
   */
  client: OutboundClient;
  /** Where the ledger is. */
  ledgers: FleetLedgers;
  /** Id of the run, as `planFleet` returned it. */
  run: string;
}

/** Pause before looking again whether others leave something to do, in milliseconds. */
const LOOK_MS = 500;

/**
 * Helps to send what a run has planned, until nothing is left to do for anybody. Any number of processes may join and leave at
 * any time. When all is sent, one of them looks for what is of unknown outcome; to look again later, join again.
 *
 * @example
 * const { counts } = await joinFleet({ ledgers, run, client }).report;
 */
export function joinFleet(options: JoinOptions): BulkRun {
  return bulkRun(joinTable, options, async (settings, emit) => {
    const ledger = await settings.ledgers.open(settings.run);
    try {
      return await new Member(ledger, settings, emit).work();
    } finally {
      await ledger.close();
    }
  });
}

type Settings = Checked<typeof joinTable>;

/** A process of the fleet. */
class Member {
  readonly #ledger: FleetLedger;
  readonly #settings: Settings;
  readonly #emit: Emit;
  readonly #sending: Sending;

  constructor(ledger: FleetLedger, settings: Settings, emit: Emit) {
    this.#ledger = ledger;
    this.#settings = settings;
    this.#emit = emit;
    this.#sending = sendingOf(ledger.job, settings.client);
  }

  async work(): Promise<BulkReport> {
    await this.#begin();
    const stop = await this.#send();
    await this.#settle();
    return reportOf(this.#ledger, stop);
  }

  async #begin(): Promise<void> {
    const { client } = this.#settings;
    checkService(await this.#ledger.sendTo(serviceOf(client)), client, OWN_RUN);
    this.#emit(plannedEvent(this.#ledger.job, await this.#ledger.counts()));
  }

  /** What others have begun may come back: they may die, or the service may be busy. */
  async #send(): Promise<Stop | undefined> {
    const ledger = this.#ledger;
    const [settings, emit] = [this.#settings, this.#emit];
    const { signal } = settings;
    for (;;) {
      const stop = await new Dispatch({
        ledger,
        ...this.#sending,
        settings,
        signal,
        emit,
        load: async (chunk) => calleesIn(await ledger.rows(chunk), chunk),
        confirm: (chunk) => ledger.confirm(chunk),
      }).run();
      if (stop !== undefined) {
        // If only this process ends, the others go on.
        if (stop.reason !== 'stopped') await ledger.setStop(stop);
        return stop;
      }
      const stopped = await ledger.stop();
      if (stopped !== undefined) return stopped;
      const { planned, sending } = await ledger.counts();
      if (planned.chunks === 0 && sending.chunks === 0) return undefined;
      // The others go on without this process.
      if (signal.aborted) return STOPPED;
      await sleep(settings.clock, LOOK_MS, signal);
    }
  }

  /** One for all, since each look reads the whole list of the service; the others wait for what it finds. */
  async #settle(): Promise<void> {
    const { settleWithinMs: withinMs, concurrency, clock, signal } = this.#settings;
    const [ledger, emit] = [this.#ledger, this.#emit];
    const { sender } = this.#sending;
    const { unknown } = await ledger.counts();
    if (withinMs === false || signal.aborted || unknown.chunks === 0) return;
    let leader = await ledger.lead(true);
    while (leader === 'other' && !signal.aborted) {
      await sleep(clock, LOOK_MS, signal);
      leader = await ledger.lead(false);
    }
    if (leader === 'self') await settleUnknown({ ledger, sender, withinMs, concurrency, signal, emit });
  }
}
