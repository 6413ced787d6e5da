import { lstatSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isLocalFolder } from '../ledger/file-system.js';
import { Presence } from '../ledger/presence.js';

const PREFIX = 'tccc-bulk-plan-';

/** Each folder has one process. */
const TOKEN = 'plan';

/** Time between two looks at a silent folder, in milliseconds. */
const LOOK_MS = 50;

/**
 * Works in a folder that is there only meanwhile. A process that is killed leaves it behind, with phone numbers in it; the next
 * one removes it.
 */
export async function inTemporaryFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  await removeFoldersOfDead(tmpdir());
  const folder = await mkdtemp(join(tmpdir(), PREFIX));
  const presence = await Presence.announce(folder, TOKEN);
  try {
    return await work(folder);
  } finally {
    await presence?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Only folders whose process is certainly dead: its socket is there, and nobody listens. */
export async function removeFoldersOfDead(
  parent: string,
  pause: (ms: number) => Promise<unknown> = sleep,
): Promise<void> {
  // The processes of another machine look dead from here.
  if (!(await isLocalFolder(parent, true).catch(() => false))) return;
  const names = await readdir(parent).catch((): string[] => []);
  for (const name of names.filter((one) => one.startsWith(PREFIX))) {
    const folder = join(parent, name);
    if (!isOurs(folder) || !(await isSilent(folder))) continue;
    // A process that begins has a socket for a moment before it listens.
    await pause(LOOK_MS);
    if (await isSilent(folder)) await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}

async function isSilent(folder: string): Promise<boolean> {
  return (await Presence.look(folder, TOKEN)) === 'silent';
}

/** Everybody may put something there, such as a link. */
function isOurs(folder: string): boolean {
  const there = lstatSync(folder, { throwIfNoEntry: false });
  return there?.isDirectory() === true && there.uid === process.getuid?.();
}
