import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { root } from '../support/root.js';

const FILES = {
  'works.test.js': `import { test } from 'vitest'; test('works', () => {});`,
  'loads.test.js': `setInterval(() => {}, 1e9); await new Promise(() => {});`,
  // Vitest reports what is running only now and then.
  'stands.test.js': `import { test } from 'vitest';
    test('stands', async () => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });`,
};

test('a run that hangs where the time limits of tests do not apply says where, and fails', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tccc-hang-'));
  try {
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text);
    const reporter = [join(root, 'scripts/support/hang-reporter.ts'), { silenceMs: 15_000 }];
    const config = { test: { maxWorkers: 2, reporters: [reporter] } };
    await writeFile(join(folder, 'vitest.config.mjs'), `export default ${JSON.stringify(config)};`);
    const cli = join(root, 'node_modules/vitest/vitest.mjs');
    const run = promisify(execFile)(process.execPath, [cli, 'run'], { cwd: folder });
    const { code, stderr } = (await run.catch((error: unknown) => error)) as { code: number; stderr: string };
    expect(stderr).toMatch(/The run hangs: nothing was heard for 15 s\. Last heard of:\n/);
    expect(stderr).toContain('  loads.test.js is being loaded\n');
    expect(stderr).toContain('  stands.test.js is in the test "stands"\n');
    expect(stderr).not.toContain('works.test.js');
    expect(code).toBe(1);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
