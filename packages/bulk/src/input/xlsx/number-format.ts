import { format as formatNumber, isDateFormat } from 'numfmt';

/** Formats with a number instead of a text of their own (ECMA-376, 18.8.30). Those of a currency have the one of the reader. */
const BUILT_IN: Readonly<Record<number, string>> = {
  0: 'General',
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  5: '#,##0',
  6: '#,##0',
  7: '#,##0.00',
  8: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  37: '#,##0;(#,##0)',
  38: '#,##0;(#,##0)',
  39: '#,##0.00;(#,##0.00)',
  40: '#,##0.00;(#,##0.00)',
  41: '#,##0;(#,##0);"-"',
  42: '#,##0;(#,##0);"-"',
  43: '#,##0.00;(#,##0.00);"-"',
  44: '#,##0.00;(#,##0.00);"-"',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
  48: '##0.0E+0',
  49: '@',
};

/** Dates and times that each country writes in its own way: the file does not say which one that is. */
const LOCAL = new Set([14, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58]);
const LOCAL_CODE = /^\[\$-(?:x-sys(?:date|time)|F[48]00)\]/i;

/** Longest format that spreadsheets allow. */
const LONGEST = 255;

/** The first day behind 9999-12-31, which is the last that a sheet can show. */
const END_OF_DAYS = 2_958_466;

/** Days between the beginnings of the two ways to count them. */
const DAYS_TO_1904 = 1_462;

/** Texts of numbers that are kept: dates come again and again. */
const REMEMBERED = 4_096;

/** How a cell shows its number. */
export class NumberFormat {
  readonly #code: string;
  readonly #isLocal: boolean;
  readonly #shift: number;
  readonly #remembered = new Map<number, string>();
  /** Whether it shows a date or a time. */
  readonly isDate: boolean;
  /** Whether it shows the digits as they are. */
  readonly isPlain: boolean;
  /** Whether it adds something to a text. */
  readonly changesText: boolean;

  constructor(id: number, code: string | undefined, is1904: boolean) {
    this.#isLocal = code === undefined ? LOCAL.has(id) : LOCAL_CODE.test(code);
    const known = code ?? BUILT_IN[id] ?? 'General';
    this.#code = known.length > LONGEST ? 'General' : known.replaceAll('上午/下午', '[$-804]AM/PM');
    this.isPlain = !this.#isLocal && /^(?:general|0|@|\s*)$/i.test(this.#code);
    this.isDate = this.#isLocal || (!this.isPlain && isDate(this.#code));
    this.changesText = /@/.test(this.#code.replace(/;@$/, '')) && this.#code !== '@';
    this.#shift = is1904 && this.isDate ? DAYS_TO_1904 : 0;
  }

  /** What the sheet shows; undefined if it can show nothing, such as a date before 1900. */
  show(value: number): string | undefined {
    const known = this.#remembered.get(value);
    if (known !== undefined) return known;
    const shown = this.#show(value + this.#shift);
    if (shown === undefined) return undefined;
    if (this.#remembered.size >= REMEMBERED) this.#remembered.clear();
    this.#remembered.set(value, shown);
    return shown;
  }

  showText(text: string): string {
    return this.changesText ? (this.#format(text) ?? text) : text;
  }

  #show(value: number): string | undefined {
    if (this.isDate && (value < 0 || value >= END_OF_DAYS)) return undefined;
    if (this.#isLocal) return isoOf(value);
    const shown = this.#format(value)?.trim();
    return shown !== undefined && value < 0 ? withSign(shown) : shown;
  }

  /** A format that makes no sense shows nothing, so that the number is taken as it is. */
  #format(value: number | string): string | undefined {
    try {
      return formatNumber(this.#code, value);
    } catch {
      return undefined;
    }
  }
}

function isDate(code: string): boolean {
  try {
    return isDateFormat(code);
  } catch {
    return false;
  }
}

/** A negative number in brackets, or only in another colour, is heard as a positive one. */
function withSign(shown: string): string {
  if (!/\d/.test(shown) || shown.includes('-')) return shown;
  const inner = /^\((.*)\)$/.exec(shown)?.[1];
  if (inner !== undefined) return `-${inner}`;
  return /\p{L}/u.test(shown) ? shown : `-${shown}`;
}

function isoOf(value: number): string {
  const hasTime = value % 1 >= 0.5 / 86_400;
  const seconds = Math.round((value % 1) * 86_400) % 60;
  const time = seconds === 0 ? 'hh:mm' : 'hh:mm:ss';
  if (value < 1) return formatNumber(time, value);
  return formatNumber(hasTime ? `yyyy-mm-dd ${time}` : 'yyyy-mm-dd', value);
}
