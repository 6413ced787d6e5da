import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { BulkError, systemCode, unusable } from '../errors.js';
import { placeOf } from './place.js';

/** Who holds a lock. */
interface Holder {
  pid: number;
  host: string;
  /** Tells a process from a later one with the same id; empty if this system does not say. */
  born: string;
}

/**
 * Keeps other processes away from a ledger, as long as this one lives.
 *
 * Each process puts down a file with its own name, and only then looks who else is there. Of two processes, the one that looks
 * later sees the file of the other, so that never both go on. The file of a process that has died is taken away: nobody can
 * mistake it for another, since every file has a name of its own.
 *
 * @throws BulkError `LedgerInUse`, or `LedgerUnusable` if the folder cannot be written
 */
export function lock(path: string): { release(): void } {
  const place = placeOf(path);
  const prefix = `${basename(place)}.lock-`;
  const folder = dirname(resolve(place));
  const own = `${prefix}${process.pid}-${randomBytes(6).toString('hex')}`;
  const release = () => rmSync(join(folder, own), { force: true });
  try {
    writeFileSync(join(folder, own), JSON.stringify(holderOf(process.pid)), { flag: 'wx', mode: 0o600 });
    for (const name of readdirSync(folder)) {
      if (!name.startsWith(prefix) || name === own) continue;
      const other = readHolder(join(folder, name));
      if (other !== undefined && mayLive(other)) throw inUse(other, join(folder, name));
      rmSync(join(folder, name), { force: true });
    }
  } catch (error) {
    release();
    throw unusable('The folder of the ledger', error);
  }
  return { release };
}

function inUse({ pid, host }: Holder, file: string): BulkError {
  const who =
    host === hostname() ? `process ${pid}` : `process ${pid} of ${host}; if it has ended, remove ${file}`;
  return new BulkError('LedgerInUse', `Another process works on the ledger: ${who}.`);
}

function holderOf(pid: number): Holder {
  return { pid, host: hostname(), born: birthOf(pid) };
}

/** Who wrote a lock; undefined if it has gone, or if its writer died while it wrote. */
function readHolder(file: string): Holder | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as Holder;
  } catch {
    // Its name has the id of the process that began to write it.
    const pid = Number(/-(\d+)-[0-9a-f]+$/.exec(file)?.[1]);
    return { pid, host: hostname(), born: birthOf(pid) };
  }
}

function mayLive({ pid, host, born }: Holder): boolean {
  // Of another machine, nobody here can tell.
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
  return born === birthOf(pid);
}

/**
 * When a process began, as far as the system says so (Linux): its start in ticks since this boot. Of one that has ended, and
 * whose parent has not noticed yet, nothing: it does nothing any more.
 */
function birthOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    // The name of the program, in brackets, may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? '' : `${boot} ${fields[19]}`;
  } catch {
    return '';
  }
}
