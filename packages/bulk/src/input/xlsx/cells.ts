import type { NumberFormat } from './number-format.js';

/** A cell that is more than its text. */
export class SpecialCell {
  readonly kind: 'number' | 'error' | 'no-result';
  /** What the file contains. */
  readonly raw: string;
  readonly format: NumberFormat | undefined;
  /** Whether a formula has made it that adds up other cells. */
  readonly isSum: boolean;
  /** Whether a formula has made it that may never have been calculated. */
  readonly isDoubtful: boolean;

  constructor(
    kind: SpecialCell['kind'],
    raw: string,
    format?: NumberFormat | undefined,
    isSum = false,
    isDoubtful = false,
  ) {
    this.kind = kind;
    this.raw = raw;
    this.format = format;
    this.isSum = isSum;
    this.isDoubtful = isDoubtful;
  }

  /** The number with all its digits. */
  get stored(): string {
    return this.kind === 'number' ? digitsOf(this.raw) : this.raw;
  }

  /** Whether it has more digits than a spreadsheet keeps: 15. */
  get isLong(): boolean {
    return this.kind === 'number' && LONG.test(this.stored);
  }

  /** What the sheet shows. */
  get shown(): string {
    const { format, stored } = this;
    if (this.kind !== 'number' || format === undefined || format.isPlain) return stored;
    return format.show(Number(this.raw)) ?? stored;
  }

  /**
   * A number that names somebody, such as a phone number or an id: as it is shown, with the country code, zeros and signs that a
   * person sees before it, unless that hides a digit (`1.33E+10`) or parts them by commas.
   */
  get shownWhole(): string {
    const { shown, stored, format } = this;
    if (shown === stored || format?.isDate === true) return shown;
    const isWhole = shown.replaceAll(/\D/g, '').endsWith(stored.replace(/^0+/, ''));
    return isWhole && !shown.includes(',') ? shown : stored;
  }
}

/** A cell: its text, or what has to be looked at by the column that it is in. */
export type Cell = string | SpecialCell | undefined;

/** A number that is its own text in every way. */
const SIMPLE = /^(?:0|-?[1-9]\d{0,14})$/;

const LONG = /^-?[1-9]\d{15,}$/;

export function isSimple(raw: string): boolean {
  return SIMPLE.test(raw);
}

/** A number as its digits: also of `1.3012345678E10`, and without what binary fractions add behind the 15th. */
function digitsOf(raw: string): string {
  if (LONG.test(raw)) return raw;
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return raw;
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return BigInt(value).toString();
  return String(Number(value.toPrecision(15)));
}
