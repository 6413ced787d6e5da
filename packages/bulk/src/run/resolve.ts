import { BulkError } from '../errors.js';
import type { OpenOptions } from '../ledger/file-ledger.js';
import { FileLedger } from '../ledger/file-ledger.js';
import type { Ledger, LedgerChunk } from '../ledger/ledger.js';
import { asItIs } from '../options.js';

/** What a person says of a chunk. */
export type Resolution =
  /** The task exists, with this id. */
  | { readonly accepted: string }
  /** Nobody was called: send it again. */
  | 'send-again';

/**
 * Takes a person's word for what became of chunks: of `unknown` ones either way, of `refused` ones that they may be sent
 * again. `send-again` is the only way in which something of unknown outcome is ever sent again.
 *
 * @throws BulkError `NotAllowed` if a chunk has another state, or if another chunk has the task already; none is changed then
 *
 * @example
 * await resolveBulk('run.ledger', [17], { accepted: '4711' });
 * await resolveBulk('run.ledger', [18], 'send-again');
 */
export async function resolveBulk(
  ledger: string,
  chunks: readonly number[],
  resolution: Resolution,
  options: OpenOptions = {},
): Promise<void> {
  const [given, word] = [asItIs(chunks), asItIs(resolution)];
  const opened = await FileLedger.open(ledger, options);
  try {
    await resolveIn(opened, given, word);
  } finally {
    await opened.close();
  }
}

/** The same in a ledger that is open. */
export async function resolveIn(
  ledger: Ledger,
  chunks: readonly number[],
  resolution: Resolution,
): Promise<void> {
  const known = new Map<number, LedgerChunk>();
  for await (const chunk of ledger.chunks()) known.set(chunk.chunk, chunk);
  for (const chunk of chunks) check(chunk, known.get(chunk), resolution);
  if (resolution !== 'send-again') checkId(resolution.accepted, new Set(chunks), known.values());
  const state =
    resolution === 'send-again'
      ? ({ state: 'planned' } as const)
      : ({ state: 'accepted', id: resolution.accepted } as const);
  for (const chunk of new Set(chunks)) await ledger.record(known.get(chunk)!, state, 'person');
}

function check(number: number, chunk: LedgerChunk | undefined, resolution: Resolution): void {
  if (chunk === undefined) throw new BulkError('NotAllowed', `There is no chunk ${number}.`);
  const allowed = resolution === 'send-again' ? ['unknown', 'refused'] : ['unknown'];
  if (!allowed.includes(chunk.state))
    throw new BulkError(
      'NotAllowed',
      `Chunk ${number} is ${chunk.state}; only ${allowed.join(' and ')} ones can be resolved like this.`,
    );
  if (resolution !== 'send-again' && !/^[1-9]\d{0,19}$/.test(resolution.accepted))
    throw new BulkError('InvalidOption', 'The id of a task must be digits.');
}

/** A task is one chunk: with the id of another one, results would be those of other people. */
function checkId(id: string, chunks: ReadonlySet<number>, known: Iterable<LedgerChunk>): void {
  if (chunks.size > 1) throw new BulkError('NotAllowed', 'A task has one chunk: give each chunk its own id.');
  for (const one of known)
    if (one.state === 'accepted' && one.id === id)
      throw new BulkError('NotAllowed', `Chunk ${one.chunk} has this task already: look for another id.`);
}
