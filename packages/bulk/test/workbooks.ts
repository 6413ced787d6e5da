import { crc32, deflateRawSync } from 'node:zlib';

/** A row of a sheet: its cells as XML, or texts and numbers; undefined is a cell that is not there. */
export type Row = readonly (string | number | undefined)[];

/** What else a workbook has. */
export interface WorkbookParts {
  /** Sheets by their names; a name that begins with a dot is hidden. */
  sheets?: Readonly<Record<string, string>>;
  /** Before the rows of each sheet, such as `<cols>`. */
  before?: string;
  workbook?: string;
  strings?: readonly string[];
  /** Codes of number formats; style 1 is the first of them. */
  formats?: readonly string[];
  /** Parts that take the place of others, or come besides them. */
  parts?: Readonly<Record<string, string | Buffer | undefined>>;
}

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** The name of a column, such as B of 1. */
function letterOf(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest === 0 ? '' : letterOf(rest - 1)) + String.fromCharCode(65 + (column % 26));
}

/** A cell as XML. Text that begins with `<` is one already, but for its place. */
function cellOf(value: string | number, place: string): string {
  if (typeof value === 'number') return `<c r="${place}"><v>${value}</v></c>`;
  if (value.startsWith('<c')) return value.replace('<c', `<c r="${place}"`);
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
}

/** A row as XML. @param attributes such as `hidden="1"` */
export function rowOf(number: number, cells: Row, attributes = ''): string {
  const written = cells.map((value, at) =>
    value === undefined ? '' : cellOf(value, `${letterOf(at)}${number}`),
  );
  return `<row r="${number}" ${attributes}>${written.join('')}</row>`;
}

export const rowsOf = (...rows: Row[]) => rows.map((cells, at) => rowOf(at + 1, cells)).join('');

/** A workbook with one sheet of these rows, or with what is given. */
export function workbookOf(rows: string, options: WorkbookParts = {}): Buffer {
  const { sheets = { list: rows }, before = '', workbook = '', strings, formats = [], parts = {} } = options;
  const names = Object.keys(sheets);
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
  const relations = (text: string) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${text}</Relationships>`;
  const files: Record<string, string | Buffer | undefined> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': relations(relation(1, 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': `<workbook ${MAIN} xmlns:r="${RELATIONS}">${workbook}<sheets>${names
      .map(
        (name, at) =>
          `<sheet name="${escaped(name.replace(/^\./, ''))}" sheetId="${at + 1}" ${name.startsWith('.') ? 'state="hidden"' : ''} r:id="rId${at + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      names.map((_name, at) => relation(at + 1, 'worksheet', `worksheets/sheet${at + 1}.xml`)).join('') +
        relation(names.length + 1, 'styles', 'styles.xml') +
        relation(names.length + 2, 'sharedStrings', '/xl/sharedStrings.xml'),
    ),
    'xl/styles.xml': `<styleSheet ${MAIN}><numFmts>${formats
      .map((code, at) => `<numFmt numFmtId="${200 + at}" formatCode="${escaped(code)}"/>`)
      .join('')}</numFmts><cellXfs><xf numFmtId="0"/>${formats
      .map((code, at) => `<xf numFmtId="${/^[1-9]\d?$/.test(code) ? code : 200 + at}"/>`)
      .join('')}</cellXfs></styleSheet>`,
    ...(strings !== undefined && {
      'xl/sharedStrings.xml': `<sst ${MAIN}>${strings.map((text) => `<si>${text}</si>`).join('')}</sst>`,
    }),
    ...Object.fromEntries(
      Object.values(sheets).map((data, at) => [
        `xl/worksheets/sheet${at + 1}.xml`,
        `<?xml version="1.0" encoding="UTF-8"?>\n<worksheet ${MAIN}>${before}<sheetData>${data}</sheetData></worksheet>`,
      ]),
    ),
    ...parts,
  };
  return zipOf(files);
}

/** An archive of files, by their names. */
export function zipOf(files: Readonly<Record<string, string | Buffer | undefined>>): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    if (content === undefined) continue;
    const bytes = Buffer.from(content as string);
    const packed = deflateRawSync(bytes);
    const header = Buffer.alloc(26);
    header.writeUInt16LE(20, 0);
    header.writeUInt16LE(8, 4);
    header.writeUInt32LE(crc32(bytes), 10);
    header.writeUInt32LE(packed.length, 14);
    header.writeUInt32LE(bytes.length, 18);
    header.writeUInt16LE(Buffer.byteLength(name), 22);
    const start = Buffer.concat([Buffer.from('PK\x03\x04'), header, Buffer.from(name), packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), header, place, Buffer.from(name)]));
    local.push(start);
    offset += start.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(central.length, 4);
  end.writeUInt16LE(central.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...local, directory, Buffer.from('PK\x05\x06'), end]);
}
