import type { CallOptions, OutboundClient } from '@tccc/outbound';
import { isTcccError, isValidationError } from '@tccc/outbound';
import { BulkError } from './errors.js';
import type { CalleeRow } from './plan/rows.js';
import type { Template } from './template.js';

/** How chunks reach the service. The one place that knows the methods of a client. */
export interface Sender {
  /**
   * Creates the task or campaign of a chunk.
   *
   * @returns its id
   * @throws TcccError
   */
  send(rows: readonly CalleeRow[], marker: string): Promise<string>;
  /**
   * Looks for a task or campaign by its marker; undefined if the client cannot do that.
   *
   * @returns its id
   * @throws an error with a code, if it is not found, found twice, or the service could not be asked
   */
  readonly find: ((marker: string, withinMs: number, signal?: AbortSignal) => Promise<string>) | undefined;
  /**
   * Checks what all requests share, without sending anything.
   *
   * @throws BulkError `InvalidTemplate` that names every fault
   */
  check(): Promise<void>;
}

type Method = (params: object, ...more: unknown[]) => Promise<Record<string, unknown>>;

/** Sends chunks by a client, as a template says. */
export function senderFor(client: OutboundClient, template: Template): Sender {
  const { creator, params, extraParams } = template;
  const { name, definition } = creator;
  const { settle, parameters = [] } = definition;
  const methods = client as unknown as Record<string, Method | undefined>;
  const method = `${name[0]!.toLowerCase()}${name.slice(1)}`;

  const create = (rows: readonly CalleeRow[], marker: string, signal?: AbortSignal) => {
    const filled: Record<string, unknown> = { Callees: rows.map(([, , callee]) => callee) };
    const attributes = rows
      .filter((row) => row.length === 4)
      .map(([, , Callee, more]) => ({ Callee, ...more }));
    if (attributes.length > 0) filled['CalleeAttributes'] = attributes;
    // What the pages of the action have only later passes unchecked.
    const isKnown = ([key]: [string, unknown]) => parameters.includes(key);
    const entries = Object.entries(filled);
    const request = {
      ...params,
      [settle.marker]: named(params[settle.marker], marker),
      ...objectOf(entries.filter(isKnown)),
    };
    const later = { ...extraParams, ...objectOf(entries.filter((entry) => !isKnown(entry))) };
    const options: CallOptions = {
      ...(Object.keys(later).length > 0 && { extraParams: later }),
      ...(signal !== undefined && { signal }),
    };
    return methods[method]!.call(client, request, options);
  };

  const look = methods[`settle${name}`];
  const keys = objectOf(settle.with.map((key) => [key, params[key]]));
  return {
    send: async (rows, marker) => String((await create(rows, marker))[settle.id]),
    find:
      look === undefined
        ? undefined
        : async (marker, withinMs, signal) => {
            const found = await look.call(client, keys, marker, { withinMs, ...(signal && { signal }) });
            return String(found[settle.id]);
          },
    check: async () => {
      try {
        // Parameters are checked before the signal is looked at; nothing is sent in either case.
        await create([[0, 0, '008613012345678']], MARKER_LIKE, AbortSignal.abort());
      } catch (error) {
        if (isValidationError(error))
          throw new BulkError('InvalidTemplate', `The template is wrong. ${error.message}`, error);
        if (!isTcccError(error) || error.kind !== 'aborted') throw error;
      }
    },
  };
}

/** As long as a marker is. */
const MARKER_LIKE = 'tccc-00000000-1000000-00000000';

/** The name of a task with the marker behind it, as the client writes it, too. */
function named(name: unknown, marker: string): string {
  return typeof name === 'string' && name !== '' ? `${name} [${marker}]` : `[${marker}]`;
}

function objectOf(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  return Object.fromEntries(entries);
}

/** Bytes of a request that are not numbers or their attributes. */
export function bytesAround({ creator, params, extraParams }: Template): number {
  const { marker } = creator.definition.settle;
  const request = { ...params, ...extraParams, [marker]: named(params[marker], MARKER_LIKE) };
  return Buffer.byteLength(JSON.stringify({ ...request, Callees: [], CalleeAttributes: [] }));
}
