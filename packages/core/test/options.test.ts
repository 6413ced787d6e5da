import { describe, expect, test } from 'vitest';
import { ServiceClient } from '../src/client.js';
import { ConfigurationError } from '../src/errors/errors.js';
import type { CallOptions } from '../src/options/call-options.js';
import { readCallOptions } from '../src/options/call-options.js';
import type { ClientOptions } from '../src/options/client-options.js';
import { createThing, credentials } from './support/service.js';

describe('client options', () => {
  test.each<[unknown, RegExp]>([
    [{ credential: 1 }, /There is no option credential\. Did you mean credentials\?/],
    [null, /options must be an object, but got null/],
    [{ endpoint: 'ccc.example.com' }, /endpoint must be an origin with its scheme, such as https/],
    [{ endpoint: 'localhost:8443' }, /endpoint must be an origin with its scheme, such as https/],
    [{ endpoint: 'https://ccc.example.com/path' }, /endpoint must be an origin/],
    [{ endpoint: 'https://user:pw@ccc.example.com' }, /endpoint must be an origin/],
    [{ endpoint: 'https://ccc.example.com\r\nX-Evil: 1' }, /endpoint must be an origin/],
    [{ endpoint: 'ftp://ccc.example.com' }, /endpoint must be an origin/],
    [{ region: 'ap-x\r\nx-evil: 1' }, /region must be a region/],
    [{ language: 'de' }, /language must be 'zh-CN' or 'en-US'/],
    [{ pacing: { mode: 'fast' } }, /pacing.mode must be 'response' or 'send'/],
    [{ pacing: { limit: 0 } }, /pacing.limit must be an integer from 1/],
    [{ pacing: { maxQueue: 1.5 } }, /pacing.maxQueue must be an integer/],
    [{ pacing: { pacer: { acquire: 1 } } }, /pacing.pacer.acquire must be a function/],
    [{ pacing: { limits: 1 } }, /The option pacing has no field limits. Did you mean limit/],
    [{ retry: { maxAttempts: 11 } }, /retry.maxAttempts must be an integer from 1 to 10, but got 11/],
    [{ retry: { onUnknown: 'always' } }, /retry.onUnknown must be 'never' or 'risk-duplicates'/],
    [{ deadlineMs: 0 }, /deadlineMs must be a number from 1/],
    [{ attemptTimeoutMs: Number.NaN }, /attemptTimeoutMs must be a number.*NaN/],
    [{ keepAliveMs: 60_000 }, /keepAliveMs must be a number from 1 to 55000/],
    [{ maxResponseBytes: '1' }, /maxResponseBytes must be an integer.*a string of 1 character/],
    [{ dispatcher: {} }, /dispatcher must be an undici dispatcher/],
    [{ dispatcher: null }, /dispatcher must be an undici dispatcher, but got null/],
    [{ random: 4 }, /random must be a function/],
    [{ clock: {} }, /clock must be an object with the methods now, monotonic and schedule/],
    [
      { deadlineMS: 5 },
      /There is no option deadlineMS\. Did you mean deadlineMs\? Known names are credentials, endpoint/,
    ],
    [{ pacing: { limits: 5 } }, /The option pacing has no field limits\. Did you mean limit\?/],
    [{ '+8613800138000': 1 }, /There is no option \[…\]\. Known names are/],
    [
      { endpoint: 'http://ccc.example.com' },
      /endpoint must be an https: origin; plain http: is for this machine, or with allowHttp/,
    ],
    [{ endpoint: 'http://ccc.example.com', allowHttp: 'yes' }, /allowHttp must be true or false/],
    [
      { timeout: 5 },
      /There is no option timeout\. Use deadlineMs, in milliseconds\. Known names are credentials/,
    ],
    [{ reqTimeout: 60 }, /no option reqTimeout\. Use deadlineMs/],
    [{ secretId: 'canary-7', secretKey: 'canary-7' }, /no option secretId\. Use credentials: \{ secretId/],
    [{ secret_key: 'canary-7' }, /no option secret_key\. Use credentials/],
    [{ maxRetries: 3 }, /no option maxRetries\. Use retry: \{ maxAttempts \}, which counts the first/],
    [{ baseURL: 'https://x' }, /no option baseURL\. Use endpoint, an origin/],
    [{ baseUrl: 'https://x' }, /no option baseUrl\. Use endpoint, an origin/],
    [{ proxy: 'http://x' }, /no option proxy\. Use dispatcher, or the variable HTTPS_PROXY/],
    [{ profile: {} }, /no option profile\. Use deadlineMs, endpoint and retry/],
    [{ signal: undefined }, /no option signal\. Use the call option of the same name/],
    [
      { retry: { retries: 3 } },
      /The option retry has no field retries\. Use maxAttempts, which counts the first/,
    ],
    [{ pacing: { rps: 3 } }, /The option pacing has no field rps\. Use limit/],
    [{ deadlineMs: -5 }, /deadlineMs must be a number from 1 to 86400000, but got -5/],
  ])('%j', (options, message) => {
    const make = () => new ServiceClient(options as ClientOptions);
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(message);
  });

  test('credentials are checked at once', () => {
    expect(() => new ServiceClient({ credentials: { secretId: '', secretKey: 'x' } })).toThrow(
      /secretId is blank/,
    );
  });

  test.each(['http://localhost:1', 'http://127.1.2.3', 'http://[::1]:8080', 'http://mock.localhost'])(
    '%s is on this machine, so it may be plain http',
    (endpoint) => {
      expect(() => new ServiceClient({ credentials, endpoint })).not.toThrow();
    },
  );

  test('another machine may be reached by plain http if the caller says so', () => {
    const endpoint = 'http://10.0.0.7';
    expect(() => new ServiceClient({ credentials, endpoint, allowHttp: true })).not.toThrow();
  });

  test('all of them together are fine', () => {
    const options: Required<Omit<ClientOptions, 'dispatcher' | 'clock'>> = {
      credentials,
      endpoint: 'https://gateway.example.com:8443',
      allowHttp: false,
      region: 'ap-singapore',
      language: 'en-US',
      pacing: { mode: 'send', limit: 5, maxQueue: 0 },
      retry: { maxAttempts: 1, baseMs: 0, capMs: 0, onUnknown: 'never' },
      deadlineMs: Infinity,
      attemptTimeoutMs: 1,
      connectTimeoutMs: 1,
      keepAliveMs: 1,
      maxConnections: 1,
      maxResponseBytes: 1024,
      logger: console,
      logLevel: 'off',
      onRequest: () => undefined,
      onResponse: () => undefined,
      random: Math.random,
    };
    expect(() => new ServiceClient(options)).not.toThrow();
  });
});

describe('call options', () => {
  const client = new ServiceClient({ credentials, endpoint: 'http://127.0.0.1:9' });

  test.each<[unknown, RegExp]>([
    [{ timeout: 5 }, /no call option timeout\. Use deadlineMs, in milliseconds.* Known names are signal/],
    [{ maxRetries: 5 }, /no call option maxRetries\. Use retry: { maxAttempts }/],
    [{ region: 'ap-x' }, /no call option region\. Use the client option of the same name/],
    [{ settle: true }, /call option settle\. Use it in a creation/],
    [{ checks: { Nam: 'off' } }, /The option checks has no field Nam\. Did you mean Name\? Known names are/],
    [{ checks: { Name: 'on' } }, /checks\.Name must be 'off', but got a string of 2 characters/],
    [{ checks: { Name: false } }, /checks\.Name must be 'off', but got false/],
    [{ checks: 'off' }, /checks must be an object/],
    [{ headers: new Map([['host', 'evil']]) }, /without host, which the SDK sets itself/],
    [{ headers: new Headers({ 'X-TC-Action': 'Other' }) }, /without x-tc-action/],
    [{ headers: new Map([['x-note', 1]]) }, /printable ASCII/],
    [{ headers: new Map([[1, 'x']]) }, /valid header names/],
    [
      { headers: ['x-note', 'a'] },
      /headers must be an object of names and values, a Headers, a Map, or pairs/,
    ],
    [{ headers: [['x-note']] }, /headers must be an object of names and values/],
    [{ headers: new Set(['x-note']) }, /headers must be an object of names and values/],
    [{ signal: {} }, /signal must be an AbortSignal/],
    [{ deadlineMs: -1 }, /deadlineMs must be a number/],
    [{ headers: { Host: 'evil' } }, /without host, which the SDK sets itself/],
    [{ headers: { 'X-TC-Action': 'Other' } }, /without x-tc-action/],
    [{ headers: { 'Content-Length': '1' } }, /without content-length/],
    [{ headers: { 'Transfer-Encoding': 'chunked' } }, /without transfer-encoding/],
    [{ headers: { 'x-note': 'a\r\nx-evil: 1' } }, /printable ASCII/],
    [{ headers: { 'x note': 'a' } }, /valid header names/],
    [{ headers: { 'X-TC-13800138000': 'a' } }, /without a name beginning with x-tc- or content-, which/],
    [{ headers: 5 }, /headers must be an object of names and values, .*, but got 5/],
  ])('%j', async (options, message) => {
    const call = client.call(createThing, { Name: 'x' }, options as CallOptions);
    await expect(call).rejects.toThrow(message);
    await expect(call).rejects.toMatchObject({ kind: 'configuration', outcome: 'not-executed', attempts: 0 });
  });

  test.each<[string, CallOptions['headers']]>([
    ['an object', { 'X-Note': 'a', 'x-more': 'b' }],
    ['a Headers', new Headers({ 'X-Note': 'a', 'x-more': 'b' })],
    [
      'a Map',
      new Map([
        ['X-Note', 'a'],
        ['x-more', 'b'],
      ]),
    ],
    [
      'pairs',
      [
        ['X-Note', 'a'],
        ['x-more', 'b'],
      ],
    ],
  ])('headers may be %s', (_name, headers) => {
    const { headers: read } = readCallOptions({ headers: headers! }, 1, () => []);
    const pairs = Object.fromEntries([0, 2].map((index) => [read[index]!, read[index + 1]!]));
    expect(pairs).toEqual({ 'x-note': 'a', 'x-more': 'b' });
  });
});
