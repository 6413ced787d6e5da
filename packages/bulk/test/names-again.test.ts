import { expect, test } from 'vitest';
import { fileOf, planOf } from './plans.js';

test.each([
  ['others, with the names of the rest', 'mobile,id,name\n2,c,d\n', /names the columns again/],
  ['the name of another column in place of the number', 'name,town,tel\n2,c,d\n', /names the columns again/],
  ['the name of the number, but others', 'phone,town,tel\n2,c,d\n', /names the columns again/],
  ['behind an empty cell', ',phone,name\n0,2,d\n', /names the columns again/],
  [
    'those that Miller writes behind a blank line',
    '\nhome,mobile,name\n13900000000,3,d\n',
    /seems to name other columns/,
  ],
  [
    'words behind a blank line, with a number below them',
    '\nmobile,kunde,vorname\n="13800000000",c,d\n',
    /seems to name other columns/,
  ],
])('names in the middle of a list: %s', async (_what, text, message) => {
  await expect(planOf(fileOf(`phone,id,name\n1,a,b\n${text}`))).rejects.toThrow(message);
});

test('a line with words in place of its number is not taken for names', async () => {
  const lines = ['n/a,a,email', 'id,b@c.de,x', '\n-,c,Han', '\nnone,d,Li', ',e,name'];
  const { sent, left } = await planOf(
    fileOf(`${['phone,id,name', ...lines].join('\n')}\n13800000000,f,x\n\nWritten,by,Han\n`),
  );
  expect(sent).toHaveLength(1);
  // Words behind a blank line are a footer if no number is below them.
  expect(left).toHaveLength(9);
});
