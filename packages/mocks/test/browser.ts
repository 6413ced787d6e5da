import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { missingTools, tools } from '../../core/test/support/tools.js';

/** Wherever the tests run in CI, it is there. */
export const hasChromium = missingTools(['chromium']).length === 0;

export function launchBrowser(...args: string[]): Promise<Browser> {
  // A page keeps its process wherever it goes: to start another one for each site takes longer than most pages.
  return chromium.launch({ executablePath: tools.chromium!, args: ['--renderer-process-limit=1', ...args] });
}

const VIEWPORT = { width: 1280, height: 800 };

/** Pages that tests are done with, by their browser. */
const idlePages = new WeakMap<Browser, Page[]>();

/** What this module and tests listen to on a page. */
const HEARD = ['console', 'pageerror', 'dialog', 'request'];

/** How a test wants its page. */
type Look = Pick<BrowserContextOptions, 'colorScheme' | 'viewport'>;

/**
 * A page at this address, and everything that went wrong on it. Tests use pages again, but each has addresses of its own, so
 * that nothing is left of what another one did there.
 */
export async function openPage(
  browser: Browser,
  url: string,
  { colorScheme = 'light', viewport = VIEWPORT }: Look = {},
) {
  const idle = idlePages.get(browser) ?? [];
  idlePages.set(browser, idle);
  const page = idle.pop() ?? (await newPage(browser));
  await page.setViewportSize(viewport!);
  await page.emulateMedia({ colorScheme, media: null });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto(url);
  return {
    page,
    complaints,
    async [Symbol.asyncDispose]() {
      for (const event of HEARD) page.removeAllListeners(event);
      await page.unrouteAll();
      await page.goto('about:blank');
      idle.push(page);
    },
  };
}

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  context.setDefaultTimeout(60_000);
  return context.newPage();
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  violations: { id: string; nodes: { html: string }[] }[];
}

/** What axe finds on a page: each rule that is broken, with where. */
export async function violationsOf(page: Page): Promise<string[]> {
  // Evaluated by the debugger, so that the policy of the page does not forbid it. Of what is well it need not tell much.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe);
  const { violations } = (await page.evaluate("axe.run({ resultTypes: ['violations'] })")) as AxeResult;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}
