import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import type { BulkCallee } from '../src/index.js';
import { planOf } from './plans.js';
import { hasServers, startPostgres } from './servers.js';
import { atEnd, temporaryFolder } from './support.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const page = await readFile(here('../../../docs/lists.md'), 'utf8');

/** What a recipe of docs/lists.md gives, as it is written there, in a folder with the packages that it needs. */
async function recipe(name: string): Promise<(from: string) => AsyncIterable<BulkCallee>> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'node_modules'));
  for (const library of ['hyparquet', 'stream-json', 'pg', 'pg-cursor'])
    await symlink(here(`../node_modules/${library}`), join(folder, 'node_modules', library));
  const [, source] = new RegExp(`\`\`\`js\\n(// ${name}\\.mjs\\n[^]*?)\`\`\``).exec(page)!;
  await writeFile(join(folder, `${name}.mjs`), source!);
  const program = (await import(pathToFileURL(join(folder, `${name}.mjs`)).href)) as {
    callees: (from: string) => AsyncIterable<BulkCallee>;
  };
  return program.callees;
}

const NAMES = ['王䶮', 'Li "Lei"', "O'Neil", undefined, 'Zhao', 'Chen; Wei'];
const DUES = ['2027-03-01', '2027-03-15', '2027-04-02', undefined, '2027-12-31', '2028-02-29'];
const NUMBERS = [
  ['008613012345678', '6222021234567890'],
  ['008613112345678', '6222021234567891'],
  ['0085251234567', '1003'],
  ['008613212345678', '1004'],
  ['008613000000000', '1005'],
  ['008613512345678', '1006'],
];

const rowOf = (...values: (string | undefined)[]) => values.filter((value) => value !== undefined).join('|');

describe('recipes of docs/lists.md', () => {
  test('Parquet', async () => {
    const { sent } = await planOf((await recipe('parquet'))(here('lists/duckdb-copy.parquet')));
    expect(sent).toEqual(NUMBERS.map(([number, id], at) => rowOf(number, id, NAMES[at], DUES[at])));
  });

  test('Parquet whose ids were rounded is an error', async () => {
    await expect(planOf((await recipe('parquet'))(here('lists/duckdb-decimal-ids.parquet')))).rejects.toThrow(
      /what gives the numbers has failed/,
    );
  });

  test('Parquet with decimals that are exact, and without a value', async () => {
    const { sent, left } = await planOf((await recipe('parquet'))(here('lists/duckdb-decimals.parquet')));
    expect(sent).toEqual(['008613012345678|6222021|Wang|2027-03-01', '008613112345678||Li']);
    expect(left).toEqual(['3 no-number']);
  });

  test('a JSON array', async () => {
    const { sent } = await planOf((await recipe('json-array'))(here('lists/postgres-json-agg.json')));
    expect(sent).toEqual(NUMBERS.map(([number, id], at) => rowOf(number, id, NAMES[at])));
  });

  test('a JSON array of a join, whose objects have two numbers, is an error', async () => {
    const path = join(await temporaryFolder(), 'join.json');
    await writeFile(
      path,
      '[{"phone":"13012345678","id":1,"name":"a"},{"phone":"13112345678","id":2,"name":"b","phone":"13912345678"}]',
    );
    await expect(planOf((await recipe('json-array'))(path))).rejects.toThrow(
      /what gives the numbers has failed/,
    );
  });

  test('a JSON array whose objects have an object with the same name', async () => {
    const path = join(await temporaryFolder(), 'nested.json');
    await writeFile(path, '[{"phone":"13012345678","id":1,"name":"a","contact":{"phone":"13912345678"}}]');
    const { sent } = await planOf((await recipe('json-array'))(path));
    expect(sent).toEqual(['008613012345678|1|a']);
  });

  test('a JSON array that ends early is an error', async () => {
    const path = join(await temporaryFolder(), 'cut.json');
    await writeFile(path, '[{"phone":"13012345678","id":1,"name":"a"},{"pho');
    await expect(planOf((await recipe('json-array'))(path))).rejects.toThrow(
      /what gives the numbers has failed/,
    );
  });

  test.skipIf(!hasServers('postgresql'))('a query of PostgreSQL', async () => {
    const server = await startPostgres();
    atEnd(() => server.stop());
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    await client.query('CREATE TABLE customers (phone text, id bigint, name text, due date)');
    await client.query(
      `INSERT INTO customers SELECT '1380000' || lpad(i::text, 4, '0'), 9007199254740993 + i, NULLIF('n' || i, 'n1'), '2027-03-01'
       FROM generate_series(0, 2500) i`,
    );
    await client.end();
    const { sent } = await planOf((await recipe('postgres'))(server.url), {
      limits: { size: 1_000, bytes: 1_000_000 },
    });
    expect(sent).toHaveLength(2_501);
    expect(sent.slice(0, 2)).toEqual([
      '008613800000000|9007199254740993|n0|2027-03-01',
      '008613800000001|9007199254740994|2027-03-01',
    ]);
  });
});
