import type { OutgoingHttpHeaders } from 'node:http';
import { Agent, request } from 'node:http';
import { signedRequest } from './support.js';

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

/** Sends one request, and gives the text of the response. */
export function send(
  url: string,
  body: string,
  { method = 'POST', headers }: { method?: string; headers?: OutgoingHttpHeaders } = {},
): Promise<string> {
  const { hostname, port, host, pathname, search } = new URL(url);
  const signed = headers ?? (signedRequest(body, { host }).headers as OutgoingHttpHeaders);
  return new Promise((resolve, reject) => {
    const path = pathname + search;
    const sent = request({ hostname, port, path, method, headers: signed, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.once('end', () => resolve(text));
      response.once('error', reject);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
