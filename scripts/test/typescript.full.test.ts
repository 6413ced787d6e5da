import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../support/root.js';

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** Both compilers of the house. */
const COMPILERS = {
  'TypeScript 5.9': join(dirname(require.resolve('typescript/package.json')), 'bin/tsc'),
  'TypeScript 7': join(root, 'node_modules/typescript/bin/tsc'),
};

const USE = `
const client = new OutboundClient({ site: 'intl' });
export const code = (error: unknown): string => (isTcccError(error) ? error.outcome : '');
export const create = async (): Promise<number> => {
  const task = { SdkAppId: 1, NotBefore: 1, Callees: ['1'], Callers: ['2'], IvrId: 8 };
  return (await client.createAutoCalloutTask(task)).TaskId;
};
`;
const NAMES = '{ OutboundClient, isTcccError }';

const PACKAGES = ['core', 'outbound', 'mocks', 'bulk'];

/** Every subpath that a package exports, besides its manifest. */
const SUBPATHS = await Promise.all(
  PACKAGES.map(async (name) => {
    const manifest = await readFile(join(root, 'packages', name, 'package.json'), 'utf8');
    const { exports } = JSON.parse(manifest) as { exports: Record<string, unknown> };
    return Object.keys(exports)
      .filter((path) => path !== './package.json')
      .map((path) => join('@tccc', name, path));
  }),
).then((paths) => paths.flat());

/** A module without types would be any, which extends everything. */
const SUBPATH_PROGRAM = SUBPATHS.map(
  (path, index) =>
    `import * as all${index} from '${path}';\nexport const is${index}: 0 extends 1 & typeof all${index} ? false : true = true;`,
).join('\n');

/** The same program, with each way to get at the package. */
const PROGRAMS = {
  'import.ts': `import ${NAMES} from '@tccc/outbound';${USE}`,
  'require.ts': `import outbound = require('@tccc/outbound');\nconst ${NAMES} = outbound;${USE}`,
  'dynamic.ts': `export const load = async () => {
  const { OutboundClient } = await import('@tccc/outbound');
  return new OutboundClient({ site: 'intl' });
};\n`,
  'module.mts': `import ${NAMES} from '@tccc/outbound';${USE}`,
  'subpaths.ts': `export const load = async () => [${SUBPATHS.map((path) => `await import('${path}')`).join(', ')}];\n`,
  'subpaths.mts': SUBPATH_PROGRAM,
  'wrong.ts': `import ${NAMES} from '@tccc/outbound';${USE}export const no: string = client;\n`,
};

const page = await readFile(join(root, 'docs/typescript.md'), 'utf8');
const rows = [...page.matchAll(/^\| `(\w+)` +\| (yes|no) +\|/gm)].map(
  ([, module, works]) => [module!, works === 'yes'] as const,
);

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tccc-commonjs-'));
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, '@tccc'), { recursive: true });
  for (const name of PACKAGES) await symlink(join(root, 'packages', name), join(modules, '@tccc', name));
  await writeFile(join(folder, 'package.json'), '{ "type": "commonjs" }');
  for (const [file, source] of Object.entries(PROGRAMS)) await writeFile(join(folder, file), source);
});

afterAll(() => rm(folder, { recursive: true }));

/** The older compiler takes half a second to read the types of browsers; the newer one, with each setting, reads them. */
const WITHOUT_BROWSERS = ['--lib', 'es2023'];

/** The codes of what the compiler says of each program that it finds fault with. */
async function complaints(name: keyof typeof COMPILERS, module: string): Promise<Record<string, string>> {
  const files = Object.keys(PROGRAMS).filter((file) => module !== 'commonjs' || !file.endsWith('.mts'));
  // The program has no types of Node.js: the declarations ask for them. What the peers declare is their own business.
  const settings = ['--noEmit', '--strict', '--target', 'es2023', '--skipLibCheck', '--module', module];
  const lib = name === 'TypeScript 7' ? [] : WITHOUT_BROWSERS;
  const args = [COMPILERS[name], ...settings, ...lib, ...files];
  const { stdout } = await run(process.execPath, args, { cwd: folder }).catch(
    (error: { stdout: string }) => error,
  );
  const found = [...stdout.matchAll(/^([\w.]+)\(.*error (TS\d+)/gm)];
  return Object.fromEntries(found.map(([, file, code]) => [file!, code!]));
}

test('the page has the settings for CommonJS', () => {
  expect(rows.map(([module]) => module)).toEqual(['nodenext', 'node20', 'commonjs', 'node16', 'node18']);
});

/** The older compiler takes seconds for each. */
const cases = rows.flatMap(([module, works]) =>
  Object.keys(COMPILERS)
    .filter((name) => name === 'TypeScript 7' || ['nodenext', 'node16', 'commonjs'].includes(module))
    .map((name) => [name as keyof typeof COMPILERS, module, works] as const),
);

test.each(cases)('%s with "module": "%s"', async (name, module, works) => {
  // That the types are there, and are not any, shows in the program that is wrong.
  const refused = works ? {} : { 'import.ts': 'TS1479', 'require.ts': 'TS1471' };
  expect(await complaints(name, module)).toEqual({ ...refused, 'wrong.ts': 'TS2322' });
});

test('at run time, require() gives the same as import', async () => {
  const [required, imported] = [require('@tccc/outbound') as object, await import('@tccc/outbound')];
  expect(Object.keys(required).sort()).toEqual(Object.keys(imported).sort());
});
