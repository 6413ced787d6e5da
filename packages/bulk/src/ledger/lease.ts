import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BulkError, unusable } from '../errors.js';
import { step } from '../crash-points.js';
import { keepThreadsAwake } from '../keep-awake.js';
import type { AppendFile } from './append-file.js';
import type { Chain, LeaseLine, ReleaseLine } from './chain.js';
import type { Sign } from './presence.js';
import { Presence, folderId, kernelId } from './presence.js';

/** How often a lease is renewed, in milliseconds. */
const RENEW_MS = 2_000;

/** A holder that cannot be asked is watched for so many looks, with a pause before each; a single renewal shows that it lives. */
const LOOKS = 20;
const LOOK_MS = 1_000;

/** The part of that time in which a request must be sent and answered. What is left is for what is on its way. */
const REQUEST_SHARE = 3 / 4;

/** Ends a line that is torn, so that it counts for nothing even if only its line break was missing. */
const END_OF_TORN = '#\n';

/** What taking a lease depends on. */
export interface LeaseOptions {
  /** Path of the file, without links. */
  readonly path: string;
  /** Whether one kernel alone can reach the file, so that its word on who lives is the last one. */
  readonly isLocal: boolean;
  /** Hears that a holder is watched, and for how long at most. */
  readonly onWatch?: ((ms: number) => void) | undefined;
  /** Waits between two looks; for tests. */
  readonly pause?: ((ms: number) => Promise<unknown>) | undefined;
}

/** What was read of a file: what it says, and its lines. */
interface Read {
  readonly chain: Chain;
}

/**
 * Keeps other processes away from a file for as long as this one lives. It belongs to the file and not to its name: it is a
 * line in it, with a random token, so that it holds for every link to the file, in every container, and if the file is
 * renamed.
 *
 * A process that finds a lease asks the holder through its socket. Where that cannot be, the holder is watched: it renews
 * its lease every two seconds, and one that has not done so for 20 seconds has lost it. Clocks are never compared. A lease
 * is taken by appending a line that names the one it follows, which the system does in one piece: of two processes, only
 * the line of the first one fits. The file has grown by it then, which a process that has lost the lease notices before it
 * sends.
 */
export class Lease {
  readonly token: string;
  readonly #file: AppendFile;
  readonly #presence: Presence | undefined;
  /** Whether no other process can take this one for dead while it lives. */
  readonly #isCertain: boolean;
  readonly #renewals: NodeJS.Timeout;
  readonly #endWaking = keepThreadsAwake();
  /** Why the lease could not be renewed. */
  failure: BulkError | undefined;

  private constructor(token: string, file: AppendFile, presence: Presence | undefined, isCertain: boolean) {
    this.token = token;
    this.#file = file;
    this.#presence = presence;
    this.#isCertain = isCertain;
    this.#renewals = setInterval(() => this.renew(), RENEW_MS).unref();
  }

  /**
   * Takes the lease of a file, and returns it with what the file says. Nothing is cut off: a last line that is torn is ended.
   *
   * @param parse reads the file; it must read all lines
   * @throws BulkError `LedgerInUse`
   */
  static async take<Content extends Read>(
    file: AppendFile,
    parse: (bytes: Buffer) => Content,
    options: LeaseOptions,
  ): Promise<{ content: Content; lease: Lease }> {
    const folder = dirname(options.path);
    const content = await freeContent(file, parse, folder, options);
    const { chain } = content;
    const [token, kernel] = [randomBytes(8).toString('hex'), kernelId()];
    // Who sees the line must find the socket.
    const presence = await Presence.announce(folder, token);
    const isCertain = options.isLocal && presence !== undefined && kernel !== undefined;
    const line: LeaseLine = {
      lease: token,
      after: chain.seal.last,
      ...(isCertain && { kernel: kernel!, folder: folderId(folder) }),
      at: new Date().toISOString(),
    };
    const text = Buffer.from(`${chain.isTorn ? END_OF_TORN : ''}${chain.seal.close(line)}`);
    try {
      file.size = chain.size;
      if (!file.isUntouched()) throw inUse();
      await file.append(text);
      // Another process may have been faster by a moment.
      const written = (await file.read()).subarray(chain.size, file.size);
      if (!written.equals(text) || !file.hasName) throw inUse();
    } catch (error) {
      await presence?.close();
      throw unusable('The ledger', error);
    }
    step('locked');
    return { content, lease: new Lease(token, file, presence, isCertain) };
  }

  /**
   * Shows those who watch that this process lives.
   *
   * @returns how long a request may take that is sent next, in milliseconds: it must have ended before anybody can take the lease
   */
  renew(): number {
    try {
      this.#file.touch();
    } catch (error) {
      this.failure ??= unusable('The ledger', error);
    }
    return this.#isCertain ? Infinity : LOOKS * LOOK_MS * REQUEST_SHARE;
  }

  /** What is to be written last, to give the lease back. */
  get release(): ReleaseLine {
    return { released: this.token, at: new Date().toISOString() };
  }

  /** Ends the renewals, once the lease is given back, or lost. */
  async end(): Promise<void> {
    clearInterval(this.#renewals);
    this.#endWaking();
    await this.#presence?.close();
  }
}

/** What a file says once nobody has it. */
async function freeContent<Content extends Read>(
  file: AppendFile,
  parse: (bytes: Buffer) => Content,
  folder: string,
  options: LeaseOptions,
): Promise<Content> {
  const fingerprint = file.fingerprint;
  const content = parse(await file.read());
  const { lease } = content.chain;
  if (lease === undefined) return content;
  const sign = await Presence.look(folder, lease.lease);
  if (sign === 'lives') throw inUse();
  const hasDied = options.isLocal && isOver(lease, sign, folder);
  if (!hasDied) await watch(file, fingerprint, options);
  await Presence.clear(folder, lease.lease);
  return content;
}

/** Whether it is certain that the process that took a lease has ended, or that this machine has been restarted since. */
function isOver(lease: LeaseLine, sign: Sign, folder: string): boolean {
  const kernel = kernelId();
  if (kernel === undefined || lease.kernel === undefined) return false;
  if (lease.kernel !== kernel) return true;
  // Under another name in another folder, the socket is not to be seen.
  return sign === 'silent' || (sign === 'gone' && lease.folder === folderId(folder));
}

/** @throws BulkError if anything happens to the file */
async function watch(
  file: AppendFile,
  fingerprint: string,
  { onWatch, pause = sleep }: LeaseOptions,
): Promise<void> {
  onWatch?.(LOOKS * LOOK_MS);
  for (let look = 0; look < LOOKS; look++) {
    if (file.fingerprint !== fingerprint) throw inUse();
    await pause(LOOK_MS);
  }
  if (file.fingerprint !== fingerprint) throw inUse();
}

export function inUse(): BulkError {
  return new BulkError('LedgerInUse', 'Another process works on the ledger.');
}
