import { BulkError } from '../../errors.js';
import type { Columns } from '../../request/template.js';
import { columnNames } from '../../request/template.js';
import type { CsvReading } from '../csv-layout.js';
import { CsvLayout } from '../csv-layout.js';
import type { Entry } from '../entry.js';
import { findColumn, noColumn } from '../find-column.js';
import { isRounded } from '../values.js';
import type { WarningKind, Warnings } from '../warnings.js';
import type { Cell } from './cells.js';
import { SpecialCell } from './cells.js';
import type { OpenSheet, SheetChoice } from './open.js';
import { openSheet } from './open.js';
import { quoted } from './quoted.js';
import type { SheetRow } from './sheet.js';

/** How a workbook is read as a list. */
export interface WorkbookOptions {
  sheet?: string | undefined;
  /** Number of the row that names the columns; if undefined, the first one that has them all. */
  headerRow?: number | undefined;
  /** What becomes of rows that the sheet hides. */
  hiddenRows?: 'read' | 'leave-out' | undefined;
  maxUnpacked?: number | undefined;
}

/** Rows that are looked through for the names of the columns. */
const LOOKED_AT = 20;

const ADVICE = 'Name the one that has the list: { sheet: … }, --sheet.';

/**
 * The rows of a workbook, as entries of a list.
 *
 * @throws BulkError if the workbook cannot be read, or does not name the columns
 */
export async function* readWorkbookList(
  bytes: AsyncIterable<Uint8Array>,
  columns: Columns,
  {
    what,
    reading,
    options,
  }: { what: string; reading: Omit<CsvReading, 'delimiter'>; options: WorkbookOptions },
): AsyncGenerator<Entry[]> {
  const { sheet, maxUnpacked } = options;
  const choice: SheetChoice = { what, sheet, maxUnpacked, advice: ADVICE };
  const open = await openSheet(bytes, choice);
  try {
    const list = new WorkbookList(open, columns, { reading, options });
    for await (const rows of open.rows) {
      for (const row of rows) list.take(row);
      yield list.entries.splice(0);
    }
    list.end();
    yield list.entries;
  } finally {
    open.close();
  }
}

/** What a column is for. */
type Role = 'callee' | 'id' | 'variable' | undefined;

/** Finds the row that names the columns, and makes an entry of each one below it. */
class WorkbookList {
  readonly entries: Entry[] = [];
  readonly #open: OpenSheet;
  readonly #columns: Columns;
  readonly #warnings: Warnings;
  readonly #options: WorkbookOptions;
  readonly #layout: CsvLayout;
  /** Rows above the one that names the columns. */
  readonly #above: SheetRow[] = [];
  #header: readonly string[] | undefined;
  #roles: Role[] = [];
  #callee = 0;
  #headerRow = 0;
  /** Number of the row before. */
  #last = 0;

  constructor(
    open: OpenSheet,
    columns: Columns,
    { reading, options }: { reading: Omit<CsvReading, 'delimiter'>; options: WorkbookOptions },
  ) {
    this.#open = open;
    this.#columns = columns;
    this.#warnings = reading.warnings;
    this.#options = options;
    this.#layout = new CsvLayout(columns, { ...reading, delimiter: undefined }, (entry) =>
      this.entries.push(entry),
    );
  }

  take(row: SheetRow): void {
    if (row.number > this.#last + 1) this.#layout.blank();
    this.#last = row.number;
    if (this.#header === undefined) this.#look(row);
    else this.#read(row, this.#header);
  }

  end(): void {
    if (this.#header === undefined) throw this.#noHeader();
    this.#nameMerged(this.#header);
    this.#layout.end();
  }

  /** A value that the sheet shows for several rows is that of the first one alone. */
  #nameMerged(header: readonly string[]): void {
    for (const { fromRow, fromColumn, toColumn } of this.#open.sheet.merged) {
      if (fromRow <= this.#headerRow) continue;
      const at = header.findIndex(
        (_name, column) => column >= fromColumn && column <= toColumn && this.#isRead(column),
      );
      if (at !== -1) this.#warnings.add('merged-cells', { line: fromRow, column: header[at]! });
    }
  }

  /** Whether what a column has matters. */
  #isRead(at: number): boolean {
    return this.#roles[at] !== undefined || this.#layout.isTelling(at);
  }

  #look(row: SheetRow): void {
    const { headerRow } = this.#options;
    const isNamed = headerRow === row.number;
    if (headerRow !== undefined && row.number > headerRow) throw this.#noHeader();
    const names = namesOf(row);
    if (isNamed || (headerRow === undefined && missingOf(names, columnNames(this.#columns)).length === 0))
      return this.#begin(names, row);
    this.#above.push(row);
    if (headerRow === undefined && this.#above.length === LOOKED_AT) throw this.#noHeader();
    if (this.#above.length > LOOKED_AT) this.#above.shift();
  }

  #begin(names: readonly string[], row: SheetRow): void {
    const [missing] = missingOf(names, columnNames(this.#columns));
    if (missing !== undefined)
      throw noColumn(missing, names, `Row ${row.number} was given as the one with the names.`);
    this.#header = names;
    this.#headerRow = row.number;
    const { Callee, UUI, Variables = {} } = this.#columns;
    this.#callee = findColumn(names, Callee);
    for (const column of Object.values(Variables)) this.#roles[findColumn(names, column)] = 'variable';
    if (UUI !== undefined) this.#roles[findColumn(names, UUI)] = 'id';
    this.#roles[this.#callee] = 'callee';
    this.#nameHidden(names, row.number);
    for (const { number, cells } of this.#above)
      this.#warnings.add('rows-above-header', { line: number, sample: firstText(cells) });
    this.#layout.take([...names], row.number, false);
  }

  #nameHidden(names: readonly string[], line: number): void {
    const { hiddenColumns } = this.#open.sheet;
    for (const [at, role] of this.#roles.entries()) {
      if (role !== undefined && hiddenColumns.some(({ from, to }) => at >= from && at <= to))
        this.#warnings.add('hidden-column', { line, column: names[at]! });
    }
  }

  #read({ number, cells, isHidden, struck = [] }: SheetRow, header: readonly string[]): void {
    const at = struck.find((column) => this.#roles[column] !== undefined);
    if (at !== undefined) this.#warnings.add('struck-out', { line: number, column: header[at]! });
    if (isHidden && this.#options.hiddenRows === 'leave-out') {
      this.#layout.leaveOut(this.#fieldsOf(cells, number, header), number, 'hidden-row');
      return;
    }
    if (isHidden) this.#warnings.add('hidden-row', { line: number });
    const callee = cells[this.#callee];
    if (callee instanceof SpecialCell && callee.isSum) {
      this.#warnings.add('total-row', { line: number, sample: firstText(cells) });
      this.entries.push({ line: number, callee: callee.stored, problem: 'total-row' });
      return;
    }
    this.#layout.take(this.#fieldsOf(cells, number, header), number, false);
  }

  #fieldsOf(cells: readonly Cell[], line: number, header: readonly string[]): string[] {
    return header.map((name, at) => {
      const cell = cells[at];
      return cell instanceof SpecialCell ? this.#textOf(cell, at, line, name) : (cell ?? '');
    });
  }

  /** The text of a cell, as its column needs it. */
  #textOf(cell: SpecialCell, at: number, line: number, column: string): string {
    const role = this.#roles[at];
    if (!this.#isRead(at)) return cell.stored;
    const warn = (kind: WarningKind) => this.#warnings.add(kind, { line, column, sample: cell.raw });
    if (cell.kind === 'no-result' || cell.isDoubtful) warn('formula-without-result');
    if (role === undefined) return cell.stored;
    if (cell.kind === 'no-result') return '';
    if (cell.kind === 'error') {
      if (role === 'callee') return cell.raw;
      warn('error-cell');
      return '';
    }
    const text = role === 'variable' ? cell.shown : cell.shownWhole;
    // That of a text with 0 at its end is said by the check of all values.
    if (cell.isLong && (role === 'callee' || !isRounded(text))) warn('long-number');
    return text;
  }

  #noHeader(): BulkError {
    const { headerRow } = this.#options;
    if (headerRow !== undefined)
      return new BulkError(
        'InvalidInput',
        `Row ${headerRow} of the list should name the columns, but the sheet ${quoted(this.#open.name)} has nothing in it.`,
      );
    const wanted = columnNames(this.#columns);
    const tries = this.#above.map((row) => ({ names: namesOf(row), row }));
    const best = tries.toSorted(
      (a, b) =>
        missingOf(a.names, wanted).length - missingOf(b.names, wanted).length ||
        b.names.length - a.names.length,
    )[0];
    if (best === undefined)
      return new BulkError('InvalidInput', 'The list is empty: a row of its sheet must name the columns.');
    const missing = missingOf(best.names, wanted)[0]!;
    return noColumn(missing, best.names, `That is row ${best.row.number} of its sheet.`);
  }
}

/** The names in a row, up to the last one. */
export function namesOf({ cells }: Pick<SheetRow, 'cells'>): string[] {
  const names = Array.from(cells, (cell) => (cell instanceof SpecialCell ? cell.shown : (cell ?? '')));
  while (names.at(-1)?.trim() === '') names.pop();
  return names;
}

function missingOf(names: readonly string[], wanted: readonly string[]): string[] {
  return wanted.filter((name) => findColumn(names, name) === -1);
}

function firstText(cells: readonly Cell[]): string {
  const cell = cells.find((one) => one !== undefined);
  return cell instanceof SpecialCell ? cell.stored : (cell ?? '');
}
