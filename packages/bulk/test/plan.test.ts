import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runBulk } from '../src/index.js';
import type { BulkInput } from '../src/input/input.js';
import type { Plan, PlanOptions } from '../src/plan/plan.js';
import { makePlan } from '../src/plan/plan.js';
import type { PlanRow } from '../src/plan/rows.js';
import { readTemplate } from '../src/request/template.js';
import { common, numberOf, numbers, setUp, template, temporaryFolder } from './support.js';

const columns = { Callee: 'phone', UUI: 'id', Variables: { name: 'name' } };

async function plan(
  input: BulkInput,
  options: Partial<PlanOptions> = {},
): Promise<Plan & { rows: PlanRow[] }> {
  const folder = await temporaryFolder();
  const path = join(folder, 'plan');
  const made = await makePlan({
    input,
    path,
    workFolder: join(folder, 'work'),
    limits: { size: 1_000, bytes: 100_000 },
    template: readTemplate({ ...template, columns }),
    ...options,
  });
  expect(await readdir(folder)).toEqual(['plan']);
  const text = await readFile(path, 'utf8');
  return {
    ...made,
    rows: text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as PlanRow),
  };
}

const csv = (text: string | Buffer, size = 7) =>
  ({ from: Readable.from(pieces(Buffer.from(text), size), { objectMode: true }) }) as BulkInput;

/** In small pieces, so that every line and every character is cut somewhere. */
function* pieces(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const problemsOf = (rows: readonly PlanRow[]) =>
  rows.flatMap((row) =>
    'leftOut' in row ? [[row.line, row.leftOut, ...(row.of === undefined ? [] : [row.of])]] : [],
  );

describe('CSV', () => {
  test('with a byte order mark, quotes, line breaks of each kind, and wide characters', async () => {
    const text =
      '\ufeffname,phone,id\r\n李雷,13800000000,a\r\n"Han ""M"", Meimei",13800000001,b\n"two\r\nlines",13800000002,\r\nx,13800000002,d';
    const { rows, lines } = await plan(csv(text));
    expect(rows).toMatchObject([
      [2, expect.any(Number), '008613800000000', { UUI: 'a', Variables: [{ Key: 'name', Value: '李雷' }] }],
      [3, expect.any(Number), '008613800000001', { Variables: [{ Value: 'Han "M", Meimei' }] }],
      [4, expect.any(Number), '008613800000002', { Variables: [{ Value: 'two\nlines' }] }],
      { line: 6, leftOut: 'duplicate', of: 4 },
    ]);
    expect(lines).toBe(4);
  });

  test('every line that is left out has its number and a reason, and none is lost', async () => {
    const text =
      'phone,name,id\n13800000000,a,\nnobody,b,\n,c,\n\n13800000001,d\n0086-138-0000-0000,e,\n13800000009,f,\n';
    const { rows, leftOut, lines } = await plan(csv(text), {
      doNotCall: ['# comment', '', '+86 13800000009'],
    });
    expect(problemsOf(rows)).toEqual([
      [3, 'not-a-number'],
      [4, 'no-number'],
      [5, 'no-number'],
      [6, 'malformed'],
      [7, 'duplicate', 2],
      [8, 'do-not-call', 3],
    ]);
    expect(leftOut).toEqual({
      'not-a-number': 1,
      'no-number': 2,
      malformed: 1,
      duplicate: 1,
      'do-not-call': 1,
    });
    expect(lines).toBe(7);
  });

  test.each([
    [
      'a lost quote',
      `phone,name,id\n13800000000,a,b\n13800000001,"a,b\n${'13800000002,a,b\n'.repeat(9_000)}`,
      /line 3 on/,
    ],
    ['a quote that is not closed at the end', 'phone,name,id\n13800000000,"a,b\n', /line 2 on/],
    ['a missing column', 'number,name,id\n1,a,b\n', /no column "phone"/],
    ['a column twice', 'phone,name,id,phone\n1,a,b,2\n', /more than one column "phone"/],
    ['nothing at all', '', /empty/],
  ])('%s is refused', async (_what, text, message) => {
    await expect(plan(csv(text, 10_000))).rejects.toThrow(message);
  });

  test('in another encoding is read if it is stated, and refused if not', async () => {
    const gbk = Buffer.concat([
      Buffer.from('phone,name,id\n13800000000,'),
      Buffer.from([0xc0, 0xee]),
      Buffer.from(',x\n'),
    ]);
    await expect(plan(csv(gbk))).rejects.toThrow(/not utf-8/);
    const stated = { ...(csv(gbk) as object), encoding: 'gb18030' } as BulkInput;
    expect((await plan(stated)).rows).toMatchObject([
      [2, expect.any(Number), '008613800000000', { Variables: [{ Value: '李' }] }],
    ]);
  });

  test('a number alone that is too large for a request is left out', async () => {
    const text = `phone,name,id\n13800000000,${'x'.repeat(2_000)},a\n13800000001,b,c\n`;
    const { rows } = await plan(csv(text), { limits: { size: 10, bytes: 1_000 } });
    expect(problemsOf(rows)).toEqual([[2, 'too-large']]);
  });
});

test('NDJSON: objects line by line, also with numbers as numbers', async () => {
  const text = [
    '{"phone":"13800000000","id":7,"name":"李雷"}',
    '{"phone":8613800000001}',
    'nonsense',
    '{"phone":{}}',
    '',
    '{"name":"x"}',
    '[]',
    '{"phone":"13800000000"}',
    '{"phone":"+8613800000003"}',
  ].join('\n');
  const { rows } = await plan({ ...(csv(text) as object), format: 'ndjson' } as BulkInput);
  expect(rows[0]).toMatchObject([1, expect.any(Number), '008613800000000', { UUI: '7' }]);
  expect(problemsOf(rows)).toEqual([
    [3, 'malformed'],
    [4, 'malformed'],
    [5, 'no-number'],
    [6, 'no-number'],
    [7, 'no-number'],
    [8, 'duplicate', 1],
  ]);
  expect(rows.at(-1)).toMatchObject([9, expect.any(Number), '008613800000003']);
});

test('an entry of the do-not-call list that is no number is refused', async () => {
  await expect(plan([], { doNotCall: ['+8613800000000', 'everybody'] })).rejects.toThrow(
    /Line 2 of the do-not-call list/,
  );
  const file = join(await temporaryFolder(), 'stop.txt');
  await writeFile(file, '+8613800000000\r\n13800000001');
  const { rows } = await plan(['13800000001', '13800000000', '13800000002'], { doNotCall: file });
  expect(problemsOf(rows)).toEqual([
    [1, 'do-not-call', 2],
    [2, 'do-not-call', 1],
  ]);
  // A line without an end is not read to it.
  await writeFile(file, `+8613800000000\n${'1'.repeat(1_000_000)}`);
  await expect(plan([], { doNotCall: file })).rejects.toThrow(/Line 2 of the do-not-call list/);
  await writeFile(file, Buffer.from([0xd5, 0xc5]));
  await expect(plan([], { doNotCall: file })).rejects.toThrow(
    `do-not-call list ${file} cannot be read: it is not utf-8`,
  );
});

test('an item of a program that cannot be read is reported, not sent', async () => {
  const items = [
    { Callee: '13800000000' },
    { Callee: 1 },
    {},
    null,
    { Callee: '13800000001', Variables: [{ Key: '', Value: 'x' }] },
  ];
  const { rows } = await plan(items as never);
  expect(problemsOf(rows)).toEqual([
    [2, 'malformed'],
    [3, 'no-number'],
    [4, 'no-number'],
    [5, 'malformed'],
  ]);
});

test('duplicates are found exactly, whatever the list, and the first line is the one that is sent', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(400), { maxLength: 600 }),
      fc.integer({ min: 1, max: 50 }),
      async (list, size) => {
        const { rows, chunks, callees } = await plan(
          list.map((index) => `+${numberOf(index)}`),
          {
            limits: { size, bytes: 100_000 },
          },
        );
        const firsts = new Map<number, number>();
        const expected = list.map((index, at) => {
          const first = firsts.get(index);
          if (first === undefined) firsts.set(index, at + 1);
          return first;
        });
        expect(rows.map((row) => ('leftOut' in row ? row.of : undefined))).toEqual(expected);
        expect(callees).toBe(firsts.size);
        expect(chunks.map((chunk) => chunk.callees).reduce((sum, count) => sum + count, 0)).toBe(firsts.size);
        expect(Math.max(0, ...chunks.map((chunk) => chunk.callees))).toBeLessThanOrEqual(size);
      },
    ),
    { numRuns: 40 },
  );
});

test('of 160,000 lines, which fill more than a buffer of each file, every duplicate is found', async () => {
  const count = 160_000;
  function* list() {
    for (let index = 0; index < count; index++) yield `+${numberOf((index * 7) % 100_000)}`;
  }
  const folder = await temporaryFolder();
  const options = {
    path: join(folder, 'plan'),
    workFolder: join(folder, 'work'),
    template: readTemplate(template),
  };
  const made = await makePlan({ ...options, input: list(), limits: { size: 1_000, bytes: 1e6 } });
  expect([made.callees, made.leftOut.duplicate]).toEqual([100_000, 60_000]);
});

test('what is not a plan is never written over, nor a folder removed that somebody else has made', async () => {
  const { client, folder } = await setUp();
  const ledger = join(folder, 'spring');
  const list = `phone\n${numbers(3).join('\n')}\n`;
  await writeFile(`${ledger}.plan`, list);
  const options = { ...common, client, ledger, input: `${ledger}.plan` };
  const fromFile = { ...template, columns: { Callee: 'phone' } };
  const started = runBulk({ ...options, template: fromFile }).report;
  await expect(started).rejects.toMatchObject({ code: 'NotAllowed' });
  expect(await readFile(`${ledger}.plan`, 'utf8')).toBe(list);
  await rm(`${ledger}.plan`);
  await mkdir(`${ledger}.work`);
  await writeFile(join(`${ledger}.work`, 'letter.txt'), 'precious');
  await expect(runBulk({ ...options, input: numbers(3) }).report).rejects.toMatchObject({
    code: 'NotAllowed',
  });
  expect(await readdir(`${ledger}.work`)).toEqual(['letter.txt']);
});

test('a plan that is stopped leaves nothing behind', async () => {
  const signal = AbortSignal.abort();
  await expect(plan(['13800000000'], { signal })).rejects.toMatchObject({ code: 'Stopped' });
});

test('how numbers are written is counted, with what they become; digits that a column of ids has as well are warned of', async () => {
  const texts = [
    'phone,name,id',
    '13800000000,,',
    '8613800000001.0,,',
    '+44 20 7946 0958,,',
    '8.61301E+12,,',
  ];
  const { numbers: read, warnings, rows } = await plan(csv(texts.join('\n')));
  expect(read.assumedCountry).toEqual({ country: 'CN', count: 1, of: 3 });
  expect(read.ways.map(({ way, count, samples }) => [way, count, samples[0]])).toEqual([
    ['international', 1, { line: 4, given: '+44 20 7946 0958', written: '00442079460958' }],
    ['national', 1, { line: 2, given: '13800000000', written: '008613800000000' }],
    ['country-code-without-plus', 1, { line: 3, given: '8613800000001.0', written: '008613800000001' }],
    ['separators', 1, { line: 4, given: '+44 20 7946 0958', written: '00442079460958' }],
    ['decimals', 1, { line: 3, given: '8613800000001.0', written: '008613800000001' }],
  ]);
  expect(warnings.map(({ kind, count, samples }) => [kind, count, samples[0]?.line])).toEqual([
    ['number-scientific-notation', 1, 5],
    ['numbers-rewritten', 1, 3],
  ]);
  expect(warnings[0]!.message).toMatch(/scientific notation, which loses digits; format the column as text/);
  expect(problemsOf(rows)).toEqual([[5, 'not-a-number']]);
});

test('a column of dates or ids mistaken for the numbers is warned of', async () => {
  const ids = Array.from({ length: 20 }, (_, index) => `30123456${String(index).padStart(2, '0')}`);
  const german = readTemplate({ ...template, numbers: { country: 'DE' } });
  const { warnings } = await plan(ids, { template: german });
  expect(warnings).toMatchObject([{ kind: 'numbers-rewritten', count: 20 }]);
  const dates = ['2026-11-28', '28.11.2026', '1234.50', '1.234.567'];
  const norwegian = readTemplate({ ...template, numbers: { country: 'NO' } });
  const { warnings: told, callees } = await plan(dates, { template: norwegian });
  expect([callees, told.map(({ kind, count }) => [kind, count])]).toEqual([
    0,
    [['number-amount-or-date', 4]],
  ]);
});

test('an entry of the do-not-call list without country code counts as every number that it can be', async () => {
  const list = ['+13105550101', '+8613105550101', '+8613012345678'];
  const { rows } = await plan(list, { doNotCall: ['13105550101'] });
  expect(problemsOf(rows)).toEqual([
    [1, 'do-not-call', 1],
    [2, 'do-not-call', 1],
  ]);
  const german = readTemplate({ ...template, numbers: { country: 'DE' } });
  const { rows: left } = await plan(['+4915123456789'], { template: german, doNotCall: ['4915123456789'] });
  expect(problemsOf(left)).toEqual([[1, 'do-not-call', 1]]);
});

test('a text that is cut for the report is not a number there', async () => {
  const { rows } = await plan([`13800000000${' '.repeat(80)};x`]);
  expect(rows).toMatchObject([
    { leftOut: 'not-a-number', callee: expect.stringMatching(/^13800000000 +…$/) },
  ]);
  expect(await plan([(rows[0] as { callee: string }).callee])).toMatchObject({ callees: 0 });
});
