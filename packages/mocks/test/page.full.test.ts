import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MockEngine, MockServer, mockCredentials } from '../src/index.js';
import { hasChromium, launchBrowser, openPage, violationsOf } from './browser.js';
import type { Tail } from './page-mock.js';
import { callee, example, list, openMock, row, tasks } from './page-mock.js';
import { exampleOf, signedRequest } from './support.js';
import { eventually } from '../../core/test/support/wait.js';

test('chromium is there in CI', () => {
  expect(hasChromium || process.env['CI'] === undefined).toBe(true);
});

describe.runIf(hasChromium)('the page in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  const setUp = (...options: Tail<Parameters<typeof openMock>>) => openMock(browser, ...options);

  test('shows requests as they come, with time, action, verdict, code and latency', async () => {
    await using mock = await setUp();
    await mock.page.getByText('No request yet').waitFor();
    await mock.call();
    await row(mock.page, 'CreateAutoCalloutTask').waitFor();
    expect(await row(mock.page, 'CreateAutoCalloutTask').innerText()).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3}\s+CreateAutoCalloutTask\s+✓ OK\s+id \d+\s+[\d.]+ ms$/,
    );
    await mock.call('CreateAutoCalloutTask', { ...example, Tries: 999 });
    await row(mock.page, '✕ InvalidParameterValue').waitFor();
    expect(await list(mock.page).getByRole('option').first().innerText()).toContain('InvalidParameterValue');
    expect(mock.complaints).toEqual([]);
  });

  test('shows why a signature was refused, with headers and body, and no secret', async () => {
    const token = 'token-of-mine';
    const credentials = [{ ...mockCredentials, secretKey: 'key-of-mine', token }];
    await using mock = await setUp({ credentials });
    await mock.call('CreateAutoCalloutTask', example, {
      credentials: { ...credentials[0], secretKey: 'key-of-mine ' },
    });
    await row(mock.page, 'AuthFailure.SignatureFailure').click();
    const detail = mock.page.locator('#detail');
    await detail.getByText('The secret key was used with a space at its end').waitFor();
    const text = await detail.innerText();
    for (const part of [
      'secret-with-space',
      'content-type;host',
      'TC3-HMAC-SHA256\n',
      'x-tc-timestamp',
      '"SdkAppId": 1400123455',
    ])
      expect(text).toContain(part);
    expect(text).toMatch(/x-tc-token\s+\*\*\*/);
    await mock.tab(/Connect/);
    expect(await mock.page.content()).not.toMatch(/key-of-mine|token-of-mine/);
    expect(mock.complaints).toEqual([]);
  });

  test('lists what is wrong with the parameters, all at once', async () => {
    await using mock = await setUp();
    const { Callees: _left, ...rest } = example;
    await mock.call('CreateAutoCalloutTask', { ...rest, Calees: [callee], Tries: 999 });
    await row(mock.page, 'UnknownParameter').click();
    const items = mock.page.locator('.diagnosis li');
    await items.first().waitFor();
    const found = (await items.allInnerTexts()).join('\n');
    for (const part of ['did you mean Callees', 'Tries: expected an integer from ', 'Callees: is required'])
      expect(found).toContain(part);
  });

  test('masks phone numbers unless the switch is on', async () => {
    await using mock = await setUp();
    await mock.call('CreateAutoCalloutTask', { ...example, Name: `for ${callee}` });
    await row(mock.page, 'OK').click();
    const body = mock.page.getByRole('region', { name: 'Body' });
    await body.getByText('•••••••••••••78').first().waitFor();
    await mock.tab(/Tasks/);
    await tasks(mock.page).first().waitFor();
    expect(await mock.page.content()).not.toContain(callee);
    await mock.page.getByLabel('Show phone numbers').check();
    await mock.page.getByText(`for ${callee}`).waitFor();
    await mock.tab(/Requests/);
    await body.getByText(callee).first().waitFor();
  });

  test('an answer that is late changes nothing of another request', async () => {
    await using mock = await setUp();
    await mock.call();
    await mock.call();
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await mock.page.route('**/page/request?sequence=1', async (route) => {
      await held;
      await route.fulfill({ status: 400, json: { error: 'too late' } });
    });
    await mock.page.locator('#row-1').click();
    await mock.page.locator('#row-2').click();
    const body = mock.page.getByRole('region', { name: 'Body' });
    await body.waitFor();
    const late = mock.page.waitForResponse('**/page/request?sequence=1');
    release();
    await (await late).finished();
    await mock.page.evaluate('new Promise((resolve) => setTimeout(resolve))');
    expect([await body.count(), await mock.page.getByText('too late').count()]).toEqual([1, 0]);
  });

  test('pauses, resumes and stops tasks and campaigns', async () => {
    await using mock = await setUp();
    const later = Math.floor(Date.now() / 1_000) + 3_600;
    await mock.call('CreateAutoCalloutTask', { ...example, Name: 'spring' });
    await mock.call('CreatePredictiveDialingCampaign', {
      ...exampleOf('CreatePredictiveDialingCampaign'),
      StartTime: later,
      EndTime: later + 60,
    });
    await mock.tab(/Tasks and campaigns \(2\)/);
    const stateOf = (index: number) => tasks(mock.page).nth(index).locator('.state').innerText();
    const click = async (name: RegExp, index: number, state: string) => {
      await mock.page.getByRole('button', { name }).click();
      await eventually(async () => expect(await stateOf(index)).toBe(state));
    };
    await eventually(async () => expect(await stateOf(1)).toBe('running'));
    await click(/Pause auto callout task/, 1, 'paused');
    await click(/Resume auto callout task/, 1, 'running');
    await click(/Stop auto callout task/, 1, 'ended');
    expect(await mock.page.getByRole('button', { name: /auto callout task/ }).count()).toBe(0);
    await click(/Pause predictive/, 0, 'paused');
    await click(/Resume predictive/, 0, 'waiting');
    await mock.page.getByRole('button', { name: /Abort predictive/ }).click();
    await eventually(async () => expect(await mock.engine.entities[1]!.fields.Status).toBe(3));
    await mock.page.getByRole('button', { name: /Delete predictive/ }).click();
    await eventually(async () => expect(await tasks(mock.page).count()).toBe(1));
  });

  test('plots requests per second against the limit, with refusals marked', async () => {
    const engine = new MockEngine({ seed: 1 });
    await using server = await MockServer.start(engine);
    for (let count = 0; count < 26; count++) engine.handle(signedRequest(JSON.stringify(example)));
    await using opened = await openPage(browser, server.url);
    const plot = opened.page.getByRole('img', {
      name: /CreateAutoCalloutTask: at most \d+ requests in a second of the last minute, the limit is 20, \d+ refused for the limit/,
    });
    await plot.waitFor();
    const label = (await plot.getAttribute('aria-label'))!;
    expect(Number(/(\d+) refused/.exec(label)![1])).toBeGreaterThanOrEqual(1);
    expect(await plot.locator('rect.limited').count()).toBeGreaterThanOrEqual(1);
    expect(await plot.locator('line.limit').count()).toBe(1);
    await opened.page.getByLabel('Requests per second').selectOption('CreateAutoCalloutTask');
    await plot.waitFor();
  });

  test('switches faults on and off', async () => {
    await using mock = await setUp();
    await mock.tab(/Faults/);
    const codeOf = async () =>
      (JSON.parse(await mock.call()) as { Response: { Error?: { Code: string } } }).Response.Error?.Code;
    const toggle = mock.page.getByRole('switch', { name: 'internal-error' });
    await mock.page.getByLabel('Filter faults').fill('InternalError');
    await eventually(async () => expect(await mock.page.getByRole('switch').count()).toBe(1));
    await toggle.click();
    await mock.page.getByText('internal-error is on.').waitFor();
    expect(await toggle.getAttribute('aria-checked')).toBe('true');
    expect(await codeOf()).toBe('InternalError');
    await toggle.click();
    await mock.page.getByText('internal-error is off.').waitFor();
    expect(await codeOf()).toBe(undefined);
    await mock.page.getByLabel('Strike').selectOption('next');
    await mock.page.getByLabel('Action').selectOption('CreateAutoCalloutTask');
    await toggle.click();
    await mock.page.getByText('on: number 1 of CreateAutoCalloutTask').waitFor();
    expect([await codeOf(), await codeOf()]).toEqual(['InternalError', undefined]);
    await mock.page.getByRole('button', { name: 'All off' }).click();
    await mock.page.getByText('All faults are off.').waitFor();
    expect(await toggle.getAttribute('aria-checked')).toBe('false');
    await mock.tab(/Requests/);
    await row(mock.page, '⚡ internal-error').waitFor();
    await mock.tab(/Faults/);
    await mock.page.getByLabel('Filter faults').fill('as soon as the connection');
    await mock.page.getByLabel('Action').selectOption('CreateAutoCalloutTask');
    await mock.page.getByRole('switch', { name: 'stray-response' }).click();
    await mock.page.getByText('cannot be limited to an action').waitFor();
  });

  test('filters, and resets', async () => {
    await using mock = await setUp();
    for (let count = 0; count < 3; count++) await mock.call();
    await mock.call('DescribeAutoCalloutTask', { SdkAppId: 1, TaskId: 1 });
    await mock.page.getByText('4 requests').waitFor();
    const filter = mock.page.getByLabel('Filter requests');
    await filter.fill('describe');
    await mock.page.getByText('1 of 4 requests').waitFor();
    await filter.fill('nothing like it');
    await mock.page.getByText('0 of 4 requests').waitFor();
    await filter.fill('');
    await mock.page.getByLabel('Refused only').check();
    await mock.page.getByText('1 of 4 requests').waitFor();
    await mock.page.getByRole('button', { name: 'Reset' }).click();
    await mock.page.getByText('Everything is forgotten.').waitFor();
    await mock.page.getByText('No request yet').waitFor();
    expect([mock.engine.journal.size, mock.engine.entityCount]).toEqual([0, 0]);
    await mock.page.getByLabel('Show phone numbers').check();
    await mock.call('CreateAutoCalloutTask', { ...example, Tries: 999 });
    await row(mock.page, 'InvalidParameterValue').waitFor();
  });

  test('can be used by keyboard alone', async () => {
    await using mock = await setUp();
    for (let count = 0; count < 40; count++) await mock.call();
    const { keyboard } = mock.page;
    const active = () =>
      mock.page.evaluate(
        'document.activeElement.getAttribute("aria-label") ?? document.activeElement.id',
      ) as Promise<string>;
    await mock.page.getByText('40 requests', { exact: true }).waitFor();
    await keyboard.press('/');
    await eventually(async () => expect(await active()).toBe('Filter requests'));
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await eventually(async () => expect(await active()).toBe('Requests, newest first'));
    await keyboard.press('ArrowDown');
    await mock.page.getByRole('heading', { name: 'Request 40' }).waitFor();
    await keyboard.press('End');
    await mock.page.getByRole('heading', { name: 'Request 1', exact: true }).waitFor();
    // The row is drawn once the list has scrolled to it.
    await eventually(async () =>
      expect(await list(mock.page).getAttribute('aria-activedescendant')).toBe('row-1'),
    );
    await keyboard.press('PageUp');
    await keyboard.press('Home');
    await keyboard.press('Enter');
    await eventually(async () => expect(await active()).toBe('Request 40'));
    await keyboard.press('Escape');
    await eventually(async () => expect(await mock.page.locator('#detail').count()).toBe(0));
    await eventually(async () => expect(await active()).toBe('Requests, newest first'));
    await mock.page.getByRole('tab', { selected: true }).focus();
    await keyboard.press('ArrowRight');
    await tasks(mock.page).first().waitFor();
    await eventually(async () => expect(await active()).toBe('tab-tasks'));
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await mock.page.getByText('Stop: done.').waitFor();
  });

  // What a scheme changes are colours, and what a width changes are places, so that each needs to be there once.
  test.each([
    ['light', 1280],
    ['dark', 375],
  ] as const)('axe finds nothing, and nothing is cut: %s, %i pixels wide', async (colorScheme, width) => {
    await using mock = await setUp({}, { colorScheme, viewport: { width, height: 800 } });
    const { page } = mock;
    const check = async (what: string) => {
      expect([what, await violationsOf(page)]).toEqual([what, []]);
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect([what, overflow]).toEqual([what, 0]);
    };
    await page.getByText('No request yet').waitFor();
    await check('empty');
    await mock.call('CreateAutoCalloutTask', { ...example, Name: 'a name that is long '.repeat(9) });
    await mock.call('CreateAutoCalloutTask', { ...example, Tries: 999 });
    mock.engine.faults.add({ fault: 'internal-error', nth: 1 });
    await mock.call();
    await row(page, 'internal-error').waitFor();
    await check('list');
    await row(page, 'InvalidParameterValue').click();
    await page.getByText('Why it was refused').waitFor();
    await check('detail');
    await mock.tab(/Tasks/);
    await tasks(page).first().waitFor();
    await check('tasks');
    await mock.tab(/Faults/);
    await page.getByRole('switch').nth(3).click();
    await page.getByText('is on.').waitFor();
    await check('faults');
    await mock.tab(/Connect/);
    await check('connect');
    expect(await page.evaluate(`matchMedia('(prefers-color-scheme: dark)').matches`)).toBe(
      colorScheme === 'dark',
    );
    const ground = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(ground).toBe(colorScheme === 'dark' ? 'rgb(21, 24, 29)' : 'rgb(255, 255, 255)');
  });

  test('is fast with 10,000 requests', async () => {
    await using mock = await setUp();
    const body = JSON.stringify({ SdkAppId: 1, PageSize: 1, PageNumber: 0 });
    const request = signedRequest(body, { action: 'DescribeAutoCalloutTasks' });
    for (let count = 0; count < 10_000; count++) mock.engine.handle(request);
    await mock.page.getByText('10000 requests').waitFor();
    expect(await list(mock.page).getByRole('option').count()).toBeLessThan(100);
    const most = (await mock.page.evaluate(`(async () => {
      const list = document.querySelector('[role=listbox]');
      let count = 0;
      const changes = new MutationObserver((records) => { count += records.length; });
      changes.observe(list, { subtree: true, childList: true, attributes: true, characterData: true });
      const counts = [];
      for (let top = 0; top < list.scrollHeight; top += list.scrollHeight / 60) {
        count = 0;
        list.scrollTop = top;
        for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
        counts.push(count);
      }
      list.scrollTop = list.scrollHeight;
      await new Promise(requestAnimationFrame);
      return Math.max(...counts);
    })()`)) as number;
    // What a step of the list changes does not grow with the list.
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(200);
    await mock.page.locator('#row-1').click();
    await mock.page.getByRole('heading', { name: 'Request 1', exact: true }).waitFor();
    expect(await list(mock.page).getByRole('option').count()).toBeLessThan(100);
    const before = await list(mock.page).evaluate(scrollTopOf);
    expect(before).toBeGreaterThan(300_000);
    await mock.page.getByLabel('Filter requests').fill('#9999');
    await mock.page.getByText('1 of 10000 requests').waitFor();
  });

  test('keeps its place in the list while new requests come in above', async () => {
    await using mock = await setUp();
    for (let count = 0; count < 100; count++) await mock.call();
    await mock.page.getByText('100 requests', { exact: true }).waitFor();
    await mock.page.evaluate(`document.querySelector('[role=listbox]').scrollTop = 640`);
    for (let count = 0; count < 10; count++) await mock.call();
    await mock.page.getByText('110 requests', { exact: true }).waitFor();
    await eventually(async () => expect(await list(mock.page).evaluate(scrollTopOf)).toBe(640 + 10 * 32));
  });

  test('says when the mock is gone, and goes on when it is back', async () => {
    await using mock = await setUp();
    await mock.call();
    await row(mock.page, 'OK').waitFor();
    await mock.server.refuse();
    await mock.page.getByText('no connection to the mock').waitFor();
    await mock.server.accept();
    await mock.page.getByText('live', { exact: true }).waitFor();
    await mock.call('DescribeAutoCalloutTask', { SdkAppId: 1, TaskId: 1 });
    await row(mock.page, 'DescribeAutoCalloutTask').waitFor();
  });
});

const scrollTopOf = (element: unknown) => (element as { scrollTop: number }).scrollTop;
