import type { OutboundClient, Reservation } from '@tccc/outbound';
import { isTcccError, isValidationError } from '@tccc/outbound';
import type { Params } from '../request/bulk-actions.js';
import { BulkError } from '../errors.js';
import type { CalleeRow } from '../plan/rows.js';
import type { Template } from '../request/template.js';

/** How chunks reach the service. */
export interface Sender {
  /** Waits until a request may be sent, and keeps its slot for the next one; undefined if none is kept. */
  reserve(signal: AbortSignal): Promise<Reservation | undefined>;
  /**
   * Creates the task or campaign of a chunk. If its outcome is unknown, it is looked for once, at once.
   *
   * @param deadlineMs instead of the client's; Infinity leaves the client's
   * @returns its id
   * @throws TcccError
   */
  send(rows: readonly CalleeRow[], marker: string, deadlineMs?: number): Promise<string>;
  /**
   * Looks for a task or campaign by its marker.
   *
   * @returns its id
   * @throws SettleError if it is not found, found twice, or the service could not be asked
   */
  find(marker: string, withinMs: number, signal: AbortSignal): Promise<string>;
  /**
   * Checks what all requests share, without sending anything.
   *
   * @throws BulkError `InvalidTemplate` that names every fault
   */
  check(): Promise<void>;
}

/** Sends chunks by a client, as a template says. */
export function senderFor(client: OutboundClient, template: Template): Sender {
  const { creator, params, extraParams } = template;
  const { rules } = creator.definition;
  const { properties: known = {} } = rules();

  const create = (
    rows: readonly CalleeRow[],
    marker: string,
    bounds: { deadlineMs?: number; signal?: AbortSignal },
  ) => {
    const filled = Object.entries(listOf(rows));
    const isKnown = ([name]: [string, unknown]) => Object.hasOwn(known, name);
    // What the pages of the action do not have yet passes unchecked.
    const newer = { ...extraParams, ...objectOf(filled.filter((entry) => !isKnown(entry))) };
    return creator.create(
      client,
      { ...params, ...objectOf(filled.filter(isKnown)) },
      {
        settle: { marker, withinMs: 0 },
        ...(Object.keys(newer).length > 0 && { extraParams: newer }),
        ...bounds,
      },
    );
  };

  return {
    reserve: (signal) => client.reserve(creator.definition, signal),
    send: async (rows, marker, deadlineMs = Infinity) =>
      String(await create(rows, marker, { ...(deadlineMs !== Infinity && { deadlineMs }) })),
    find: async (marker, withinMs, signal) =>
      String(await creator.settle(client, params, marker, { withinMs, signal })),
    check: async () => {
      try {
        // Parameters are checked before the signal is looked at; nothing is sent in either case.
        await create([[0, 0, '008613012345678']], LONGEST_MARKER, { signal: AbortSignal.abort() });
      } catch (error) {
        if (isValidationError(error))
          throw new BulkError('InvalidTemplate', `The template is wrong. ${error.message}`, error);
        if (!isTcccError(error) || error.kind !== 'aborted') throw error;
      }
    },
  };
}

/** As long as a marker is. */
const LONGEST_MARKER = 'tccc-00000000-10000000-00000000';

/** The numbers of a chunk, and what is particular to each. */
function listOf(rows: readonly CalleeRow[]): Params {
  const Callees = rows.map(([, , callee]) => callee);
  const attributes = rows.filter((row) => row.length === 4).map(([, , Callee, own]) => ({ Callee, ...own }));
  return attributes.length === 0 ? { Callees } : { Callees, CalleeAttributes: attributes };
}

function objectOf(entries: readonly (readonly [string, unknown])[]): Params {
  return Object.fromEntries(entries);
}

/** Bytes of a request that are not numbers or their attributes; rather too many than too few. */
export function bytesAround({ creator, params, extraParams }: Template): number {
  const marker = { [creator.definition.settle.marker]: ` [${LONGEST_MARKER}]` };
  const shared = { ...params, ...extraParams, Callees: [], CalleeAttributes: [] };
  return Buffer.byteLength(JSON.stringify(shared)) + Buffer.byteLength(JSON.stringify(marker));
}
