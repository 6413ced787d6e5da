import type { Archive } from './archive.js';
import { CellText } from './cell-text.js';
import type { Cell } from './cells.js';
import { SpecialCell, isSimple } from './cells.js';
import { damaged } from './damaged.js';
import type { NumberFormat } from './number-format.js';
import type { SharedStrings } from './shared-strings.js';
import { isTrue } from './workbook.js';
import type { XmlHandler } from './xml.js';
import { XmlReader, textOfPart } from './xml.js';

/** A row that has a cell with something in it. */
export interface SheetRow {
  /** As the sheet counts them, from 1. */
  readonly number: number;
  /** Whether the sheet hides it, by a filter or by hand. */
  readonly isHidden: boolean;
  readonly cells: readonly Cell[];
  /** Columns whose cells are struck out. */
  readonly struck?: readonly number[] | undefined;
}

/**
 * Cells of several rows that the sheet shows as one: only the first has a value. Rows as the sheet counts them, columns
 * from 0.
 */
export interface MergedCells {
  readonly fromRow: number;
  readonly fromColumn: number;
  readonly toColumn: number;
}

/** What the cells of a sheet refer to. */
export interface SheetContext {
  readonly strings: SharedStrings;
  readonly formats: readonly NumberFormat[];
  /** Styles that strike out what is in their cells. */
  readonly struck: ReadonlySet<number>;
  /** Whether results of formulas may never have been calculated. */
  readonly isUncalculated: boolean;
}

/** How many merged cells over several rows are kept, to be named. */
const MAX_MERGED = 100_000;

/** Columns of a sheet, at most, and characters of a row. */
const MAX_COLUMNS = 16_384;
const MAX_ROW = 1024 ** 2;

/** A formula that adds up other cells, also within `ROUND(…)` or the like, or cell by cell. */
const SUM =
  /^[\s+\-@(]*(?:(?:ROUND(?:UP|DOWN)?|INT|ABS|N|IFERROR)\s*\()?(?:_xlfn\.)?(?:SUBTOTAL|D?SUM(?:IFS?|PRODUCT)?|AGGREGATE|COUNT(?:A|IFS?)?|AVERAGE(?:A|IFS?)?|MEDIAN|MODE|STDEV|VAR|MIN|MAX)\s*\(|^\$?[A-Z]{1,3}\$?\d+\s*\+\s*\$?[A-Z]{1,3}\$?\d/i;

/** Reads a sheet row by row. */
export class Sheet {
  readonly #archive: Archive;
  readonly #part: string;
  readonly #context: SheetContext;
  /** Columns that the sheet hides, counted from 0; complete once the first rows are there. */
  readonly hiddenColumns: { from: number; to: number }[] = [];
  /** Complete once all rows are there. */
  readonly merged: MergedCells[] = [];

  constructor(archive: Archive, part: string, context: SheetContext) {
    this.#archive = archive;
    this.#part = part;
    this.#context = context;
  }

  /** The rows that are not empty, many at a time. */
  async *rows(): AsyncGenerator<SheetRow[]> {
    const handler = new RowHandler(this.#archive.what, this.#context, this);
    const reader = new XmlReader(this.#archive.what, handler);
    for await (const piece of textOfPart(this.#archive.read(this.#part))) {
      reader.write(piece);
      if (handler.rows.length > 0) yield handler.rows.splice(0);
    }
    reader.end();
    yield handler.rows;
  }
}

/** What is heard of a sheet. Every cell of every row comes here. */
class RowHandler implements XmlHandler {
  readonly rows: SheetRow[] = [];
  readonly #what: string;
  readonly #context: SheetContext;
  readonly #sheet: Pick<Sheet, 'hiddenColumns' | 'merged'>;
  readonly #text: CellText;
  readonly #hasStruck: boolean;
  #isData = false;
  #number = 0;
  #isHidden = false;
  #cells: Cell[] = [];
  #struck: number[] | undefined;
  #hasValue = false;
  #characters = 0;
  #column = 0;
  #type = '';
  #style = 0;
  #formula: string | undefined;
  #isFormula = false;
  /** Number of a formula that several cells share: only the first of them has its text. */
  #shared: string | undefined;
  readonly #sharedSums = new Set<string>();

  constructor(what: string, context: SheetContext, sheet: Pick<Sheet, 'hiddenColumns' | 'merged'>) {
    this.#what = what;
    this.#context = context;
    this.#sheet = sheet;
    this.#text = new CellText(what);
    this.#hasStruck = context.struck.size > 0;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'c') this.#beginCell(attributes);
    else if (name === 'row') this.#beginRow(attributes);
    else if (name === 'f') {
      this.#formula = '';
      this.#isFormula = true;
      this.#shared = attributes['si'];
    } else if (name === 'sheetData') this.#isData = true;
    else if (name === 'col' && (isTrue(attributes['hidden']) || Number(attributes['width'] ?? 1) === 0))
      this.#sheet.hiddenColumns.push({
        from: Number(attributes['min']) - 1,
        to: Number(attributes['max']) - 1,
      });
    else if (name === 'mergeCell') this.#merge(attributes['ref'] ?? '');
    else this.#text.open(name);
  }

  text(piece: string): void {
    if (!this.#isFormula) this.#text.add(piece);
    // Its beginning tells whether it adds up.
    else if (this.#formula !== undefined && this.#formula.length < 64) this.#formula += piece.slice(0, 64);
  }

  close(name: string): void {
    if (name === 'c') this.#endCell();
    else if (name === 'row') this.#endRow();
    else if (name === 'f') this.#isFormula = false;
    else if (name === 'sheetData') this.#isData = false;
    else this.#text.close(name);
  }

  #beginRow({ r, hidden, ht }: Readonly<Record<string, string>>): void {
    const number = r === undefined ? this.#number + 1 : Number(r);
    // A row is known by its number, so that two of them must not have the same.
    if (!Number.isSafeInteger(number) || number <= this.#number)
      throw damaged(this.#what, 'its rows are not numbered one after the other');
    this.#number = number;
    this.#isHidden = (hidden !== undefined && isTrue(hidden)) || (ht !== undefined && Number(ht) === 0);
    this.#cells = [];
    this.#struck = undefined;
    this.#hasValue = false;
    this.#characters = 0;
    this.#column = -1;
  }

  #endRow(): void {
    if (!this.#isData || !this.#hasValue) return;
    this.rows.push({
      number: this.#number,
      isHidden: this.#isHidden,
      cells: this.#cells,
      struck: this.#struck,
    });
  }

  /** Such as `A2:A5`. */
  #merge(reference: string): void {
    const [from = '', to = from] = reference.split(':');
    const fromRow = rowOf(from);
    if (rowOf(to) > fromRow && this.#sheet.merged.length < MAX_MERGED)
      this.#sheet.merged.push({ fromRow, fromColumn: columnOf(from), toColumn: columnOf(to) });
  }

  #beginCell({ r, t, s }: Readonly<Record<string, string>>): void {
    this.#column = r === undefined ? this.#column + 1 : columnOf(r);
    if (!(this.#column >= 0 && this.#column < MAX_COLUMNS))
      throw damaged(this.#what, 'a cell is outside the sheet');
    this.#type = t ?? 'n';
    this.#style = s === undefined ? 0 : Number(s);
    this.#formula = undefined;
    this.#text.begin();
  }

  #endCell(): void {
    const cell = this.#cell();
    if (cell === undefined || cell === '') return;
    this.#hasValue = true;
    this.#characters += typeof cell === 'string' ? cell.length : cell.raw.length;
    if (this.#characters > MAX_ROW)
      throw damaged(this.#what, `a row has more than ${MAX_ROW.toLocaleString('en-US')} characters`);
    if (this.#cells[this.#column] !== undefined) throw damaged(this.#what, 'it has a cell twice');
    this.#cells[this.#column] = cell;
    if (this.#hasStruck && this.#context.struck.has(this.#style)) (this.#struck ??= []).push(this.#column);
  }

  #cell(): Cell {
    const { raw } = this.#text;
    switch (this.#type) {
      case 's':
        return raw === '' ? undefined : this.#shown(this.#context.strings.get(Number(raw), this.#what));
      case 'inlineStr':
      case 'str':
        return this.#shown(this.#text.end());
      case 'b':
        return raw === '' ? undefined : isTrue(raw.trim()) ? 'TRUE' : 'FALSE';
      case 'e':
        return new SpecialCell('error', raw);
      case 'd':
        return isoDate(raw);
      default:
        return this.#numberOf(raw);
    }
  }

  #numberOf(raw: string): Cell {
    const isFormula = this.#formula !== undefined;
    if (raw === '') return isFormula ? new SpecialCell('no-result', raw) : undefined;
    const format = this.#context.formats[this.#style];
    if (!isFormula && (format === undefined || format.isPlain) && isSimple(raw)) return raw;
    const isSum = isFormula && this.#isSum(this.#formula!);
    const isDoubtful = isFormula && this.#context.isUncalculated && Number(raw) === 0;
    return new SpecialCell('number', raw, format, isSum, isDoubtful);
  }

  #isSum(formula: string): boolean {
    if (this.#shared === undefined) return SUM.test(formula);
    if (SUM.test(formula)) this.#sharedSums.add(this.#shared);
    return this.#sharedSums.has(this.#shared);
  }

  #shown(text: string): string {
    const format = this.#context.formats[this.#style];
    return format === undefined || !format.changesText ? text : format.showText(text);
  }
}

/** A date or time as ISO 8601 has it, such as `2027-03-01T00:00:00.000Z`, without what a person would not say. */
function isoDate(text: string): string {
  return text
    .replace(/(?<=:\d\d)(?:\.0+)?Z?$/, '')
    .replace(/T00:00(?::00)?$/, '')
    .replace(/(?<=\d)T(?=\d)/, ' ');
}

/** The column of a cell, from 0: B2 is in column 1. */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at++) {
    const letter = reference.charCodeAt(at) & ~0x20;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return column - 1;
}

/** The row of a cell: B2 is in row 2. */
function rowOf(reference: string): number {
  return Number(/\d+$/.exec(reference)?.[0] ?? 0);
}
