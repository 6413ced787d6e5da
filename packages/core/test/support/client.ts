import { ServiceClient } from '../../src/client.js';
import type { AnyTcccError } from '../../src/errors/errors.js';
import { isTcccError } from '../../src/errors/guards.js';
import type { ClientOptions } from '../../src/options/client-options.js';
import { credentials } from './service.js';

const clients: ServiceClient[] = [];

/** A client that `closeClients` will close, and that draws no pauses between attempts. */
export function clientFor(server: { url: string }, options: ClientOptions = {}): ServiceClient {
  const client = new ServiceClient({
    credentials,
    endpoint: server.url,
    allowHttp: true,
    random: () => 0,
    // However busy the machine is.
    connectTimeoutMs: 60_000,
    ...options,
  });
  clients.push(client);
  return client;
}

/** For `afterEach`. */
export async function closeClients(): Promise<void> {
  await Promise.all(clients.splice(0).map((client) => client.close()));
}

/** The error that a call must end with, which must be of the family. */
export async function failureOf(call: Promise<unknown>): Promise<AnyTcccError> {
  const error = await call.then(
    () => new Error('succeeded'),
    (thrown: unknown) => thrown,
  );
  if (!isTcccError(error)) throw error;
  return error;
}
