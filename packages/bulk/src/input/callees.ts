import type { Hash } from 'node:crypto';
import { BulkError } from '../errors.js';
import type { Entry, Variable } from './entry.js';

/** A number to call, with what is particular to it; in the words of `CalleeAttributes`. */
export interface BulkCallee {
  Callee: string;
  UUI?: string;
  Variables?: readonly Variable[];
}

/** How many are handed on at a time. */
const BATCH = 1_000;

/** What a program gives, item by item. */
export async function* readCallees(
  items: AsyncIterable<string | BulkCallee> | Iterable<string | BulkCallee>,
  hash: Hash,
): AsyncGenerator<Entry[]> {
  let batch: Entry[] = [];
  let line = 0;
  for await (const item of guarded(items)) {
    hash.update(`${JSON.stringify(item)}\n`);
    batch.push(entryOf(item, ++line));
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

/** A failure of the program that gives the items is none of this package. */
async function* guarded<Item>(items: AsyncIterable<Item> | Iterable<Item>): AsyncGenerator<Item> {
  try {
    yield* items;
  } catch (error) {
    throw new BulkError('InvalidInput', 'The list cannot be read: what gives the numbers has failed.', error);
  }
}

function entryOf(item: string | BulkCallee, line: number): Entry {
  if (typeof item === 'string') return { line, callee: item };
  const { Callee, UUI, Variables } = item ?? {};
  if (Callee === undefined) return { line, callee: '', problem: 'no-number' };
  const isSound =
    typeof Callee === 'string' &&
    (UUI === undefined || typeof UUI === 'string') &&
    (Variables === undefined || (Array.isArray(Variables) && Variables.every(isVariable)));
  if (!isSound) return { line, callee: '', problem: 'malformed' };
  const attributes =
    UUI === undefined && Variables === undefined ? undefined : JSON.stringify({ UUI, Variables });
  return { line, callee: Callee, attributes };
}

function isVariable(value: unknown): boolean {
  const { Key, Value } = (value ?? {}) as Partial<Variable>;
  return typeof Key === 'string' && Key !== '' && typeof Value === 'string';
}
