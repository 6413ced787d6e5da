import { lstatSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Presence } from '../ledger/presence.js';

const PREFIX = 'tccc-bulk-plan-';

/** Each folder has one process. */
const TOKEN = 'plan';

/**
 * Works in a folder that is there only meanwhile. A process that is killed leaves it behind, with phone numbers in it; the next
 * one removes it.
 */
export async function inTemporaryFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  await removeOfDead();
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
async function removeOfDead(): Promise<void> {
  const names = await readdir(tmpdir()).catch((): string[] => []);
  for (const name of names.filter((one) => one.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name);
    if (!isOurs(folder) || (await Presence.look(folder, TOKEN)) !== 'silent') continue;
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}

/** Everybody may put something there, such as a link. */
function isOurs(folder: string): boolean {
  const there = lstatSync(folder, { throwIfNoEntry: false });
  return there?.isDirectory() === true && there.uid === process.getuid?.();
}
