import { BulkError } from '../errors.js';
import type { Warnings } from './warnings.js';
import type { Columns } from '../request/template.js';
import { columnNames } from '../request/template.js';
import type { Entry } from './entry.js';
import { AttributesWriter } from './entry.js';
import { fieldsOf, stringOf, writtenOut } from './json-line.js';
import { withLineFeeds } from './line-ends.js';
import { folded, noColumn } from './find-column.js';
import type { Telling, Told } from './telling.js';
import { TellingWatch, isSilent, tellingOf } from './telling.js';
import { isMaybeTotal, isTotal } from './totals.js';
import type { ValueCheck } from './values.js';

/** Longest line, in characters. */
const MAX_LINE = 65_536;

/** How many names of fields are kept, for a message. */
const KEPT = 100;

/** How NDJSON is read, apart from its columns. */
interface NdjsonReading {
  values: ValueCheck;
  warnings: Warnings;
  /** Of the numbers without a country code. */
  country?: string | undefined;
}

/**
 * The lines of NDJSON text: one JSON object on each. A line that is not one is reported; a field that no line has is refused.
 *
 * @throws BulkError that names the line, or the field
 */
export async function* readNdjson(
  text: AsyncIterable<string>,
  columns: Columns,
  reading: NdjsonReading,
): AsyncGenerator<Entry[]> {
  const reader = new LineReader(columns, reading);
  let line = 0;
  let rest = '';
  for await (const piece of withLineFeeds(text)) {
    const whole = rest + piece;
    const lines = whole.split('\n');
    rest = lines.pop()!;
    if (rest.length > MAX_LINE) {
      refuseOther(rest);
      const at = line + lines.length + 1;
      throw new BulkError('InvalidInput', `Line ${at} of the list has more than ${MAX_LINE} characters.`);
    }
    yield (MARK.test(whole) ? lines.flatMap(apart) : lines).map((source) => reader.entryOf(source, ++line));
  }
  if (rest !== '') yield apart(rest).map((source) => reader.entryOf(source, ++line));
  reader.end();
}

const MARK = /[\ufeff\u001e]/;

/**
 * The lines in one: where files were joined that did not end their last line, a byte order mark is before the next object.
 * Anywhere else it is dropped, and so are the record separators with which some programs begin each object.
 */
function apart(line: string): string[] {
  return line.split(/(?<=\S)\ufeff(?=\s*\{)/).map((part) => part.replaceAll(/[\ufeff\u001e]/g, ''));
}

/** @throws BulkError if a list is other JSON by its first line: no line of it would be an object */
function refuseOther(source: string): void {
  const text = source.slice(0, 2_000).trim();
  const advice = (what: string, how: string) =>
    new BulkError('InvalidInput', `The list is ${what}, not one object on each line. Convert it: ${how}`);
  if (/^\[\s*(?:[{["\]\d]|$)/.test(text)) throw advice('a JSON array', "jq -c '.[]' list.json > list.ndjson");
  if (text === '{') throw advice('JSON with line breaks in its objects', 'jq -c . list.json > list.ndjson');
}

/** A field that is wanted: where its value is in the line, and how well its name fits. */
interface Slot {
  readonly column: string;
  from: number;
  to: number;
  /** 3: as it is named, 2: but for blanks around it, 1: but for case; 0: not in this line. */
  fit: number;
  key: string;
  /** Whether a line had it. */
  isKnown: boolean;
  /** Names that were taken for it although they are not as it is named. */
  readonly near: Set<string>;
}

/** Reads the lines, each on its own, by the names of its fields. */
class LineReader {
  readonly #slots: readonly Slot[];
  readonly #writer: AttributesWriter;
  readonly #hasUui: boolean;
  readonly #warnings: Warnings;
  readonly #watch: TellingWatch;
  /** Fields that say more of the number, by their names. */
  readonly #telling = new Map<string, Telling>();
  /** Which slots a name is for; most lines have the same names. */
  readonly #slotsOf = new Map<string, readonly { slot: Slot; fit: number }[]>();
  readonly #names = new Set<string>();
  #objects = 0;
  #isFirst = true;

  constructor(columns: Columns, { values, warnings, country }: NdjsonReading) {
    this.#watch = new TellingWatch({ warnings, country });
    this.#slots = columnNames(columns).map((column) => ({
      column,
      from: 0,
      to: 0,
      fit: 0,
      key: '',
      isKnown: false,
      near: new Set(),
    }));
    this.#hasUui = columns.UUI !== undefined;
    this.#writer = new AttributesWriter(columns.Variables ?? {}, values);
    this.#warnings = warnings;
  }

  entryOf(source: string, line: number): Entry {
    if (source.trim() === '') return { line, callee: '', problem: 'no-number' };
    if (this.#isFirst) refuseOther(source);
    this.#isFirst = false;
    let value: unknown;
    try {
      value = JSON.parse(source);
    } catch {
      return this.#malformed(line, 'not-json', '', hintOf(source));
    }
    if (Array.isArray(value) && value.length === 0) return { line, callee: '', problem: 'no-number' };
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return this.#malformed(line, 'not-json', '', 'another value instead of an object');
    this.#objects++;
    return this.#read(source, line);
  }

  /** @throws BulkError that names a field which no line has */
  end(): void {
    this.#writer.end();
    const missing = this.#objects === 0 ? undefined : this.#slots.find(({ isKnown }) => !isKnown);
    if (missing !== undefined) throw noColumn(missing.column, [...this.#names], 'No line has such a field.');
  }

  #malformed(line: number, kind: 'not-json' | 'not-a-text', callee: string, sample: string): Entry {
    this.#warnings.add(kind, { line, sample });
    return { line, callee, problem: 'malformed' };
  }

  #read(source: string, line: number): Entry {
    for (const slot of this.#slots) slot.fit = 0;
    /** The first text that is not the number to call. */
    let label: string | undefined;
    let told: Told[] | undefined;
    fieldsOf(source, (key, from, to) => {
      const slots = this.#slotsFor(key);
      const telling = this.#telling.size === 0 ? undefined : this.#telling.get(key);
      if (telling !== undefined) {
        const value = textAt(source, from, to);
        if (!isSilent(telling, value)) (told ??= []).push({ name: key, telling, value });
      }
      for (const { slot, fit } of slots) this.#fill(slot, { key, from, to, fit, line });
      if (label === undefined && slots[0]?.slot !== this.#slots[0] && isLabel(source, from))
        label = source.slice(from + 1, to - 1);
    });
    for (const { near, fit, key } of this.#slots) if (fit === 1 || fit === 2) near.add(key);
    const [callee, ...others] = this.#slots.map((slot, index) => this.#valueOf(source, slot, index, line));
    if (callee === undefined)
      return this.#malformed(line, 'not-a-text', '', `"${this.#slots[0]!.column}" is an object or a list`);
    if (label !== undefined && isTotal(label)) {
      this.#warnings.add('total-row', { line, sample: label });
      return { line, callee, problem: 'total-row' };
    }
    if (callee === '') return { line, callee, problem: 'no-number' };
    const problem = told === undefined ? undefined : this.#watch.problemOf(told, callee, line);
    if (problem !== undefined) return { line, callee, problem };
    const values = others as string[];
    const entry = this.#writer.entryOf(line, callee, this.#hasUui ? values.shift() : undefined, values);
    return label !== undefined && isMaybeTotal(label) ? { ...entry, maybeTotal: label } : entry;
  }

  #fill(
    slot: Slot,
    { key, from, to, fit, line }: { key: string; from: number; to: number; fit: number; line: number },
  ): void {
    if (fit === slot.fit) {
      const names =
        key === slot.key ? `the field "${slot.column}" twice` : `two fields that may be "${slot.column}"`;
      throw new BulkError(
        'InvalidInput',
        `Line ${line} of the list has ${names}. Write the list with different names.`,
      );
    }
    // Fields that are together in a line are two, so that a line with the other one alone does not have this one.
    if (slot.fit > 0) this.#keepApart(slot, fit < slot.fit ? key : slot.key, line);
    if (fit < slot.fit) return;
    [slot.key, slot.from, slot.to, slot.fit, slot.isKnown] = [key, from, to, fit, true];
  }

  /** @throws BulkError if a line above had the other one alone, and it was taken for the one that is wanted */
  #keepApart(slot: Slot, key: string, line: number): void {
    if (slot.near.has(key))
      throw new BulkError(
        'InvalidInput',
        `Line ${line} of the list has two fields that may be "${slot.column}", of which a line above has only the one with the other name. Write the list with different names.`,
      );
    this.#slotsOf.set(
      key,
      this.#slotsFor(key).filter((one) => one.slot !== slot),
    );
  }

  /** The value of a field as a text; undefined if it is a number to call that is not a text. */
  #valueOf(
    source: string,
    { from, to, fit, key, column }: Slot,
    index: number,
    line: number,
  ): string | undefined {
    if (fit === 0) return '';
    const first = source[from]!;
    if (first === '"') {
      const text = stringOf(source, from, to);
      // A program that writes blanks around a name writes them around the values as well.
      return key === key.trim() ? text : text.trim();
    }
    const token = source.slice(from, to);
    if (token === 'null') return '';
    const isCallee = index === 0;
    if (first === '{' || first === '[') {
      if (isCallee) return undefined;
      this.#warnings.add('nested', { line, column, sample: token });
      return token;
    }
    return token.startsWith('t') || token.startsWith('f') ? token : this.#numberOf(token, index, line);
  }

  /** A number with all its digits. An exponent that adds zeros to a number to call may hide digits that were lost. */
  #numberOf(token: string, index: number, line: number): string {
    const isId = index === 1 && this.#hasUui;
    if (!/[eE]/.test(token)) return isId ? token.replace(/\.0$/, '') : token;
    const text = writtenOut(token);
    const isLost = text.endsWith('0') && !token.replace(/[eE].*$/, '').endsWith('0');
    if (index === 0) return isLost ? token : text;
    if (isId && isLost) this.#warnings.add('scientific-notation', { line, column: 'UUI', sample: token });
    return text;
  }

  #slotsFor(key: string): readonly { slot: Slot; fit: number }[] {
    const known = this.#slotsOf.get(key);
    if (known !== undefined) return known;
    const found = this.#slots
      .map((slot) => ({ slot, fit: fitOf(key, slot.column) }))
      .filter(({ fit }) => fit > 0);
    // A file whose lines all have other names must not fill the memory.
    if (this.#slotsOf.size < 10_000) {
      this.#slotsOf.set(key, found);
      const telling = found[0]?.slot === this.#slots[0] ? undefined : tellingOf(key);
      if (telling !== undefined) this.#telling.set(key, telling);
    }
    if (this.#names.size < KEPT) this.#names.add(key);
    return found;
  }
}

/** A value as a text. */
function textAt(source: string, from: number, to: number): string {
  return source[from] === '"' ? stringOf(source, from, to) : source.slice(from, to);
}

/** Whether a value is a text that may say what a line is: not an empty one, nor the number of a row. */
function isLabel(source: string, from: number): boolean {
  const first = source.charCodeAt(from + 1);
  return source.charCodeAt(from) === 0x22 && first !== 0x22 && !(first >= 0x30 && first <= 0x39);
}

function fitOf(key: string, column: string): number {
  if (key === column) return 3;
  if (key.trim() === column.trim()) return 2;
  return folded(key) === folded(column) ? 1 : 0;
}

/** Why a line is not JSON, if that is a usual mistake. */
function hintOf(source: string): string {
  const text = source.trim();
  if (/^\{\s*'/.test(text)) return 'single quotes, as Python prints a dict: use json.dumps';
  if (/\}\s*\{/.test(text)) return 'several objects on one line';
  if (/[:[,]\s*(?:-?Infinity|NaN|nan|undefined|None)\b/.test(text))
    return 'NaN, Infinity or the like: JSON has null';
  if (/\\\\"/.test(text)) return 'backslashes are doubled, as COPY and mariadb -B do';
  if (/^\{.*[,{[]$/s.test(text))
    return 'an object that goes on on the next line: jq -c . list.json > list.ndjson';
  if (/\}\s*,$/.test(text)) return 'a comma after it: an array without its brackets';
  if (/^[^{]/.test(text)) return 'it does not begin with {';
  return 'a syntax error';
}
