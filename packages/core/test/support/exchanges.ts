import { CancelScope } from '../../src/cancellation.js';
import { systemClock } from '../../src/clock.js';
import type { Exchange, ExchangeRequest } from '../../src/transport/exchange.js';
import { ExchangeFailure } from '../../src/transport/failures.js';
import { through } from '../../src/transport/dispatched-request.js';
import type { DispatcherLike } from '../../src/transport/dispatcher.js';
import type { Transport } from '../../src/transport/transport.js';
import { Connector } from '../../src/transport/pool/connector.js';
import type { UndiciParts } from '../../src/transport/pool/load-undici.js';
import { loadUndici } from '../../src/transport/pool/load-undici.js';
import type { PoolOptions } from '../../src/transport/pool/pool.js';
import { ConnectionPool } from '../../src/transport/pool/pool.js';
import { readProxies } from '../../src/transport/pool/proxy-env.js';
import { ANONYMOUS_TLS } from './raw-server.js';

const pools: ConnectionPool[] = [];

/** A pool that `closePools` will close; with `isAnonymous`, TLS does without a certificate. `others` are in place of parts of undici. */
export async function openPool(
  options: Partial<PoolOptions> = {},
  isAnonymous = false,
  env: NodeJS.ProcessEnv = {},
  others: Partial<UndiciParts> = {},
): Promise<ConnectionPool> {
  const parts = { ...(await loadUndici()), ...others };
  const tls = isAnonymous ? { ...ANONYMOUS_TLS, rejectUnauthorized: false } : {};
  const buildConnector: typeof parts.buildConnector = (given) => parts.buildConnector({ ...given, ...tls });
  const pool = new ConnectionPool(
    { connectTimeoutMs: 600_000, keepAliveMs: 600_000, maxConnections: 8, ...options },
    new Connector({ ...parts, buildConnector }),
    readProxies(env),
  );
  pools.push(pool);
  return pool;
}

/** For `afterEach`. */
export async function closePools(): Promise<void> {
  await Promise.all(pools.splice(0).map((pool) => pool.destroy()));
}

/** A request that posts `body`. */
export function requestTo(
  origin: string,
  body: string | Buffer = 'a body',
  options: Partial<ExchangeRequest> = {},
): ExchangeRequest {
  return {
    origin,
    path: '/',
    method: 'POST',
    headers: ['content-type', 'application/json', 'host', origin.slice(origin.indexOf('//') + 2)],
    body: Buffer.from(body),
    timeoutMs: 600_000,
    maxResponseBytes: 100_000,
    scope: new CancelScope(systemClock, Infinity, undefined),
    clock: systemClock,
    delivery: { isSent: false, isAnswered: false },
    ...options,
  };
}

/** Starts an exchange that posts `body`. */
export function send(
  carrier: Transport | DispatcherLike,
  ...request: Parameters<typeof requestTo>
): Exchange {
  const transport = 'exchange' in carrier ? carrier : through(carrier);
  const exchange = transport.exchange(requestTo(...request));
  exchange.start();
  exchange.response.then(
    () => exchange.releaseConnection(),
    () => {},
  );
  return exchange;
}

/** The text of the response. */
export async function textOf(exchange: Exchange): Promise<string> {
  return (await exchange.response).body.toString();
}

/** The failure that an exchange must end with. */
export async function failed(exchange: Exchange): Promise<ExchangeFailure> {
  const failure = await exchange.response.then(
    () => new Error('succeeded'),
    (thrown: unknown) => thrown,
  );
  if (!(failure instanceof ExchangeFailure)) throw failure;
  return failure;
}
