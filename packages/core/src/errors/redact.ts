/** A digit of any script, or a Chinese numeral. */
const NUMERAL = '[\\p{N}〇零一二三四五六七八九十百千万亿壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億幺两兩]';

/** Five numerals or more, with up to three other characters that are not letters between two. */
const LONG_NUMBER = new RegExp(`\\+?${NUMERAL}(?:[^\\p{L}\\p{N}]{0,3}${NUMERAL}){4,}`, 'gu');

const NUMBER = new RegExp(`${NUMERAL}+`, 'gu');
const NOTHING = /(?!)/g;
const ONE_NUMERAL = new RegExp(NUMERAL, 'gu');

/** A phone number has at least as many digits. A text with this many in all shows none of them, whatever is between them. */
const MANY_NUMERALS = 7;

/** Replaces what must not be shown. */
const MASK = '[…]';

/** Longest text that is shown. */
const MAX_TEXT = 300;

/**
 * Keeps of a foreign text only what has the shape of ordinary words: an allow-list, because a deny-list misses the next
 * secret. What it promises:
 *
 * - No run of five numerals or more, and none at all if there are seven or more in the whole text: digits of any script and
 *   Chinese numerals, however they are grouped. A number that is spelled out in the letters of words passes.
 * - No word that mixes letters and digits, and none longer than 32 characters.
 * - None of `secrets`, whatever their shape.
 * - At most 300 characters, on one line.
 */
export function safeText(text: string, secrets: readonly string[] = []): string {
  const known = secrets.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
  const clipped = known.slice(0, 4 * MAX_TEXT).normalize('NFKC');
  const numerals = clipped.match(ONE_NUMERAL)?.length ?? 0;
  const safe = clipped
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]+/gu, ' ')
    .replace(LONG_NUMBER, MASK)
    .replace(numerals >= MANY_NUMERALS ? NUMBER : NOTHING, MASK)
    .replace(/[\p{L}\p{M}\p{N}_+/=~$%&#@*-]+/gu, (token) => (isOrdinaryToken(token) ? token : MASK));
  return safe.length > MAX_TEXT ? `${safe.slice(0, MAX_TEXT - 1)}…` : safe;
}

/** A word, an identifier such as `IvrId`, or a short number. */
function isOrdinaryToken(token: string): boolean {
  return /^(?:[\p{L}\p{M}_-]{1,32}|\p{N}{1,4}|[-/=~$%&#@*+]+)$/u.test(token);
}
