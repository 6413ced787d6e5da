import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeOut } from '../src/cli/output.js';
import { status } from '../src/cli/reading.js';
import { planningOptions, run } from '../src/cli/sending.js';
import { planOf } from './plans.js';
import { temporaryFolder } from './support.js';

const LIST = 'phone,id,name\n13800000000,a,Li\n';

test('what is said of a file names its path', async () => {
  const folder = await temporaryFolder();
  const [list, none] = [join(folder, 'list.csv'), join(folder, 'none')];
  await writeFile(list, LIST);
  const missing = 'there is no such file or folder (ENOENT).';
  await expect(planOf(folder)).rejects.toThrow(`The list ${folder} cannot be read: it is a folder (EISDIR).`);
  await expect(planOf(list, { doNotCall: none })).rejects.toThrow(
    `The do-not-call list ${none} cannot be read: ${missing}`,
  );
  await expect(status({ values: { ledger: none }, positionals: [] })).rejects.toThrow(
    `There is no ledger at ${none}.`,
  );
  await expect(planningOptions({ template: none }, [list])).rejects.toThrow(
    `The template ${none} cannot be read: ${missing}`,
  );
  const output = join(none, 'out.csv');
  await expect(writeOut((async function* () {})(), output)).rejects.toThrow(
    `The output ${output} cannot be used: ${missing}`,
  );
});

test.each(['list.csv', 'task.json', 'stop.txt', 'run.ledger', 'run.ledger.plan'])(
  '--left-out does not write over %s',
  async (name) => {
    const folder = await temporaryFolder();
    const at = (file: string) => join(folder, file);
    for (const file of ['list.csv', 'task.json', 'stop.txt']) await writeFile(at(file), LIST);
    const values = {
      template: at('task.json'),
      doNotCall: at('stop.txt'),
      ledger: at('run.ledger'),
      leftOut: `${folder}/./${name}`,
    };
    await expect(run({ values, positionals: [at('list.csv')] })).rejects.toThrow(
      /^--left-out must not be the list/,
    );
    expect(await readFile(at('list.csv'), 'utf8')).toBe(LIST);
  },
);
