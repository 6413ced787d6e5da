import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const FILE = fileURLToPath(new URL('../../packages/mocks/mock-page.png', import.meta.url));

/** Draws the page with the request selected whose signature was refused; where the picture is. */
export async function drawPage(url: string): Promise<string> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium' });
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 720 }, timezoneId: 'UTC' });
    await page.goto(url);
    // Until the burst beyond the limit has come, and some seconds after it.
    await page.locator('rect.limited').first().waitFor();
    await page.waitForTimeout(9_000);
    await page.locator('.row', { hasText: 'SignatureFailure' }).first().click();
    await page.getByText('Why it was refused').waitFor();
    await writeFile(FILE, await page.screenshot());
    return FILE;
  } finally {
    await browser.close();
  }
}
