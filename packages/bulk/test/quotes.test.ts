import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { CsvParser } from '../src/input/csv-parser.js';
import { fileOf, planOf } from './plans.js';

describe('quotes of CSV', () => {
  test('a field in quotes may have blanks around it, and commas and line breaks in it; a quote in another one is text', async () => {
    const text =
      'phone,id,name\n13800000000, "a", "Li, ""Lei""\nHan" \n13800000001,5" , "Li" Lei\n13800000002,c, 6"\n';
    for (const size of [1, 3, 1_000])
      expect((await planOf(fileOf(text, {}, size))).sent).toEqual([
        '008613800000000|a|Li, "Lei"\nHan',
        '008613800000001|5"| "Li" Lei',
        '008613800000002|c| 6"',
      ]);
  });

  test('a quote behind a digit, which may be an inch or end what was cut, is reported with its line', async () => {
    const text = 'phone,id,name\n13800000000,a,"6"""\n13800000001,b,flat 12"\n13800000002,"c","5"\n';
    for (const size of [1, 1_000]) {
      const { sent, warned } = await planOf(fileOf(text, {}, size));
      expect([sent.length, warned]).toEqual([3, ['lone-quote 1']]);
    }
  });

  test.each([
    'Ring twice.\nNo. 2, left',
    '13800000009, 13800000008',
    'a\n13800000009,13800000008',
    '100000, Beijing\n,\n',
  ])('a note with commas and line breaks is one: %j', async (note) => {
    const { sent } = await planOf(fileOf(`phone,id,name\n13800000000,a,"${note}"\n`));
    expect(sent).toEqual([`008613800000000|a|${note}`]);
  });

  test('its CSV is that of another parser, whatever is in it', () => {
    const field = fc.string({
      unit: fc.constantFrom('a', 'é', '😀', '"', ',', '\n', ' ', '\r\n'),
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        fc.nat(9),
        fc.boolean(),
        (table, size, hasQuotes) => {
          const text = Papa.unparse(table, { newline: '\n', quotes: hasQuotes });
          const found: string[][] = [];
          const parser = new CsvParser(',', 1, (fields) => found.push(fields));
          for (let at = 0; at < text.length; at += size + 1) parser.read(text.slice(at, at + size + 1));
          parser.end();
          expect(found).toEqual(table.map((fields) => fields.map((text_) => text_.replaceAll('\r\n', '\n'))));
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each<[string, string, RegExp]>([
    [
      'a quote that is closed by that of another line, which would be text',
      'phone,id,name\n13800000000,a,"Li\n13800000001,b,Han"\n',
      /from line 2 on: there are other lines of the list within the quotes/,
    ],
    [
      'the same with lines between them, and as two signs of an inch',
      'phone,id,name\n13800000009,x,y\n13800000000,a," \n+86 138-0000-0001,b,Han\n13800000002,c,"\n',
      /from line 3 on: there are other lines/,
    ],
    [
      'the same where the number is not the first column',
      'id,phone,name\n"a,13800000000,Li\nb",13800000001,Han\n',
      /from line 2 on: there are other lines/,
    ],
    [
      'a quote behind a blank that is not closed in its line',
      'phone,id,name\n13800000000,a, "Li\n13800000001,b, "Han\n',
      /from line 2 on: a misplaced quote/,
    ],
    [
      'a number of a note, in the second half of a list that csv-split-stream 1.0.2 has cut within the note',
      'phone,id,name\n13100000000,the new owner," he said"\n13100000001,of the flat",Li\n13800000001,b,Han\n',
      /from line 3 on: a quote ends a field that no quote begins/,
    ],
    [
      'the same where the note has quotes, and ends the line with a blank',
      'phone,id,name\r\n13100000000,a,the ""new"" owner" \r\n13800000001,b,Han\r\n',
      /from line 2 on: a quote ends a field/,
    ],
  ])('%s is refused', async (_what, text, message) => {
    await expect(planOf(fileOf(text, {}, 10_000))).rejects.toThrow(message);
  });
});
