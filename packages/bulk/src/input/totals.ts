/** Words that nobody is called by, and that begin the line of a table that adds up the others. */
const TOTALS = new Set([
  'total',
  'totals',
  'grand total',
  'subtotal',
  'sub total',
  'sub-total',
  'total general',
  'total général',
  'gesamt',
  'gesamtergebnis',
  'gesamtsumme',
  'zwischensumme',
  'summe',
  'totaal',
  'eindtotaal',
  'totale',
  'totali',
  'somme',
  'sous-total',
  'итого',
  'всего',
  'łącznie',
  'razem',
  'toplam',
  'jumlah',
  'tổng',
  'tổng cộng',
  'รวม',
  '合计',
  '总计',
  '小计',
  '总和',
  '总数',
  '汇总',
  '合計',
  '總計',
  '小計',
  '總和',
  '総計',
  '総合計',
  '합계',
  '총계',
  '소계',
]);

/** Words that may also be a name. */
const MAYBE = new Set([
  'sum',
  'suma',
  'soma',
  'count',
  'average',
  'avg',
  'anzahl',
  'mittelwert',
  '平均',
  '平均值',
  '计数',
  '求和',
  '平均値',
]);

/** What those words begin with: most lines need no more than a look at two letters. */
const STARTS = new Set(
  [...TOTALS, ...MAYBE].flatMap((word) => [
    startOf(word),
    startOf(capital(word)),
    startOf(word.toUpperCase()),
  ]),
);

/** Longest word, with room for blanks and a colon. */
const LONGEST = 24;

/** Whether a text says that its line adds up the others. */
export function isTotal(text: string): boolean {
  return mayBeTotal(text) && TOTALS.has(wordOf(text));
}

/** Whether it says so by a word that may also be a name. */
export function isMaybeTotal(text: string): boolean {
  return mayBeTotal(text) && MAYBE.has(wordOf(text));
}

/** Whether it is worth a second look. */
export function mayBeTotal(text: string): boolean {
  return text.length <= LONGEST && STARTS.has(startOf(text));
}

function startOf(text: string): number {
  return text.charCodeAt(0) * 65_536 + text.charCodeAt(1);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function wordOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s:：]+$/, '')
    .replaceAll(/\s+/g, ' ');
}
