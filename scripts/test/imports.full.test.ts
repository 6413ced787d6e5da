import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ICruiseOptions, ICruiseResult } from 'dependency-cruiser';
import { cruise } from 'dependency-cruiser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../support/root.js';

/** Files that each break a rule: where, with which import, and the rule. */
const broken = [
  ['core/src/transport/zz.ts', "import '../call/call.js';", /core\/transport does not know observe, call/],
  ['core/src/retry/zz.ts', "import '../client.js';", /only the public list of core sees the client/],
  ['core/src/clock/zz.ts', "import '../../../outbound/src/index.js';", /core knows no product/],
  ['core/src/errors/zz.ts', "import '../options/settings.js';", /core\/errors does not know/],
  ['outbound/src/zz.ts', "import '../../../scripts/tool.js';", /nobody|nothing|scripts/],
  ['outbound/src/generated/zz.ts', "import '../index.js';", /generated code knows core/],
  ['mocks/src/zz.ts', "import '../../core/src/index.js';", /packages reach each other by their names/],
  ['mocks/src/zz.ts', "import '../page/src/mask.js';", /the mock and its page/],
  ['mocks/page/src/zz.ts', "import '../../src/common/random.js';", /the mock and its page/],
  ['bulk/src/zz.ts', "import '../../mocks/src/index.js';", /bulk knows outbound only/],
  ['otel/src/zz.ts', "import '../../outbound/src/index.js';", /otel knows core only/],
  ['bulk/src/fleet/zz.ts', "import '../redis/window.js';", /only redis knows/],
  ['bulk/src/plan/zz.ts', "import '../fleet.js';", /one machine does not know the fleet/],
  ['bulk/src/ledger/zz.ts', "import '../plan/plan.js';", /bulk\/ledger does not know/],
  ['bulk/src/input/zz.ts', "import '../run/run.js';", /bulk\/input does not know/],
  ['mocks/src/journal/zz.ts', "import '../gateway/recipe.js';", /mocks\/journal does not know/],
  ['mocks/src/diagnosis/zz.ts', "import '../cli/options.js';", /mocks\/diagnosis does not know/],
  ['outbound/src/zz.ts', "import './zzz.js';", /every import leads somewhere/],
] as const;

const FOLDERS = [
  ...['core', 'outbound', 'mocks', 'bulk', 'otel'].map((name) => `${name}/src`),
  'mocks/page/src',
];

/**
 * A tree with the files of ours, in which some break a rule. The others are empty, since a rule sees no more than paths, and to
 * read ours takes seconds; that ours keep the rules is for `pnpm lint`.
 */
let copy: string;
let before: string;

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'tccc-imports-'));
  before = process.cwd();
  for (const folder of FOLDERS) {
    const files = await readdir(join(root, 'packages', folder), { recursive: true });
    for (const file of files) if (/\.tsx?$/.test(file)) await write(`packages/${folder}/${file}`, '');
  }
  await write('scripts/tool.ts', 'export const tool = 1;\n');
  process.chdir(copy);
});

async function write(file: string, text: string): Promise<void> {
  const path = join(copy, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

afterAll(async () => {
  process.chdir(before);
  await rm(copy, { recursive: true });
});

/** What the tool says: how many modules it read, and the rules that each file breaks. */
async function violations(): Promise<{ modules: number; rulesOf: Map<string, string[]> }> {
  const { default: config } = (await import(join(root, '.dependency-cruiser.mjs'))) as {
    default: { forbidden: object[]; options: object };
  };
  const options = { ...config.options, ruleSet: { forbidden: config.forbidden }, validate: true };
  const { output } = await cruise(['packages', 'scripts'], options as ICruiseOptions);
  const { summary } = output as ICruiseResult;
  const rulesOf = new Map<string, string[]>();
  for (const { from, rule } of summary.violations)
    rulesOf.set(from, [...(rulesOf.get(from) ?? []), rule.name]);
  return { modules: summary.totalCruised, rulesOf };
}

test('the rules see every file that breaks one, and no other', async () => {
  const planted = broken.map(([path, source, rule], index) => ({
    path: `packages/${path.replace('zz.ts', `zz${index}.ts`)}`,
    source,
    rule,
  }));
  for (const { path, source } of planted) await write(path, `${source}\nexport const broken = 1;\n`);
  const { modules, rulesOf } = await violations();
  for (const { path, source, rule } of planted) {
    const seen = rulesOf.get(path)?.filter((name) => rule.test(name)) ?? [];
    expect(seen, `${path} with ${source}`).not.toEqual([]);
    rulesOf.delete(path);
  }
  expect([...rulesOf]).toEqual([]);
  expect(modules, 'the tool has really read them').toBeGreaterThan(60);
});
