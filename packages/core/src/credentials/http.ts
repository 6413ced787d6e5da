import type { CredentialContext } from './types.js';
import { CallScope } from '../cancellation.js';
import { systemClock } from '../clock.js';
import type { DispatcherLike } from '../transport/dispatcher.js';
import type { HttpResponse, Transport } from '../transport/exchange.js';
import { startExchange } from '../transport/exchange.js';

/** Longest response of a credential service, in bytes. */
const MAX_RESPONSE_BYTES = 65_536;

/** A small request to a credential service: a GET, or a POST where there is a body. */
export interface CredentialRequest {
  origin: string;
  path: string;
  headers?: string[];
  body?: string;
  timeoutMs: number;
}

/** Performs requests to a credential service over connections of their own, which close with the work. */
export async function withConnections<T>(
  { signal }: CredentialContext,
  openDispatcher: () => Promise<Transport>,
  work: (send: (request: CredentialRequest) => Promise<HttpResponse>) => Promise<T>,
): Promise<T> {
  const dispatcher = await openDispatcher();
  const scope = new CallScope(systemClock, Infinity, signal);
  try {
    return await work(({ origin, path, headers = [], body, timeoutMs }) => {
      scope.check();
      return startExchange({
        dispatcher,
        origin,
        path,
        method: body === undefined ? 'GET' : 'POST',
        headers,
        body: body === undefined ? null : Buffer.from(body),
        timeoutMs,
        maxResponseBytes: MAX_RESPONSE_BYTES,
        scope,
        clock: systemClock,
      }).response;
    });
  } finally {
    scope.close();
    await dispatcher.destroy?.();
  }
}

/** A direct connection, past any proxy: the metadata service of a machine is no business of a proxy. */
export async function openDirect(): Promise<DispatcherLike> {
  const { Agent } = await import('undici');
  return new Agent({ connect: { timeout: 1_000 } }) as unknown as DispatcherLike;
}
