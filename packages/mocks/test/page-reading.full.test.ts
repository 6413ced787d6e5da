import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, launchBrowser, openPage } from './browser.js';
import type { Tail } from './page-mock.js';
import { callee, example, openMock, row, tasks } from './page-mock.js';
import { send } from './send.js';
import { exampleOf, signedRequest } from './support.js';
import { eventually } from '../../core/test/support/wait.js';

const TRACE_ID = '12345678-0000-4000-8000-123456789012';

describe.runIf(hasChromium)('what a person reads on the page in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  const setUp = (...options: Tail<Parameters<typeof openMock>>) => openMock(browser, ...options);

  test('limits of rules, trace ids and SdkAppId are no phone numbers; phone numbers are masked beside them', async () => {
    await using mock = await setUp({ signatures: 'off' });
    const params = { ...example, NotBefore: 1e17, IvrId: -5, Name: `for ${callee}` };
    const { headers } = signedRequest(JSON.stringify(params), { host: new URL(mock.server.url).host });
    await send(mock.server.url, JSON.stringify(params), {
      headers: { ...(headers as Record<string, string>), 'x-tc-traceid': TRACE_ID },
    });
    await row(mock.page, 'InvalidParameterValue').click();
    const detail = mock.page.locator('#detail');
    await detail.getByText('Why it was refused').waitFor();
    const text = await detail.innerText();
    expect(text).toContain('NotBefore: expected Unix seconds');
    expect(text).toContain('IvrId: expected an integer from 0 to 9007199254740991');
    expect(text).toContain(TRACE_ID);
    expect(text).toContain('"SdkAppId": 1400123455');
    expect(text).not.toContain(callee);
  });

  test('snippets are whole, and have colours', async () => {
    await using mock = await setUp();
    await mock.tab(/Connect/);
    for (const name of ['Python (official SDK)', 'curl', 'Java (official SDK)']) {
      await mock.page.getByRole('button', { name, exact: true }).click();
      const snippet = mock.page.getByRole('region', { name, exact: true });
      await snippet.waitFor();
      expect(await snippet.evaluate(hiddenOf)).toEqual([0, 0]);
      const colours = await mock.page.evaluate(COLOURS);
      expect([name, (colours as number) >= 3]).toEqual([name, true]);
    }
  });

  test('columns have heads, and the axes have values', async () => {
    await using mock = await setUp({ rateLimit: 20 });
    await mock.call();
    await row(mock.page, 'OK').waitFor();
    expect(await mock.page.locator('.heads > span').allInnerTexts()).toEqual([
      'Time',
      'Action',
      'Answer',
      'Created',
      'Took',
    ]);
    const lefts = async (where: string) => (await mock.page.evaluate(leftsOf(where))) as number[];
    expect(await lefts('.heads > span')).toHaveLength(5);
    expect(await lefts('.heads > span')).toEqual(await lefts('.list .row:first-child > span'));
    expect(await mock.page.locator('.axes .values > span').allInnerTexts()).toEqual(['24', '12', '0']);
    expect(await mock.page.locator('.axes .times > span').allInnerTexts()).toEqual([
      '60 s ago',
      '30 s ago',
      'now',
    ]);
    expect(await mock.page.locator('.legend').innerText()).toContain('the limit, 20');
  });

  test('tasks are a table, with names and times a person reads, and only what can be done', async () => {
    await using mock = await setUp();
    const later = Math.floor(Date.now() / 1_000) + 3_600;
    await mock.call('CreateAutoCalloutTask', { ...example, Name: 'spring', NotBefore: later });
    await mock.call('CreatePredictiveDialingCampaign', {
      ...exampleOf('CreatePredictiveDialingCampaign'),
      StartTime: later,
      EndTime: later + 60,
    });
    await mock.tab(/Tasks/);
    await eventually(async () => expect(await tasks(mock.page).count()).toBe(2));
    const [first] = (await mock.page.locator('.entities').allInnerTexts()) as [string];
    expect(first).toMatch(/spring/);
    expect(first).not.toContain(String(later));
    expect(first).toMatch(/NotBefore \d{4}-\d\d-\d\d \d\d:\d\d:\d\d/);
    const buttons = () => mock.page.getByRole('button', { name: /auto callout task/ }).allInnerTexts();
    expect(await buttons()).toContain('Stop');
    await mock.page.getByRole('button', { name: /Stop auto callout task/ }).click();
    await eventually(async () => expect(await buttons()).toEqual([]));
  });

  test('faults are in groups, and a fault that can strike no more is off', async () => {
    await using mock = await setUp();
    await mock.tab(/Faults/);
    const codes = mock.page.getByRole('region', { name: 'The service’s own codes' });
    const toggle = codes.getByRole('switch', { name: 'internal-error' });
    await toggle.waitFor();
    expect(await mock.page.getByRole('region').count()).toBe(6);
    await mock.page.getByLabel('Strike').selectOption('next');
    await toggle.click();
    await eventually(async () => expect(await toggle.getAttribute('aria-checked')).toBe('true'));
    await mock.call();
    await eventually(async () => expect(await toggle.getAttribute('aria-checked')).toBe('false'));
    await codes.getByText('spent: number 1').waitFor();
    await toggle.click();
    await mock.page.getByText('internal-error is on.').waitFor();
    await eventually(async () => expect(await toggle.getAttribute('aria-checked')).toBe('true'));
    expect(await mock.call()).toContain('InternalError');
  });

  test('a request has one time, whatever is loaded and when', async () => {
    await using mock = await setUp();
    await mock.call();
    const time = async (page: Page) => {
      await row(page, 'OK').waitFor();
      return row(page, 'OK').locator('.time').innerText();
    };
    const shown = await time(mock.page);
    await mock.page.reload();
    expect(await time(mock.page)).toBe(shown);
    await using other = await openPage(browser, mock.server.url);
    expect(await time(other.page)).toBe(shown);
  });

  test.each(['light', 'dark'] as const)(
    'on a phone nothing is cut without a sign: %s',
    async (colorScheme) => {
      await using mock = await setUp(
        { rateLimit: 20 },
        { colorScheme, viewport: { width: 375, height: 800 } },
      );
      await mock.call('CreateAutoCalloutTask', { ...example, Name: 'a name that is long '.repeat(9) });
      await mock.call('CreateAutoCalloutTask', { ...example, Tries: 999 });
      await row(mock.page, 'OK').waitFor();
      const shots = process.env['SCREENSHOTS'];
      for (const tab of [/Requests/, /Tasks/, /Faults/, /Connect/]) {
        await mock.tab(tab);
        if (shots !== undefined)
          await mock.page.screenshot({ path: join(shots, `page-${colorScheme}-375-${tab.source}.png`) });
        expect([tab.source, await mock.page.evaluate(CUT)]).toEqual([tab.source, []]);
      }
    },
  );

  test.runIf(process.env['SCREENSHOTS'] !== undefined).each(['light', 'dark'] as const)(
    'is looked at on a desktop: %s',
    async (colorScheme) => {
      await using mock = await setUp({ rateLimit: 20 }, { colorScheme });
      await mock.call('CreateAutoCalloutTask', { ...example, Tries: 999 });
      for (let count = 0; count < 26; count++) await mock.call();
      for (const tab of [/Tasks/, /Faults/, /Connect/, /Requests/]) {
        await mock.tab(tab);
        if (tab.source === 'Requests') await row(mock.page, 'InvalidParameterValue').click();
        await mock.page.waitForTimeout(500);
        const path = join(process.env['SCREENSHOTS']!, `page-${colorScheme}-1280-${tab.source}.png`);
        await mock.page.screenshot({ path });
      }
    },
  );
});

/** How many pixels of a snippet are hidden below and to the right. */
const hiddenOf = (element: unknown) => {
  const { scrollHeight, clientHeight, scrollWidth, clientWidth } = element as Record<string, number>;
  return [Math.max(0, scrollHeight! - clientHeight! - 1), scrollWidth! - clientWidth!];
};

const COLOURS = `new Set([...document.querySelectorAll('.connect pre span')].map((one) => getComputedStyle(one).color)).size`;

const leftsOf = (where: string) =>
  `[...document.querySelectorAll('${where}')].map((one) => Math.round(one.getBoundingClientRect().left))`;

/** Elements whose text is wider than they are, and that neither scroll with a bar nor end with an ellipsis. */
const CUT = `[...document.querySelectorAll('#app *')].filter((one) => {
  const { overflowX, textOverflow } = getComputedStyle(one);
  return one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1 && overflowX !== 'visible' && textOverflow !== 'ellipsis';
}).map((one) => one.className || one.tagName)`;
