import type { BackendFactory, ConnectionOptions, IQueueBackend } from 'bullmq';
import { Queue, createRedisBackend } from 'bullmq';
import type { Checked, OptionTable } from '@tccc/outbound/internal';
import { asGiven, func, number, text } from '@tccc/outbound/internal';
import { BulkError, isBulkError } from '../errors.js';
import { checkValue, readBulkOptions, required, someText } from '../options.js';
import { OwnConnections } from './own-connections.js';
import { within } from './within.js';

/** Where the queue is. */
export interface FleetQueueOptions<Connection = ConnectionOptions> {
  /**
   * For Redis, a client of the package `redis` or `ioredis`, or options of `ioredis`, which has to be installed then;
   * copies of it are used. For PostgreSQL, what its back end takes.
   */
  connection: Connection;
  /** Back end of the queue: `createPostgresBackend` of BullMQ for PostgreSQL. Without it, Redis or Valkey. */
  backend?: BackendFactory<IQueueBackend, Connection>;
  /**
   * Name of the queue, without colons. In Redis, its keys begin with `{bull}`, so that they are on one node of a cluster.
   *
   * @default 'tccc-bulk'
   */
  name?: string;
  /**
   * How long a server that does not answer is waited for, in milliseconds, from 0 to 3,600,000.
   *
   * @default 10,000
   */
  patienceMs?: number;
  /** Hears what fails in the background, such as a connection that is lost. BullMQ connects again by itself. */
  onError?: (error: unknown) => void;
}

/** A place in a run, for whichever worker takes it. */
export interface Place {
  run: string;
}

/** What a queue and its workers are made with, checked. */
export interface QueueSettings<Connection> {
  readonly name: string;
  readonly patienceMs: number;
  readonly onError: (error: unknown) => void;
  /** What BullMQ takes. */
  readonly bull: {
    readonly connection: Connection;
    readonly prefix: string;
    readonly skipVersionCheck: true;
  };
  readonly backend: BackendFactory<IQueueBackend, Connection>;
  /** Ends the connections by force. */
  readonly end: () => void;
}

/** From 1 to 1,000 of something. */
export const upTo1000 = number({ min: 1, max: 1_000, fallback: 1, isInteger: true });

/** Every option of a queue. */
export const queueTable = <Connection>() =>
  ({
    connection: asGiven<Connection>, // What is wrong with it is said with the remedy, by `OwnConnections`.
    backend: asGiven<BackendFactory<IQueueBackend, Connection>>,
    name: text(/^[^:]+$/, 'a text without colons', 'tccc-bulk'),
    patienceMs: number({ min: 0, max: 3_600_000, fallback: 10_000, isInteger: true }),
    onError: func<(error: unknown) => void>(() => {}),
  }) satisfies OptionTable<FleetQueueOptions<Connection>>;

/** @throws BulkError `InvalidOption` if the connection needs a package that is not there */
export function settingsOf<Connection>({
  connection,
  backend,
  name,
  patienceMs,
  onError,
}: Checked<ReturnType<typeof queueTable<Connection>>>): QueueSettings<Connection> {
  const own = backend === undefined ? new OwnConnections(connection) : undefined;
  return {
    name,
    patienceMs,
    onError: (error) => {
      try {
        onError(error);
      } catch {
        // It was told.
      }
    },
    // Nothing is said on standard error. What it would warn of does no harm here: places may get lost.
    bull: {
      connection: (own?.connection ?? connection) as Connection,
      prefix: '{bull}',
      skipVersionCheck: true,
    },
    backend:
      backend ??
      (createRedisBackend as BackendFactory<IQueueBackend, never> as BackendFactory<
        IQueueBackend,
        Connection
      >),
    end: () => own?.end(),
  };
}

/**
 * Calls workers to runs, by BullMQ. A job is a place in a run, not a chunk: what is to be sent, and what became of it, is in the
 * ledger alone. So nothing that matters is lost with the queue, and a place that is taken twice does no harm.
 *
 * @example
 * const queue = new FleetQueue({ connection: redis });
 * await queue.call(run, 4); // four workers
 * await queue.close();
 */
export class FleetQueue<Connection = ConnectionOptions> {
  readonly #settings: QueueSettings<Connection>;
  readonly #queue: Pick<Queue<Place, unknown, string>, 'add' | 'close'>;
  #closing: Promise<void> | undefined;

  /** @throws BulkError `InvalidOption` */
  constructor(options: FleetQueueOptions<Connection>) {
    const settings = settingsOf(readBulkOptions(queueTable<Connection>(), options));
    const queue = new Queue(settings.name, settings.bull, settings.backend);
    queue.on('error', settings.onError);
    this.#settings = settings;
    this.#queue = queue;
  }

  /**
   * Calls this many workers to a run, from 1 to 1,000. If all that were called have died, call again.
   *
   * @throws BulkError `InvalidOption`; `QueueUnusable` if the queue does not answer, or refuses
   */
  async call(run: string, workers = 1): Promise<void> {
    checkValue(upTo1000, 'workers', workers);
    checkValue(required(someText), 'run', run);
    const options = { attempts: 1, removeOnComplete: 1_000, removeOnFail: 1_000 };
    // One by one: of many at a time, BullMQ does not send its script again to a Redis that was restarted.
    const add = () => this.#queue.add('join', { run }, options);
    try {
      await within(this.#settings.patienceMs, Promise.all(Array.from({ length: workers }, add)));
    } catch (error) {
      throw queueUnusable(error);
    }
  }

  /** Ends, also if the server is away; safe to call twice. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { patienceMs, onError, end } = this.#settings;
    await within(patienceMs, this.#queue.close()).catch(onError);
    end();
  }
}

function queueUnusable(error: unknown): BulkError {
  if (isBulkError(error)) return error;
  const { message, code } = error as NodeJS.ErrnoException;
  // A reply of Redis begins with its code.
  const reply = code ?? /^[A-Z]{3,}/.exec(message)?.[0] ?? 'no connection';
  return new BulkError('QueueUnusable', `The queue cannot be used (${reply}).`, error);
}
