import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sdkCodes } from '@tccc/core/internal';
import { anchorOf, UNLISTED_CODE } from '../../packages/core/src/errors/docs.js';
import { actions } from '@tccc/outbound';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, launchBrowser, violationsOf } from '../../packages/mocks/test/browser.js';
import { SiteServer } from './serve.js';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('..', import.meta.url));
const dist = join(folder, 'dist');

let server: SiteServer | undefined;
beforeAll(async () => {
  // In a process of its own: the test runner has other settings for the same bundler.
  const main = join(folder, 'main.ts');
  const env = { ...process.env, NODE_ENV: 'production' };
  await run(process.execPath, ['--import', 'tsx', main, '--build'], {
    cwd: join(folder, '..'),
    env,
    maxBuffer: 1e8,
  });
  server = await SiteServer.start(dist);
}, 1_800_000);
afterAll(() => server?.[Symbol.asyncDispose]());

/** The text of every page, by its path. */
async function allPages(): Promise<Map<string, string>> {
  const files = (await readdir(dist, { recursive: true })).filter(
    (file) => file.endsWith('.html') && file !== '404.html',
  );
  const texts = await Promise.all(files.map((file) => readFile(join(dist, file), 'utf8')));
  return new Map(files.map((file, index) => [`/${file.replace(/(index)?\.html$/, '')}`, texts[index]!]));
}

test('every internal link leads to a page, and to a place on it', async () => {
  const pages = await allPages();
  expect(pages.size).toBeGreaterThan(70);
  const ids = new Map(
    [...pages].map(([path, text]) => [
      path,
      new Set([...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)),
    ]),
  );
  const broken: string[] = [];
  for (const [from, text] of pages) {
    for (const [, link] of text.matchAll(/<a [^>]*href="([^"]+)"/g)) {
      const { pathname, hash, origin } = new URL(link!.replaceAll('&amp;', '&'), `http://site${from}`);
      if (origin !== 'http://site') continue;
      const id = decodeURIComponent(hash.slice(1));
      const there = ids.get(pathname);
      if (there === undefined ? !existsSync(join(dist, pathname)) : id !== '' && !there.has(id))
        broken.push(`${from} -> ${link}`);
    }
  }
  expect(broken).toEqual([]);
});

test('every code has its anchor, which the address of an error leads to', async () => {
  const page = (await allPages()).get('/errors')!;
  const own = Object.values(sdkCodes).flatMap((codes) => Object.keys(codes));
  const service = Object.values(actions).flatMap((definition) => Object.keys(definition.errors()));
  const codes = new Set([...own, ...service]);
  expect(codes.size).toBeGreaterThan(60);
  codes.add(UNLISTED_CODE);
  for (const code of codes) expect(page).toContain(` id="${anchorOf(code)}"`);
});

describe.runIf(hasChromium)('in a browser', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchBrowser();
    page = await browser.newPage();
  });
  afterAll(() => browser.close());

  test('the answer to "what do I do after unknown" is two clicks away', async () => {
    await page.goto(server!.url);
    await page.click('text=After an unknown outcome');
    await page.waitForURL('**/after-the-call');
    expect(await page.textContent('main h1')).toContain('After the call');
  });

  test('the search finds what people ask for', async () => {
    await page.goto(`${server!.url}/start`);
    await page.click('.VPNavBarSearch button');
    for (const [question, expected] of [
      ['unknown outcome', '/after-the-call'],
      ['QueueFull', '/errors'],
      ['proxy', '/proxy'],
      ['resume after a crash', '/bulk'],
      ['shut down', '/shutdown'],
      ['withResponse', '/diagnostics'],
      ['workbook', '/lists'],
      ['Kubernetes', '/shutdown'],
      ['marker', '/after-the-call'],
      ['IvrId', '/reference/CreateAutoCalloutTask'],
    ] as const) {
      const found = await search(question);
      expect(
        found.slice(0, 5).map((link) => link.split('#')[0]),
        question,
      ).toContain(expected);
      // Its names would hide the guides.
      expect(found.filter((link) => link.startsWith('/api/'))).toEqual([]);
    }
  });

  /** The links that the search finds. An empty question first clears away what it found for the one before. */
  async function search(question: string): Promise<string[]> {
    const links = '#localsearch-list a';
    await page.fill('#localsearch-input', '');
    await page.waitForSelector(links, { state: 'detached' });
    await page.fill('#localsearch-input', question);
    await page.waitForSelector(links);
    return page.$$eval(links, (found) => found.map((link) => link.getAttribute('href') ?? ''));
  }

  /** Colours and widths. What is narrow comes first: only there do tables and code scroll. */
  const MODES = [
    ['dark', 390],
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
  ] as const;

  /** The page at all of which axe looks in each of them: what frames a page is the same everywhere. */
  const FRAMED = '/start';

  /** What axe says of the colours of a page's content, once it has looked at all of the page. */
  async function contrastOf(page: Page): Promise<string[]> {
    const only = "{ runOnly: ['color-contrast'], resultTypes: ['violations'] }";
    const found = await page.evaluate(`axe.run('#VPContent', ${only})`);
    return (found as AxeResults).violations.flatMap(({ nodes }) => nodes.map(({ html }) => html));
  }

  test.each([
    '/',
    '/start',
    '/errors',
    '/options',
    '/lists',
    '/opentelemetry',
    '/changelog',
    '/reference/CreateAutoCalloutTask',
    '/api/',
  ])('axe has nothing to say about %s, light and dark, wide and narrow', async (path) => {
    await page.goto(server!.url + path);
    for (const [colorScheme, width] of path === FRAMED ? MODES : MODES.slice(0, 2)) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      await page.locator(colorScheme === 'dark' ? 'html.dark' : 'html:not(.dark)').waitFor();
      // Colours change gradually.
      await page.evaluate('Promise.all(document.getAnimations().map(({ finished }) => finished))');
      const isSeen = path !== FRAMED && colorScheme === 'light';
      const violations = isSeen ? await contrastOf(page) : await violationsOf(page);
      expect([colorScheme, width, violations]).toEqual([colorScheme, width, []]);
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect([colorScheme, width, overflow]).toEqual([colorScheme, width, 0]);
    }
  });
});
