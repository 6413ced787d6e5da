import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Presence } from '../src/ledger/presence.js';
import { removeFoldersOfDead } from '../src/plan/temporary-folder.js';
import { atEnd, temporaryFolder } from './support.js';

// Elsewhere there are no such sockets.
describe.skipIf(process.platform === 'win32')('a temporary folder', () => {
  /** One whose socket nobody listens to. */
  async function setUpSilent() {
    const parent = await temporaryFolder();
    const folder = join(parent, 'tccc-bulk-plan-x');
    const elsewhere = join(parent, 'elsewhere');
    await mkdir(folder);
    await mkdir(elsewhere);
    const socket = 'tccc-bulk-plan.sock';
    const presence = await Presence.announce(elsewhere, 'plan');
    await rename(join(elsewhere, socket), join(folder, socket));
    await presence!.close();
    return { parent, folder, socket: join(folder, socket) };
  }

  test('whose process is silent is removed', async () => {
    const { parent, folder } = await setUpSilent();
    await removeFoldersOfDead(parent);
    expect(existsSync(folder)).toBe(false);
  });

  test('whose process has its socket, and listens only a moment later, stays', async () => {
    const { parent, folder, socket } = await setUpSilent();
    await removeFoldersOfDead(parent, async () => {
      await rm(socket);
      const presence = await Presence.announce(folder, 'plan');
      atEnd(() => presence!.close());
    });
    expect(existsSync(folder)).toBe(true);
  });
});
