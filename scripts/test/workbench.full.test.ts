import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MockEngine, MockServer } from '@tccc/mocks';
import { expect, test } from 'vitest';
import { pageHint } from '../demo/hint.js';
import { root } from '../support/root.js';
import { eventually } from '../../packages/core/test/support/wait.js';
import { sendTraffic } from '../workbench/traffic.js';

test('the traffic has something of everything that the page shows', async () => {
  const engine = new MockEngine({ seed: 1 });
  await using server = await MockServer.start(engine);
  const stop = new AbortController();
  const traffic = sendTraffic(server, stop.signal, 1);
  await eventually(() => expect(engine.journal.size).toBeGreaterThan(50));
  stop.abort();
  await traffic;
  const { entries } = engine.journal;
  const codes = new Set(entries.map(({ code }) => code));
  for (const code of [
    'OK',
    'AuthFailure.SignatureFailure',
    'UnknownParameter',
    'RequestLimitExceeded',
    'InvalidParameterValue',
  ])
    expect(codes).toContain(code);
  const refused = entries.find(({ code }) => code === 'AuthFailure.SignatureFailure')!;
  expect(refused.diagnosis).toMatchObject([{ mistake: 'secret-with-space' }]);
  expect(new Set(engine.entities.map(({ entity }) => entity)).size).toBe(2);
});

test('pnpm workbench says what to open, and ends on SIGTERM', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/workbench/main.ts'], { cwd: root });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  while (!output.includes('\n')) await once(child.stdout, 'data');
  const [, url] = /^Open (http:\/\/127\.0\.0\.1:\d+) in a browser/.exec(output)!;
  const response = await fetch(url!, { headers: { accept: 'text/html' } });
  expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('tccc-mock')]);
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});

test('the demo ends with a command that is there', async () => {
  const hint = pageHint('npx -y pnpm@1.2.3 demo');
  expect(hint).toMatch(/npx -y pnpm@1\.2\.3 workbench$/);
  const manifest = await readFile(join(root, 'package.json'), 'utf8');
  expect(JSON.parse(manifest)).toHaveProperty('scripts.workbench');
  expect(await readFile(join(root, 'scripts/demo/main.ts'), 'utf8')).toContain('console.log(pageHint(');
});

test('the picture of the README of the mocks is there', async () => {
  const readme = await readFile(join(root, 'packages/mocks/README.md'), 'utf8');
  const [, picture] = /<img src="([^"]+)" alt="[^"]{20,}"/.exec(readme)!;
  await expect(access(join(root, 'packages/mocks', picture!))).resolves.toBeUndefined();
});
