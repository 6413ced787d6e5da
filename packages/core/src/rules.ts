/** Whether it is our own check: one that no page of the documentation states. */
interface Origin {
  derived?: true;
}

/** A count of items or characters. */
export interface Limit extends Origin {
  limit: number;
}

/** Smallest and largest value. */
export interface Range {
  min?: number;
  max?: number;
  unit?: string;
  /** Absent: an integer. */
  type?: 'number';
  /** Which of the two no page states. */
  derived?: readonly ('min' | 'max')[];
}

/** The form of a string, and how a message names that form. */
export interface Form extends Origin {
  pattern: RegExp;
  hint: string;
}

/** Parameters of which the second must be greater than the first. */
export interface Ordered extends Origin {
  pairs: readonly (readonly [before: string, after: string])[];
}

export type JsonType = 'array' | 'boolean' | 'integer' | 'null' | 'number' | 'object' | 'string';

/**
 * What a value must be, as data. The generator makes it from the spec.
 *
 * Its names are those of JSON Schema, if that has the rule. Each rule but `type` and `enum` says something of values of one
 * type only, and nothing of others.
 */
export interface Rules {
  type: JsonType | readonly JsonType[];
  enum?: readonly unknown[];
  /** Of an object. */
  required?: readonly string[];
  properties?: Readonly<Record<string, Rules>>;
  /** Present: no other names than those of `properties`. Names that were documented later are refused with another text. */
  closed?: { newer: readonly string[] };
  atLeastOne?: readonly string[];
  ordered?: Ordered;
  /** Of an array. */
  items?: Rules;
  minItems?: Limit;
  maxItems?: Limit;
  /** Of a string; its length is that in characters. */
  nonEmpty?: Origin;
  minLength?: Limit;
  maxLength?: Limit;
  matches?: Form;
  timeZone?: Origin;
  /** Of a number. */
  range?: Range;
}
