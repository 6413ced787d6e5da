import type { BulkReport, BulkEvent } from './events.js';
import { toldOf } from './events.js';
import { FileLedger, countsOf, readLedger } from '../ledger/file-ledger.js';
import type { LedgerChunk } from '../ledger/ledger.js';
import type { SendingOptions } from './options.js';
import { readBulkOptions } from '../options.js';
import { sendingTable } from './options.js';
import { reportOf } from './run.js';
import { sendingOf } from './prepare.js';
import { checkService } from './service.js';
import { settleUnknown } from './settle.js';

/** How far a run has come. */
export interface BulkStatus extends Omit<BulkReport, 'outcome' | 'stop'> {
  /** The chunks that need a person: of unknown outcome, refused, or (if no process works on them) interrupted. */
  readonly open: readonly LedgerChunk[];
}

/**
 * Reads how far a run has come. Needs no lock: it can be read while the run goes on.
 *
 * @example
 * const { counts, open } = await bulkStatus('run.ledger');
 * console.log(counts.accepted.chunks, open.length);
 */
export async function bulkStatus(ledger: string): Promise<BulkStatus> {
  const { job, chunks } = await readLedger(ledger);
  const open = chunks.filter(
    ({ state }) => state === 'unknown' || state === 'refused' || state === 'sending',
  );
  const counts = countsOf(chunks);
  return { job: job.id, ...toldOf(job, counts), counts, open };
}

/**
 * Looks for every chunk of unknown outcome in the list of the service. Sends nothing.
 *
 * @example
 * const { counts } = await settleBulk({ client, ledger: 'run.ledger' });
 * console.log(counts.unknown.chunks);
 */
export async function settleBulk(
  options: SendingOptions,
  onEvent: (event: BulkEvent) => void = () => {},
): Promise<BulkReport> {
  const settings = readBulkOptions(sendingTable, options);
  const { client, signal, settleWithinMs, concurrency, trustFileSystem } = settings;
  const onWatch = (waitMs: number) => onEvent({ type: 'watching', waitMs });
  const ledger = await FileLedger.open(settings.ledger, { trustFileSystem, onWatch });
  try {
    checkService(ledger.service, client);
    const { sender } = sendingOf(ledger.job, client);
    const withinMs = settleWithinMs === false ? 0 : settleWithinMs;
    await settleUnknown({ ledger, sender, withinMs, concurrency, signal, emit: onEvent });
    return await reportOf(ledger);
  } finally {
    await ledger.close();
  }
}
