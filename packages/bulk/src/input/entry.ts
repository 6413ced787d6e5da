import { withoutEdges } from '../numbers/index.js';
import type { ValueCheck } from './values.js';
import { ColumnCheck } from './values.js';

/** Why a line is left out. */
export type LeftOutReason =
  /** There is no number in it. */
  | 'no-number'
  /** What is there cannot be called. */
  | 'not-a-number'
  /** An earlier line has the same number. */
  | 'duplicate'
  /** The number is on the do-not-call list, or a column says that nobody may call it. */
  | 'do-not-call'
  /** The line cannot be read: wrong number of columns, no JSON, a field of a wrong type, half a character. */
  | 'malformed'
  /** It adds up the other lines: its first cell says "Total", or the like. */
  | 'total-row'
  /** The sheet hides the row, and such rows are to be left out. */
  | 'hidden-row'
  /** It alone would make too long a request. */
  | 'too-large';

/** A variable of one number. */
export interface Variable {
  Key: string;
  Value: string;
}

/** What is particular to one number, apart from the number. */
export interface Attributes {
  UUI?: string | undefined;
  Variables?: readonly Variable[] | undefined;
}

/** One line of the list, as it was read. */
export interface Entry {
  /** Number of the line in the file, or of the item, counted from 1. */
  readonly line: number;
  /** The number as it was given. */
  readonly callee: string;
  /** `Attributes` as JSON; absent if there are none. */
  readonly attributes?: string | undefined;
  /** The first text of the line, if it may say that the line adds up the others. */
  readonly maybeTotal?: string;
  /** Why it cannot be used, if that is clear already. */
  readonly problem?: LeftOutReason;
}

/** Writes the attributes of each number as JSON. The keys are the same for all, and are written once. */
export class AttributesWriter {
  readonly #keys: readonly string[];
  readonly #uui: ColumnCheck;
  readonly #values: readonly ColumnCheck[];

  /** @param variables the column of each, by its key */
  constructor(variables: Readonly<Record<string, string>>, check: ValueCheck) {
    this.#keys = Object.keys(variables).map((key) => `{"Key":${JSON.stringify(key)},"Value":`);
    this.#uui = new ColumnCheck(check, 'UUI', { isId: true });
    this.#values = Object.entries(variables).map(
      ([key, column]) => new ColumnCheck(check, key, { isId: false, names: [key, column] }),
    );
  }

  /** @param values of the variables, in the order of their keys. An empty one leaves the variable to the task */
  entryOf(line: number, callee: string, uui: string | undefined, values: readonly string[]): Entry {
    const id = uui === undefined ? '' : idOf(uui);
    const own = id === '' ? '' : this.#uui.json(id, line);
    if (own === undefined) return { line, callee, problem: 'malformed' };
    let list = '';
    for (let index = 0; index < values.length; index++) {
      const value = unwrapped(values[index]!);
      if (isBlank(value)) continue;
      const json = this.#values[index]!.json(value, line);
      if (json === undefined) return { line, callee, problem: 'malformed' };
      list += `${list === '' ? '' : ','}${this.#keys[index]}${json}}`;
    }
    const hasUui = own !== '';
    if (list === '') return { line, callee, attributes: hasUui ? `{"UUI":${own}}` : undefined };
    return { line, callee, attributes: `{${hasUui ? `"UUI":${own},` : ''}"Variables":[${list}]}` };
  }

  /** Once all lines are read: some things are clear only then. */
  end(): void {
    for (const check of this.#values) check.end();
  }
}

/** Blanks around an id, and marks that nobody sees, are those of the program that wrote it. */
function idOf(value: string): string {
  const id = unwrapped(value).trim();
  return /^[!-~]*$/.test(id) ? id : withoutEdges(id);
}

const TAB = 9;

/** Whether nothing would be read out. */
function isBlank(value: string): boolean {
  const first = value.charCodeAt(0);
  const isText = (first > 0x20 && first < 0xa0) || (first > 0x3000 && first < 0xfeff);
  return !isText && value.trim() === '';
}

/**
 * A value without what makes a spreadsheet take it for a text: `="0012"`, a tab at the end, an apostrophe before digits or,
 * so that it is not a formula, before a sign.
 */
function unwrapped(value: string): string {
  const first = value.charCodeAt(0);
  const last = value.charCodeAt(value.length - 1);
  if (first !== 0x3d && first !== 0x27 && first !== TAB && last !== TAB) return value;
  const text = value.replaceAll(/^\t+|\t+$/g, '');
  return /^="([^"]*)"$/.exec(text)?.[1] ?? /^'(\d[\d.,-]*|[=+@-].*)$/s.exec(text)?.[1] ?? text;
}
