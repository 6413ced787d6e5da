/** JSON as parsed, and whether it can hold a bigint. */
export interface ParsedJson {
  value: unknown;
  mayHoldBigint: boolean;
}

/**
 * Parses JSON without ever rounding an integer: one that a JavaScript number cannot hold becomes a bigint.
 *
 * @throws SyntaxError if the text is not JSON
 */
export function parseJson(text: string): ParsedJson {
  const mayHoldBigint = LONG_DIGITS.test(text);
  return {
    value: mayHoldBigint ? JSON.parse(markLongIntegers(text), unmark) : JSON.parse(text),
    mayHoldBigint,
  };
}

/** 2^53 has sixteen digits; shorter integers are always exact. */
const LONG_DIGITS = /\d{16}/;

/** A string, or a number. Strings are matched so that digits inside them stay as they are. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;

/** Stands before the digits of a marked integer. A control character, which no sensible text of a response begins with. */
const MARK = '\u0001int:';
const MARKED = /^\u0001int:-?\d+$/;

function markLongIntegers(text: string): string {
  JSON.parse(text); // The text itself must be JSON; marking could repair one that is not.
  return text.replace(STRING_OR_NUMBER, (token) => {
    const isExact = token.startsWith('"') || !/^-?\d+$/.test(token) || Number.isSafeInteger(Number(token));
    return isExact ? token : JSON.stringify(MARK + token);
  });
}

function unmark(_key: string, value: unknown): unknown {
  return typeof value === 'string' && MARKED.test(value) ? BigInt(value.slice(MARK.length)) : value;
}
