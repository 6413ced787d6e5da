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
  'ergebnis',
  'summa',
  'celkem',
  'итог',
  'общий итог',
  'genel toplam',
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
  '集計',
  '共计',
  '累计',
  '요약',
  '합계',
  '총계',
  '소계',
]);

/** Words that may also be a name, or a kind of customers. */
const MAYBE = new Set([
  'sum',
  'suma',
  'soma',
  'count',
  'anzahl',
  'all',
  'min',
  'max',
  'average',
  'avg',
  'mean',
  'median',
  'std',
  'mittelwert',
  'durchschnitt',
  'promedio',
  'moyenne',
  'среднее',
  '平均',
  '平均值',
  '平均数',
  '平均値',
  '计数',
  '求和',
  '最大值',
  '最小值',
]);

/** What those words begin with: most lines need no more than a look at two letters. */
const STARTS = new Set(
  [...TOTALS, ...MAYBE].flatMap((word) => [
    startOf(word),
    startOf(capital(word)),
    startOf(word.toUpperCase()),
    startOf(`${word[0]!} `),
    startOf(`${word[0]!}\u3000`),
  ]),
);

/** Longest word, with room for blanks and a colon. */
const LONGEST = 24;

/** Whether a text says that its line adds up the others. */
export function isTotal(text: string): boolean {
  return mayBeTotal(text) && TOTALS.has(wordOf(text));
}

/** Whether it says so by a word that may also be something else. */
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
  return (
    text
      .toLowerCase()
      .replace(/[\s:：]+$/, '')
      // Two letters are often set apart to fill the cell.
      .replaceAll(/(?<=[^\0-\u2e7f])\s+(?=[^\0-\u2e7f])/g, '')
      .replaceAll(/\s+/g, ' ')
  );
}

/** Notices a number that is the sum of all those above it, whatever its line is called, or their average. */
export class RunningSum {
  #sum = 0;
  #count = 0;

  /** Adds what is there in place of a number. Returns what it is to those before it, if there are two at least. */
  add(text: string): 'sum' | 'average' | undefined {
    const value = Number(text);
    if (!(value > 0)) return undefined;
    const isMany = this.#count > 1;
    if (isMany && value === this.#sum) return 'sum';
    const isAverage = isMany && Math.abs(value - this.#sum / this.#count) < 1;
    this.#sum += value;
    this.#count++;
    return isAverage ? 'average' : undefined;
  }
}
