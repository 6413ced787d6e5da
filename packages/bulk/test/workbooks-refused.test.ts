import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { digestInput } from '../src/input/input.js';
import { kindOfOle } from '../src/input/ole.js';
import { Warnings } from '../src/input/warnings.js';
import { readWorkbookList } from '../src/input/xlsx/list.js';
import { fileOf, planOf } from './plans.js';
import { temporaryFolder } from './support.js';
import { rowsOf, workbookOf, zipOf } from './workbooks.js';

const HEADER = ['phone', 'id', 'name'] as const;
const A = '008613800000000|a|李雷';

describe('what is refused', () => {
  const list = rowsOf(HEADER, ['13800000000', 'a', '李雷']);
  const whole = workbookOf(list);
  /** What the table of contents says of the sheet, changed. */
  const withSheetEntry = (change: (entry: Buffer) => void) => {
    const bytes = Buffer.from(whole);
    const name = bytes.lastIndexOf('xl/worksheets/sheet1.xml');
    change(bytes.subarray(bytes.lastIndexOf('PK\x01\x02', name), name));
    return bytes;
  };
  const withLength = (change: number) =>
    withSheetEntry((entry) => entry.writeUInt32LE(entry.readUInt32LE(24) + change, 24));
  const dtd = '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>';

  test.each([
    ['an archive that was cut', whole.subarray(0, -30), /damaged or was cut: its table of contents/],
    [
      'a changed byte',
      Buffer.from(whole).fill(0xff, whole.length - 950, whole.length - 940),
      /damaged|cannot/,
    ],
    ['a part that is longer than it states', withLength(-1), /does not have the length that it states/],
    ['a part that is shorter than it states', withLength(1), /does not have the length that it states/],
    [
      'a part with another checksum',
      withSheetEntry((entry) => entry.writeUInt32LE(1, 16)),
      /does not have its checksum/,
    ],
    [
      'a part that is packed in an unknown way',
      withSheetEntry((entry) => entry.writeUInt16LE(12, 10)),
      /packed in a way that workbooks do not use/,
    ],
    ['XML that ends early', workbookOf(`${list}<row><c>`), /damaged or was cut: its XML cannot be read/],
    ['a document type', workbookOf('', { parts: { 'xl/worksheets/sheet1.xml': dtd } }), /document type/],
    ['elements that lie too deep', workbookOf('<a>'.repeat(300)), /nested too deeply/],
    ['a text without an end', workbookOf(`${list}<!--${'x'.repeat(1_200_000)}`), /without an end/],
    [
      'a column that is nowhere',
      workbookOf(`<row r="1"><c r="ZZZZ1"><v>1</v></c></row>`),
      /outside the sheet/,
    ],
    [
      'a text that is not there',
      workbookOf(`<row r="1"><c r="A1" t="s"><v>9</v></c></row>`),
      /refers to a text/,
    ],
    ...[
      ['a row that is there twice', `${list}<row r="2"><c r="A2"><v>13800000001</v></c></row>`],
      ['rows in another order', `<row r="2"/><row r="1"><c r="A1"><v>1</v></c></row>`],
    ].map(([what, rows]): [string, Buffer, RegExp] => [
      what!,
      workbookOf(rows!),
      /its rows are not numbered one after the other/,
    ]),
    [
      'a cell that is there twice',
      workbookOf(`${list}<row r="3"><c r="A3"><v>1</v></c><c r="A3"><v>2</v></c></row>`),
      /it has a cell twice/,
    ],
    [
      'a part that is there twice, of which spreadsheets show the one or the other',
      workbookOf(list, { parts: { 'XL/worksheets/Sheet1.xml': '<worksheet/>' } }),
      /it has a part twice/,
    ],
    [
      'missing styles, by which a number may be another one',
      workbookOf(list, { parts: { 'xl/styles.xml': undefined } }),
      /a part of it is missing/,
    ],
    [
      'a missing sheet',
      workbookOf('', { parts: { 'xl/worksheets/sheet1.xml': undefined } }),
      /a part of it is missing/,
    ],
    [
      'a binary workbook',
      zipOf({ 'docProps/app.xml': '<a/>', 'xl/workbook.bin': 'x' }),
      /\(\.xlsb\)\. Save it as/,
    ],
    [
      'a document',
      zipOf({ '[Content_Types].xml': '', '_rels/.rels': '', 'word/document.xml': '' }),
      /word-processor/,
    ],
    ['an archive', zipOf({ 'list.csv': 'phone\n' }), /archive \(\.zip\)\. Unpack it/],
    ['one of Numbers', zipOf({ 'Index/Document.iwa': '' }), /Numbers workbook\. Export it/],
    ['OpenDocument', zipOf({ 'content.xml': '', 'META-INF/manifest.xml': '' }), /OpenDocument workbook/],
  ])('%s', async (_what, bytes, message) => {
    const failed = planOf(fileOf(bytes, {}, 1_000));
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.not.toThrow(/1380/);
  });

  test('every place at which a workbook may be cut', async () => {
    for (let length = 4; length < whole.length; length += 331)
      await expect(planOf(fileOf(whole.subarray(0, length), {}, 10_000))).rejects.toThrow(
        /damaged or was cut|archive/,
      );
  });

  test('one that is protected by a password, which looks like an old one', async () => {
    const directory = Buffer.from('EncryptedPackage', 'utf16le');
    const bytes = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(9_000), directory]);
    await expect(planOf(fileOf(bytes, {}, 7))).rejects.toThrow(/password-protected workbook\. Open it/);
    const named = async (name: string) =>
      kindOfOle(fileOf(Buffer.from(name, 'utf16le'), {}, 3).from as never);
    expect(await Promise.all(['Workbook', 'Book', 'WordDocument'].map(named))).toEqual([
      'xls',
      'xls',
      'document',
    ]);
  });

  test('a part that is longer than it may be, before it is unpacked', async () => {
    const reading = {
      warnings: new Warnings(),
      values: { warnings: new Warnings(), allowPrivateUse: false },
    };
    const entries = readWorkbookList(
      fileOf(whole).from as AsyncIterable<Uint8Array>,
      { Callee: 'phone' },
      { what: 'The list', reading, options: { maxUnpacked: 200 } },
    );
    await expect(entries.next()).rejects.toThrow(/longer than 200 bytes once unpacked/);
  });

  test.each([
    [{ sheet: '' }, /sheet of the list must be a text/],
    [{ headerRow: 0 }, /must be an integer from 1 to/],
    [{ hiddenRows: 'no' }, /must be read or leave-out/],
    [{ encoding: 'utf-8' }, /is a workbook \(\.xlsx\), not text\. Leave out "encoding"/],
    [{ delimiter: ';' }, /Leave out "delimiter"/],
    [{ format: 'csv' }, /Leave out "format"/],
  ])('%j', async (options, message) => {
    await expect(planOf(fileOf(whole, options as object, 1_000))).rejects.toThrow(message);
  });

  test('what only a workbook has, of a text', async () => {
    for (const options of [{ sheet: 'a' }, { headerRow: 2 }, { hiddenRows: 'read' }, { format: 'xlsx' }])
      await expect(planOf(fileOf('phone,id,name\n', options as object))).rejects.toThrow(/is not a workbook/);
  });
});

describe('where it comes from', () => {
  test('a path, a stream of bytes; and its digest is that of its bytes and of how it is read', async () => {
    const path = join(await temporaryFolder(), 'list.csv');
    const bytes = workbookOf(rowsOf(HEADER, ['13800000000', 'a', '李雷']));
    await writeFile(path, bytes);
    const byPath = await planOf(path);
    expect(byPath.sent).toEqual([A]);
    expect(byPath.input).toBe(await digestInput(path));
    expect((await planOf({ from: path, sheet: 'list' })).input).not.toBe(byPath.input);
    const stream = fileOf(bytes).from as AsyncIterable<Uint8Array>;
    expect((await planOf(stream)).sent).toEqual([A]);
  });

  test('one that is too long for memory is read from a copy that has no name', async () => {
    const path = join(await temporaryFolder(), 'long.xlsx');
    const filler = Buffer.alloc(9 * 1024 ** 2);
    for (let at = 0; at < filler.length; at += 4)
      filler.writeUInt32LE(Math.imul(at, 2_654_435_761) >>> 0, at);
    await writeFile(
      path,
      workbookOf(rowsOf(HEADER, ['13800000000', 'a', '李雷']), { parts: { 'xl/media/image1.png': filler } }),
    );
    expect((await planOf(path)).sent).toEqual([A]);
  });
});
