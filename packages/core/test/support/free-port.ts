import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A port of this machine that nobody listens on, for a server that is told its port. It is none of those that systems choose by
 * themselves (from 32,768 on), or else another program could take it before the server does, and so could a client that asks for
 * the server again and again: one that gets this port for its own end connects to itself.
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
