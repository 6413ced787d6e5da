/**
 * A number by its digits: without `+` or `00` in front and without spaces. The service writes numbers with 00 and their
 * country code, lists often have + or no country code at all.
 */
export function digitsOf(number: string): string {
  const text = number.replace(/[\s()./-]/g, '');
  return text.replace(/^(\+|00)/, '');
}

/** Whether a number is written without its country code. */
function isNational(number: string): boolean {
  return !/^\s*(\+|00)/.test(number);
}

/** Longest country code. */
const LONGEST_CODE = 3;

/** A number without its country code, for each length that the code may have. */
function nationals(digits: string): string[] {
  return Array.from({ length: LONGEST_CODE }, (_, index) => digits.slice(index + 1));
}

/**
 * Finds what belongs to a number, however the list and the service write it. A number without a country code may be any
 * whose end it is; one with a code is only itself.
 */
export class NumberIndex<Value> {
  readonly #whole = new Map<string, Value>();
  readonly #national = new Map<string, Value>();
  /** Those with a country code, by what is left without it. */
  readonly #ends = new Map<string, Value>();

  /** What belongs to a number of the list; made if there is nothing yet. */
  add(number: string, make: () => Value): Value {
    const value = this.find(number) ?? make();
    const digits = digitsOf(number);
    if (isNational(number)) this.#national.set(withoutTrunk(digits), value);
    else {
      this.#whole.set(digits, value);
      for (const end of nationals(digits)) this.#ends.set(end, value);
    }
    return value;
  }

  /** What belongs to a number as the service shows it. */
  find(shown: string): Value | undefined {
    const digits = digitsOf(shown);
    if (isNational(shown))
      return this.#national.get(withoutTrunk(digits)) ?? this.#ends.get(withoutTrunk(digits));
    const found = this.#whole.get(digits);
    if (found !== undefined) return found;
    const end = nationals(digits).find((one) => this.#national.has(one));
    return end === undefined ? undefined : this.#national.get(end);
  }
}

/** Many countries write a 0 in front of a number without its country code. */
function withoutTrunk(digits: string): string {
  return digits.replace(/^0/, '');
}

/**
 * Whether two texts are the same number, the first as a list has it and the second as the service shows it.
 *
 * @example
 * sameNumber('+8613012345678', '008613012345678'); // true
 */
export function sameNumber(listed: string, shown: string): boolean {
  const index = new NumberIndex<true>();
  index.add(listed, () => true);
  return index.find(shown) === true;
}
