import { randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, statSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { link, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { step } from './crash-points.js';
import { BulkError, systemCode } from './errors.js';

/** Text, piece by piece. */
export type Pieces = AsyncIterable<string> | Iterable<string>;

/** Pieces are written in batches of about so many characters. */
const BATCH = 65_536;

/**
 * Writes a file that only its owner may read, as a whole or not at all: it is written under another name, and takes the place of
 * what was there once it is on disk. So neither the rights of an old file nor links to it matter.
 *
 * What is not a file, such as a terminal or a pipe, is written to as it is.
 */
export async function writeWhole(path: string, pieces: Pieces): Promise<void> {
  if (isDevice(path)) {
    const device = await open(path, 'w');
    return writeAll(device, pieces).finally(() => device.close());
  }
  await drafted(path, pieces, (draft) => rename(draft, path));
}

/**
 * The same for a file that must not be there yet.
 *
 * @throws BulkError `NotAllowed` if it is
 */
export async function createWhole(path: string, pieces: Pieces): Promise<void> {
  await drafted(path, pieces, async (draft) => {
    try {
      await link(draft, path);
    } catch (error) {
      if (systemCode(error) === 'EEXIST')
        throw new BulkError('NotAllowed', 'There is a ledger at this path already.', error);
      // Not every file system has links.
      if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) throw error;
      return rename(draft, path);
    }
    await rm(draft, { force: true });
  });
}

type Publish = (draft: string) => Promise<void>;

async function drafted(path: string, pieces: Pieces, publish: Publish): Promise<void> {
  const name = basename(path);
  await removeDrafts(dirname(path), (target) => target === name);
  await draftOnce(path, pieces, publish);
  await syncFolder(path);
}

async function draftOnce(path: string, pieces: Pieces, publish: Publish): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const file = await open(draft, 'wx+', 0o600);
  try {
    await writeAll(file, pieces);
    step('drafted');
    await publish(draft).catch(async (error: unknown) => {
      if (systemCode(error) !== 'ENOENT') throw error;
      // Another process took it for the draft of a dead one. The text is still in the open file.
      await draftOnce(path, textIn(file), publish);
    });
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw error;
  } finally {
    await file.close();
  }
}

/** What a draft is called: the name of the file that it becomes, and this. */
const DRAFT = /\.[0-9a-f]{12}\.tmp$/;

/**
 * Removes what processes that were killed have left of files in a folder: it may be full of phone numbers. A process that is
 * still writing one notices, and writes it again.
 *
 * @param isTarget by the name of the file that a draft would have become
 */
export async function removeDrafts(folder: string, isTarget: (name: string) => boolean): Promise<void> {
  // A folder that cannot be read has nothing that could be removed.
  const names = await readdir(folder).catch((): string[] => []);
  const drafts = names.filter((name) => DRAFT.test(name) && isTarget(name.replace(DRAFT, '')));
  for (const name of drafts) await rm(join(folder, name), { force: true }).catch(() => {});
}

function textIn(file: FileHandle): AsyncIterable<string> {
  return file.createReadStream({ start: 0, encoding: 'utf8', autoClose: false });
}

async function writeAll(file: FileHandle, pieces: Pieces): Promise<void> {
  let batch = '';
  for await (const piece of pieces) {
    batch += piece;
    if (batch.length < BATCH) continue;
    await file.writeFile(batch);
    batch = '';
  }
  await file.writeFile(batch);
  try {
    await file.sync();
  } catch (error) {
    // What is not a file has nothing to bring to a disk.
    if (!['EINVAL', 'ENOTSUP', 'EROFS'].includes(systemCode(error))) throw error;
  }
}

/** Whether a path leads to something that cannot be replaced: a device, a pipe, a socket, a folder. */
function isDevice(path: string): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  return there !== undefined && !there.isFile();
}

/** A file is found after a power cut only if its folder is on disk, too. Some systems cannot do that, and need not. */
export async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(dirname(resolve(path)), 'r');
    await folder.sync().finally(() => folder.close());
  } catch (error) {
    if (!['EISDIR', 'EPERM', 'EINVAL', 'EACCES'].includes(systemCode(error))) throw error;
  }
}

/** Takes the right to read a file from everybody but its owner. Somebody who does not own it cannot change that. */
export function makePrivate(path: string): void {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there?.isFile() !== true || (there.mode & 0o077) === 0) return;
  try {
    chmodSync(path, 0o600);
  } catch (error) {
    if (systemCode(error) !== 'EPERM') throw error;
  }
}
