import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const relations = (...targets: [type: string, target: string][]) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${targets
    .map(
      ([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`;

function* sharedStrings(rows: number): Generator<string> {
  yield `<sst ${MAIN}><si><t>customer</t></si><si><t>phone</t></si><si><t>name</t></si><si><t>amount</t></si><si><t>due</t></si>`;
  for (let row = 0; row < rows; row++)
    yield `<si><t>138${String(row).padStart(8, '0')}</t></si><si><t>客户 ${row}</t></si>`;
  yield '</sst>';
}

function* sheet(rows: number): Generator<string> {
  const names = ['A', 'B', 'C', 'D', 'E'].map((letter, at) => `<c r="${letter}1" t="s"><v>${at}</v></c>`);
  yield `<worksheet ${MAIN}><sheetData><row r="1">${names.join('')}</row>`;
  for (let row = 0; row < rows; row++) {
    const at = row + 2;
    yield `<row r="${at}" spans="1:5"><c r="A${at}"><v>${1e9 + row}</v></c><c r="B${at}" t="s"><v>${2 * row + 5}</v></c><c r="C${at}" t="s"><v>${2 * row + 6}</v></c><c r="D${at}"><v>${(row % 1000) + 0.5}</v></c><c r="E${at}" s="1"><v>${46_447 + (row % 365)}</v></c></row>`;
  }
  yield '</sheetData></worksheet>';
}

/** A workbook as Excel writes it: every text is a shared one, and no two are alike. */
export async function writeWorkbook(path: string, rows: number): Promise<void> {
  const file = await open(path, 'w');
  try {
    await writeArchive(file, {
      '[Content_Types].xml': [
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
      ],
      '_rels/.rels': [relations(['officeDocument', 'xl/workbook.xml'])],
      'xl/workbook.xml': [
        `<workbook ${MAIN} xmlns:r="${OFFICE}"><sheets><sheet name="list" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      ],
      'xl/_rels/workbook.xml.rels': [
        relations(
          ['worksheet', 'worksheets/sheet1.xml'],
          ['styles', 'styles.xml'],
          ['sharedStrings', 'sharedStrings.xml'],
        ),
      ],
      'xl/styles.xml': [
        `<styleSheet ${MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
      ],
      'xl/sharedStrings.xml': sharedStrings(rows),
      'xl/worksheets/sheet1.xml': sheet(rows),
    });
  } finally {
    await file.close();
  }
}

async function writeArchive(
  file: FileHandle,
  parts: Readonly<Record<string, Iterable<string>>>,
): Promise<void> {
  const directory: Buffer[] = [];
  let position = 0;
  for (const [name, pieces] of Object.entries(parts)) {
    const start = position;
    const header = Buffer.alloc(30 + name.length);
    header.write('PK\x03\x04', 'latin1');
    header.writeUInt16LE(20, 4);
    header.writeUInt16LE(8, 8);
    header.writeUInt16LE(name.length, 26);
    header.write(name, 30);
    position += header.length;
    const written = { crc: 0, packed: 0, unpacked: 0 };
    for await (const piece of Readable.from(counted(pieces, written)).pipe(createDeflateRaw({ level: 6 }))) {
      await file.write(piece as Buffer, 0, undefined, position);
      position += (piece as Buffer).length;
      written.packed += (piece as Buffer).length;
    }
    header.writeUInt32LE(written.crc, 14);
    header.writeUInt32LE(written.packed, 18);
    header.writeUInt32LE(written.unpacked, 22);
    await file.write(header, 0, undefined, start);
    const entry = Buffer.alloc(46);
    entry.write('PK\x01\x02\x14\0', 'latin1');
    header.copy(entry, 6, 4, 30);
    entry.writeUInt32LE(start, 42);
    directory.push(entry, Buffer.from(name));
  }
  const all = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(Object.keys(parts).length, 8);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(all.length, 12);
  end.writeUInt32LE(position, 16);
  await file.write(Buffer.concat([all, end]), 0, undefined, position);
}

function* counted(pieces: Iterable<string>, written: { crc: number; unpacked: number }): Generator<Buffer> {
  let text = '';
  const take = () => {
    const bytes = Buffer.from(text);
    text = '';
    written.crc = crc32(bytes, written.crc);
    written.unpacked += bytes.length;
    return bytes;
  };
  for (const piece of pieces) {
    text += piece;
    if (text.length > 65_536) yield take();
  }
  yield take();
}
