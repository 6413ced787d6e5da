import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, launchBrowser, openPage, violationsOf } from '../../mocks/test/browser.js';
import { eventfulRun, pageOf } from './report-page-support.js';

describe.runIf(hasChromium)('the report with pictures, opened from a file in Chromium', () => {
  let browser: Awaited<ReturnType<typeof launchBrowser>>;
  let folder: string;
  beforeAll(async () => {
    browser = await launchBrowser();
    folder = await mkdtemp(join(tmpdir(), 'tccc-report-'));
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  let made: Promise<string> | undefined;

  /** The address of the report. The first test that asks for it makes it, since the run that it is about ends with a test. */
  function address(): Promise<string> {
    return (made ??= makeReport());
  }

  async function makeReport(): Promise<string> {
    const path = join(folder, 'report.html');
    await writeFile(path, await pageOf((await eventfulRun()).ledger));
    return pathToFileURL(path).href;
  }

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 375],
    ['dark', 375],
  ] as const)(
    'axe finds nothing, nothing is cut, nothing is asked for: %s, %i pixels wide',
    async (colorScheme, width) => {
      const viewport = { width, height: 800 };
      await using opened = await openPage(browser, await address(), { colorScheme, viewport });
      const { page, complaints } = opened;
      expect(await violationsOf(page)).toEqual([]);
      const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect(await page.evaluate(overflow)).toBe(0);
      expect(await page.evaluate('performance.getEntriesByType("resource").length')).toBe(0);
      const ground = await page.evaluate('getComputedStyle(document.body).backgroundColor');
      expect(ground).toBe(colorScheme === 'dark' ? 'rgb(21, 24, 29)' : 'rgb(255, 255, 255)');
      expect(await page.getByRole('img').count()).toBe(2);
      // A table that is wider than its page shows a shadow where it goes on.
      const shadow = 'getComputedStyle(document.querySelector(".scroll")).backgroundAttachment';
      expect(await page.evaluate(shadow)).toBe('local, local, scroll, scroll');
      if (process.env['SCREENSHOTS'] !== undefined)
        await page.screenshot({
          path: join(process.env['SCREENSHOTS'], `report-${colorScheme}-${width}.png`),
          fullPage: true,
        });
      expect(complaints).toEqual([]);
    },
  );

  test('is printed on white, also by who prefers dark', async () => {
    await using opened = await openPage(browser, await address(), { colorScheme: 'dark' });
    await opened.page.emulateMedia({ media: 'print' });
    const ground = await opened.page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(ground).toBe('rgb(255, 255, 255)');
  });
});
