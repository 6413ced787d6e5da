import type { Rule, Rules } from '../rules.js';

/** Where a value is: names of properties, and indexes of items. */
export type Path = (string | number)[];

/** A rule that a value breaks. */
export interface RuleFault {
  /** The value, or the one that is missing, unknown or out of order. Grows from the inside while a fault is reported. */
  readonly path: Path;
  readonly rule: Rule;
  /** The value itself, which no message shows. */
  readonly value: unknown;
  /** The rules of the value; if it is missing, unknown or out of order, those of the object that it would be in. */
  readonly rules: Rules;
  /** The property that `ordered` compares it with. */
  readonly before?: string;
}

/** Something that no parameters can be, whatever the rules say. */
export interface DataFault {
  readonly path: Path;
  readonly rule: 'plain-data' | 'extra-params';
  /** What is wrong, in words. */
  readonly problem: string;
}

/** What is wrong with parameters, at one place. */
export type Fault = RuleFault | DataFault;
