import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BulkError, isBulkError } from '../errors.js';
import { AppendFile } from './append-file.js';
import { Chain } from './chain.js';
import type { OpenOptions } from './file-ledger.js';
import { isLocalFolder } from './file-system.js';
import { Lease } from './lease.js';
import { placeOf } from './place.js';

/**
 * Keeps others from planning a ledger at the same path before the first one exists, by a lease on a file of its own, which
 * is removed at the end.
 *
 * @throws BulkError `LedgerInUse`
 */
export async function whilePlanning<Result>(
  ledger: string,
  options: OpenOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  const place = placeOf(ledger);
  const isLocal = await isLocalFolder(dirname(place), options.trustFileSystem === true);
  const path = `${place}.lock`;
  const file = await AppendFile.open(path, { mayCreate: true });
  try {
    const { lease } = await Lease.take(file, readLock, { ...options, path, isLocal });
    try {
      return await work();
    } finally {
      if (file.hasName) await rm(path, { force: true });
      await lease.end();
    }
  } finally {
    await file.close();
  }
}

/** Nothing but leases is in it. */
function readLock(bytes: Buffer): { chain: Chain } {
  const chain = new Chain(bytes);
  try {
    if (chain.next() === undefined) return { chain };
  } catch (error) {
    if (!isBulkError(error)) throw error;
  }
  throw new BulkError(
    'NotAllowed',
    'Something else is where the lock of the ledger would be. Give the ledger another name.',
  );
}
