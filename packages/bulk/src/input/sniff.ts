import { BulkError } from '../errors.js';

/** How many bytes of a file tell what it is. */
export const HEAD_BYTES = 4_096;

/** What a file is by its first bytes: text in an encoding, or something that is not a list of lines. */
export type FileKind =
  { readonly kind: 'text'; readonly encoding?: string } | { readonly kind: keyof typeof ADVICE };

/** What to do with a file that is not text. */
const ADVICE = {
  xlsx: 'It is a workbook (.xlsx). Save the sheet as "CSV UTF-8".',
  xlsb: 'It is a binary workbook (.xlsb). Save it as "Excel Workbook (.xlsx)", or the sheet as "CSV UTF-8".',
  xls: 'It is an old Excel or WPS workbook (.xls). Save it as "Excel Workbook (.xlsx)", or the sheet as "CSV UTF-8".',
  protected:
    'It is a password-protected workbook. Open it in the spreadsheet, take the password off, and save it again.',
  ods: 'It is an OpenDocument workbook (.ods). Save it as "Excel 2007-365 (.xlsx)", or the sheet as CSV with the character set UTF-8.',
  numbers: 'It is a Numbers workbook. Export it to Excel (.xlsx), or to CSV with the encoding UTF-8.',
  document: 'It is a word-processor or presentation document. Save its table as "CSV UTF-8".',
  zip: 'It is an archive (.zip). Unpack it.',
  gzip: 'It is compressed (gzip). Unpack it, or pipe it: gunzip -c list.csv.gz | tccc-bulk run - …',
  zstd: 'It is compressed (Zstandard). Unpack it, or pipe it: zstd -dc list.csv.zst | tccc-bulk run - …',
  bzip2: 'It is compressed (bzip2). Unpack it.',
  xz: 'It is compressed (xz). Unpack it.',
  lz4: 'It is compressed (lz4). Unpack it.',
  '7z': 'It is an archive (.7z). Unpack it.',
  rar: 'It is an archive (.rar). Unpack it.',
  tar: 'It is an archive (.tar). Unpack it.',
  parquet: 'It is a Parquet file. Write it as CSV: duckdb -csv -c "from \'list.parquet\'"',
  arrow: 'It is an Arrow or Feather file. Write it as CSV.',
  avro: 'It is an Avro file. Write it as CSV.',
  orc: 'It is an ORC file. Write it as CSV.',
  sqlite: 'It is a SQLite database. Write the table as CSV: sqlite3 -header -csv list.db "select …"',
  pdf: 'It is a PDF. Get the table as CSV from where it was made.',
  rtf: 'It is a text document (.rtf). Save its table as CSV.',
  pickle: 'It is a Python pickle. Write it with DataFrame.to_csv.',
  rdata: 'It is an R data file. Write it with write.csv.',
  html: 'It is an HTML or XML page, whatever its name ends with: spreadsheets open it all the same. Open it there, and save the sheet as "CSV UTF-8".',
  mhtml:
    'It is a web archive, whatever its name ends with. Open it in a spreadsheet, and save the sheet as "CSV UTF-8".',
  sylk: 'It is a sheet in an old format (.slk). Open it in a spreadsheet, and save it as "Excel Workbook (.xlsx)" or "CSV UTF-8".',
  dif: 'It is a sheet in an old format (.dif). Open it in a spreadsheet, and save it as "Excel Workbook (.xlsx)" or "CSV UTF-8".',
  sql: 'It has SQL statements. Write the table as CSV, such as with psql --csv or sqlite3 -header -csv.',
  utf32: 'It is written in UTF-32. Save it as UTF-8.',
  binary: 'It is not text: it has NUL bytes. If it is UTF-16, name the encoding: utf-16le or utf-16be.',
} as const;

/** The first bytes of each kind. */
const SIGNATURES: readonly (readonly [kind: keyof typeof ADVICE, start: string])[] = [
  ['xls', '\xd0\xcf\x11\xe0'],
  // Excel before 5.0 wrote its sheets without a container.
  ['xls', '\x09\x08\x10\x00'],
  ['xls', '\x09\x04\x06\x00'],
  ['xls', '\x09\x02\x06\x00'],
  ['gzip', '\x1f\x8b'],
  ['zstd', '\x28\xb5\x2f\xfd'],
  ['xz', '\xfd7zXZ\x00'],
  ['lz4', '\x04\x22\x4d\x18'],
  ['7z', '7z\xbc\xaf\x27\x1c'],
  ['rar', 'Rar!\x1a'],
  ['arrow', '\xff\xff\xff\xff'],
  ['avro', 'Obj\x01'],
  ['sqlite', 'SQLite format 3\x00'],
  ['pdf', '%PDF-'],
  ['rtf', '{\\rtf'],
  ['pickle', '\x80\x02'],
  ['pickle', '\x80\x03'],
  ['pickle', '\x80\x04'],
  ['pickle', '\x80\x05'],
  ['mhtml', 'MIME-Version:'],
  ['utf32', '\xff\xfe\x00\x00'],
  ['utf32', '\x00\x00\xfe\xff'],
];

/** Kinds that begin with letters, as the name of a column may; what follows them is not text. */
const LETTERS: readonly (readonly [kind: keyof typeof ADVICE, start: RegExp])[] = [
  ['bzip2', /^BZh[1-9]1AY&SY/],
  ['parquet', /^PAR[1E][^ -~]/],
  ['arrow', /^(ARROW1\0|FEA1[^ -~])/],
  ['orc', /^ORC[^ -~\r\n\t]/],
  ['rdata', /^RD[XA][1-9]\n/],
  ['sylk', /^ID;P[A-Za-z]*(?:;[NE])*\r?\n[BCFOP];/],
  ['dif', /^TABLE\r?\n0,1\r?\n/],
  [
    'sql',
    /^(?:-- (?:MySQL|MariaDB|PostgreSQL|phpMyAdmin)|--\r?\n-- PostgreSQL|\/\*!|PRAGMA foreign_keys|INSERT (?:OR \w+ )?INTO |(?:DROP|CREATE) TABLE )/i,
  ],
];

/** Byte order marks, and the encoding that each of them announces. */
const MARKS: readonly (readonly [start: string, encoding: string])[] = [
  ['\xef\xbb\xbf', 'utf-8'],
  ['\xff\xfe', 'utf-16le'],
  ['\xfe\xff', 'utf-16be'],
];

/** Tells by its first bytes what a file is. */
export function sniff(head: Uint8Array): FileKind {
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1');
  if (text.startsWith('PK\x03\x04') || text.startsWith('PK\x05\x06')) return { kind: kindOfZip(text) };
  const known =
    SIGNATURES.find(([, start]) => text.startsWith(start)) ?? LETTERS.find(([, start]) => start.test(text));
  if (known !== undefined) return { kind: known[0] };
  if (text.startsWith('ustar', 257)) return { kind: 'tar' };
  const mark = MARKS.find(([start]) => text.startsWith(start));
  const body = mark === undefined ? text : text.slice(mark[0].length).replaceAll('\0', '');
  // No name of a column begins with <, and no line of JSON.
  if (/^\s*<[!?a-z]/i.test(body)) return { kind: 'html' };
  return mark === undefined ? { kind: 'text' } : { kind: 'text', encoding: mark[1] };
}

/** An archive by the names of what is in it. */
function kindOfZip(text: string): keyof typeof ADVICE {
  if (text.includes('xl/workbook.bin') || text.includes('xl/worksheets/sheet1.bin')) return 'xlsb';
  if (text.includes('xl/') || text.includes('[Content_Types].xml') || text.includes('_rels/.rels'))
    return /word\/|ppt\//.test(text) ? 'document' : 'xlsx';
  if (text.includes('application/vnd.oasis.opendocument.spreadsheet')) return 'ods';
  if (text.includes('application/vnd.oasis.opendocument')) return 'document';
  return text.includes('Index/') && text.includes('.iwa') ? 'numbers' : 'zip';
}

/** @throws BulkError that says what to do, if a file is not text. @param what such as `The list` */
export function refuseForeign(what: string, kind: Exclude<FileKind['kind'], 'text'>): BulkError {
  return new BulkError('InvalidInput', `${what} is not CSV, NDJSON or a workbook (.xlsx). ${ADVICE[kind]}`);
}
