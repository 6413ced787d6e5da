import type { OptionTable } from '@tccc/outbound/internal';
import { func } from '@tccc/outbound/internal';
import type { ConnectionOptions, Job } from 'bullmq';
import { Worker } from 'bullmq';
import { readBulkOptions } from '../options.js';
import type { BulkRun } from '../run/bulk-run.js';
import type { BulkReport } from '../run/events.js';
import type { JoinOptions } from '../fleet/join-fleet.js';
import { joinFleet } from '../fleet/join-fleet.js';
import { memberTable } from '../fleet/options.js';
import type { FleetQueueOptions, Place, QueueSettings } from './fleet-queue.js';
import { FleetQueue, queueTable, settingsOf, upTo1000 } from './fleet-queue.js';
import { within } from './within.js';

/** What a worker does for every run that it is called to. */
export interface FleetWorkerOptions<Connection = ConnectionOptions>
  extends Omit<FleetQueueOptions<Connection>, 'onError'>, Omit<JoinOptions, 'run' | 'signal'> {
  /**
   * Runs that it works on at a time. An integer from 1 to 1,000.
   *
   * @default 1
   */
  runs?: number;
  /** Hears of each run that it joins. What it returns, or throws, goes to `onError` if it fails. */
  onRun?: (id: string, run: BulkRun) => unknown;
  /** Hears what each run has come to. */
  onReport?: (id: string, report: BulkReport) => void;
  /** Hears what fails: a run that cannot go on in this process, with its id, or something of the queue, without. */
  onError?: (error: unknown, id?: string) => void;
}

/** Who hears what becomes of runs. */
type Hearing = Required<Pick<FleetWorkerOptions, 'onRun' | 'onReport' | 'onError'>>;

/** Every option of a worker. */
const workerTable = <Connection>() =>
  ({
    ...queueTable<Connection>(),
    ...memberTable,
    runs: upTo1000,
    onRun: func<Hearing['onRun']>(() => {}),
    onReport: func<Hearing['onReport']>(() => {}),
    onError: func<Hearing['onError']>(() => {}),
  }) satisfies OptionTable<FleetWorkerOptions<Connection>>;

/**
 * A process that joins the runs that it is called to, until it is closed.
 *
 * @example
 * const worker = new FleetWorker({ connection: redis, ledgers, client, onError: console.error });
 * process.once('SIGTERM', () => worker.close());
 */
export class FleetWorker<Connection = ConnectionOptions> {
  readonly #member: Omit<JoinOptions, 'run' | 'signal'>;
  readonly #hearing: Hearing;
  readonly #settings: QueueSettings<Connection>;
  readonly #queue: FleetQueue<Connection>;
  readonly #worker: Pick<Worker<Place, BulkReport>, 'close'>;
  readonly #stopping = new AbortController();
  readonly #joined = new Set<Promise<BulkReport>>();
  #closing: Promise<void> | undefined;

  /** @throws BulkError `InvalidOption` */
  constructor(options: FleetWorkerOptions<Connection>) {
    const checked = readBulkOptions(workerTable<Connection>(), options);
    const { runs, onRun, onReport, connection, backend, name, patienceMs, onError, ...member } = checked;
    this.#hearing = { onRun, onReport, onError };
    this.#member = member;
    const ofQueue = { connection, backend, name, patienceMs, onError };
    const settings = settingsOf<Connection>(ofQueue);
    this.#settings = settings;
    this.#queue = new FleetQueue<Connection>(ofQueue as FleetQueueOptions<Connection>);
    const worker = new Worker(
      settings.name,
      (job: Job<Place, BulkReport>) => this.#work(job.data.run),
      // A worker that was taken for dead may still be alive. It keeps its place, and the others do its work.
      { ...settings.bull, concurrency: runs, maxStalledCount: 0 },
      settings.backend,
    );
    worker.on('error', settings.onError);
    this.#worker = worker;
  }

  /**
   * Finishes the requests in flight, gives its places to others, and ends, even if the server of the queue is away: then
   * its places are lost, which `onError` hears. Safe to call twice.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { patienceMs, onError, end } = this.#settings;
    this.#stopping.abort();
    await Promise.allSettled(this.#joined);
    await within(patienceMs, this.#worker.close()).catch(onError);
    end();
    await this.#queue.close();
  }

  #work(run: string): Promise<BulkReport> {
    const joined = this.#join(run);
    this.#joined.add(joined);
    const leave = () => void this.#joined.delete(joined);
    joined.then(leave, (error: unknown) => {
      leave();
      this.#fail(error, run);
    });
    return joined;
  }

  async #join(run: string): Promise<BulkReport> {
    const { onRun, onReport } = this.#hearing;
    const { signal } = this.#stopping;
    const joined = joinFleet({ ...this.#member, run, signal });
    this.#tell(run, () => onRun(run, joined));
    const report = await joined.report;
    this.#tell(run, () => onReport(run, report));
    // What it leaves undone needs somebody else.
    if (report.stop?.reason === 'stopped')
      await this.#queue.call(run).catch((error: unknown) => this.#fail(error, run));
    return report;
  }

  /** Nothing that the caller does with a run may end the process, or the run. */
  #tell(run: string, call: () => unknown): void {
    new Promise((resolve) => resolve(call())).catch((error: unknown) => this.#fail(error, run));
  }

  #fail(error: unknown, run: string): void {
    try {
      this.#hearing.onError(error, run);
    } catch {
      // It was told.
    }
  }
}
