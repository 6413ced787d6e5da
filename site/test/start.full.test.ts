import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MockEngine, MockServer } from '@tccc/mocks';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const PAGE = 'site/content/start.md';
const ADDRESS = 'http://127.0.0.1:8080';

test('the program of start.md creates a task, and finds one whose response was lost', async () => {
  const page = await readFile(join(root, PAGE), 'utf8');
  const [, program] = /```js\n([^]*?)```/.exec(page)!;
  const [, fault] = /curl -d '([^']*)' \S*\/__mock\/faults\n/.exec(page)!;
  const folder = await mkdtemp(join(tmpdir(), 'tccc-start-'));
  const engine = new MockEngine();
  const mock = await MockServer.start(engine);
  try {
    await mkdir(join(folder, 'node_modules/@tccc'), { recursive: true });
    for (const name of ['core', 'outbound', 'mocks'])
      await symlink(join(root, 'packages', name), join(folder, 'node_modules/@tccc', name));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(join(folder, 'call.js'), program!.replaceAll(ADDRESS, mock.url));
    const call = () => run(process.execPath, ['call.js'], { cwd: folder });
    expect((await call()).stdout).toMatch(/^Task \d+ was created\.$/m);
    const headers = { 'content-type': 'application/json' };
    const added = await fetch(`${mock.url}/__mock/faults`, { method: 'POST', headers, body: fault! });
    expect(added.status).toBe(201);
    expect((await call()).stdout).toMatch(/^Task \d+ was created\.$/m);
    expect(engine.created).toHaveLength(2);
    expect(engine.journal.entries.map(({ action }) => action)).toContain('DescribeAutoCalloutTasks');
  } finally {
    await mock.close();
    await rm(folder, { recursive: true });
  }
});
