import { callingCodeOf } from '../numbers/index.js';
import { isWordForNothing } from './words-for-nothing.js';
import type { Warnings } from './warnings.js';

/** What a column says of the number in its line, whether or not the template names the column. */
export interface Telling {
  readonly of:
    /** That nobody may call, if its value agrees. */
    | 'barred'
    /** That somebody may call, unless its value denies it. */
    | 'allowed'
    /** What became of somebody, or a note: it may say that nobody may call. */
    | 'note'
    /** The country code that is not in the number. */
    | 'country-code';
  /** Whether it is about calls, and not perhaps about letters. */
  readonly isOfCalls: boolean;
}

const NOT_OF_CALLS = /mail|sms|fax|newsletter|短信|邮/;
const OF_CALLS = /\bcalls?\b|phone|\btel|voice|电话|電話/;
const BARRED =
  /do ?not ?call|dont ?call|\bdnc\b|black ?list|robinson|werbesperre|nicht anrufen|黑名单|黑名單|免打扰|免打擾|勿扰|勿擾|[勿禁停](?:止|再)?(?:呼|拨|撥|打|致电)|不要(?:打电话|致电|拨打)|拒(?:绝)?(?:接听|来电|访|呼)|架電禁止|수신 ?거부/;
const OPTED_OUT = /opt(?:ed)? ?out|unsubscribed?|退订|退訂/;
const ALLOWED =
  /(?:can|may|ok to) ?call|call ?(?:allowed|consent)|phone ?consent|(?:是否|可以?|允许)(?:拨打|致电|呼叫|外呼)/;
const OPTED_IN = /opt(?:ed)? ?in/;
const COUNTRY_CODE =
  /(?:country|dial(?:l?ing)?|calling) ?(?:calling |dial(?:l?ing)? )?(?:code|prefix)|国家(?:代)?码|国码|國碼|国际区号|國際區號|国番号|국가 ?번호|(?:landes|länder)vorwahl/;

const NOTE =
  /\b(?:status|notes?|remarks?|comments?|tags?|disposition|reason)\b|备注|備註|状态|狀態|标签|標籤|说明|原因|비고|상태/;

/** A name as words: `HasOptedOutOfCalls` and `opted_out` have two words more and one. */
function wordsOf(name: string): string {
  return name
    .replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .replaceAll(/[\s_.-]+/g, ' ')
    .trim()
    .toLowerCase();
}

/** What any such text has in it: most notes need no more than this look. */
const MAYBE_BARRED = /call|dnc|black|robinson|werbesperre|anrufen|opt|unsub|[黑免勿禁停不拒架退수]/i;

/** Whether a value says nothing of its number for certain. */
export function isSilent({ of }: Telling, value: string): boolean {
  return of !== 'country-code' && (value === '' || (of === 'note' && !MAYBE_BARRED.test(value)));
}

/** Whether a text says that somebody must not be called. */
export function saysBarred(text: string): boolean {
  const words = text.length <= 64 ? wordsOf(text) : '';
  return BARRED.test(words) || OPTED_OUT.test(words);
}

/** What a column says by its name; undefined if it is nothing of the kind. */
export function tellingOf(name: string): Telling | undefined {
  const words = wordsOf(name);
  if (NOT_OF_CALLS.test(words)) return undefined;
  const isOfCalls = OF_CALLS.test(words);
  if (BARRED.test(words)) return { of: 'barred', isOfCalls: true };
  if (OPTED_OUT.test(words)) return { of: 'barred', isOfCalls };
  if (ALLOWED.test(words)) return { of: 'allowed', isOfCalls: true };
  if (OPTED_IN.test(words)) return { of: 'allowed', isOfCalls };
  if (COUNTRY_CODE.test(words)) return { of: 'country-code', isOfCalls };
  return NOTE.test(words) ? { of: 'note', isOfCalls } : undefined;
}

const YES = /^(?:1(?:\.0+)?|true|t|yes|y|x|on|ja|j|oui|s[ií]|да|是|有|✓|✔|☑|√|はい|예)$/i;
const NO =
  /^(?:0(?:\.0+)?|false|f|no|n|off|nein|non|нет|否|不|无|×|✗|いいえ|아니요|不可|不允许|不同意|禁止)$/i;

/** Whether a value means that nobody may call: what is neither yes nor no, such as a date, may mean it. */
function barredBy({ of, isOfCalls }: Telling, value: string): 'certain' | 'maybe' | undefined {
  if (of === 'note') return value !== '' && saysBarred(value) ? 'maybe' : undefined;
  const text = value.trim();
  if (of === 'country-code' || text === '' || text === '-' || isWordForNothing(text)) return undefined;
  const [agrees, denies] = of === 'barred' ? [YES, NO] : [NO, YES];
  if (agrees.test(text)) return isOfCalls ? 'certain' : 'maybe';
  return of === 'barred' && !denies.test(text) ? 'maybe' : undefined;
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

  /** Names what a person should know of a number. Returns why it must not be called, if that is certain. */
  problemOf(told: readonly Told[], callee: string, line: number): 'do-not-call' | 'not-a-number' | undefined {
    let isBarred = false;
    for (const { name, telling, value } of told) {
      const barred = barredBy(telling, value);
      if (barred === undefined) continue;
      isBarred ||= barred === 'certain';
      const kind = barred === 'certain' ? 'do-not-call-column' : 'maybe-do-not-call';
      this.#warnings.add(kind, { line, column: name, sample: value });
    }
    if (isBarred) return 'do-not-call';
    const [code, ...more] = told.filter(({ telling }) => telling.of === 'country-code');
    // Of several, nobody knows which one belongs to the number.
    if (code === undefined || more.length > 0 || !this.#isOther(code.value) || WITH_CODE.test(callee))
      return undefined;
    this.#warnings.add('other-country', { line, column: code.name, sample: code.value });
    return 'not-a-number';
  }

  #isOther(value: string): boolean {
    const code = /^\s*\+?0{0,2}([1-9]\d{0,3})(?:\.0)?\s*$/.exec(value)?.[1];
    return code !== undefined && this.#code !== undefined && code !== this.#code;
  }
}
