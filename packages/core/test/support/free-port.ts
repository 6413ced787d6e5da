import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A port of this machine that nobody listens on, for a server that is told its port. It lies below the range that systems choose
 * from by themselves (32,768 and up). In that range, another program could take the port before the server does; so could a client
 * that keeps asking for the server: if it gets this port for its own end, it connects to itself.
 */
export async function freePort(): Promise<number> {
  const port = randomInt(10_000, 30_000);
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return freePort();
  }
  server.close();
  await once(server, 'close');
  return port;
}
