import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { digestInput } from '../src/input/input.js';
import { common, runAll, setUp, template, temporaryFolder } from './support.js';
import { ndjson, planOf } from './plans.js';

describe('NDJSON', () => {
  test('numbers keep their digits: in ids and variables, with exponents, and nested', async () => {
    const { sent, left } = await planOf(
      ndjson(
        '{"phone":13800000000,"id":1413617112501850121,"name":12.10}',
        '{"phone":13800000001,"id":1413617112501850122,"name":-0.50}',
        '{"phone":13800000002,"id":1.413617112501850121e18,"name":1.5E-7}',
        '{"phone":13800000003.0,"id":1003.0,"name":1e6}',
        '{"phone":1.3800000004E10,"id":{"order":1413617112501850123},"name":[12.10]}',
        '{"phone":1.38e10,"id":7,"name":"x"}',
        '{"phone":13800000006,"id":true,"name":null}',
      ),
    );
    expect(sent).toEqual([
      '008613800000000|1413617112501850121|12.10',
      '008613800000001|1413617112501850122|-0.50',
      '008613800000002|1413617112501850121|0.00000015',
      '008613800000003|1003|1000000',
      '008613800000004|{"order":1413617112501850123}|[12.10]',
      '008613800000006|true',
    ]);
    expect(left).toEqual(['6 not-a-number']);
  });

  test('names of fields fit without case and blanks, and a better fit goes first', async () => {
    const { sent } = await planOf(
      ndjson(
        '{"Phone":"13800000000"," id":" a","NAME ":" Han"}',
        '{"PHONE":"1","phone":"13800000001","id":"b","name":"\\u674e"}',
      ),
    );
    expect(sent).toEqual(['008613800000000|a|Han', '008613800000001|b|李']);
  });

  test('a field that is there besides a better one is another field, also in a line that has it alone', async () => {
    const { sent, left } = await planOf(
      ndjson(
        '{"phone":"13800000000","PHONE":"13900000000","id":"a","name":"x"}',
        '{"PHONE":"13900000001","id":"b","name":"y"}',
      ),
    );
    expect([sent, left]).toEqual([['008613800000000|a|x'], ['2 no-number']]);
  });

  test.each([
    [
      'a field that no line has',
      ['{"phone":"13800000000","id":1}', '{"id":2,"nam":"x"}'],
      /no column "name"\. It has: "phone", "id", "nam"\. Did you mean "nam"\? No line has such a field/,
    ],
    [
      'the number as a field that no line has',
      ['{"tel":"13800000000","id":1,"name":"x"}'],
      /no column "phone"/,
    ],
    [
      'a field twice',
      ['{"phone":"1","id":1,"name":"x"}', '{"phone":"13800000000","id":1,"name":"x","phone":"13900000000"}'],
      /Line 2 of the list has the field "phone" twice/,
    ],
    [
      'a field twice, with an escape',
      ['{"phone":"13800000000","id":1,"name":"x","ph\\u006fne":"13900000000"}'],
      /the field "phone" twice/,
    ],
    [
      'two fields that fit alike',
      ['{"Phone":"13800000000","PHONE":"13900000000","id":1,"name":"x"}'],
      /two fields that may be "phone"/,
    ],
    [
      'a field that was taken for another one above',
      ['{"Phone":"13900000000","id":1,"name":"x"}', '{"phone":"13800000000","Phone":"1","id":2,"name":"y"}'],
      /Line 2 of the list has two fields that may be "phone", of which a line above/,
    ],
  ])('%s is refused', async (_what, lines, message) => {
    await expect(planOf(ndjson(...lines))).rejects.toThrow(message);
  });

  test('other fields may come twice, and braces and quotes within texts are text', async () => {
    const { sent } = await planOf(
      ndjson(
        '{"x":{"phone":"1","y":["}",{"z":"\\"{"}]},"x":1,"phone":"13800000000","id":"\\\\","name":"a\\"}{"}',
      ),
    );
    expect(sent).toEqual(['008613800000000|\\|a"}{']);
  });

  test('what cannot be read is left out, and why is said', async () => {
    const { left, warnings } = await planOf(
      ndjson(
        '{"phone":"13800000000","id":1,"name":"a"}',
        '{"phone":"13800000001","name":"\\ud83d"}',
        '{"phone":"13800000002","id":"\\ude00x"}',
        "{'phone': '13800000003'}",
        '{"phone":"13800000004"}{"phone":"13800000005"}',
        '{"phone":"13800000006","name":NaN}',
        '{"phone":["13800000007"]}',
        '{"name":"Total","phone":"13800000008"}',
        '"13800000009"',
        '{"phone":"13800000010"},',
        '["13800000011",1,"x"]',
        '{"phone":"13800000012",',
      ),
    );
    expect(left).toEqual([
      '2 malformed',
      '3 malformed',
      '4 malformed',
      '5 malformed',
      '6 malformed',
      '7 malformed',
      '8 total-row',
      '9 malformed',
      '10 malformed',
      '11 malformed',
      '12 malformed',
    ]);
    expect(
      warnings.map(({ kind, count, samples }) => [kind, count, samples.map(({ sample }) => sample)]),
    ).toEqual([
      ['total-row', 1, ['Total']],
      [
        'not-json',
        7,
        [
          expect.stringContaining('single quotes'),
          expect.stringContaining('several objects'),
          expect.stringContaining('NaN'),
        ],
      ],
      ['not-a-text', 1, [expect.stringContaining('"phone" is an object or a list')]],
      ['half-character', 2, [undefined, undefined]],
    ]);
  });

  test('a byte order mark within a text ends no line', async () => {
    const { sent, left } = await planOf(ndjson('{"phone":"13800000000","id":"\ufeffa","name":"x\ufeff"}'));
    expect([sent, left]).toEqual([['008613800000000|a|x'], []]);
  });

  test('line ends of CR alone, and files that were joined', async () => {
    const [a, b] = ['{"phone":"13800000000","id":1,"name":"a"}', '{"phone":"13800000001","id":2,"name":"b"}'];
    for (const text of [
      `\x1e${a}\n\x1e${b}\n`,
      `${a}\r${b}\r`,
      `\ufeff${a}\n\ufeff${b}\n`,
      `${a}\ufeff${b}`,
      `${a}\r\n${b}\r\n`,
    ]) {
      const { sent } = await planOf(ndjson(text));
      expect(sent).toEqual(['008613800000000|1|a', '008613800000001|2|b']);
    }
  });
});

describe('what a program gives', () => {
  const LIST = 'phone,id,name\n13800000000,a,Han\n';
  const SENT = ['008613800000000|a|Han'];

  test('a file in any form, with the same digest', async () => {
    const path = join(await temporaryFolder(), 'list.csv');
    await writeFile(path, LIST);
    const web = () => new Blob([LIST]).stream();
    const forms = [
      () => path,
      () => pathToFileURL(path),
      () => createReadStream(path),
      () => createReadStream(path, 'utf8'),
      () => Readable.from([Buffer.from(LIST)]),
      () => [Buffer.from(LIST.slice(0, 9)), new Uint8Array(Buffer.from(LIST.slice(9)))],
      web,
      () => ({ from: web() }),
      () => ({ from: pathToFileURL(path) }),
      () => ({ from: [LIST] }),
    ];
    const digest = await digestInput(path);
    for (const form of forms) {
      expect((await planOf(form() as never)).sent, form.toString()).toEqual(SENT);
      expect(await digestInput(form() as never), form.toString()).toBe(digest);
    }
  });

  test.each([
    ['a Buffer', Buffer.from(LIST), /It is a Buffer/],
    ['a Map', new Map([['13800000000', 'Han']]), /It is a Map/],
    ['nothing', undefined, /It is undefined/],
    ['a number', 13_800_000_000, /It is a number/],
    ['a function', () => [], /It is a function/],
    ['an object', { phone: '13800000000' }, /It is an object/],
    ['numbers that are no texts', [13_800_000_000], /Item 1 of the list is a number/],
    ['rows of fields', [['phone'], ['13800000000']], /Item 1 of the list is an array/],
    [
      'rows by name',
      [{ phone: '13800000000', name: 'Han' }],
      /Item 1 of the list is a row of something else/,
    ],
    [
      'rows of a stream',
      Readable.from([{ phone: '13800000000' }]),
      /Item 1 of the list is a row of something else/,
    ],
    [
      'a callee with a field that would be lost',
      [{ Callee: '13800000000' }, { Callee: '13800000001', name: 'Han' }],
      /Item 2 of the list is a row/,
    ],
    ['the text of a file', [LIST], /Item 1 of the list has several lines/],
    ['a file that is a Buffer', { from: Buffer.from(LIST) }, /"from" must be .* not a Buffer/],
    ['a file that is a Map', { from: new Map() }, /"from" must be .* not a Map/],
    [
      'a stream that changes its mind',
      { from: Readable.from([Buffer.from(LIST), { phone: 1 }]) },
      /its stream gives no bytes, but an object/,
    ],
    [
      'an unknown format',
      { from: 'list.csv', format: 'xml' },
      /format of the list must be csv, ndjson or xlsx/,
    ],
    ['an empty delimiter', { from: 'list.csv', delimiter: '' }, /delimiter of the list/],
  ])('%s is refused, and nothing of it is shown', async (_what, input, message) => {
    const failed = planOf(input as never, { columns: { Callee: 'phone' } });
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.not.toThrow(/1380000/);
  });

  test('an item with a value of a wrong type is left out, and which one it is is said', async () => {
    const Callee = '13800000000';
    const variable = { Key: 'name', Value: 'x' };
    const items = [
      { Callee: 13800000000 },
      { Callee, UUI: 7 },
      { Callee, UUI: null },
      { Callee, Variables: { name: 'x' } },
      { Callee, Variables: [{ Key: 'name', Value: 1 }] },
      { Callee, Variables: [variable, { ...variable, Value: 'y' }] },
      // A place that has nothing.
      { Callee, Variables: Object.assign([], { 1: variable }) },
    ];
    for (const item of items) {
      const { sent, left, warned } = await planOf([item as never]);
      expect([sent, left, warned]).toEqual([[], ['1 malformed'], ['wrong-item 1']]);
    }
    const { warnings } = await planOf(items.slice(1, 4) as never);
    expect(warnings[0]!.samples.map(({ sample }) => sample)).toEqual([
      'UUI is a number',
      'UUI is null',
      'Variables is an object',
    ]);
    for (const UUI of [
      1n,
      {
        get x() {
          throw new Error('13800000000');
        },
      },
    ])
      await expect(planOf([{ Callee: 'x' }, { Callee, UUI } as never])).rejects.toThrow(
        /^Item 2 .* cannot be sent/,
      );
  });

  test('half a character, and a variable with more to it, stop no run', async () => {
    const { client, engine, ledger, clock } = await setUp();
    const input = [
      { Callee: '13800000000', UUI: '\ud83d' },
      { Callee: '13800000001', Variables: [{ Key: 'name', Value: 'a\ude00' }] },
      { Callee: '13800000002', Variables: [{ Key: '\ud83d', Value: 'a' }] },
      { Callee: '13800000003', Variables: [{ Key: 'name', Value: 'a', Type: 'text' }] },
    ];
    const { report } = await runAll({ ...common, client, ledger, clock, input });
    expect([report.outcome, report.leftOut]).toEqual(['finished', { malformed: 3 }]);
    expect(engine.created[0]!.params['CalleeAttributes']).toEqual([
      { Callee: '008613800000003', Variables: [{ Key: 'name', Value: 'a' }] },
    ]);
  });
});

describe('nothing to send is no success', () => {
  test.each([
    ['a header and no line', 'phone\n', [], /the list has no line/],
    [
      'no number in any line',
      'phone\nx\ny\n',
      [],
      /no line of 2 has a number that is called \(not-a-number 2\)/,
    ],
    ['everybody on the do-not-call list', 'phone\n13800000000\n', ['13800000000'], /do-not-call 1/],
  ])('%s', async (_what, text, doNotCall, message) => {
    const { client, engine, folder, ledger, clock } = await setUp();
    const input = join(folder, 'list.csv');
    await writeFile(input, text);
    const options = {
      ...common,
      client,
      ledger,
      clock,
      input,
      doNotCall,
      template: { ...template, columns: { Callee: 'phone' } },
    };
    for (let run = 0; run < 2; run++) {
      const { events, report } = await runAll(options);
      expect([report.outcome, report.stop?.reason]).toEqual(['stopped', 'nothing-to-send']);
      expect(report.stop?.message).toMatch(message);
      expect(events.map(({ type }) => type).filter((type) => type !== 'planning')).toEqual([
        'planned',
        'stopped',
      ]);
    }
    expect(engine.createdCount).toBe(0);
  });
});
