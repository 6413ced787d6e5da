import type { BackendFactory, ConnectionOptions, IQueueBackend, Job } from 'bullmq';
import { Queue, Worker, createRedisBackend } from 'bullmq';
import type { BulkRun } from '../bulk-run.js';
import type { BulkReport } from '../events.js';
import type { JoinOptions } from '../fleet/join-fleet.js';
import { joinFleet } from '../fleet/join-fleet.js';

/** Where the queue is. */
export interface FleetQueueOptions<Connection = ConnectionOptions> {
  /** As BullMQ has it: for Redis, a connected client or its options; for PostgreSQL, a pool. */
  connection: Connection;
  /** Back end of the queue: `createPostgresBackend` of BullMQ for PostgreSQL. Without it, Redis or Valkey. */
  backend?: BackendFactory<IQueueBackend, Connection>;
  /** @default 'tccc-bulk' */
  name?: string;
}

/** What a worker does for every run that it is called to. */
export interface FleetWorkerOptions<Connection = ConnectionOptions>
  extends FleetQueueOptions<Connection>, Omit<JoinOptions, 'run' | 'signal'> {
  /**
   * Runs that it works on at a time. An integer from 1.
   *
   * @default 1
   */
  runs?: number;
  /** Hears of each run that it joins. */
  onRun?: (id: string, run: BulkRun) => void;
}

/** A place in a run, for whichever worker takes it. */
interface Place {
  run: string;
}

const NAME = 'tccc-bulk';

/**
 * Calls workers to runs, by BullMQ. A job is a place in a run, not a chunk: what is to be sent, and what became of it, is in the
 * ledger alone. So nothing that matters is lost with the queue, and a place that is taken twice does no harm.
 */
export class FleetQueue<Connection = ConnectionOptions> {
  readonly #queue: Pick<Queue<Place>, 'addBulk' | 'close'>;

  constructor({ connection, backend, name = NAME }: FleetQueueOptions<Connection>) {
    this.#queue = new Queue(name, { connection }, backend ?? redisBackend());
  }

  /** Calls so many workers to a run. If all that were called have died, call again. */
  async call(run: string, workers = 1): Promise<void> {
    const options = { attempts: 1, removeOnComplete: 1_000, removeOnFail: 1_000 };
    await this.#queue.addBulk(
      Array.from({ length: workers }, () => ({ name: 'join', data: { run }, opts: options })),
    );
  }

  close(): Promise<void> {
    return this.#queue.close();
  }
}

/** A process that joins the runs that it is called to, until it is closed. */
export class FleetWorker<Connection = ConnectionOptions> {
  readonly #options: FleetWorkerOptions<Connection>;
  readonly #queue: FleetQueue<Connection>;
  readonly #worker: Pick<Worker<Place, BulkReport>, 'close'>;
  readonly #closing = new AbortController();

  constructor(options: FleetWorkerOptions<Connection>) {
    const { connection, backend, name = NAME, runs = 1 } = options;
    this.#options = options;
    this.#queue = new FleetQueue(options);
    const worker = new Worker(
      name,
      (job: Job<Place, BulkReport>) => this.#join(job.data.run),
      // Whoever was taken for dead may still live. Its place is not given away; the others do its work.
      { connection, concurrency: runs, maxStalledCount: 0 },
      backend ?? redisBackend(),
    );
    // The queue is away; BullMQ connects again.
    worker.on('error', () => {});
    this.#worker = worker;
  }

  /** Finishes the requests in flight, gives its places to others, and ends. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#worker.close();
    await this.#queue.close();
  }

  async #join(run: string): Promise<BulkReport> {
    const { signal } = this.#closing;
    const joined = joinFleet({ ...this.#options, run, signal });
    this.#options.onRun?.(run, joined);
    const report = await joined.report;
    // What it leaves undone needs somebody else.
    if (report.stop?.reason === 'stopped') await this.#queue.call(run);
    return report;
  }
}

/** Without a back end, the connection is one to Redis. */
function redisBackend<Connection>(): BackendFactory<IQueueBackend, Connection> {
  return createRedisBackend as BackendFactory<IQueueBackend, never> as BackendFactory<
    IQueueBackend,
    Connection
  >;
}
