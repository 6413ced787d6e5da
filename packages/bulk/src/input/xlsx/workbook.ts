import { posix } from 'node:path';
import type { Archive } from './archive.js';
import { damaged } from './damaged.js';
import { NumberFormat } from './number-format.js';
import { readXml } from './xml.js';

/** A sheet, as the workbook lists it. */
export interface SheetEntry {
  readonly name: string;
  /** Where it is in the archive. */
  readonly part: string;
  readonly isHidden: boolean;
}

/** What all sheets share. */
export interface Workbook {
  readonly sheets: readonly SheetEntry[];
  /** Whether days are counted from 1904. */
  readonly is1904: boolean;
  /** Whether the spreadsheet is asked to calculate everything once it opens it, as programs do that cannot calculate. */
  readonly isUncalculated: boolean;
  readonly strings: string | undefined;
  readonly styles: string | undefined;
}

type Relations = ReadonlyMap<string, { type: string; part: string }>;

/** Reads what a workbook has, but none of its sheets. */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const main = [...(await relationsOf(archive, '')).values()].find(({ type }) => type === 'officeDocument');
  const part = main?.part ?? 'xl/workbook.xml';
  const relations = await relationsOf(archive, part);
  const sheets: SheetEntry[] = [];
  let is1904 = false;
  let isUncalculated = false;
  await readXml(archive.what, archive.read(part), {
    open(name, attributes) {
      if (name === 'workbookPr') is1904 = isTrue(attributes['date1904']);
      else if (name === 'calcPr') isUncalculated = isTrue(attributes['fullCalcOnLoad']);
      else if (name === 'sheet') {
        const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
        const relation = relations.get(id);
        const { name: title, state } = attributes;
        if (title === undefined || relation?.type !== 'worksheet') return;
        sheets.push({ name: title, part: relation.part, isHidden: state?.endsWith('idden') === true });
      }
    },
  });
  if (sheets.length === 0) throw damaged(archive.what, 'it has no sheet');
  const find = (wanted: string) => [...relations.values()].find(({ type }) => type === wanted)?.part;
  const strings = find('sharedStrings');
  return {
    sheets,
    is1904,
    isUncalculated,
    // Some programs name it even if no cell refers to it. Without the styles, however, 13105550101 would be in China, and not +1.
    strings: strings !== undefined && archive.has(strings) ? strings : undefined,
    styles: find('styles'),
  };
}

/** To which parts a part refers, by the ids that it has for them. */
async function relationsOf(archive: Archive, part: string): Promise<Relations> {
  const folder = posix.dirname(part);
  const file = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const relations = new Map<string, { type: string; part: string }>();
  if (!archive.has(file)) return relations;
  await readXml(archive.what, archive.read(file), {
    open(name, { Id, Type = '', Target }) {
      if (name !== 'Relationship' || Id === undefined || Target === undefined) return;
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target);
      relations.set(Id, { type: Type.slice(Type.lastIndexOf('/') + 1), part: target });
    },
  });
  return relations;
}

/** How cells show what is in them, by the number of their style. */
export interface Styles {
  readonly formats: NumberFormat[];
  /** Those that strike it out. */
  readonly struck: ReadonlySet<number>;
}

export async function readStyles(archive: Archive, { styles, is1904 }: Workbook): Promise<Styles> {
  const codes = new Map<number, string>();
  const ids: number[] = [];
  const struckFonts = new Set<number>();
  const struck = new Set<number>();
  let fonts = 0;
  let group = '';
  if (styles !== undefined)
    await readXml(archive.what, archive.read(styles), {
      open(name, { numFmtId, formatCode, fontId, val }) {
        if (name === 'cellXfs' || name === 'fonts') group = name;
        else if (name === 'numFmt' && formatCode !== undefined) codes.set(Number(numFmtId), formatCode);
        else if (group === 'fonts' && name === 'font') fonts++;
        else if (group === 'fonts' && name === 'strike' && (val === undefined || isTrue(val)))
          struckFonts.add(fonts - 1);
        else if (group === 'cellXfs' && name === 'xf') {
          if (fontId !== undefined && struckFonts.has(Number(fontId))) struck.add(ids.length);
          ids.push(Number(numFmtId ?? 0));
        }
      },
      close(name) {
        if (name === group) group = '';
      },
    });
  const formats = new Map<number, NumberFormat>();
  const list = ids.map((id) => {
    let format = formats.get(id);
    if (format === undefined) formats.set(id, (format = new NumberFormat(id, codes.get(id), is1904)));
    return format;
  });
  return { formats: list, struck };
}

export function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true' || value === 'on';
}
