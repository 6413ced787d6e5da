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

/** Country codes of one and of two digits, as ITU-T E.164 assigns them; all others have three. */
const SHORT_CODE = /^([17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** What is left of a number without its country code; Italy keeps the 0 behind it. */
function nationalOf(digits: string): string {
  return withoutTrunk(digits.slice(SHORT_CODE.exec(digits)?.[0].length ?? 3));
}

/**
 * Finds what belongs to a number, however the list and the service write it. A number without a country code may be one of
 * any country; one with a code is only itself.
 */
export class NumberIndex<Value> {
  readonly #whole = new Map<string, Value>();
  readonly #national = new Map<string, Value>();
  /** Those with a country code, by what is left without it; undefined if that is left of several. */
  readonly #ends = new Map<string, Value | undefined>();

  /** What belongs to a number of the list; made if there is nothing yet. */
  add(number: string, make: () => Value): Value {
    const value = this.find(number) ?? make();
    const digits = digitsOf(number);
    if (isNational(number)) this.#national.set(withoutTrunk(digits), value);
    else {
      this.#whole.set(digits, value);
      const end = nationalOf(digits);
      const isTaken = this.#ends.has(end) && this.#ends.get(end) !== value;
      this.#ends.set(end, isTaken ? undefined : value);
    }
    return value;
  }

  /** What belongs to a number as the service shows it. */
  find(shown: string): Value | undefined {
    const digits = digitsOf(shown);
    if (isNational(shown))
      return this.#national.get(withoutTrunk(digits)) ?? this.#ends.get(withoutTrunk(digits));
    return this.#whole.get(digits) ?? this.#national.get(nationalOf(digits));
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
