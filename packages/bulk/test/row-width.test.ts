import { describe, expect, test } from 'vitest';
import { fileOf, planOf } from './plans.js';

const HEADER = 'phone,id,name';
const PEOPLE = ['008613800000000|a|Han', '008613800000001|b|Li'];

const read = async (...lines: string[]) => {
  const { sent, left, warned } = await planOf(fileOf(`${lines.join('\n')}\n`));
  return { sent, left, warned };
};

describe('a delimiter at the end of every line but the first', () => {
  test.each([
    ['a comma', ',', '', ','],
    ['tabs', '\t', '', '\t\t'],
    ['semicolons, with CRLF', ';', '\r', ';; '],
  ])('is an empty cell without a name: %s', async (_what, delimiter, end, more) => {
    const lines = [HEADER, '13800000000,a,Han', '', '13800000001,b,Li'].map((line, at) => {
      const cells = line.replaceAll(',', delimiter);
      return line === '' ? end : `${cells}${at === 0 ? '' : more}${end}`;
    });
    expect(await read(...lines)).toEqual({
      sent: PEOPLE,
      left: ['3 no-number'],
      warned: ['empty-cell-at-end 2'],
    });
  });

  test('may be on the only line', async () => {
    expect(await read(HEADER, '', '13800000000,a,Han,')).toMatchObject({
      sent: [PEOPLE[0]],
      left: ['2 no-number'],
    });
  });

  test('changes nothing about what else is read', async () => {
    const lines = [`13800000000,a,Han,`, `13800000001,b,Li,`, HEADER, `${HEADER},`, ',Total,2,', ',,,'];
    expect(await read(HEADER, ...lines)).toEqual({
      sent: PEOPLE,
      left: ['4 not-a-number', '5 not-a-number', '6 total-row', '7 no-number'],
      warned: ['header-again 2', 'total-row 1', 'empty-cell-at-end 5'],
    });
  });
});

describe('a line that may have a delimiter within a value is left out', () => {
  const wide = ['13800000000,a,Han,', '13800000001,b,Li,'];

  test.each([
    ['more than the others', [...wide, '13800000002,c,Wang,Lei,'], PEOPLE],
    ['more than the others, with an empty end', [...wide, '13800000002,c, Wang,,'], PEOPLE],
    ['something in the last cell', [...wide, '13800000002,c,Wang,Lei'], PEOPLE],
    ['fewer than the others', [...wide, '13800000002,c,Wang'], PEOPLE],
    ['more than the names, but the others not', ['13800000000,a,Han', wide[1]!], [PEOPLE[0]]],
    ['the same, first', [wide[0]!, '', '13800000001,b,Li'], [PEOPLE[1]]],
    ['each another number', [wide[0]!, `${wide[1]},`], []],
  ])('%s', async (_what, lines, sent) => {
    const { left, ...made } = await read(HEADER, ...lines);
    expect(made.sent).toEqual(sent);
    expect(left.filter((line) => line.endsWith('malformed'))).toHaveLength(
      lines.filter((line) => line !== '').length - sent.length,
    );
  });
});

test('however many blank lines there are between the first two', async () => {
  for (const count of [1, 97, 98, 99, 100, 300]) {
    const blank = Array.from({ length: count }, () => '');
    const { sent, left } = await read(HEADER, '13800000000,a,Han', ...blank, '13800000001,b,Li');
    expect([sent, left.length]).toEqual([PEOPLE, count]);
  }
});

test.each([1, 2, 3])(
  'a quote that swallows a line is found, also in line %i, whether each line ends with a delimiter or not',
  async (at) => {
    for (const end of ['', ',', ',,']) {
      const lines = Array.from({ length: 6 }, (_, index) => `1380000000${index},a,Han${end}`);
      lines[at - 1] = `1380000000${at - 1},a,"Han${end}`;
      lines[at] = `1380000000${at},b,Li"${end}`;
      await expect(read(HEADER, ...lines)).rejects.toThrow(
        /there are other lines of the list within the quotes/,
      );
    }
  },
);
