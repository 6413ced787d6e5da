import type { Browser, Page } from 'playwright-core';
import type { MockOptions } from '../src/index.js';
import { MockEngine, MockServer } from '../src/index.js';
import { openPage } from './browser.js';
import { send } from './send.js';
import { exampleOf, signedRequest } from './support.js';

export const example = exampleOf('CreateAutoCalloutTask');
export const [callee] = example.Callees as [string];

/** A mock, a page that shows it, and a way to send it requests. */
export async function openMock(
  browser: Browser,
  options: MockOptions = {},
  context: Parameters<typeof openPage>[2] = {},
) {
  const engine = new MockEngine({ seed: 1, rateLimit: 'off', itemMs: 3_600_000, ...options });
  const server = await MockServer.start(engine);
  const opened = await openPage(browser, server.url, context);
  const { host } = new URL(server.url);
  const call = (action = 'CreateAutoCalloutTask', params: object = example, more: object = {}) => {
    const body = JSON.stringify(params);
    const { headers } = signedRequest(body, { host, action, ...more });
    return send(server.url, body, { headers: headers as Record<string, string> });
  };
  const tab = (name: RegExp) => opened.page.getByRole('tab', { name }).click();
  const copied = async (name: string) => {
    await opened.page.getByRole('button', { name, exact: true }).click();
    await opened.page.getByText(`${name}: copied.`).waitFor();
    return opened.page.evaluate('navigator.clipboard.readText()') as Promise<string>;
  };
  return {
    engine,
    server,
    call,
    tab,
    copied,
    page: opened.page,
    complaints: opened.complaints,
    async [Symbol.asyncDispose]() {
      await opened[Symbol.asyncDispose]();
      await server.close();
    },
  };
}

/** All but the first. */
export type Tail<List extends unknown[]> = List extends [unknown, ...infer Rest] ? Rest : never;

/** The list of requests, and its first row with a text. */
export const list = (page: Page) => page.getByRole('listbox', { name: 'Requests, newest first' });
export const row = (page: Page, text: string | RegExp) =>
  list(page).getByRole('option').filter({ hasText: text }).first();

/** The rows of the table of tasks and campaigns. */
export const tasks = (page: Page) => page.locator('.entities tbody tr');
