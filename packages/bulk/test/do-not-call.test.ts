import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DoNotCall } from '../src/plan/do-not-call.js';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll } from 'vitest';
import { readTemplate } from '../src/request/template.js';
import { planOf } from './plans.js';
import { template } from './support.js';

let path: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tccc-bulk-test-'));
  path = join(folder, 'stop.txt');
});
afterAll(() => rm(folder, { recursive: true }));

const [A, B, C] = ['13800000000', '13800000001', '13800000002'];

/** Which of three numbers may be called, and how many the list has. */
async function left(text: string | Buffer) {
  await writeFile(path, text);
  return leftOf(path);
}

async function leftOf(doNotCall: DoNotCall) {
  const { sent, doNotCallEntries } = await planOf([A, B, C], { doNotCall, columns: { Callee: 'phone' } });
  return [sent.map((row) => row.slice(4, -1)), doNotCallEntries];
}

describe('a do-not-call list swallows nothing', () => {
  const long = 'x'.repeat(200_000);

  test.each([
    ['LF', `${A}\n${B}\n`],
    ['CRLF', `${A}\r\n${B}\r\n`],
    ['CR', `# who said no\r${A}\r${B}\r`],
    ['NEL', `# who said no\u0085${A}\u0085${B}`],
    ['LS', `# who said no\u2028${A}\u2028${B}`],
    ['PS', `# who said no\u2029${A}\u2029${B}`],
    ['form feeds and vertical tabs', `# who said no\f${A}\v${B}`],
    ['all of them', `\ufeff# a\r\n#\n# b\r\n\n \t \n${A}\r\r\n${B}`],
    ['files that were joined', `${A}\ufeff${B}`],
    ['UTF-16', Buffer.from(`\ufeff${A}\r\n${B}`, 'utf16le')],
    ['a comment of 200,000 characters', `${A}\n# ${long}\n${B}\n`],
    ['a comment of 200,000 characters, and CR', `${A}\r# ${long}\r${B}\r`],
    ['200,000 blanks in a line', `${A}\n${' '.repeat(200_000)}\n${B}\n`],
    ['200,000 blanks before a number', `${A}\n${' '.repeat(200_000)}${B}\n`],
    ['the end of a file of DOS', `${A}\n${B}\u001a`],
    ['Chinese in a comment', `# 不要打电话\n${A}\n${B}`],
  ])('%s', async (_what, text) => {
    expect(await left(text)).toEqual([[C], 2]);
  });

  test.each([
    ['comments alone', '# nobody\n\n', /has lines, but no number/],
    ['#N/A', `${A}\n#N/A\n`, /Line 2 .* a comment is # and a space/],
    ['#REF!', '#REF!\n', /Line 1 .* a comment is # and a space/],
    ['########', `########\n${A}`, /Line 1 .* a comment is # and a space/],
    ['a number behind #', `#${A}`, /Line 1 .* a comment is # and a space/],
    ['quotes', `"${A}"\n`, /Line 1 .* It is in quotes/],
    ['a header', `phone\n${A}\n`, /Line 1 .* name a column/],
    ['two columns', `${A},asked\n`, /Line 1 .* several columns/],
    ['two columns with a tab', `${A}\tasked\n`, /Line 1 .* several columns/],
    ['two columns with a semicolon', `${A};asked\n`, /Line 1 .* several columns/],
    ['JSON', `{"phone":"${A}"}`, /Line 1 of the do-not-call list is not a number/],
    ['a word in the middle', `${A}\nnobody\n`, /Line 2 of the do-not-call list is not a number/],
    [
      '200,000 digits',
      `${A}\n${'1'.repeat(200_000)}\n${B}`,
      /Line 2 of the do-not-call list is not a number/,
    ],
    [
      'a workbook that was cut',
      Buffer.from('PK\x03\x04\x14\0xl/workbook.xml', 'latin1'),
      /do-not-call list \S+stop\.txt is a workbook \(\.xlsx\) that is damaged or was cut/,
    ],
    [
      'an old workbook',
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0]),
      /do-not-call list \S+stop\.txt is not CSV, NDJSON or a workbook \(\.xlsx\)\. It is an old Excel/,
    ],
    [
      'GBK',
      Buffer.from([0xd5, 0xc5]),
      /do-not-call list \S+stop\.txt cannot be read: it is not utf-8\. Save it as UTF-8/,
    ],
  ])('%s is refused, and no number is shown', async (_what, text, message) => {
    const failed = left(text);
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.not.toThrow(/1380000/);
  });

  describe('without a country', () => {
    const international = { ...template, columns: { Callee: 'phone' }, numbers: {} };
    const planned = (doNotCall: DoNotCall) =>
      planOf(['+8613805551234', '+8613800000000', '+498613800000000'], {
        doNotCall,
        template: readTemplate(international),
      });

    test.each(['13805551234', '8610065138000', '862164371234', '0755-86013388'])(
      '%s could be a number of any',
      async (text) => {
        await expect(planned([text])).rejects.toThrow(
          /^Line 1 .* write it with \+ and the country code, .* numbers\.country in the template/,
        );
        expect((await planned(['0086 138 0555 1234'])).left).toEqual(['1 do-not-call']);
      },
    );

    test.each(['8613800000000', '86 138 0000 0000', '86-13800000000'])(
      '%s is a mobile number of China that lacks its +, or at most one of Germany',
      async (text) => {
        expect((await planned([text])).left).toEqual(['2 do-not-call', '3 do-not-call']);
      },
    );
  });

  test('what a program gives: numbers, or the bytes of a file; nothing else', async () => {
    const forms: (() => DoNotCall)[] = [
      () => [A!, B!],
      () => new Set([A!, B!]),
      () => Readable.from([Buffer.from(`${A}\r`), Buffer.from(`\n${B}`)]),
      () => new Blob([`${A}\n${B}`]).stream() as unknown as AsyncIterable<Uint8Array>,
      () => [`${A}\n${B}`],
    ];
    for (const form of forms) expect(await leftOf(form()), form.toString()).toEqual([[C], 2]);
    expect(await leftOf([])).toEqual([[A, B, C], 0]);
    for (const wrong of [Buffer.from(A!), new Map([[A, 1]]), [13_800_000_000], 5, {}])
      await expect(leftOf(wrong as never)).rejects.toThrow(/The do-not-call list must be the path of a file/);
  });
});
