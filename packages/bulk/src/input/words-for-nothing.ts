/** Words for an empty value, as databases, data frames and programming languages write it. */
const NOTHING = new Set([
  'NULL',
  'null',
  'Null',
  '(null)',
  '(NULL)',
  '[null]',
  '[NULL]',
  '<null>',
  '<NULL>',
  '\\N',
  'NIL',
  'nil',
  'None',
  'none',
  'NONE',
  'NaN',
  'nan',
  'NAN',
  '-nan',
  '-NaN',
  'NaT',
  'NA',
  'N/A',
  'n/a',
  '<NA>',
  '<NaN>',
  '#N/A',
  '#NA',
  'undef',
  'undefined',
  'Undefined',
  'Infinity',
  '-Infinity',
  'inf',
  '-inf',
  'Inf',
  '-Inf',
  '1.#QNAN',
  '-1.#IND',
  '1.#INF',
  '-1.#INF',
  '(empty)',
  '(blank)',
  '(none)',
  '(error)',
  'Loading...',
  '--',
  '—',
  '——',
  'n.a.',
  'N.A.',
  'unknown',
  'Unknown',
  'UNKNOWN',
  'TBD',
  '无',
  '無',
  '暂无',
  '未知',
  '不详',
  '不明',
  '待定',
  'なし',
  '없음',
]);

/** What a spreadsheet shows in place of a value, in any language, and what programs write of a value that is not a text. */
const NO_VALUE =
  /^(?:#[¡¿]?\p{Lu}[\p{Lu}\d/_ ]*[!?]|#(?:NV|N\/[BDV]|Н\/Д|YOK|HIÁNYZIK|GETTING_DATA|N\/A N\/A)|#+|Err:\d{3}|\[object \w+\]|\{"(?:richText|formula|error|hyperlink|sharedFormula)":.*|<(?:class|function|generator|built-in|bound)\b.*|(?:Decimal|Timestamp|UUID|ObjectId|ISODate)\(.*\)|datetime\.\w+\(.*|b'.*'|b".*")$/su;

/** What those begin with: most values need no more than a look at their first letter. */
const WORD_STARTS = new Set([
  ...[...NOTHING].map((word) => word.charCodeAt(0)),
  ...[...'#E[{<DdTUOIb'].map((sign) => sign.charCodeAt(0)),
]);

/** Whether a text is a word or an error instead of a value. */
export function isWordForNothing(text: string): boolean {
  const word = text.charCodeAt(0) <= SPACE ? text.trim() : text;
  return WORD_STARTS.has(word.charCodeAt(0)) && (NOTHING.has(word.trimEnd()) || NO_VALUE.test(word));
}

const SPACE = 0x20;
