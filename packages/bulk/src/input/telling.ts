import { callingCodeOf } from '../numbers/index.js';
import { isWordForNothing } from './values.js';
import type { Warnings } from './warnings.js';

/** What a column says of the number in its line, whether or not the template names the column. */
export type Telling =
  /** That its value, if there is one, means that nobody may call. */
  | 'barred'
  /** That its value, if it denies, means the same. */
  | 'allowed'
  /** The country code that is not in the number. */
  | 'country-code';

const NOT_OF_CALLS = /mail|sms|fax|newsletter|短信|邮/;
const BARRED =
  /do ?not ?call|dont ?call|\bdnc\b|opt(?:ed)? ?out|unsubscribed?|black ?list|robinson|werbesperre|nicht anrufen|黑名单|黑名單|免打扰|免打擾|勿扰|勿擾|[勿禁停](?:止|再)?(?:呼|拨|撥|打|致电)|不要(?:打电话|致电|拨打)|拒(?:绝)?(?:接听|来电|访|呼)|退订|退訂|架電禁止|수신 ?거부/;
const ALLOWED =
  /(?:can|may|ok to) ?call|call ?(?:allowed|consent)|phone ?consent|opt(?:ed)? ?in|(?:是否|可以?|允许)(?:拨打|致电|呼叫|外呼)/;
const COUNTRY_CODE =
  /(?:country|dial(?:l?ing)?|calling) ?(?:calling |dial(?:l?ing)? )?(?:code|prefix)|国家(?:代)?码|国码|國碼|国际区号|國際區號|国番号|국가 ?번호|(?:landes|länder)vorwahl/;

/** A name as words: `HasOptedOutOfCalls` and `opted_out` have two words more and one. */
function wordsOf(name: string): string {
  return name
    .replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .replaceAll(/[\s_.-]+/g, ' ')
    .trim()
    .toLowerCase();
}

/** Whether a text says that somebody must not be called. */
export function saysBarred(text: string): boolean {
  return text.length <= 64 && BARRED.test(wordsOf(text));
}

/** What a column says by its name; undefined if it is nothing of the kind. */
export function tellingOf(name: string): Telling | undefined {
  const words = wordsOf(name);
  if (NOT_OF_CALLS.test(words)) return undefined;
  if (BARRED.test(words)) return 'barred';
  if (ALLOWED.test(words)) return 'allowed';
  return COUNTRY_CODE.test(words) ? 'country-code' : undefined;
}

const NO = new Set([
  '0',
  '0.0',
  'false',
  'f',
  'no',
  'n',
  'off',
  'nein',
  'non',
  '否',
  '不',
  '-',
  '×',
  '✗',
  '없음',
]);
const NO_MORE = new Set(['不可', '不允许', '不同意', '禁止']);

/** Whether a value of such a column means that nobody may call. */
function isBarredBy(telling: Telling, value: string): boolean {
  const text = value.trim().toLowerCase();
  if (telling === 'allowed') return text !== '-' && (NO.has(text) || NO_MORE.has(text));
  return telling === 'barred' && text !== '' && !NO.has(text) && !isWordForNothing(value.trim());
}

/** Whether a number has its country code, as far as that shows. */
const WITH_CODE = /^[\s'"=(（]*(?:[+＋]|00)/;

/** What such a column has in one line. */
export interface Told {
  readonly name: string;
  readonly telling: Telling;
  readonly value: string;
}

/** Hears what the other columns say of each number. */
export class TellingWatch {
  readonly #warnings: Warnings;
  readonly #code: string | undefined;

  /** @param country of the numbers without a country code */
  constructor({ warnings, country }: { warnings: Warnings; country?: string | undefined }) {
    this.#warnings = warnings;
    this.#code = callingCodeOf(country);
  }

  /** Names what a person should know. Returns whether the number is one of another country, and has no country code. */
  isOfOther(told: readonly Told[], callee: string, line: number): boolean {
    for (const { name, telling, value } of told)
      if (isBarredBy(telling, value))
        this.#warnings.add('do-not-call-column', { line, column: name, sample: value });
    const [code, ...more] = told.filter(({ telling }) => telling === 'country-code');
    // Of several, nobody knows which one belongs to the number.
    if (code === undefined || more.length > 0 || !this.#isOther(code.value) || WITH_CODE.test(callee))
      return false;
    this.#warnings.add('other-country', { line, column: code.name, sample: code.value });
    return true;
  }

  #isOther(value: string): boolean {
    const code = /^\s*\+?0{0,2}([1-9]\d{0,3})(?:\.0)?\s*$/.exec(value)?.[1];
    return code !== undefined && this.#code !== undefined && code !== this.#code;
  }
}
