import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MockEngine, MockServer } from '@tccc/mocks';
import { expect, test } from 'vitest';
import { SHORT_LIFE, bundled } from '../../core/test/support/bundled.js';
import { numbers, template, temporaryFolder } from './support.js';

const cli = await bundled(new URL('../dist/cli.js', import.meta.url));

/** A folder with a list and a template, and what `tccc-bulk` says in it. */
async function folderOf(params: object = {}) {
  const folder = await temporaryFolder();
  const columns = { Callee: 'phone' };
  await writeFile(join(folder, 'list.csv'), ['phone', ...numbers(20)].join('\n'));
  const given = { ...template, params: { ...template.params, ...params }, columns };
  await writeFile(join(folder, 'task.json'), JSON.stringify(given));
  const run = (...args: string[]) =>
    new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
      execFile(process.execPath, [...SHORT_LIFE, cli, ...args], { cwd: folder }, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, stdout, stderr }),
      ).stdin!.end();
    });
  const plan = () => run('plan', 'list.csv', '--template', 'task.json', '--ledger', 'run.ledger');
  return { run, plan };
}

test('resume does not send what nobody has agreed to', async () => {
  const engine = new MockEngine({ seed: 1 });
  await using server = await MockServer.start(engine);
  const { run, plan } = await folderOf();
  expect((await plan()).code).toBe(0);
  const resume = ['resume', '--ledger', 'run.ledger', '--endpoint', server.url];
  expect(await run(...resume)).toMatchObject({
    code: 4,
    stderr: expect.stringMatching(
      /^Nothing was sent: .* whether to call 20 numbers .* give --yes\.\n$/,
    ) as string,
  });
  expect(engine.journal.size).toBe(0);
  expect((await run(...resume, '--yes')).code).toBe(0);
  expect((await run(...resume)).code).toBe(0);
  expect(engine.createdCount).toBe(1);
});

test('a plan whose end has passed is no plan to send', async () => {
  const { plan } = await folderOf({ NotAfter: 2 });
  const { code, stdout, stderr } = await plan();
  expect([code, stdout]).toEqual([4, '']);
  expect(stderr).toContain('has passed: nobody would be called any more');
  expect(stderr).not.toContain('To send it');
});
