import { describe, expect, test } from 'vitest';
import { sniff } from '../src/input/sniff.js';
import { fileOf, planOf } from './plans.js';

const A = '008613800000000|a|李雷';
const B = '008613800000001|b|Han';
const rows = ['phone,id,name', '13800000000,a,李雷', '13800000001,b,Han'];
const LIST = `${rows.join('\n')}\n`;

describe('a file is read as it was written', () => {
  test.each([
    ['semicolons', LIST.replaceAll(',', ';'), {}],
    ['tabs', LIST.replaceAll(',', '\t'), {}],
    ['bars', LIST.replaceAll(',', '|'), {}],
    ['a delimiter that is named', LIST.replaceAll(',', '^'), { delimiter: '^' }],
    ['a tab as a command line has it', LIST.replaceAll(',', '\t'), { delimiter: '\\t' }],
    ['sep=;', `sep=;\r\n${LIST.replaceAll(',', ';')}`, {}],
    [
      'sep=; behind a byte order mark, with a delimiter that is no usual one',
      `\ufeffsep=^\n${LIST.replaceAll(',', '^')}`,
      {},
    ],
    ['blank lines before the names', `\n  \n${LIST}`, {}],
    ['CR', LIST.replaceAll('\n', '\r'), {}],
    ['CR without an end', rows.join('\r'), {}],
    ['names with line breaks', LIST.replace('id,', '"Id\n",').replace('name', '"\nNAME"'), {}],
    ['CRLF', LIST.replaceAll('\n', '\r\n'), {}],
    ['CR CR LF', LIST.replaceAll('\n', '\r\r\n'), {}],
    ['CRLF in the first line, and LF', LIST.replace('\n', '\r\n'), {}],
    [
      'CRLF in the first line, LF, and quotes',
      '"phone","id","name"\r\n"13800000000","a","李雷"\n"13800000001","b","Han"\n',
      {},
    ],
    ['LF in the first line, and CRLF', `${rows[0]}\n${rows.slice(1).join('\r\n')}\r\n`, {}],
    ['UTF-16 little-endian', Buffer.from(`\ufeff${LIST}`, 'utf16le'), {}],
    ['UTF-16 big-endian', Buffer.from(`\ufeff${LIST}`, 'utf16le').swap16(), {}],
    [
      'UTF-16 and another encoding that is named',
      Buffer.from(`\ufeff${LIST}`, 'utf16le'),
      { encoding: 'gb18030' },
    ],
    ['names in another case and with blanks', LIST.replace('phone,id,name', 'Phone,ID, Name '), {}],
    ['blanks and tabs around an id', LIST.replace(',a,', ',"a\t",').replace(',b,', ', b,'), {}],
    [
      'what makes a spreadsheet take them for texts',
      LIST.replace(',a,', ',"=""a""",').replace('Han', '="Han"').replace('李雷', '"李雷\t"'),
      {},
    ],
    [
      'marks that nobody sees around an id',
      LIST.replace(',a,', ',\u202aa\u202c,').replace(',b,', ',b\u200b,'),
      {},
    ],
    ['the end of a file of DOS', `${LIST}\u001a`, {}],
    ['the same behind the last line', `${LIST.trimEnd()}\u001a`, {}],
    ['blanks after each comma, in the names as well', LIST.replaceAll(',', ', '), {}],
    ['blanks before the quotes', LIST.replaceAll(/,([^,\n]+)/g, ', "$1"'), {}],
    [
      'a tab, a no-break space and a wide one around them',
      LIST.replaceAll(/,(\w),(.*)/g, ',\t"$1"\u00a0,\u3000"$2"'),
      {},
    ],
  ])('%s', async (_what, text, options) => {
    const { sent, left } = await planOf(fileOf(text, options));
    expect([sent, left]).toEqual([[A, B], []]);
  });

  test('a bare LF in a file with CRLF is text where it makes the line whole', async () => {
    const text =
      'phone,id,name\r\n13800000000,a,after\nsix\no’clock\r\n13800000001,b\nc,Han\r\n13800000002,c,d\n\r\n';
    const { sent, left } = await planOf(fileOf(text));
    expect(sent).toEqual([
      '008613800000000|a|after\nsix\no’clock',
      '008613800000001|b\nc|Han',
      '008613800000002|c|d',
    ]);
    expect(left).toEqual(['8 no-number']);
  });

  test('so it is in a file with CR', async () => {
    const text = 'phone,id,name\r13800000000,a,Han\nLei\r13800000001,b,"Li\rLei"\r13800000002,c,x\r';
    expect((await planOf(fileOf(text))).sent).toEqual([
      '008613800000000|a|Han\nLei',
      '008613800000001|b|Li\nLei',
      '008613800000002|c|x',
    ]);
  });

  test('an apostrophe that keeps a spreadsheet from calculating is dropped, and no other', async () => {
    const { sent } = await planOf(
      fileOf("phone,id,name\n'+8613800000000,'+1,'=1\n13800000001,'-1,'@Li\n13800000002,'a,'t Hart\n"),
    );
    expect(sent).toEqual(['008613800000000|+1|=1', '008613800000001|-1|@Li', "008613800000002|'a|'t Hart"]);
  });

  test('an empty cell and one with blanks alone leave the value to the task', async () => {
    const { sent } = await planOf(fileOf('phone,id,name\n13800000000, ,\u3000\n13800000001,\u00a0, \n'));
    expect(sent).toEqual(['008613800000000|', '008613800000001|']);
  });

  test('files that were joined, with a byte order mark between them, and without an end of the line before it', async () => {
    const second = '\ufeffphone,id,name\n13800000002,c,d\n';
    for (const first of [LIST, LIST.trimEnd()]) {
      const { sent, left, warned } = await planOf(fileOf(`\ufeff${first}${second}`));
      expect(sent).toEqual([A, B, '008613800000002|c|d']);
      expect([left, warned]).toEqual([['4 not-a-number'], ['header-again 1']]);
    }
    const { sent } = await planOf(fileOf(LIST.replace('Han', 'H\ufeffan')));
    expect(sent).toEqual([A, B]);
  });

  test('the bytes of a list tell nothing of how large its pieces are', async () => {
    const text = `phone,id,name\r\n"13800000000","a","李\r\n""雷"""\r\n13800000001,b,x\ny\r\n`;
    for (const size of [1, 2, 3, 1_000]) {
      const { sent } = await planOf(fileOf(text, {}, size));
      expect(sent).toEqual(['008613800000000|a|李\n"雷"', '008613800000001|b|x\ny']);
    }
  });
});

describe('what cannot be read is refused, and what to do is said', () => {
  test.each([
    [
      'a column that is not there',
      'tel,id,nmae\n1,2,3\n',
      {},
      /no column "phone"\. It has: "tel", "id", "nmae"/,
    ],
    ['and one that may be meant', 'phones,id,name\n1,2,3\n', {}, /Did you mean "phones"\?/],
    [
      'no header, without showing its numbers',
      '13800000000,a,Han\n13800000001,b,Li\n',
      {},
      /It has: \(a number\), "a", "Han"\. The first line must name the columns; this one seems to be data/,
    ],
    [
      'no header, and digits of full width',
      '１３８００００００００,a,Han\n',
      {},
      /It has: \(a number\), "a", "Han"\. The first line/,
    ],
    [
      'a title before the header',
      'Spring,,\n,,\nphone,id,name\n1,2,3\n',
      {},
      /must be the first one: remove what comes before "phone", 2 lines below line 1/,
    ],
    ['names in single quotes', "'phone','id','name'\n1,2,3\n", {}, /CSV has double quotes/],
    [
      'another delimiter than the one that is named',
      LIST,
      { delimiter: ';' },
      /With the delimiter "," it has\./,
    ],
    [
      'two columns of one name but for their case, neither of which is as named',
      'Phone,PHONE,id,name\n1,2,3,4\n',
      {},
      /more than one column "phone"/,
    ],
    [
      'a backslash before a quote',
      'phone,id,name\n13800000000,a,"Li \\"Lei\\""\n',
      {},
      /line 2 on: .*not with a backslash/,
    ],
    [
      'the names again, in another order',
      `${LIST}\nid,phone,name\nc,13800000002,d\n`,
      {},
      /Line 5 of the list names the columns again/,
    ],
    [
      'the names again, but fewer',
      `${LIST}\nphone,name\n13800000002,d\n`,
      {},
      /Line 5 of the list names the columns again/,
    ],
    [
      'the names again, with one more',
      `${LIST}\nphone,home,id,name\n13800000002,1,c,d\n`,
      {},
      /Line 5 of the list names the columns again/,
    ],
    [
      'a table that was drawn',
      ' phone | id | name\n-------+----+------\n 13800000000 | a | b\n',
      {},
      /drawn for reading/,
    ],
    ['columns with blanks between them', 'phone id   name\n1\n', {}, /separated by spaces/],
    [
      'names in quotes with blanks between them',
      '"phone" "id" "name"\n1\n',
      {},
      /line 1 on: a misplaced quote/,
    ],
    ['a box of other signs', '┌───────┐\n│ phone │\n', {}, /drawn for reading/],
    ['a box', '+-------+\n| phone |\n+-------+\n', {}, /drawn for reading/],
    [
      'GBK',
      Buffer.concat([
        Buffer.from('phone,id,name\n13800000000,a,'),
        Buffer.from([0xc0, 0xee, 0xc0, 0xd7, 0x0a]),
      ]),
      {},
      /not utf-8\. It seems to be GBK or GB18030: name that \(--encoding gb18030\)/,
    ],
    [
      'Latin-1, which GBK could also be',
      Buffer.from('phone,id,name\n13800000000,a,Jürgen Müller\n', 'latin1'),
      {},
      /not utf-8\. Name its encoding/,
    ],
    ['UTF-8 under another name', Buffer.from(LIST), { encoding: 'utf-16le' }, /cannot be read|no column/],
    ['UTF-16 without a mark', Buffer.from(LIST, 'utf16le'), {}, /NUL bytes.*utf-16le/],
    ['an unknown encoding', LIST, { encoding: 'klingon' }, /encoding is unknown/],
    ['an unknown option', LIST, { separator: ';' } as object, /no option "separator"/],
    [
      'a JSON array',
      '[{"phone":"13800000000"}]',
      {},
      /JSON array, not one object on each line\. Convert it: jq -c/,
    ],
    [
      'a JSON array of one line of 100,000 characters',
      `[${'{"phone":"13800000000"},'.repeat(5_000)}{}]`,
      {},
      /JSON array/,
    ],
    ['JSON with line breaks', '{\n  "phone": "13800000000"\n}\n', {}, /line breaks in its objects.*jq -c \./],
    ['HTML', '\n<!DOCTYPE html><table>', {}, /HTML or XML page/],
    ['nothing', '', {}, /empty/],
    ['blank lines', '\n\n  \n', {}, /empty/],
  ])('%s', async (_what, text, options, message) => {
    await expect(planOf(fileOf(text, options, 10_000))).rejects.toThrow(message);
  });

  test.each([
    ['PK\x03\x04\x14\0\0\0\0\0xl/workbook.xml', 'xlsx'],
    ['PK\x03\x04\x14\0\0\0\0\0[Content_Types].xml', 'xlsx'],
    ['PK\x03\x04\x14\0\0\0\0\0xl/workbook.bin', 'xlsb'],
    ['PK\x03\x04\x14\0\0\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet', 'ods'],
    ['PK\x03\x04\x14\0\0\0\0\0list.csv', 'zip'],
    ['PK\x03\x04\x14\0\0\0\0\0[Content_Types].xml word/document.xml', 'document'],
    ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'xls'],
    ['\x1f\x8b\x08', 'gzip'],
    ['\x28\xb5\x2f\xfd', 'zstd'],
    ['BZh91AY&SY', 'bzip2'],
    ['PAR1\x15\x04', 'parquet'],
    ['ARROW1\0\0', 'arrow'],
    ['SQLite format 3\0', 'sqlite'],
    ['%PDF-1.7', 'pdf'],
    ['<?xml version="1.0"?>', 'html'],
    ['\xef\xbb\xbf<html>', 'html'],
    ['ID;PWXL;N;E\r\nP;PGeneral\r\n', 'sylk'],
    ['TABLE\n0,1\n"EXCEL"\n', 'dif'],
    ['-- MySQL dump 10.19\n', 'sql'],
    ['INSERT INTO list VALUES(1);\n', 'sql'],
    ['ID;PHONE\nC1;13800000000\n', 'text'],
    ['table\n0,1\n', 'text'],
    ['ORCID,phone\n', 'text'],
    ['PAR1,phone\n', 'text'],
    ['BZh1,phone\n', 'text'],
    ['RDATE,phone\n', 'text'],
    ['phone,name\n', 'text'],
    ['', 'text'],
  ])('%j is %s', (head, kind) => {
    expect(sniff(Buffer.from(head, 'latin1')).kind).toBe(kind);
  });
});

describe('encodings of Chinese', () => {
  const gbk = Buffer.concat([
    Buffer.from('phone,id,name\n13800000000,a,'),
    Buffer.from([0xcd, 0xf5, 0xfe, 0x9f]),
    Buffer.from('\n'),
  ]);

  test.each(['gbk', 'GB2312', 'x-gbk', 'gb18030', ' gbk '])(
    '%s is read as GB18030, which has the letters that GBK lacks here',
    async (encoding) => {
      const { sent } = await planOf(fileOf(gbk, { encoding }));
      expect(sent).toEqual(['008613800000000|a|王䶮']);
    },
  );

  test.each(['gb18030', 'gbk', 'windows-1251'])(
    'UTF-8 that makes sense as %s is refused',
    async (encoding) => {
      const list = 'phone,id,name\n13800000000,a,李雷\n13800000001,b,李雷\n';
      const file = () => fileOf(`${list}${'13800000002,c,Li\n'.repeat(9)}`, { encoding, format: 'csv' });
      await expect(planOf(file())).rejects.toThrow(/The list is UTF-8, not (gb18030|windows-1251)/);
    },
  );

  test('a letter of GBK that is also one of UTF-8 stays what it is', async () => {
    const list = Buffer.concat([
      Buffer.from('phone,id,name\n13800000000,a,'),
      Buffer.from([0xc4, 0xa3, 0x0a]),
    ]);
    expect((await planOf(fileOf(list, { encoding: 'gbk' }))).sent).toEqual(['008613800000000|a|模']);
  });

  test('a character for private use is refused, unless it is allowed', async () => {
    for (const name of ['王\ue863', '\u{f0000}']) {
      const text = `phone,id,name\n13800000000,a,${name}\n`;
      await expect(planOf(fileOf(text))).rejects.toThrow(
        /Line 2 of the list has a character for private use in "name"/,
      );
      expect((await planOf(fileOf(text), { allowPrivateUse: true })).sent).toEqual([
        `008613800000000|a|${name}`,
      ]);
      const item = { Callee: '13800000000', Variables: [{ Key: 'name', Value: name }] };
      await expect(planOf([item])).rejects.toThrow(/Line 1 .* private use/);
    }
    const { sent } = await planOf(fileOf('phone,id,name\n13800000000,a,𠮷野😀\n'));
    expect(sent).toEqual(['008613800000000|a|𠮷野😀']);
  });
});
