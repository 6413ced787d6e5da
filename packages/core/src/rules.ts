export type JsonType = 'array' | 'boolean' | 'integer' | 'null' | 'number' | 'object' | 'string';

/**
 * What a value must be, as data: a JSON Schema without references. The generator makes it from the spec.
 *
 * The names are those of JSON Schema, except for the last four and `ordered`, which it does not have. `anyOf` is written shorter.
 * Each rule but `type` and `enum` says something of values of one type only, and nothing of others.
 */
export interface Rules {
  type: JsonType | readonly JsonType[];
  enum?: readonly unknown[];
  /** Of an object. */
  required?: readonly string[];
  properties?: Readonly<Record<string, Rules>>;
  /** No other names than those of `properties`. */
  additionalProperties?: false;
  /** At least one of these is required. */
  anyOf?: readonly string[];
  /** Pairs of names: the second value must be greater than the first. */
  ordered?: readonly (readonly [before: string, after: string])[];
  /** Of an array. */
  items?: Rules;
  minItems?: number;
  maxItems?: number;
  /** Of a string; its length is that in characters. */
  minLength?: number;
  maxLength?: number;
  pattern?: RegExp;
  format?: 'iana-time-zone';
  /** Of a number. */
  minimum?: number;
  maximum?: number;

  /** What a number counts. */
  unit?: string;
  /** What the pattern asks for, in words: `a time of day such as 09:00:00`. */
  hint?: string;
  /** Names that were documented later; they are refused with another text than other names that are not known. */
  newer?: readonly string[];
  /** The rules that no page of the documentation states: our own checks. */
  derived?: readonly Rule[];
}

/** A rule that a value can break. */
export type Rule =
  | 'type'
  | 'enum'
  | 'required'
  | 'additionalProperties'
  | 'anyOf'
  | 'ordered'
  | 'minItems'
  | 'maxItems'
  | 'minLength'
  | 'maxLength'
  | 'pattern'
  | 'format'
  | 'minimum'
  | 'maximum';
