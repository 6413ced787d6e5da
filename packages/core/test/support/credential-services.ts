import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../src/clock.js';
import type { CredentialContext } from '../../src/credentials/types.js';

/** What a cache passes to a source. */
export function contextOf(overrides: Partial<CredentialContext> = {}): CredentialContext {
  return { signal: new AbortController().signal, clock: systemClock, ...overrides };
}

type Route = (body: string, headers: IncomingHttpHeaders) => [status: number, text: string];

export interface CredentialService extends AsyncDisposable {
  readonly endpoint: string;
  /** Paths that were asked for. */
  readonly asked: string[];
  readonly routes: Record<string, Route>;
}

/** A server on loopback that responds by path, with status 404 if there is none. */
export async function serve(routes: Record<string, Route>): Promise<CredentialService> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      asked.push(path);
      const route = routes[path];
      const [status, text] =
        route === undefined ? [404, 'none'] : route(Buffer.concat(chunks).toString(), request.headers);
      if (status > 0) response.writeHead(status).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    routes,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An origin on loopback at which nobody answers. */
export async function deadEndpoint(): Promise<string> {
  const service = await serve({});
  await service[Symbol.asyncDispose]();
  return service.endpoint;
}

export const METADATA_PATH = '/latest/meta-data/cam/security-credentials/';

/** A signature of the Security Token Service, made from the documentation and not by the signer under test. */
export function stsSignature(headers: IncomingHttpHeaders, body: string, secretKey: string): string {
  const [, signed = ''] = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '') ?? [];
  const names = signed.split(';');
  const lines = names.map((name) => `${name}:${String(headers[name]).trim().toLowerCase()}\n`).join('');
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const canonical = ['POST', '/', '', lines, signed, sha256(body)].join('\n');
  const timestamp = String(headers['x-tc-timestamp']);
  const date = new Date(Number(timestamp) * 1000).toISOString().slice(0, 10);
  const text = ['TC3-HMAC-SHA256', timestamp, `${date}/sts/tc3_request`, sha256(canonical)].join('\n');
  const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();
  const key = hmac(hmac(hmac(`TC3${secretKey}`, date), 'sts'), 'tc3_request');
  return createHmac('sha256', key).update(text).digest('hex');
}
