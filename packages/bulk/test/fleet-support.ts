import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { SHORT_LIFE, bundled } from '../../core/test/support/bundled.js';
import type { Register } from './support.js';
import { atEnd, seededRandom } from './support.js';

const program = await bundled(new URL('fleet-child.mjs', import.meta.url));

/** A process that was started, and how it ended. */
export interface Member {
  kill(): void;
  /** Wakes one that has suspended itself. */
  wake(): void;
  /** Resolves once it has suspended itself, or has ended without. */
  readonly suspended: Promise<'suspended' | 'ended'>;
  readonly ended: Promise<{ isKilled: boolean; output: string }>;
}

/**
 * Starts a process of a fleet.
 *
 * @param register what ends it with the test; one of several tests that run at a time has to say which one it is
 */
export function startMember(options: object, register: Register = atEnd): Member {
  const child = spawn(process.execPath, [...SHORT_LIFE, program, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, complaint] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  const suspended = new Promise<'suspended' | 'ended'>((resolve) => {
    child.on('close', () => resolve('ended'));
    child.stderr.on('data', (data: Buffer) => {
      complaint += data.toString();
      if (complaint.includes('suspended')) resolve('suspended');
    });
  });
  const end = async () => {
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    if (code !== 0 && signal !== 'SIGKILL') throw new Error(complaint);
    return { isKilled: signal === 'SIGKILL', output };
  };
  const ended = end();
  // Of a test that has failed, nothing is left either.
  register(async () => {
    child.kill('SIGKILL');
    await ended.catch(() => {});
  });
  return { kill: () => child.kill('SIGKILL'), wake: () => child.kill('SIGCONT'), suspended, ended };
}

/** A way to a server on which everything that is sent takes up to so many milliseconds, each part another time. */
export async function startJitter(url: string, maxMs: number, seed: number) {
  const random = seededRandom(seed);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(new URL(url).port), '127.0.0.1');
    let lastAt = 0;
    near.on('data', (data) => {
      lastAt = Math.max(lastAt, performance.now() + random() * maxMs);
      setTimeout(() => far.write(data), lastAt - performance.now());
    });
    far.pipe(near);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        near.destroy();
        far.destroy();
        sockets.delete(socket);
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get connections() {
      return sockets.size;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
