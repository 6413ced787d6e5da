import { execFile, spawn } from 'node:child_process';
import { access, chmod, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { pagesOfRepository, readPage } from '../support/pages.js';
import { root } from '../support/root.js';

const run = promisify(execFile);

/** A block of a page in JavaScript or for the shell. Those in TypeScript are run by examples.full.test.ts. */
interface Block {
  page: string;
  language: 'js' | 'sh';
  text: string;
}

const pages = await pagesOfRepository();
const blocks: Block[] = [];
for (const page of pages)
  for (const [, language, text] of (await readPage(page)).matchAll(/^```(js|sh)\n([^]*?)^```/gm))
    blocks.push({ page, language: language as Block['language'], text: text! });

/** Complete programs, which a test builds and starts as their READMEs say. */
const EXAMPLES = (await readdir(join(root, 'examples'), { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** Tests that run blocks of a page: all in this language, or those with this text. */
const RUN_ELSEWHERE: readonly (readonly [test: string, page: string, language: string, text: string])[] = [
  ['packages/bulk/test/fleet-docs.full.test.ts', 'docs/fleet.md', 'js', ''],
  ['packages/bulk/test/fleet-docs.full.test.ts', 'docs/fleet.md', 'sh', ''],
  ['packages/bulk/test/list-recipes.full.test.ts', 'docs/lists.md', 'js', '.mjs\n'],
  ['packages/core/test/bundling.full.test.ts', 'docs/bundling.md', 'sh', 'esbuild program.ts'],
  ['packages/mocks/test/recipes.full.test.ts', 'docs/mock.md', 'js', 'npm install tencentcloud-sdk-nodejs'],
  ['packages/mocks/test/runners.full.test.ts', 'docs/mock.md', 'js', '// tasks.test.mjs'],
  ['packages/mocks/test/runners.full.test.ts', 'docs/mock.md', 'js', "from '@tccc/mocks/vitest'"],
  ['scripts/test/jest.full.test.ts', 'docs/mock.md', 'js', '// jest.config.js'],
  ['scripts/test/migration.full.test.ts', 'docs/migration.md', 'js', ''],
  ...EXAMPLES.map(
    (name) =>
      ['scripts/test/projects.full.test.ts', `examples/${name}/README.md`, 'sh', 'npm start'] as const,
  ),
  ['site/test/start.full.test.ts', 'site/content/start.md', 'js', ''],
  ['site/test/start.full.test.ts', 'site/content/start.md', 'sh', 'node call.js'],
];

const isRunElsewhere = ({ page, language, text }: Block) =>
  RUN_ELSEWHERE.some(
    ([, ofPage, inLanguage, part]) => page === ofPage && language === inLanguage && text.includes(part),
  );

/** The shell finds these in place of npm and npx: they run what is built here, and install nothing. */
const COMMANDS = {
  npm: `#!/bin/sh
case $1 in init | pkg) exit ;; install) ;; *) exit 1 ;; esac
shift
for name; do case $name in -*) ;; *) grep -q "\\"name\\": \\"$name\\"" ${root}/packages/*/package.json || exit 1 ;; esac; done
`,
  npx: `#!/bin/sh
case "$1 $2" in
  'tccc-mock '*) shift; exec node ${root}/packages/mocks/dist/cli.js "$@" ;;
  '-p @tccc/mocks') shift 3; exec node ${root}/packages/mocks/dist/cli.js "$@" ;;
  'tccc-bulk '*) shift; exec node ${root}/packages/bulk/dist/cli.js "$@" ;;
  'jest '*) shift; exec node ${root}/scripts/node_modules/jest/bin/jest.js --rootDir . "$@" ;;
  '-y pnpm@'*) grep -q "\\"packageManager\\": \\"\${2}\\"" ${root}/package.json && grep -q "\\"$3\\": " ${root}/package.json; exit ;;
esac
exit 1
`,
};

/** A folder of a user who has the packages, in which a block is run. */
async function inFolder(use: (folder: string, env: NodeJS.ProcessEnv) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tccc-block-'));
  try {
    await mkdir(join(folder, 'bin'));
    await mkdir(join(folder, 'node_modules/@tccc'), { recursive: true });
    for (const name of ['core', 'outbound', 'mocks', 'bulk', 'otel'])
      await symlink(join(root, 'packages', name), join(folder, 'node_modules/@tccc', name));
    await symlink(join(root, 'scripts/node_modules/@jest'), join(folder, 'node_modules/@jest'));
    for (const [name, script] of Object.entries(COMMANDS)) {
      await writeFile(join(folder, 'bin', name), script);
      await chmod(join(folder, 'bin', name), 0o755);
    }
    const { PATH, HOME } = process.env;
    await use(folder, { PATH: `${join(folder, 'bin')}:${PATH}`, HOME, CI: 'true' });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A module that stands in for one that is not installed here. */
async function writeModule(folder: string, name: string, text: string): Promise<void> {
  const path = join(folder, 'node_modules', name);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'package.json'), '{ "type": "module", "exports": "./index.js" }');
  await writeFile(join(path, 'index.js'), text);
}

const shell = (text: string, folder: string, env: NodeJS.ProcessEnv) =>
  run('/bin/sh', ['-ec', text], { cwd: folder, env });

/** Each on a port that is free, for others may have the one of the page. */
const onFreePort = (text: string) => text.replaceAll('8080', '0');

/** What a block that is run here needs, and what shows that it ran; by a part of its text. */
const RUN_HERE: Record<string, (block: Block) => Promise<void>> = {
  "require('@tccc/outbound')": ({ text }) =>
    inFolder(async (folder, env) => {
      await writeFile(join(folder, 'program.cjs'), `${text}console.log(typeof OutboundClient);`);
      const { stdout } = await run(process.execPath, ['program.cjs'], { cwd: folder, env });
      expect(stdout).toBe('function\n');
    }),
  "from '@tccc/otel'": ({ text }) =>
    inFolder(async (folder, env) => {
      // The SDK of OpenTelemetry is the user's own; otel.full.test.ts runs the real one.
      await writeModule(
        folder,
        '@opentelemetry/sdk-node',
        'export class NodeSDK { start() {} shutdown() {} }',
      );
      await writeModule(
        folder,
        '@opentelemetry/exporter-trace-otlp-http',
        'export class OTLPTraceExporter {}',
      );
      const client = `import { OutboundClient } from '@tccc/outbound';\nconst client = new OutboundClient({ site: 'intl' });\n`;
      await writeFile(join(folder, 'telemetry.mjs'), text.includes('(client)') ? client + text : text);
      await run(process.execPath, ['telemetry.mjs'], { cwd: folder, env });
    }),
  'npm install @tccc/otel': async ({ text }) => {
    const manifest = await readFile(join(root, 'packages/otel/package.json'), 'utf8');
    expect(text).toContain((JSON.parse(manifest) as { name: string }).name);
  },
  'tccc-bulk results': async ({ text }) => {
    const cli = join(root, 'packages/bulk/dist/cli.js');
    for (const command of text.replaceAll('\\\n', ' ').trim().split('\n')) {
      const { stdout } = await run(process.execPath, [cli, command.split(' ')[1]!, '--help']);
      for (const [option] of command.matchAll(/--[a-z-]+/g)) expect(stdout).toContain(option);
    }
  },
  'npm init': ({ text }) => inFolder(async (folder, env) => void (await shell(text, folder, env))),
  'npm install': ({ text }) =>
    inFolder(async (folder, env) => {
      await writeFile(join(folder, 'list.csv'), 'phone,customer,first name\n+8613012345678,7,Ann\n');
      const [, template] = /```json\n([^]*?)```/.exec(await readPage('packages/bulk/README.md'))!;
      await writeFile(join(folder, 'task.json'), template!);
      // The run itself needs the service, or a mock; all before it runs as it is written.
      const [before] = text.split(/^npx tccc-bulk run .* --site/m);
      await shell(before!, folder, env);
    }),
  'pnpm bench': async ({ text }) => {
    const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts: object };
    for (const [, script] of text.matchAll(/^pnpm (\S+)/gm)) expect(scripts).toHaveProperty(script!);
  },
  '-y pnpm@': ({ text }) => inFolder(async (folder, env) => void (await shell(text, folder, env))),
  'npx jest': ({ text }) =>
    inFolder(async (folder, env) => {
      const [, page] = (await readPage('docs/mock.md')).split('\n### Jest\n');
      const [, program] = /```js\n\/\/ tasks\.test\.mjs\n([^]*?)```/.exec(page!)!;
      await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
      await writeFile(join(folder, 'tasks.test.mjs'), program!);
      const { stderr } = await shell(text, folder, env);
      expect(stderr).toMatch(/1 passed/);
    }),
  'mock.json': ({ text }) =>
    inFolder(async (folder, env) => {
      const { stdout } = await shell(
        `exec 2>errors.txt\n${onFreePort(text)}\necho "$! $TCCC_ENDPOINT"`,
        folder,
        env,
      );
      process.kill(Number(stdout.trim().split(' ')[0]));
      expect(JSON.parse(await readFile(join(folder, 'mock.json'), 'utf8'))).toHaveProperty('url');
    }),
  'tccc-mock --port': ({ text }) =>
    inFolder(async (folder, env) => {
      const child = spawn('/bin/sh', ['-ec', `exec ${onFreePort(text)}`], { cwd: folder, env });
      for await (const line of createInterface(child.stdout)) {
        const { url } = JSON.parse(line) as { url: string };
        expect(await (await fetch(`${url}/__mock/health`)).json()).toMatchObject({ ready: true });
        break;
      }
      child.kill();
    }),
};

describe('each block of the docs in JavaScript or for the shell', () => {
  test.each(RUN_ELSEWHERE)('%s reads %s', async (file, page, language, part) => {
    expect(await readFile(join(root, file), 'utf8')).toContain(page.slice(page.lastIndexOf('/') + 1));
    expect(
      blocks.some((one) => one.page === page && one.language === language && one.text.includes(part)),
    ).toBe(true);
  });

  const here = blocks.filter((block) => !isRunElsewhere(block));
  test.each(here)('$page runs: $text', async (block) => {
    const [, runs] = Object.entries(RUN_HERE).find(([part]) => block.text.includes(part)) ?? [];
    expect(runs, 'no test runs this block').toBeDefined();
    await runs!(block);
  });
});

test.each(['core', 'outbound', 'mocks', 'bulk'])(
  'the pictures in the README of %s are in its tarball',
  async (name) => {
    const folder = join(root, 'packages', name);
    const { files } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { files: string[] };
    const readme = await readFile(join(folder, 'README.md'), 'utf8').catch(() => '');
    for (const [, html, markdown] of readme.matchAll(/<img[^>]* src="([^"]+)"|!\[[^\]]*\]\(([^)\s]+)\)/g)) {
      const file = normalize(html ?? markdown!);
      expect(
        files.some((one) => one === file || file.startsWith(`${one}/`)),
        file,
      ).toBe(true);
      await access(join(folder, dirname(file), file.slice(file.lastIndexOf('/') + 1)));
    }
  },
);
