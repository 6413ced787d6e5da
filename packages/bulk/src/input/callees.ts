import type { Hash } from 'node:crypto';
import { BulkError, isBulkError } from '../errors.js';
import type { Entry, Variable } from './entry.js';
import { kindOf } from './text.js';
import type { ValueCheck } from './values.js';
import { ColumnCheck } from './values.js';

/** A number to call, with what is particular to it; in the words of `CalleeAttributes`. */
export interface BulkCallee {
  Callee: string;
  UUI?: string;
  Variables?: readonly Variable[];
}

/** The numbers of a program, one by one. */
export type Callees = AsyncIterable<string | BulkCallee> | Iterable<string | BulkCallee>;

/** How many are handed on at a time. */
const BATCH = 1_000;

/** Keys of variables that are looked at each on its own. */
const KEYS = 1_000;

const FIELDS = new Set(['Callee', 'UUI', 'Variables']);

/**
 * What a program gives, item by item.
 *
 * @throws BulkError if an item is of another kind, such as a row of a CSV library
 */
export async function* readCallees(items: Callees, hash: Hash, check?: ValueCheck): AsyncGenerator<Entry[]> {
  const reader = new ItemReader(check);
  let batch: Entry[] = [];
  let line = 0;
  for await (const item of guarded(items)) {
    line++;
    refuseOther(item, line);
    hash.update(`${jsonOf(item, line)}\n`);
    if (check !== undefined) batch.push(reader.entryOf(item, line));
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  reader.end();
  yield batch;
}

/** A failure of the program that gives the items is not an error of this package. */
export async function* guarded<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  what = 'The list',
): AsyncGenerator<Item> {
  try {
    yield* items;
  } catch (error) {
    if (isBulkError(error)) throw error;
    throw new BulkError('InvalidInput', `${what} cannot be read: what gives the numbers has failed.`, error);
  }
}

/** What is of another kind throughout is refused, since no item of it would be called. */
function refuseOther(item: unknown, line: number): void {
  const wanted = 'a number as a string, or { Callee, UUI, Variables }';
  if (typeof item === 'string') {
    if (!/[\r\n]/.test(item.trim())) return;
    throw new BulkError(
      'InvalidInput',
      `Item ${line} of the list has several lines. Give a file, or a stream of its bytes: { from: stream }.`,
    );
  }
  if (item === null || item === undefined) return;
  if (typeof item !== 'object' || Array.isArray(item) || ArrayBuffer.isView(item) || item instanceof Map)
    throw new BulkError('InvalidInput', `Item ${line} of the list is ${kindOf(item)}. It must be ${wanted}.`);
  const other = Object.keys(item).find((name) => !FIELDS.has(name));
  if (other === undefined) return;
  throw new BulkError(
    'InvalidInput',
    `Item ${line} of the list is a row of something else: it has a field that is not Callee, UUI or Variables. Make each row ${wanted}, or give the file itself.`,
  );
}

/** @throws BulkError if an item has something that no JSON has, such as a bigint */
function jsonOf(item: unknown, line: number): string | undefined {
  try {
    return JSON.stringify(item);
  } catch (error) {
    throw new BulkError(
      'InvalidInput',
      `Item ${line} of the list has a value that cannot be sent, such as a bigint. Give strings.`,
      error,
    );
  }
}

class ItemReader {
  readonly #check: ValueCheck | undefined;
  readonly #columns = new Map<string, ColumnCheck>();

  constructor(check: ValueCheck | undefined) {
    this.#check = check;
  }

  entryOf(item: string | BulkCallee, line: number): Entry {
    if (typeof item === 'string') return { line, callee: item };
    const { Callee, UUI, Variables } = item ?? {};
    if (Callee === undefined) return { line, callee: '', problem: 'no-number' };
    const wrong = wrongIn(item);
    if (wrong !== undefined) {
      this.#check!.warnings.add('wrong-item', { line, sample: wrong });
      return { line, callee: typeof Callee === 'string' ? Callee : '', problem: 'malformed' };
    }
    const parts: string[] = [];
    if (UUI !== undefined) parts.push(this.#json('UUI', UUI, line, true) ?? '');
    const list = Variables?.map(({ Key, Value }) => this.#variable(Key, Value, line));
    if (parts.includes('') || list?.includes('') === true)
      return { line, callee: Callee, problem: 'malformed' };
    const attributes = [
      ...parts.map((uui) => `"UUI":${uui}`),
      ...(list === undefined ? [] : [`"Variables":[${list.join(',')}]`]),
    ];
    return {
      line,
      callee: Callee,
      attributes: attributes.length === 0 ? undefined : `{${attributes.join(',')}}`,
    };
  }

  end(): void {
    for (const column of this.#columns.values()) column.end();
  }

  /** A variable as JSON; empty if it cannot be sent. */
  #variable(key: string, value: string, line: number): string {
    const written = this.#json('the key of a variable', key, line, true);
    const json = this.#json(key, value, line, false);
    return written === undefined || json === undefined ? '' : `{"Key":${written},"Value":${json}}`;
  }

  #json(name: string, text: string, line: number, isId: boolean): string | undefined {
    let column = this.#columns.get(name);
    if (column === undefined) {
      column = new ColumnCheck(this.#check!, name, { isId });
      if (this.#columns.size < KEYS) this.#columns.set(name, column);
    }
    return column.json(text, line);
  }
}

/** What is wrong in an item, if something is. */
function wrongIn({ Callee, UUI, Variables }: BulkCallee): string | undefined {
  if (typeof Callee !== 'string') return `Callee is ${kindOf(Callee)}`;
  if (UUI !== undefined && typeof UUI !== 'string') return `UUI is ${kindOf(UUI)}`;
  if (Variables === undefined) return undefined;
  if (!Array.isArray(Variables)) return `Variables is ${kindOf(Variables)}`;
  // `every` passes over a place of an array that has nothing.
  if (!Array.from(Variables).every(isVariable)) return 'a variable is not { Key, Value } with texts';
  const keys = new Set(Variables.map(({ Key }) => Key));
  return keys.size < Variables.length ? 'a variable is there twice' : undefined;
}

function isVariable(value: unknown): boolean {
  const { Key, Value } = (value ?? {}) as Partial<Variable>;
  return typeof Key === 'string' && Key !== '' && typeof Value === 'string';
}
