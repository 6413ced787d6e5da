import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** No script, style or request but its own, no frame around it, and no text that becomes markup. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** What every answer outside the API says to browsers. */
export const BROWSER_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

/** The files of the page, by path. */
const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['page.html', 'text/html; charset=utf-8'],
  '/__mock/page.js': ['page.js', 'text/javascript; charset=utf-8'],
  '/__mock/page.css': ['page.css', 'text/css; charset=utf-8'],
};

/** Browsers ask for it on their own, whatever they show. There is no such file, and it is not a request to the service. */
const ICON = '/favicon.ico';

/** Whether a browser asks for a file of the page, and not a client for an action. */
export function isPageRequest({ method, url = '', headers }: IncomingMessage): boolean {
  if (method !== 'GET' || headers['x-tc-action'] !== undefined) return false;
  if (url === '/') return headers.accept?.includes('text/html') === true;
  return url === ICON || Object.hasOwn(FILES, url);
}

/** Sends a file of the page. */
export async function sendPageFile({ url }: IncomingMessage, response: ServerResponse): Promise<void> {
  if (url === ICON) return void response.writeHead(404, BROWSER_HEADERS).end();
  const [file, type] = FILES[url!]!;
  // Loaded once somebody opens the page: what translates this package to CommonJS cannot read import.meta.
  const { PAGE_FOLDER } = await import('../page-folder.js');
  const content = await readFile(new URL(file, PAGE_FOLDER));
  response
    .writeHead(200, { ...BROWSER_HEADERS, 'content-type': type, 'content-length': content.length })
    .end(content);
}
