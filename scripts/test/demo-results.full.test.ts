import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, launchBrowser, openPage, violationsOf } from '../../packages/mocks/test/browser.js';
import { runResultsDemo } from '../demo/results-scenes.js';

let folder: string;
let demo: Awaited<ReturnType<typeof runResultsDemo>>;
const lines: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tccc-demo-results-test-'));
  demo = await runResultsDemo((line) => void lines.push(line), join(folder, 'results.html'));
});
afterAll(() => rm(folder, { recursive: true }));

test('the demo of results: each line once, reached is whom the mock has reached, and no record is missing', async () => {
  expect(demo.lines).toBe(600);
  expect(demo.reached).toBe(demo.answered);
  expect(demo.reached).toBeGreaterThan(150);
  expect(demo.reconciled).toBeGreaterThan(0);
  expect(demo.again).toBeGreaterThan(0);
  const text = lines.join('\n');
  expect(text).toContain('What became of each number: tccc-bulk results');
  expect(text + (await readFile(demo.page, 'utf8')), 'no number is shown').not.toMatch(/138\d{8}/);
});

describe.skipIf(!hasChromium)('its page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  test.each([
    ['light', 1_280],
    ['dark', 360],
  ] as const)('is whole for axe and for eyes: %s, %i pixels wide', async (colorScheme, width) => {
    await using opened = await openPage(browser, pathToFileURL(demo.page).href, {
      colorScheme,
      viewport: { width, height: 800 },
    });
    const { page, complaints } = opened;
    expect(await violationsOf(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await page.locator('section').count()).toBe(6);
    expect(complaints).toEqual([]);
    const shot = process.env['SHOTS'];
    if (shot !== undefined)
      await page.screenshot({ path: join(shot, `results-${colorScheme}-${width}.png`), fullPage: true });
  });
});
