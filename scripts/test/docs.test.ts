import { execFile } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { root } from '../support/root.js';

const run = promisify(execFile);

const PAGES = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'docs/outcomes.md',
  'SECURITY.md',
  'spec/README.md',
  'docs/bench/README.md',
  'packages/core/README.md',
  'packages/outbound/README.md',
  'packages/outbound/REFERENCE.md',
  'packages/mocks/README.md',
];

const read = (page: string) => readFile(join(root, page), 'utf8');

describe('documentation', () => {
  test.each(PAGES)('links of %s lead somewhere', async (page) => {
    const links = [...(await read(page)).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(
      ([, link]) => link!,
    );
    for (const link of links)
      await expect(access(join(root, dirname(page), link)), link).resolves.toBeUndefined();
  });

  test('every example compiles as it stands', async () => {
    const { writeFile, mkdir, rm } = await import('node:fs/promises');
    const folder = join(root, 'scripts/test/.examples');
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
    let count = 0;
    for (const page of PAGES) {
      const blocks = [...(await read(page)).matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, block]) => block!);
      for (const block of blocks) {
        const usesClient = /\bclient\./.test(block) && !/\bclient\b.*[=:]/.test(block);
        const prelude = usesClient
          ? "import type { OutboundClient } from '@tccc/outbound';\ndeclare const client: OutboundClient;\n"
          : '';
        await writeFile(join(folder, `example${count++}.ts`), `${prelude}${block}\nexport {};\n`);
      }
    }
    const config = {
      extends: '../../tsconfig.json',
      exclude: [],
      compilerOptions: { rootDir: '../..', noUnusedLocals: false },
      include: ['*.ts'],
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = await run(process.execPath, [compiler, '-p', folder]).catch(
      (error: { stdout: string }) => error,
    );
    await rm(folder, { recursive: true });
    expect(stdout).toBe('');
    expect(count).toBeGreaterThan(6);
  });

  test('the README names the commands that exist', async () => {
    const { scripts } = JSON.parse(await read('package.json')) as { scripts: Record<string, string> };
    const contributing = await read('CONTRIBUTING.md');
    for (const [, script] of contributing.matchAll(/^\| `pnpm (\w+)`/gm))
      expect(Object.keys(scripts)).toContain(script);
  });

  test('every error code that the SDK makes is in the table of the README', async () => {
    const table = (await read('README.md')).split('## When a call fails')[1]!.split('## Pacing')[0]!;
    const errors = await read('packages/core/src/errors/errors.ts');
    const codes = [...errors.matchAll(/ \* (?:Codes?|With)[^:]*:[^/]*?\*\//g)].flatMap(
      ([text]) => text.match(/`[A-Z]\w+`/g) ?? [],
    );
    expect(codes.length).toBeGreaterThan(15);
    for (const code of new Set(codes)) {
      const short = code.replace('`Credentials', '`…');
      expect([code, table.includes(code) || table.includes(short)]).toEqual([code, true]);
    }
  });
});
