import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, launchBrowser, openPage } from './browser.js';
import type { Tail } from './page-mock.js';
import { callee, example, openMock, row } from './page-mock.js';
import { send } from './send.js';
import { signedRequest } from './support.js';

describe.runIf(hasChromium)('the page and those who mean harm, in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser('--host-resolver-rules=MAP evil.example 127.0.0.1');
  });
  afterAll(() => browser?.close());
  const setUp = (...options: Tail<Parameters<typeof openMock>>) => openMock(browser, ...options);

  test('shows what a request has in it as text, whatever it is', async () => {
    await using mock = await setUp({ signatures: 'off' });
    const evil = `"><img src=x onerror="window.stolen=1"><script>window.stolen=1</script>'\`\${1}`;
    const headers = {
      'content-type': 'application/json',
      'x-tc-version': '2020-02-10',
      'x-tc-timestamp': '1',
    };
    const post = (action: string, body: string, more: object = {}) =>
      send(mock.server.url, body, { headers: { ...headers, 'x-tc-action': action, ...more } });
    await post(evil, evil, { 'user-agent': evil });
    await post('CreateAutoCalloutTask', JSON.stringify({ ...example, [evil]: evil }), {
      authorization: `TC3-HMAC-SHA256 Credential=${evil}/x`,
    });
    await post('CreateAutoCalloutTask', JSON.stringify({ ...example, Name: evil }));
    await row(mock.page, 'InvalidAction').click();
    await mock.page.locator('#detail').getByText('window.stolen').first().waitFor();
    await row(mock.page, 'UnknownParameter').click();
    await mock.page.getByText('Why it was refused').waitFor();
    await row(mock.page, 'OK').click();
    await mock.page.getByRole('region', { name: 'Body' }).getByText('window.stolen').waitFor();
    await mock.tab(/Tasks/);
    await mock.page.getByText('window.stolen').first().waitFor();
    await mock.tab(/Requests/);
    expect(await mock.page.evaluate('window.stolen')).toBe(undefined);
    expect(await mock.page.locator('img, script:not([src="/__mock/page.js"])').count()).toBe(0);
    expect(mock.complaints).toEqual([]);
  });

  test('masks phone numbers in paths, headers and the canonical request, and no timestamp', async () => {
    await using mock = await setUp();
    const [body, { host }] = [JSON.stringify(example), new URL(mock.server.url)];
    const { authorization, ...headers } = signedRequest(body, { host }).headers as Record<string, string>;
    const changed = authorization!.replace('host,', 'host;x-to,');
    const wrong = { headers: { ...headers, authorization: changed, 'x-to': callee } };
    const detail = mock.page.locator('#detail');
    const textOf = async (sequence: number, shown: string) => {
      await mock.page.locator(`#row-${sequence}`).click();
      await detail.getByText(shown).waitFor();
      return detail.innerText();
    };
    await send(`${mock.server.url}/?to=${callee}`, body, wrong);
    await send(mock.server.url, body, wrong);
    expect(await textOf(1, '/?to=•')).not.toContain(callee);
    const text = await textOf(2, 'x-to:•');
    expect(text).not.toContain(callee);
    for (const kept of [headers['x-tc-timestamp'], changed, `host:${host}`]) expect(text).toContain(kept);
  });

  test('a script that got into it all the same could not run: the policy is strict', async () => {
    await using mock = await setUp();
    const attempt = (code: string) => mock.page.addScriptTag({ content: code }).catch(() => {});
    await attempt('window.stolen = 1');
    expect(await mock.page.evaluate('window.stolen')).toBe(undefined);
    expect(mock.complaints.join()).toMatch(/Content Security Policy|TrustedScript/);
  });

  test('a page of another origin changes nothing and reads nothing', async () => {
    await using mock = await setUp();
    await mock.call();
    const foreign = createServer(
      (_request, response) => void response.setHeader('content-type', 'text/html').end('<h1>foreign</h1>'),
    );
    await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = foreign.address() as AddressInfo;
      await using opened = await openPage(browser, `http://127.0.0.1:${port}/`);
      const inPage = (code: string) =>
        opened.page.evaluate(`(async (url) => {${code}})(${JSON.stringify(mock.server.url)})`);
      const outcomes = (await inPage(`
        const tries = [
          ['POST', '/__mock/reset', { mode: 'no-cors', body: '{}' }],
          ['POST', '/__mock/reset', { mode: 'no-cors', body: '{}', headers: { 'content-type': 'text/plain' } }],
          ['POST', '/__mock/reset', { body: '{}', headers: { 'content-type': 'application/json' } }],
          ['POST', '/__mock/faults', { mode: 'no-cors', body: '{"fault":"internal-error"}' }],
          ['POST', '/__mock/page/change', { mode: 'no-cors', body: '{"number":1,"action":"StopAutoCalloutTask"}' }],
          ['DELETE', '/__mock/faults', {}],
          ['POST', '/', { mode: 'no-cors', body: '{}' }],
          ['GET', '/__mock/journal', {}],
          ['GET', '/', { headers: { accept: 'text/html' } }],
        ];
        const read = [];
        for (const [method, path, more] of tries)
          read.push(await fetch(url + path, { method, ...more }).then((response) => response.text(), () => 'failed'));
        const script = document.head.appendChild(document.createElement('script'));
        script.src = url + '/__mock/page.js';
        read.push(await new Promise((resolve) => { script.onload = () => resolve('loaded'); script.onerror = () => resolve(''); }));
        return read;
      `)) as string[];
      const answered = opened.page.waitForEvent('response', (response) =>
        response.request().isNavigationRequest(),
      );
      await inPage(`
        const frame = Object.assign(document.createElement('iframe'), { name: 'frame' });
        const form = Object.assign(document.createElement('form'), { action: url + '/__mock/reset', method: 'post', target: 'frame' });
        document.body.append(frame, form);
        form.submit();
      `);
      expect((await answered).status()).toBe(403);
      for (const text of outcomes) expect(['', 'failed']).toContain(text);
    } finally {
      foreign.close();
    }
    expect([mock.engine.journal.size, mock.engine.faults.next('x', 0)]).toEqual([1, undefined]);
    expect(mock.engine.entities[0]!.fields.State).toBe(1);
  });

  test('a name that was made to lead to this machine reaches nothing', async () => {
    await using mock = await setUp();
    await mock.call();
    const { port } = new URL(mock.server.url);
    const context = await browser.newContext();
    const page = await context.newPage();
    expect((await page.goto(`http://evil.example:${port}/`))!.status()).toBe(403);
    const statuses = await page.evaluate(`Promise.all([
      fetch('/__mock/journal'),
      fetch('/__mock/reset', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }),
      fetch('/', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }),
    ]).then((responses) => responses.map(({ status }) => status))`);
    expect(statuses).toEqual([403, 403, 403]);
    expect(mock.engine.journal.size).toBe(1);
    await context.close();
  });

  test('works offline: it asks its own mock and nobody else', async () => {
    await using mock = await setUp();
    const asked: string[] = [];
    mock.page.on('request', (request) => asked.push(request.url()));
    await mock.page.reload();
    await mock.page.getByText('No request yet').waitFor();
    expect(asked.length).toBeGreaterThan(3);
    for (const url of asked.filter((one) => !one.startsWith('data:')))
      expect(url.startsWith(mock.server.url)).toBe(true);
  });
});
