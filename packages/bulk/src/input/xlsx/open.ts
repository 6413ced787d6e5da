import { BulkError } from '../../errors.js';
import { refuseForeign } from '../sniff.js';
import { Archive } from './archive.js';
import { damaged } from './damaged.js';
import { SharedStrings } from './shared-strings.js';
import type { SheetRow } from './sheet.js';
import { Sheet } from './sheet.js';
import type { SheetEntry, Workbook } from './workbook.js';
import { readFormats, readWorkbook } from './workbook.js';

/** Where the rows of a list are in a workbook. */
export interface SheetChoice {
  /** Subject of messages: `The list`. */
  what: string;
  /** Name of the sheet. */
  sheet?: string | undefined;
  /** How a person names a sheet here; empty if nobody can. */
  advice: string;
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

/**
 * Opens the sheet of a workbook that has the list.
 *
 * @throws BulkError if it is another kind of file, is damaged, or has several sheets and none is named
 */
export async function openSheet(bytes: AsyncIterable<Uint8Array>, choice: SheetChoice): Promise<OpenSheet> {
  const archive = await Archive.open(bytes, choice.what, choice.maxUnpacked);
  let strings: SharedStrings | undefined;
  try {
    refuseOther(archive);
    const workbook = await readWorkbook(archive);
    const entry = await chosen(archive, workbook, choice);
    strings = await SharedStrings.read(archive, workbook.strings);
    const formats = await readFormats(archive, workbook);
    const { isUncalculated } = workbook;
    const sheet = new Sheet(archive, entry.part, { strings, formats, isUncalculated });
    const close = () => {
      strings?.close();
      archive.close();
    };
    return { name: entry.name, sheet, rows: sheet.rows(), close };
  } catch (error) {
    strings?.close();
    archive.close();
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

async function chosen(
  archive: Archive,
  { sheets }: Workbook,
  { what, sheet, advice }: SheetChoice,
): Promise<SheetEntry> {
  const forms = [(name: string) => name, (name: string) => name.trim().toLowerCase()];
  if (sheet !== undefined) {
    for (const form of forms) {
      const found = sheets.find(({ name }) => form(name) === form(sheet));
      if (found !== undefined) return found;
    }
    throw new BulkError('InvalidInput', `${what} has no sheet ${quoted(sheet)}. It has: ${namesOf(sheets)}.`);
  }
  const visible = sheets.filter(({ isHidden }) => !isHidden);
  if (visible.length === 1) return visible[0]!;
  const filled: SheetEntry[] = [];
  for (const entry of visible) if (await hasCells(archive, entry)) filled.push(entry);
  if (filled.length === 1) return filled[0]!;
  if (filled.length === 0) throw new BulkError('InvalidInput', `${what} is empty: its sheets have no cells.`);
  throw new BulkError(
    'InvalidInput',
    `${what} is a workbook with several sheets: ${namesOf(filled)}. ${advice}`,
  );
}

/** Whether there is anything in a sheet; only its beginning is read. */
async function hasCells(archive: Archive, { part }: SheetEntry): Promise<boolean> {
  if (!archive.has(part)) throw damaged(archive.what, 'a part of it is missing');
  for await (const piece of archive.read(part)) {
    if (/<(?:\w+:)?(?:v|t|is)[ >]/.test(piece.toString('latin1'))) return true;
  }
  return false;
}

/** How many sheets a message names. */
const NAMED = 30;

function namesOf(sheets: readonly SheetEntry[]): string {
  const names = sheets.slice(0, NAMED).map(({ name }) => quoted(name));
  return sheets.length > NAMED ? `${names.join(', ')} and ${sheets.length - NAMED} more` : names.join(', ');
}

/** A name for a message. Excel allows 31 characters, and they may be a phone number. */
export function quoted(name: string): string {
  const plain = name.replaceAll(/\p{C}|[\u2028\u2029]/gu, '\ufffd').replaceAll(/\d{3,}(?=\d{4})/g, '…');
  return `"${plain.length > 40 ? `${plain.slice(0, 40)}…` : plain}"`;
}
