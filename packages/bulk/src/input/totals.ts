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

/** Words that come behind the name of a group; `Min` and `Sum` come behind a family name as well. */
const OF_GROUP = new Set([
  ...TOTALS,
  'count',
  'average',
  'anzahl',
  'mittelwert',
  '计数',
  '求和',
  '平均值',
  '最大值',
  '最小值',
]);

/** What those end with. */
const ENDS = new Set(
  [...OF_GROUP].flatMap((word) => [endOf(word), endOf(capital(word)), endOf(word.toUpperCase())]),
);

/** Longest label, with room for the name of a group, blanks and a colon. */
const LONGEST = 40;

/** Whether a text says that its line adds up the others. */
export function isTotal(text: string): boolean {
  return mayBeTotal(text) && TOTALS.has(wordOf(text));
}

/** Whether it says so by a word that may also be something else, or of a group, such as `New York Total` or `北京 汇总`. */
export function isMaybeTotal(text: string): boolean {
  if (!mayBeTotal(text)) return false;
  const last = /\S\s+(\S+)\s*$/.exec(text)?.[1];
  return MAYBE.has(wordOf(text)) || (last !== undefined && OF_GROUP.has(wordOf(last)));
}

/** Whether it is worth a second look. */
export function mayBeTotal(text: string): boolean {
  return text.length <= LONGEST && (STARTS.has(startOf(text)) || ENDS.has(endOf(text)));
}

function startOf(text: string): number {
  return text.charCodeAt(0) * 65_536 + text.charCodeAt(1);
}

function endOf(text: string): number {
  return text.charCodeAt(text.length - 2) * 65_536 + text.charCodeAt(text.length - 1);
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

/**
 * Notices a number that is the sum of all those above it, or of those since the last one of its kind, whatever its line is
 * called; or their average.
 */
export class RunningSum {
  readonly #all = new Numbers();
  #group = new Numbers();

  /** Adds what is there in place of a number. Returns what it is to those before it, if there are two at least. */
  add(text: string): 'sum' | 'average' | undefined {
    const value = Number(text);
    if (!(value > 0)) return undefined;
    const isSum = this.#all.isSum(value) || this.#group.isSum(value);
    if (isSum) {
      this.endGroup();
      return 'sum';
    }
    const isAverage = this.#all.isAverage(value) || this.#group.isAverage(value);
    this.#all.add(value);
    this.#group.add(value);
    return isAverage ? 'average' : undefined;
  }

  /** Begins a new group: a line has added up the one before. */
  endGroup(): void {
    this.#group = new Numbers();
  }
}

/** Numbers, of which the sum and the average are known. */
class Numbers {
  #sum = 0;
  #count = 0;

  add(value: number): void {
    this.#sum += value;
    this.#count++;
  }

  isSum(value: number): boolean {
    return this.#count > 1 && value === this.#sum;
  }

  isAverage(value: number): boolean {
    return this.#count > 1 && Math.abs(value - this.#sum / this.#count) < 1;
  }
}
