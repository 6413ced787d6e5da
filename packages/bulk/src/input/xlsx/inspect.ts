import { BulkError } from '../../errors.js';
import type { Cell } from './cells.js';
import { SpecialCell } from './cells.js';
import { namesOf } from './list.js';
import { Book, sheetNamed } from './open.js';
import type { Sheet, SheetRow } from './sheet.js';

/** Rows among which the one is looked for that names the columns. */
const LOOKED_AT = 20;

/** The beginning of a sheet. */
export interface InspectedSheet {
  readonly sheet: string;
  /** Number of the row that seems to name the columns. */
  readonly headerRow: number;
  readonly names: readonly string[];
  /** The rows below, as long as the names: as columns of numbers have them, and as those of variables do. */
  readonly rows: readonly (readonly string[])[];
  readonly shown: readonly (readonly string[])[];
  /** How many of these rows the sheet hides. */
  readonly hidden: number;
}

/** Looks at the beginning of each sheet that may have a list: of the one that is named, or of all that have something in them. */
export async function inspectWorkbook(
  bytes: AsyncIterable<Uint8Array>,
  {
    what,
    sheet,
    headerRow,
    rows,
  }: { what: string; sheet: string | undefined; headerRow: number | undefined; rows: number },
): Promise<InspectedSheet[]> {
  const book = await Book.open(bytes, what);
  try {
    const entries = sheet === undefined ? await book.filled() : [sheetNamed(book, sheet, what)];
    const inspected: InspectedSheet[] = [];
    for (const entry of entries) {
      const first = await beginningOf(await book.sheetOf(entry), (headerRow ?? LOOKED_AT) + rows);
      const header =
        headerRow === undefined ? headerIn(first) : first.find(({ number }) => number === headerRow);
      if (header === undefined) continue;
      const below = first.slice(first.indexOf(header) + 1).slice(0, rows);
      const names = namesOf(header);
      inspected.push({
        sheet: entry.name,
        headerRow: header.number,
        names,
        rows: below.map(({ cells }) => names.map((_name, at) => textOf(cells[at], 'shownWhole'))),
        shown: below.map(({ cells }) => names.map((_name, at) => textOf(cells[at], 'shown'))),
        hidden: below.filter(({ isHidden }) => isHidden).length,
      });
    }
    if (inspected.length > 0) return inspected;
    const where = headerRow === undefined ? 'its sheets have no cells' : `its row ${headerRow} has no cells`;
    throw new BulkError('InvalidInput', `${what} is empty: ${where}.`);
  } finally {
    book.close();
  }
}

async function beginningOf(sheet: Sheet, most: number): Promise<SheetRow[]> {
  const first: SheetRow[] = [];
  for await (const rows of sheet.rows()) {
    first.push(...rows);
    if (first.length >= most) break;
  }
  return first.slice(0, most);
}

/** Titles have fewer cells than the row that names the columns, and what is below has numbers or comes later. */
function headerIn(first: readonly SheetRow[]): SheetRow | undefined {
  const texts = ({ cells }: SheetRow) =>
    cells.filter((cell) => typeof cell === 'string' && !/^[\d\s+-]+$/.test(cell));
  const isAllText = (row: SheetRow) =>
    texts(row).length === row.cells.filter((cell) => cell !== undefined).length;
  const candidates = first.slice(0, LOOKED_AT).filter(isAllText);
  const most = Math.max(0, ...candidates.map((row) => texts(row).length));
  return candidates.find((row) => texts(row).length === most) ?? first[0];
}

function textOf(cell: Cell, form: 'shown' | 'shownWhole'): string {
  return cell instanceof SpecialCell ? cell[form] : (cell ?? '');
}
