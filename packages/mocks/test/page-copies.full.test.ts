import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mockCredentials } from '../src/index.js';
import { hasChromium, launchBrowser } from './browser.js';
import type { Tail } from './page-mock.js';
import { callee, example, openMock, row } from './page-mock.js';

const run = promisify(execFile);

describe.runIf(hasChromium)('what the page lets one copy, in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  const setUp = (...options: Tail<Parameters<typeof openMock>>) => openMock(browser, ...options);

  test('copies as curl and as TypeScript what makes the same call again', async () => {
    await using mock = await setUp();
    await mock.page.getByLabel('Show phone numbers').check();
    await mock.call('CreateAutoCalloutTask', { ...example, Name: "it's $HOME `id` \\ 通知" });
    await row(mock.page, 'OK').click();
    const [curl, typescript] = [await mock.copied('Copy as curl'), await mock.copied('Copy as TypeScript')];
    expect(curl + typescript).not.toContain(mockCredentials.secretKey);
    await runShell(curl);
    await runProgram(typescript);
    expect(mock.engine.created).toHaveLength(3);
    for (const { params } of mock.engine.created) expect(params).toEqual(mock.engine.created[0]!.params);
  });

  test('copies no phone number while they are masked', async () => {
    await using mock = await setUp();
    await mock.call();
    await row(mock.page, 'OK').click();
    expect((await mock.copied('Copy as curl')) + (await mock.copied('Copy as TypeScript'))).not.toContain(
      callee,
    );
  });

  test('shows how to connect while nothing has come, in ways that work', async () => {
    await using mock = await setUp();
    await mock.page.getByText('No request yet').waitFor();
    const texts: Record<string, string> = {};
    for (const button of await mock.page.locator('.connect [aria-pressed]').all()) {
      await button.click();
      texts[await button.innerText()] = await mock.copied('Copy');
    }
    expect(Object.keys(texts)).toEqual([
      'TypeScript',
      'Node.js (official SDK)',
      'Python (official SDK)',
      'Go (official SDK)',
      'Java (official SDK)',
      'curl',
    ]);
    for (const text of Object.values(texts)) expect(text).toContain(new URL(mock.server.url).host);
    await runShell(texts['curl']!);
    await runProgram(texts['TypeScript']!);
    await runProgram(texts['Node.js (official SDK)']!, 'cjs');
    expect(mock.engine.journal.entries.map(({ code }) => code)).toEqual(['OK', 'OK', 'OK']);
    await row(mock.page, 'OK').waitFor();
  });

  test('shows the command of a key pair without its secret key', async () => {
    await using mock = await setUp({ credentials: [{ secretId: 'AKIDown', secretKey: 'key-of-mine' }] });
    await mock.page.getByText('AKIDown').first().waitFor();
    expect(await mock.page.content()).toContain('YOUR_SECRET_KEY');
  });
});

const environment = {
  PATH: process.env['PATH'],
  SECRET_ID: mockCredentials.secretId,
  SECRET_KEY: mockCredentials.secretKey,
  TENCENTCLOUD_SECRET_ID: mockCredentials.secretId,
  TENCENTCLOUD_SECRET_KEY: mockCredentials.secretKey,
};

async function runShell(script: string): Promise<void> {
  const { stdout } = await run('/bin/sh', ['-c', script], { env: environment });
  expect(stdout).toContain('"TaskId"');
}

/** Runs a program as a user would, with what this package has installed. */
async function runProgram(program: string, ending = 'mjs'): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tccc-page-'));
  try {
    await symlink(fileURLToPath(new URL('../node_modules', import.meta.url)), join(folder, 'node_modules'));
    await writeFile(join(folder, `call.${ending}`), program);
    const { stdout } = await run(process.execPath, [join(folder, `call.${ending}`)], { env: environment });
    expect(stdout).toContain('TaskId');
  } finally {
    await rm(folder, { recursive: true });
  }
}
