import { createHash, createHmac } from 'node:crypto';
import type { FixtureCase, MockCredentials, MockRequest } from '../src/index.js';
import { fixtures, mockCredentials } from '../src/index.js';

/** The documented example request of an action. */
export function exampleOf(action: string): Record<string, unknown> {
  return fixtures.find((fixture) => fixture.action === action)!.request;
}

/** The documented request with one change. */
export function applyCase(request: Record<string, unknown>, change: FixtureCase): Record<string, unknown> {
  const [name] = change.path as [string];
  const { [name]: _old, ...rest } = request;
  return 'value' in change ? { ...rest, [name]: change.value } : rest;
}

interface SignOptions {
  credentials?: MockCredentials;
  timestamp?: number;
  host?: string;
  signedHost?: string;
  service?: string;
  date?: string;
  signed?: string[];
  action?: string;
  contentType?: string;
  /** Stands for the body in the signature, and is sent as X-TC-Content-SHA256. */
  payload?: string;
  /** Signs headers as they are, as SDKs do, in place of lower case. */
  keepsCase?: boolean;
}

/** A request signed by hand, so that the mock is tested by neither its own code nor the client's. */
export function signedRequest(body: string, options: SignOptions = {}): MockRequest {
  return rawRequest(Buffer.from(body), options);
}

/** The same for a body of any bytes. */
export function rawRequest(body: Buffer, options: SignOptions = {}): MockRequest {
  const { credentials = mockCredentials, action = 'CreateAutoCalloutTask', service = 'ccc' } = options;
  const { host = '127.0.0.1:9', signed = ['content-type', 'host'] } = options;
  const timestamp = options.timestamp ?? Math.floor(Date.now() / 1000);
  const date = options.date ?? new Date(timestamp * 1000).toISOString().slice(0, 10);
  const headers: Record<string, string> = {
    host,
    'content-type': options.contentType ?? 'application/json',
    ...(options.payload === undefined ? {} : { 'x-tc-content-sha256': options.payload }),
    'x-tc-action': action,
    'x-tc-version': '2020-02-10',
    'x-tc-timestamp': String(timestamp),
    ...(credentials.token === undefined ? {} : { 'x-tc-token': credentials.token }),
  };
  const hash = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');
  const lines = signed.map((name) => {
    const value = name === 'host' ? (options.signedHost ?? host) : headers[name]!;
    return `${name}:${options.keepsCase === true ? value : value.toLowerCase()}\n`;
  });
  const canonical = `POST\n/\n\n${lines.join('')}\n${signed.join(';')}\n${hash(options.payload ?? body)}`;
  let key: Buffer = Buffer.from(`TC3${credentials.secretKey}`);
  for (const part of [date, service, 'tc3_request']) key = createHmac('sha256', key).update(part).digest();
  const text = `TC3-HMAC-SHA256\n${timestamp}\n${date}/${service}/tc3_request\n${hash(canonical)}`;
  const signature = createHmac('sha256', key).update(text).digest('hex');
  const authorization = `TC3-HMAC-SHA256 Credential=${credentials.secretId}/${date}/${service}/tc3_request, SignedHeaders=${signed.join(';')}, Signature=${signature}`;
  return { method: 'POST', path: '/', headers: { ...headers, authorization }, body };
}
