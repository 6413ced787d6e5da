/** Why a line is left out. */
export type LeftOutReason =
  /** There is no number in it. */
  | 'no-number'
  /** What is there cannot be called. */
  | 'not-a-number'
  /** The same number stood in an earlier line. */
  | 'duplicate'
  /** The number is on the do-not-call list. */
  | 'do-not-call'
  /** The line cannot be read: wrong number of columns, no JSON, a field of a wrong type. */
  | 'malformed'
  /** It alone would make too long a request. */
  | 'too-large';

/** A variable of one number. */
export interface Variable {
  Key: string;
  Value: string;
}

/** What is particular to one number, beside the number. */
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
  /** Why it cannot be used, if that is clear already. */
  readonly problem?: LeftOutReason;
}

/** Writes the attributes of each number as JSON. The keys are the same for all, and are written once. */
export class AttributesWriter {
  readonly #keys: readonly string[];

  /** @param keys of the variables */
  constructor(keys: readonly string[]) {
    this.#keys = keys.map((key) => `{"Key":${JSON.stringify(key)},"Value":`);
  }

  /** @param values of the variables, in the order of their keys. An empty one leaves the variable to the task */
  write(uui: string | undefined, values: readonly string[]): string | undefined {
    const hasUui = uui !== undefined && uui !== '';
    const own = hasUui ? `"UUI":${JSON.stringify(uui)}` : '';
    let list = '';
    for (let index = 0; index < values.length; index++) {
      if (values[index] === '') continue;
      list += `${list === '' ? '' : ','}${this.#keys[index]}${JSON.stringify(values[index])}}`;
    }
    if (list === '') return hasUui ? `{${own}}` : undefined;
    return `{${own}${hasUui ? ',' : ''}"Variables":[${list}]}`;
  }
}
