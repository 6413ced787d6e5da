import { statfs } from 'node:fs/promises';
import { BulkError, unusable } from '../errors.js';

/**
 * File systems of Linux that one kernel alone works on, by the numbers that statfs(2) has for them. There, appending is
 * done in one piece, and everybody sees a change immediately.
 */
const LOCAL: ReadonlySet<number> = new Set([
  0xef53,
  0x58465342,
  0x9123683e,
  0x2fc12fc1,
  0xf2f52010,
  0xca451a4e, // ext2 to ext4, XFS, Btrfs, ZFS, F2FS, bcachefs
  0x01021994,
  0x858458f6,
  0x794c7630,
  0x61756673,
  0xf15f, // tmpfs, ramfs, overlayfs, aufs, eCryptfs
  0x3153464a,
  0x52654973,
  0x3434,
  0x24051905,
  0x15013346, // JFS, ReiserFS, NILFS, UBIFS, UDF
  0x4d44,
  0x2011bab0,
  0x5346544e,
  0x7366746e,
  0x4244,
  0x482b, // FAT, exFAT, NTFS (two drivers), HFS, HFS+
]);

/** Those that people meet most, for the message. */
const NAMES: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xfe534d42: 'SMB',
  0xff534d42: 'SMB',
  0x65735546: 'FUSE',
  0x01021997: '9P',
  0x00c36400: 'Ceph',
  0x0bd00bd0: 'Lustre',
  0x47504653: 'GPFS',
  0x01161970: 'GFS2',
  0x7461636f: 'OCFS2',
};

/**
 * Whether one kernel alone works on the file system of a folder. Other systems than Linux do not say; there it is taken for
 * local, and a holder that cannot be asked is watched.
 *
 * @param isTrusted whether to go on if it is not
 * @throws BulkError `LedgerUnusable` if it is not, and is not trusted
 */
export async function isLocalFolder(folder: string, isTrusted: boolean): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const { type } = await statfs(folder).catch((error: unknown) =>
    Promise.reject(unusable(`The folder of the ledger, ${folder},`, error)),
  );
  const name = foreignName(type);
  if (name === undefined) return true;
  if (isTrusted) return false;
  throw new BulkError(
    'LedgerUnusable',
    `The ledger is on a file system (${name}) that other machines may share, where two processes cannot be kept apart for certain. ` +
      'Put it on a local disk. If you make sure that only one process works on it, say so: trustFileSystem, or --trust-file-system.',
  );
}

/** What to call a file system that may be shared; undefined if it is a local one. */
export function foreignName(type: number): string | undefined {
  const unsigned = type >>> 0;
  return LOCAL.has(unsigned) ? undefined : (NAMES[unsigned] ?? `type 0x${unsigned.toString(16)}`);
}
