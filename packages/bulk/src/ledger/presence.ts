import { readFileSync, statSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { systemCode } from '../errors.js';

/** The longest path of a socket that every system takes, in bytes. */
const LONGEST = 100;

/** What a look for another process has found. */
export type Sign =
  /** It lives. */
  | 'lives'
  /** Its socket is there, and nobody listens. */
  | 'silent'
  /** There is no such socket. */
  | 'gone'
  /** There is no way to tell. */
  | 'none';

/**
 * Shows other processes that this one lives: a socket in the folder of the ledger, which the kernel closes when the process ends,
 * however it does. Unlike a process id, it means the same in every container that has the folder, and nobody takes it over.
 */
export class Presence {
  readonly #close: () => Promise<void>;

  private constructor(close: () => Promise<void>) {
    this.#close = close;
  }

  /** Undefined if the system or the folder has no sockets. */
  static async announce(folder: string, token: string): Promise<Presence | undefined> {
    const place = await placeFor(folder, token);
    if (place === undefined) return undefined;
    const server = createServer((socket) => socket.destroy());
    const isListening = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      // A worker of a cluster must not ask its parent to listen.
      server.listen({ path: place.path, exclusive: true }, () => resolve(true));
    });
    if (!isListening) {
      await place.close();
      return undefined;
    }
    server.on('error', () => {}).unref();
    return new Presence(async () => {
      await new Promise((resolve) => server.close(resolve));
      await place.close();
    });
  }

  /** Whether a process that has announced itself lives. */
  static async look(folder: string, token: string): Promise<Sign> {
    const place = await placeFor(folder, token);
    if (place === undefined) return 'none';
    const code = await new Promise<string>((resolve) => {
      const socket = connect(place.path, () => resolve('lives')).on('error', (error) =>
        resolve(systemCode(error)),
      );
      socket.on('close', () => resolve('none')).on('connect', () => socket.destroy());
    });
    await place.close();
    // Where many ask at a time, there may be no room for one more.
    if (code === 'lives' || code === 'EAGAIN') return 'lives';
    if (code === 'ECONNREFUSED') return 'silent';
    return code === 'ENOENT' ? 'gone' : 'none';
  }

  /** Takes away what a process that has died has left behind. */
  static async clear(folder: string, token: string): Promise<void> {
    await rm(join(folder, nameOf(token)), { force: true }).catch(() => {});
  }

  close(): Promise<void> {
    return this.#close();
  }
}

function nameOf(token: string): string {
  return `tccc-bulk-${token}.sock`;
}

/** A path that is short enough. Linux has one for every open folder. */
async function placeFor(folder: string, token: string) {
  if (process.platform === 'win32') return undefined;
  const path = join(folder, nameOf(token));
  if (Buffer.byteLength(path) <= LONGEST) return { path, close: async () => {} };
  if (process.platform !== 'linux') return undefined;
  let opened: FileHandle;
  try {
    opened = await open(folder, 'r');
  } catch {
    return undefined;
  }
  return { path: `/proc/self/fd/${opened.fd}/${nameOf(token)}`, close: () => opened.close() };
}

/** Tells a folder from others of this kernel, by whatever path. */
export function folderId(folder: string): string {
  const { dev, ino } = statSync(folder, { bigint: true });
  return `${dev}:${ino}`;
}

/** The kernel that this process runs under, since it was started; undefined if the system does not say. */
export function kernelId(): string | undefined {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim() || undefined;
  } catch {
    return undefined;
  }
}
