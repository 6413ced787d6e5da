import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { BulkError, isBulkError } from '../errors.js';
import type { OpenOptions } from '../ledger/file-ledger.js';
import { FileLedger, readLedger } from '../ledger/file-ledger.js';
import type { OptOutResult } from '../ledger/format.js';
import { placeOf } from '../ledger/place.js';
import { asItIs } from '../options.js';
import type { DoNotCall } from '../plan/do-not-call.js';
import { planPathOf } from '../plan/load.js';
import { Collector } from './collector.js';
import { Inbox } from './inbox.js';
import { readOptOuts } from './leave-out.js';

/** How long another process has to say that it has applied a list, in milliseconds, and the pause between two looks. */
const PATIENCE_MS = 30_000;
const LOOK_MS = 250;

/**
 * Takes numbers off a run, whether it is stopped or goes on in this process or another one. A chunk that is claimed after
 * this has resolved does not have them any more. What was claimed before may be called; `late` counts it.
 *
 * @param ledger path of the ledger
 * @param list as `doNotCall` of a run: the path of a file, or the numbers. One that cannot be read is refused
 * @param options `trustFileSystem`, as of a run
 * @returns what has become of the numbers. Those that the run does not have are in `numbers` alone
 * @throws BulkError `InvalidInput` if the list cannot be read; `LedgerInUse` if the process that works on the ledger does not say
 * within 30 seconds that it has applied the list, which is on disk then, and is applied before anything else is claimed
 *
 * @example
 * const { leftOut, late } = await optOutBulk('run.ledger', ['+8613012345678']);
 */
export function optOutBulk(
  ledger: string,
  list: DoNotCall,
  options: Pick<OpenOptions, 'trustFileSystem'> = {},
): Promise<OptOutResult> {
  return optOutWithin(PATIENCE_MS, ledger, asItIs(list), options);
}

/** The same, for another time; at least one look is taken. */
export async function optOutWithin(
  patienceMs: number,
  ledger: string,
  list: DoNotCall,
  options: Pick<OpenOptions, 'trustFileSystem'> = {},
): Promise<OptOutResult> {
  const place = placeOf(ledger);
  const { job } = await readLedger(place);
  const inbox = new Inbox(place);
  const id = await inbox.put(await readOptOuts(list, job));
  // A look may take long: a holder that cannot be asked is watched.
  const until = performance.now() + patienceMs;
  for (;;) {
    await applyIfFree(ledger, inbox, options);
    const applied = (await readLedger(place)).optOuts.get(id);
    if (applied !== undefined) return applied;
    if (performance.now() >= until) break;
    await sleep(LOOK_MS);
  }
  throw new BulkError('LedgerInUse', statSync(place).nlink > 1 ? BY_ANOTHER_NAME : NOT_YET);
}

const NOT_YET =
  'The opt-outs are on disk, and are applied before anything else is claimed; but the process that works on the ledger has not said so yet. Look at the status later.';

/** Opt-outs wait next to a ledger, under its name. */
const BY_ANOTHER_NAME =
  'The opt-outs are not applied: the process that works on the ledger has not taken them up. The ledger has several names (hard links). Opt out by the one that the process was given.';

/** Applies what has come if no other process works on the ledger; else that one does. */
async function applyIfFree(
  ledger: string,
  inbox: Inbox,
  options: Pick<OpenOptions, 'trustFileSystem'>,
): Promise<void> {
  let opened: FileLedger;
  try {
    opened = await FileLedger.open(ledger, options);
  } catch (error) {
    if (isBulkError(error) && error.code === 'LedgerInUse') return;
    throw error;
  }
  const collector = new Collector(inbox, opened, planPathOf(ledger), () => {});
  try {
    await collector.collect();
  } finally {
    await collector.close();
    await opened.close();
  }
}
