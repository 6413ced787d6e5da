import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describe, expect, test } from 'vitest';
import { isBulkError } from '../src/index.js';
import type { ListFile } from '../src/input/input.js';
import type { WarningKind } from '../src/input/warnings.js';
import type { Plan } from '../src/plan/plan.js';
import { makePlan } from '../src/plan/plan.js';
import type { PlanRow } from '../src/plan/rows.js';
import { isCalleeRow } from '../src/plan/rows.js';
import type { Columns } from '../src/request/template.js';
import { readTemplate } from '../src/request/template.js';
import { template, temporaryFolder } from './support.js';

/** Lists as 35 tools write them, and what a person would say that each one is. */
interface Expected {
  lists: Record<string, Person[]>;
  files: Record<string, { cases?: Case[]; ifWorkbooksAreRead?: Partial<Case> & { note?: string } }>;
}

interface Case {
  columns: Columns;
  country: string;
  options?: string[];
  sheet?: string;
  headerInRow?: number;
  hiddenRows?: string;
  doNotCall?: string;
  right?: string | Person[];
  mustBeRefused?: string;
}

interface Person {
  /** Number, UUI and variables. */
  n: string;
  u?: string;
  v: Record<string, string>;
}

const folder = fileURLToPath(new URL('lists', import.meta.url));
const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected;

/**
 * What no program can tell from the file: which rows a filter had hidden, and how a number was shown in the sheet (000001, C0003).
 */
const SHOWN_OTHERWISE = /^(UUI|amount) /;
const UNTELLABLE: Readonly<Record<string, RegExp>> = {
  'gnumeric-formats-raw.txt': SHOWN_OTHERWISE,
  'gnumeric-formats.csv': SHOWN_OTHERWISE,
  'libreoffice-formats.csv': SHOWN_OTHERWISE,
  'libreoffice-fr-formats.csv': SHOWN_OTHERWISE,
  'sheetjs-json-formats.jsonl': SHOWN_OTHERWISE,
  'xlsx2csv-formats.csv': SHOWN_OTHERWISE,
  // A truth value that was made a number, and an amount in brackets, which is a negative one.
  'pandas-read-excel-formulas.csv': /^amount "0\.0"/,
  'libreoffice-formats-raw.csv': /^amount "\(1,234\.50\)"/,
  'exceljs-csv-filtered.csv': /is not in the list/,
  'in2csv-filtered.csv': /is not in the list/,
  'libreoffice-filtered.csv': /is not in the list/,
  'pandas-read-excel-filtered.csv': /is not in the list/,
  'sheetjs-csv-filtered.csv': /is not in the list/,
};

/** A workbook is not refused for being one; with options for a text, it is. */
const isSuperseded = (name: string, { options, mustBeRefused }: Case) =>
  name.endsWith('.xlsx') && options === undefined && mustBeRefused !== undefined;

const cases = Object.entries(expected.files).flatMap(([name, { cases: all = [] }]) =>
  all.filter((one) => !isSuperseded(name, one)).map((one) => ({ name, one })),
);

const workbooks = Object.entries(expected.files).flatMap(([name, { ifWorkbooksAreRead: one }]) =>
  one?.columns === undefined ? [] : [{ name, one: one as Case }],
);

/** What comes of a list: an error, or a plan with its rows. */
async function outcomeOf(
  name: string,
  { columns, country, options = [], sheet, headerInRow, hiddenRows, doNotCall }: Case,
) {
  const work = await temporaryFolder();
  const { values } = parseArgs({
    args: options,
    options: { delimiter: { type: 'string' }, encoding: { type: 'string' }, format: { type: 'string' } },
  });
  const path = join(work, 'plan');
  try {
    const plan = await makePlan({
      input: {
        from: join(folder, name),
        ...values,
        ...(sheet !== undefined && { sheet }),
        ...(headerInRow !== undefined && { headerRow: headerInRow }),
        ...(hiddenRows !== undefined && { hiddenRows }),
      } as ListFile,
      ...(doNotCall !== undefined && { doNotCall: join(folder, doNotCall) }),
      path,
      workFolder: join(work, 'work'),
      limits: { size: 1_000, bytes: 100_000 },
      template: readTemplate({ ...template, columns, numbers: { country } }),
    });
    const text = await readFile(path, 'utf8');
    return {
      plan,
      rows: text
        .split('\n')
        .slice(0, -1)
        .map((row) => JSON.parse(row) as PlanRow),
    };
  } catch (error) {
    if (!isBulkError(error)) throw error;
    return { error };
  }
}

/** What is wrong without a word. */
function wrongs({ right }: Case, plan: Plan, rows: readonly PlanRow[]): string[] {
  const people = typeof right === 'string' ? expected.lists[right]! : right!;
  const wrong: string[] = [];
  for (const row of rows) {
    if (!isCalleeRow(row)) continue;
    const [, , number, attributes] = row;
    const person = people.find(({ n }) => n === number);
    if (person === undefined) {
      if (plan.numbers.assumedCountry === undefined) wrong.push(`number ${number} is not in the list`);
      continue;
    }
    const isTold = (column: string) => plan.warnings.some(({ columns }) => columns?.includes(column));
    if ((attributes?.UUI ?? '') !== (person.u ?? '') && !isTold('UUI'))
      wrong.push(`UUI ${attributes?.UUI} for ${person.u}`);
    const spoken = Object.fromEntries((attributes?.Variables ?? []).map(({ Key, Value }) => [Key, Value]));
    for (const key of new Set([...Object.keys(spoken), ...Object.keys(person.v)])) {
      if (!isHeardAlike(spoken[key], person.v[key]) && !isTold(key))
        wrong.push(`${key} ${JSON.stringify(spoken[key])} for ${JSON.stringify(person.v[key])}`);
    }
  }
  return wrong;
}

/** Whether a person hears the same: a date or an amount may be written in several ways. */
function isHeardAlike(value: string | undefined, wanted: string | undefined): boolean {
  if (value === undefined || wanted === undefined) return (value ?? '') === (wanted ?? '');
  return (
    value === wanted ||
    amountOf(value) === amountOf(wanted) ||
    datesOf(value).some((date) => datesOf(wanted).includes(date))
  );
}

function amountOf(text: string): string {
  const plain = text
    .trim()
    .replace(/^(.*\d),(\d{1,2})$|,(?=\d{3})/g, (_all, whole, cents) =>
      whole === undefined ? '' : `${whole}.${cents}`,
    );
  return /^-?[\d.]+(?:e\+?\d+)?$/i.test(plain) ? String(Number(plain)) : `text ${text}`;
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

function datesOf(text: string): string[] {
  const [, year, month, day] = /^(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})/.exec(text) ?? [];
  if (year !== undefined) return [`${year}-${Number(month)}-${Number(day)}`];
  const [, month3, day3, year3] = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d{4})/.exec(text) ?? [];
  if (year3 !== undefined) return [`${year3}-${MONTHS.indexOf(month3!) / 3 + 1}-${Number(day3)}`];
  const [, first, second, short] = /^(\d{1,2})\/(\d{1,2})\/(?:20)?(\d\d)$/.exec(text) ?? [];
  if (short !== undefined)
    return [`20${short}-${Number(first)}-${Number(second)}`, `20${short}-${Number(second)}-${Number(first)}`];
  const [, date, name, long] = /(\d{1,2})-([A-Z][a-z]{2})-(?:20)?(\d\d)$/.exec(text) ?? [];
  if (long !== undefined) return [`20${long}-${MONTHS.indexOf(name!) / 3 + 1}-${Number(date)}`];
  return [];
}

describe('a list as a tool writes it is right, or refused, left out or warned about', () => {
  test.each(cases)('$name $one.options $one.doNotCall', async ({ name, one }) => {
    const { error, plan, rows } = await outcomeOf(name, one);
    const wrong =
      error !== undefined
        ? []
        : one.mustBeRefused !== undefined
          ? plan.callees === 0
            ? []
            : ['must be refused']
          : wrongs(one, plan, rows);
    const untellable = UNTELLABLE[name];
    expect(wrong.filter((what) => untellable?.test(what) !== true)).toEqual([]);
  });
});

/**
 * Rows that the sheet hides are read, unless they are to be left out; and a number that lost its + may be left out. Each is named.
 */
const NAMED: Readonly<Record<string, { kind: WarningKind; more?: string[]; fewer?: string[] }>> = {
  'hand-values.xlsx': { kind: 'hidden-row', more: ['008613112345678'] },
  'xlsxwriter-filtered.xlsx': { kind: 'hidden-row', more: ['008613112345678', '008613312345678'] },
  'java-notation.xlsx': { kind: 'number-no-country-code', fewer: ['0085251234567'] },
};

describe('a workbook is read as a person sees it', () => {
  test.each(workbooks)('$name', async ({ name, one }) => {
    const { error, plan, rows } = await outcomeOf(name, one);
    expect(error).toBeUndefined();
    const { kind, more = [], fewer = [] } = NAMED[name] ?? {};
    const read = rows!.filter((row) => !isCalleeRow(row) || !more.includes(row[2]));
    expect(wrongs(one, plan!, read)).toEqual([]);
    const people = typeof one.right === 'string' ? expected.lists[one.right]! : one.right!;
    const wanted = people.map(({ n }) => n).filter((number) => !fewer.includes(number));
    // Two numbers in one cell, and what a sheet cannot keep, are left out by name.
    expect(rows!.filter(isCalleeRow).map(([, , number]) => number)).toEqual(
      expect.arrayContaining([...wanted, ...more]),
    );
    if (kind !== undefined) expect(plan!.warnings.map((warning) => warning.kind)).toContain(kind);
  });

  test('rows that it hides are left out if that is asked for', async () => {
    const { ifWorkbooksAreRead: one } = expected.files['xlsxwriter-filtered.xlsx']!;
    const { plan, rows } = await outcomeOf('xlsxwriter-filtered.xlsx', {
      ...(one as Case),
      hiddenRows: 'leave-out',
    });
    expect(wrongs(one as Case, plan!, rows!)).toEqual([]);
    expect(plan).toMatchObject({ callees: 2, leftOut: { 'hidden-row': 2 } });
  });
});

describe('what has no list in it is refused, with what to do', () => {
  test.each([
    ['xlsxwriter-layout.xlsx', /several sheets: "说明", "list", "2026"\. Name the one/],
    ['xlwt-list.xls', /old Excel or WPS workbook \(\.xls\)\. Save it as "Excel Workbook \(\.xlsx\)"/],
    ['poi-hssf.xls', /old Excel or WPS/],
    ['gnumeric-text.xls', /old Excel or WPS/],
    ['sheetjs-write-xml.xls', /HTML or XML.* save the sheet/],
    ['pandas-to-html.xls', /HTML or XML.* save the sheet/],
    ['libreoffice-text.html', /HTML or XML.* save the sheet/],
    ['duckdb-copy.parquet', /Parquet/],
    ['arrow-ipc.arrow', /Arrow/],
    ['pandas-to-csv.csv.zip', /archive \(\.zip\)\. Unpack it/],
  ])('%s', async (name, message) => {
    const { error } = await outcomeOf(name, { columns: { Callee: 'phone' }, country: 'CN' });
    expect(error?.message).toMatch(message);
  });
});
