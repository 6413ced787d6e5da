import { createRequire } from 'node:module';
import { RedisConnection } from 'bullmq';
import { BulkError } from '../errors.js';

/** What the clients of `redis` and of `ioredis` have in common. */
interface RedisClient {
  duplicate(options?: object): RedisClient;
  on(event: 'error', listener: () => void): unknown;
  connect(): unknown;
  disconnect(): unknown;
  /** Only of `redis`. */
  destroy?(): unknown;
  /** Only of `ioredis`. */
  defineCommand?: unknown;
}

/**
 * Connections of our own to the caller's Redis. What waits on one for a Redis that is away can be ended with it, and the caller's
 * client stays as it is.
 */
export class OwnConnections {
  /** What BullMQ gets in place of what the caller gave. */
  readonly connection: unknown;
  readonly #clients: RedisClient[] = [];

  /** @throws BulkError `InvalidOption` if the connection needs a package that is not there */
  constructor(given: unknown) {
    this.connection = this.#keep(isClient(given) ? copyOf(given) : clientOf(given));
  }

  /** Ends all of them; what waits for an answer fails. */
  end(): void {
    for (const client of this.#clients.splice(0)) {
      try {
        // Of `redis`, disconnecting waits for what is on its way.
        if (client.destroy === undefined) client.disconnect();
        else client.destroy();
      } catch {
        // It has ended already.
      }
    }
  }

  #keep(client: RedisClient): RedisClient {
    // BullMQ listens, too, but not from the first moment to the last.
    client.on('error', () => {});
    this.#clients.push(client);
    const duplicate = client.duplicate.bind(client);
    client.duplicate = (options) => this.#keep(duplicate(options));
    return client;
  }
}

function isClient(given: unknown): given is RedisClient {
  const { duplicate, connect, on } = (given ?? {}) as Partial<RedisClient>;
  return [duplicate, connect, on].every((method) => typeof method === 'function');
}

/** BullMQ insists on commands that wait, of which `ioredis` has to be told. */
function copyOf(client: RedisClient): RedisClient {
  return client.duplicate(client.defineCommand === undefined ? undefined : { maxRetriesPerRequest: null });
}

/** A client of the factory of BullMQ, if it has one, or of `ioredis`. */
function clientOf(options: unknown): RedisClient {
  if (typeof options !== 'object' || options === null)
    throw new BulkError('InvalidOption', `connection must be a client of the package redis. ${EXAMPLE}`);
  const waiting = { ...options, maxRetriesPerRequest: null };
  const { clientFactory } = RedisConnection;
  if (clientFactory !== undefined) return clientFactory(waiting as never) as unknown as RedisClient;
  const Redis = loadIORedis();
  const { url, ...rest } = waiting as { url?: string };
  return url === undefined ? new Redis(rest) : new Redis(url, rest);
}

type RedisConstructor = new (...options: unknown[]) => RedisClient;

function loadIORedis(): RedisConstructor {
  try {
    // Next to BullMQ, which has it as a peer.
    const ofBullMq = createRequire(createRequire(import.meta.url).resolve('bullmq'));
    const loaded = ofBullMq('ioredis') as RedisConstructor & { default?: RedisConstructor };
    return loaded.default ?? loaded;
  } catch {
    throw new BulkError(
      'InvalidOption',
      `connection has options of the package ioredis, which is not installed. Install it, or give a client of the package redis. ${EXAMPLE}`,
    );
  }
}

const EXAMPLE = 'For example: connection: createClient({ url }).';
