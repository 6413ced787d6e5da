import { BulkError } from '../../errors.js';
import { refuseForeign } from '../sniff.js';
import { Archive } from './archive.js';
import { damaged } from './damaged.js';
import { quoted } from './quoted.js';
import { SharedStrings } from './shared-strings.js';
import type { SheetContext, SheetRow } from './sheet.js';
import { Sheet } from './sheet.js';
import type { SheetEntry, Workbook } from './workbook.js';
import { readStyles, readWorkbook } from './workbook.js';
import { textOfPart } from './xml.js';

/** Where the rows of a list are in a workbook. */
export interface SheetChoice {
  /** Subject of messages: `The list`. */
  what: string;
  /** Name of the sheet. */
  sheet?: string | undefined;
  /** How a person names a sheet here; empty if nobody can. */
  advice: string;
  /** Whether hidden sheets count, too. @default false */
  withHidden?: boolean;
  /** Most bytes of a part of the workbook, unpacked. */
  maxUnpacked?: number | undefined;
}

/** A sheet that is being read. */
export interface OpenSheet {
  readonly name: string;
  readonly sheet: Sheet;
  readonly rows: AsyncGenerator<SheetRow[]>;
  close(): void;
}

/** A workbook of which no sheet was read yet. */
export class Book {
  readonly #archive: Archive;
  readonly #workbook: Workbook;
  #context: SheetContext | undefined;

  private constructor(archive: Archive, workbook: Workbook) {
    this.#archive = archive;
    this.#workbook = workbook;
  }

  /** @throws BulkError if it is another kind of file, or is damaged */
  static async open(bytes: AsyncIterable<Uint8Array>, what: string, maxUnpacked?: number): Promise<Book> {
    const archive = await Archive.open(bytes, what, maxUnpacked);
    try {
      refuseOther(archive);
      return new Book(archive, await readWorkbook(archive));
    } catch (error) {
      archive.close();
      throw error;
    }
  }

  get sheets(): readonly SheetEntry[] {
    return this.#workbook.sheets;
  }

  /** Those sheets that have something in them. */
  async filled(withHidden = false): Promise<SheetEntry[]> {
    const filled: SheetEntry[] = [];
    for (const entry of this.sheets)
      if ((withHidden || !entry.isHidden) && (await hasCells(this.#archive, entry))) filled.push(entry);
    return filled;
  }

  async sheetOf({ part }: SheetEntry): Promise<Sheet> {
    this.#context ??= {
      strings: await SharedStrings.read(this.#archive, this.#workbook.strings),
      ...(await readStyles(this.#archive, this.#workbook)),
      isUncalculated: this.#workbook.isUncalculated,
    };
    return new Sheet(this.#archive, part, this.#context);
  }

  close(): void {
    this.#context?.strings.close();
    this.#archive.close();
  }
}

/**
 * Opens the sheet of a workbook that has the list.
 *
 * @throws BulkError if it is another kind of file, is damaged, or has several sheets and none is named
 */
export async function openSheet(bytes: AsyncIterable<Uint8Array>, choice: SheetChoice): Promise<OpenSheet> {
  const book = await Book.open(bytes, choice.what, choice.maxUnpacked);
  try {
    const entry = await chosen(book, choice);
    const sheet = await book.sheetOf(entry);
    return { name: entry.name, sheet, rows: sheet.rows(), close: () => book.close() };
  } catch (error) {
    book.close();
    throw error;
  }
}

/** The entries of an archive tell what it is, wherever in it they are. */
function refuseOther(archive: Archive): void {
  const { names, what } = archive;
  const some = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (some(/^xl\/.*\.bin$/) && !some(/^xl\/workbook\.xml$/)) throw refuseForeign(what, 'xlsb');
  if (some(/^xl\//)) return;
  if (some(/^(?:word|ppt|visio)\//)) throw refuseForeign(what, 'document');
  if (some(/^index\/.*\.iwa$/)) throw refuseForeign(what, 'numbers');
  if (some(/^content\.xml$/) && some(/^meta-inf\/manifest\.xml$/)) throw refuseForeign(what, 'ods');
  if (!some(/^_rels\/\.rels$/)) throw refuseForeign(what, 'zip');
}

async function chosen(book: Book, { what, sheet, advice, withHidden }: SheetChoice): Promise<SheetEntry> {
  if (sheet !== undefined) return sheetNamed(book, sheet, what);
  const possible = book.sheets.filter(({ isHidden }) => withHidden === true || !isHidden);
  if (possible.length === 1) return possible[0]!;
  const filled = await book.filled(withHidden);
  if (filled.length === 1) return filled[0]!;
  if (filled.length === 0) throw new BulkError('InvalidInput', `${what} is empty: its sheets have no cells.`);
  throw new BulkError(
    'InvalidInput',
    `${what} is a workbook with several sheets: ${namesOf(filled)}. ${advice}`,
  );
}

/** @throws BulkError if there is no such sheet */
export function sheetNamed({ sheets }: Book, wanted: string, what: string): SheetEntry {
  for (const form of [(name: string) => name, (name: string) => name.trim().toLowerCase()]) {
    const found = sheets.find(({ name }) => form(name) === form(wanted));
    if (found !== undefined) return found;
  }
  throw new BulkError('InvalidInput', `${what} has no sheet ${quoted(wanted)}. It has: ${namesOf(sheets)}.`);
}

/** Whether there is anything in a sheet; only its beginning is read. */
async function hasCells(archive: Archive, { part }: SheetEntry): Promise<boolean> {
  if (!archive.has(part)) throw damaged(archive.what, 'a part of it is missing');
  for await (const piece of textOfPart(archive.read(part))) {
    if (/<(?:\w+:)?(?:v|t|is)[ >]/.test(piece)) return true;
  }
  return false;
}

/** How many sheets a message names. */
const NAMED = 30;

function namesOf(sheets: readonly SheetEntry[]): string {
  const names = sheets.slice(0, NAMED).map(({ name }) => quoted(name));
  return sheets.length > NAMED ? `${names.join(', ')} and ${sheets.length - NAMED} more` : names.join(', ');
}
