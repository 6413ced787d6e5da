/** Words that nobody is called by, and that begin the line of a table that adds up the others. */
const TOTALS = new Set([
  ...[
    'total',
    'totals',
    'grand total',
    'subtotal',
    'sub total',
    'sub-total',
    'total general',
    'total général',
  ],
  ...[
    'gesamt',
    'gesamtergebnis',
    'gesamtsumme',
    'zwischensumme',
    'summe',
    'totaal',
    'eindtotaal',
    'totale',
    'totali',
  ],
  ...[
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
  ],
  ...[
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
  ],
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

/** Letters that those words begin with: most lines need no more than a look at the first one. */
const INITIALS = new Set(
  [...TOTALS, ...MAYBE].flatMap((word) => [word.charCodeAt(0), word.toUpperCase().charCodeAt(0)]),
);

/** Whether a text says that its line adds up the others. */
export function isTotal(text: string): boolean {
  return INITIALS.has(text.charCodeAt(0)) && TOTALS.has(wordOf(text));
}

export function maybeTotal(text: string): boolean {
  return INITIALS.has(text.charCodeAt(0)) && MAYBE.has(wordOf(text));
}

function wordOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s:：]+$/, '')
    .replaceAll(/\s+/g, ' ');
}
