import type * as Undici from 'undici';
import { notLoaded } from '../../errors/not-loaded.js';
import { SetupFailure } from '../failures.js';

/** What of undici the connections are made of. */
export interface UndiciParts {
  Client: typeof Undici.Client;
  buildConnector: typeof Undici.buildConnector;
}

/**
 * Loads the parts of undici that the connections need. By their own paths, since the main entry also loads fetch, WebSocket
 * and caches: 110 files instead of 20, and 40 ms more before the first call. The paths are not documented, so the main
 * entry is the fallback if they do not exist.
 *
 * @throws SetupFailure
 */
export async function loadUndici(): Promise<UndiciParts> {
  try {
    return checked(await loadParts());
  } catch (error) {
    throw new SetupFailure('load', notLoaded('undici', error), { cause: error });
  }
}

async function loadParts(): Promise<UndiciParts> {
  try {
    const [client, connect] = await Promise.all([
      // @ts-expect-error The parts have no declarations of their own; their types are those of the main entry.
      import('undici/lib/dispatcher/client.js') as Promise<{ default: UndiciParts['Client'] }>,
      // @ts-expect-error As above.
      import('undici/lib/core/connect.js') as Promise<{ default: UndiciParts['buildConnector'] }>,
    ]);
    return { Client: client.default, buildConnector: connect.default };
  } catch (error) {
    if (!isMissing(error)) throw error;
    return import('undici');
  }
}

function checked(parts: UndiciParts): UndiciParts {
  const isComplete = typeof parts.Client === 'function' && typeof parts.buildConnector === 'function';
  if (!isComplete) throw new Error('It has no Client.');
  // Its parser is made of that, but at the first connection only.
  if ((globalThis as { WebAssembly?: unknown }).WebAssembly === undefined)
    throw new Error('It needs WebAssembly, which this process does not have; --jitless takes it away.');
  return parts;
}

function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return (
    code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND' || code === 'ERR_PACKAGE_PATH_NOT_EXPORTED'
  );
}
