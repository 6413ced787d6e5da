import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readFile, readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BulkError, systemCode, unusable } from '../errors.js';
import { removeDrafts, syncFolder, writeWhole } from '../files.js';
import { step } from '../crash-points.js';
import { NumberSet } from './number-set.js';

const ID = /^[0-9a-f]{16}$/;

/** How often the folder may go away while a file is put into it. */
const MAX_TRIES = 5;

/**
 * Opt-outs on their way to the process that works on a ledger: a folder with a file for each list of numbers. A file is
 * there as a whole or not at all, and is removed once the ledger has what follows from it.
 */
export class Inbox {
  readonly #folder: string;

  /** @param place of the ledger, without links */
  constructor(place: string) {
    this.#folder = `${place}.opt-outs`;
  }

  /**
   * Puts a list on disk. From then on, no chunk is claimed before the list was applied.
   *
   * @returns its id, by which the ledger says that it was applied
   */
  async put(numbers: NumberSet): Promise<string> {
    await this.tidy();
    const id = randomBytes(8).toString('hex');
    for (let tries = 1; ; tries++) {
      try {
        await this.#makeFolder();
        await writeWhole(join(this.#folder, id), linesOf(numbers));
        step('opt-outs on disk');
        return id;
      } catch (error) {
        // The process that emptied the folder has removed it.
        if (systemCode(error) !== 'ENOENT' || tries === MAX_TRIES) throw unusable('The opt-outs', error);
      }
    }
  }

  /** Removes what processes that were killed before a list was on disk have left behind. */
  async tidy(): Promise<void> {
    await removeDrafts(this.#folder, (name) => ID.test(name));
    await this.#removeFolder();
  }

  /** Ids of the lists that are there. */
  async ids(): Promise<string[]> {
    try {
      return (await readdir(this.#folder)).filter((name) => ID.test(name)).sort();
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return [];
      throw unusable('The opt-outs', error);
    }
  }

  /** @throws BulkError if the list cannot be read: nobody could say who must not be called */
  async read(id: string): Promise<NumberSet> {
    let lines: string[];
    try {
      lines = (await readFile(join(this.#folder, id), 'latin1')).split('\n');
    } catch (error) {
      throw unusable('The opt-outs', error);
    }
    if (lines.pop() !== '' || !lines.every((line) => /^\d{1,15}$/.test(line)))
      throw new BulkError('LedgerDamaged', 'A list of opt-outs was changed on its way to the ledger.');
    return new NumberSet(lines.map(Number));
  }

  async remove(id: string): Promise<void> {
    await rm(join(this.#folder, id), { force: true }).catch(() => {});
    await this.#removeFolder();
  }

  /** If a list is in it, the folder stays. */
  async #removeFolder(): Promise<void> {
    await rmdir(this.#folder).catch(() => {});
  }

  async #makeFolder(): Promise<void> {
    try {
      await mkdir(this.#folder, { mode: 0o700 });
      await syncFolder(this.#folder);
    } catch (error) {
      if (systemCode(error) !== 'EEXIST' || !(await lstat(this.#folder)).isDirectory()) throw error;
    }
  }
}

function* linesOf(numbers: NumberSet): Generator<string> {
  for (const key of numbers) yield `${key}\n`;
}
