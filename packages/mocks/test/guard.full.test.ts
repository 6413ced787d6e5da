import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { MockEngine, MockServer, mockCredentials } from '../src/index.js';
import { exampleOf, signedRequest } from './support.js';

const body = JSON.stringify(exampleOf('CreateAutoCalloutTask'));

/** A mock with one task, and a way to ask it with any headers. */
async function setUp() {
  const engine = new MockEngine({ seed: 1 });
  engine.handle(signedRequest(body));
  const server = await MockServer.start(engine);
  const { port, host } = new URL(server.url);
  const ask = (method: string, path: string, headers: Record<string, string> = {}, text = '') =>
    new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
      const options = { host: '127.0.0.1', port, method, path, agent: false, headers: { host, ...headers } };
      request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('end', () =>
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            text: String(Buffer.concat(chunks)),
          }),
        );
      })
        .once('error', reject)
        .end(text);
    });
  return { engine, server, host, port, ask, [Symbol.asyncDispose]: () => server.close() };
}

const json = { 'content-type': 'application/json' };

describe('the routes beside the API', () => {
  test.each([
    ['127.0.0.1'],
    ['localhost'],
    ['localhost:1'],
    ['mock.localhost'],
    ['[::1]:8080'],
    ['10.0.0.7:8080'],
    ['mock:8080'],
    ['my_mock'],
  ])('can be called by a Host that no stranger can own: %s', async (host) => {
    await using mock = await setUp();
    expect((await mock.ask('GET', '/__mock/health', { host })).status).toBe(200);
  });

  test.each([
    ['evil.example'],
    ['evil.example:80'],
    ['127.0.0.1.evil.example'],
    ['localhost.evil.example'],
    ['evil.example.'],
    ['evil.'],
    ['user@localhost'],
    ['[evil.example]'],
  ])('cannot be called by another: %j', async (host) => {
    await using mock = await setUp();
    for (const [method, path] of [
      ['GET', '/__mock/journal'],
      ['POST', '/__mock/reset'],
      ['GET', '/__mock/page.js'],
    ] as const)
      expect((await mock.ask(method, path, { host })).status).toBe(403);
    expect(mock.engine.journal.size).toBe(1);
  });

  test.each<[string, Record<string, string>]>([
    ['another origin', { origin: 'http://evil.example' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
    ['no origin to speak of', { origin: 'null' }],
    ['something that is none', { origin: 'nonsense' }],
    ['a foreign site', { 'sec-fetch-site': 'cross-site' }],
    ['the same site with another port', { 'sec-fetch-site': 'same-site' }],
  ])('are closed for %s, and so is the API', async (_name, headers) => {
    await using mock = await setUp();
    const signed = signedRequest(body, { host: mock.host }).headers as Record<string, string>;
    const answers = [
      await mock.ask('GET', '/__mock/journal', headers),
      await mock.ask('POST', '/__mock/reset', { ...json, ...headers }, '{}'),
      await mock.ask('DELETE', '/__mock/faults', { ...json, ...headers }),
      await mock.ask('POST', '/', { ...signed, ...headers }, body),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    for (const answer of answers) expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    expect(mock.engine.journal.size).toBe(1);
  });

  test('take changes from their own page only as JSON', async () => {
    await using mock = await setUp();
    const own = { origin: mock.server.url, 'sec-fetch-site': 'same-origin' };
    const reset = (headers: Record<string, string>) => mock.ask('POST', '/__mock/reset', headers, '{}');
    expect((await reset({ ...own, 'content-type': 'text/plain' })).status).toBe(403);
    expect((await reset({ ...own, 'content-type': 'application/jsonp' })).status).toBe(403);
    expect((await reset(own)).status).toBe(403);
    expect(mock.engine.journal.size).toBe(1);
    expect((await reset({ ...own, ...json })).status).toBe(200);
    expect(mock.engine.journal.size).toBe(0);
  });

  test('can be called by a name that their user allows, and by no other', async () => {
    const server = await MockServer.start(new MockEngine(), { allowedHosts: ['mock.test.svc'] });
    const status = (host: string) =>
      new Promise((resolve, reject) => {
        const options = {
          port: new URL(server.url).port,
          path: '/__mock/health',
          agent: false,
          headers: { host },
        };
        request({ host: '127.0.0.1', ...options }, (response) => resolve(response.resume().statusCode))
          .once('error', reject)
          .end();
      });
    expect([
      await status('Mock.test.svc:8080'),
      await status('test.svc'),
      await status('x.mock.test.svc'),
    ]).toEqual([200, 403, 403]);
    await server.close();
  });

  test('take changes from programs as before', async () => {
    await using mock = await setUp();
    expect((await mock.ask('POST', '/__mock/reset')).status).toBe(200);
  });

  test('are never shown in a frame, kept in a cache, or guessed to be something else', async () => {
    await using mock = await setUp();
    for (const path of [
      '/',
      '/__mock/page.js',
      '/__mock/page.css',
      '/__mock/health',
      '/__mock/journal',
      '/__mock/nothing',
    ]) {
      const { headers } = await mock.ask('GET', path, { accept: 'text/html' });
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'cache-control': 'no-store',
        'cross-origin-resource-policy': 'same-origin',
      });
      const policy = String(headers['content-security-policy']);
      expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';/);
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
    }
  });
});

describe('the page', () => {
  test('is for browsers; whoever calls an action gets an answer of the service', async () => {
    await using mock = await setUp();
    expect((await mock.ask('GET', '/', { accept: 'text/html,*/*' })).text).toContain(
      '<title>tccc-mock</title>',
    );
    const link = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    expect((await mock.ask('GET', '/', { accept: 'text/html', ...link })).status).toBe(200);
    expect(
      (await mock.ask('GET', '/', { accept: 'text/html', ...link, 'sec-fetch-dest': 'iframe' })).status,
    ).toBe(403);
    expect((await mock.ask('GET', '/', { accept: '*/*' })).text).toContain('UnsupportedProtocol');
    expect((await mock.ask('GET', '/', { accept: 'text/html', 'x-tc-action': 'A' })).text).toContain(
      'UnsupportedProtocol',
    );
    expect((await mock.ask('GET', '/?Action=A', { accept: 'text/html' })).text).toContain(
      'UnsupportedProtocol',
    );
    expect((await mock.ask('GET', '/favicon.ico')).status).toBe(404);
    expect(mock.engine.journal.size).toBe(4);
  });

  test('cannot do with an entity what no action does, or to one that is not there', async () => {
    await using mock = await setUp();
    const change = async (value: unknown) => {
      const { status, text } = await mock.ask('POST', '/__mock/page/change', json, JSON.stringify(value));
      return [status, text];
    };
    const number = 1;
    expect(await change({ number, action: 'StopAutoCalloutTask' })).toEqual([200, '{"changed":true}']);
    for (const wrong of [
      null,
      {},
      { number: 'x', action: 'StopAutoCalloutTask' },
      { number, action: 'toString' },
    ])
      expect(await change(wrong)).toEqual([400, expect.stringContaining('must have the number')]);
    expect(await change({ number, action: 'CreateAutoCalloutTask' })).toEqual([
      400,
      expect.stringContaining('not an action that changes'),
    ]);
    expect(await change({ number, action: 'AbortPredictiveDialingCampaign' })).toEqual([
      400,
      expect.stringContaining('not an action that changes'),
    ]);
    expect(await change({ number, action: 'PauseAutoCalloutTask' })).toEqual([
      400,
      expect.stringContaining('UnsupportedOperation'),
    ]);
    expect(await change({ number: 9, action: 'StopAutoCalloutTask' })).toEqual([
      400,
      expect.stringContaining('no longer exists'),
    ]);
    expect((await mock.ask('GET', '/__mock/page/request?sequence=9')).status).toBe(400);
  });

  test('gets headers without secrets, and long parameters not at all', async () => {
    const engine = new MockEngine({
      seed: 1,
      signatures: 'off',
      credentials: [{ secretId: 'AKIDa', secretKey: 'key-of-a', token: 'token-of-a' }],
    });
    const server = await MockServer.start(engine);
    const headers = { ...json, 'x-tc-version': '2020-02-10', 'x-tc-action': 'CreateAutoCalloutTask' };
    const secret = {
      cookie: 'session=of-mine',
      'x-tc-token': 'token-of-b',
      authorization: 'Basic of-mine',
      'user-agent': 'agent key-of-a token-of-a',
    };
    const send = (text: string, more: object = {}) =>
      fetch(server.url, { method: 'POST', headers: { ...headers, ...more }, body: text });
    const detail = async (sequence: number) =>
      (await fetch(`${server.url}/__mock/page/request?sequence=${sequence}`)).text();
    await send('not JSON, but key-of-a', secret);
    await send(JSON.stringify({ ...exampleOf('CreateAutoCalloutTask'), UUI: 'x'.repeat(300_000) }));
    const authorization = 'TC3-HMAC-SHA256 Credential=key-of-a/2026-01-01/ccc/tc3_request';
    const example = { ...exampleOf('CreateAutoCalloutTask'), Name: 'token-of-a', UUI: 'x'.repeat(9_000) };
    await send(JSON.stringify({ ...exampleOf('CreateAutoCalloutTask'), Name: 'key-of-a' }), {
      authorization,
    });
    await send(JSON.stringify(example), { authorization });
    await send(JSON.stringify({ 'key-of-a': 1 }));
    for (const path of ['request?sequence=3', 'request?sequence=4', 'request?sequence=5', 'entities', 'news'])
      expect(await (await fetch(`${server.url}/__mock/page/${path}`)).text()).not.toMatch(/-of-a/);
    for (const path of ['journal', 'created', 'entities']) {
      const text = await (await fetch(`${server.url}/__mock/${path}`)).text();
      expect([path, text]).toEqual([path, expect.not.stringMatching(/-of-a/)]);
      expect(text).toContain('"Name":"***"');
    }
    expect(await detail(1)).toContain('not JSON, but ***');
    expect(await detail(1)).toContain('agent *** ***');
    expect(await detail(1)).not.toMatch(/of-mine|-of-[ab]/);
    expect((await detail(2)).length).toBeLessThan(2_000);
    expect(JSON.parse(await detail(2))).toMatchObject({ paramsLength: expect.any(Number) as number });
    await server.close();
  });

  test.each([
    [[mockCredentials], true],
    [[{ ...mockCredentials, token: 'token-of-mine' }], false],
    [[{ secretId: 'AKIDa', secretKey: 'key-of-a' }, mockCredentials], false],
  ])('gets no secret key but the default one, of the first pair: %j', async (credentials, isDefaultKey) => {
    await using server = await MockServer.start(new MockEngine({ credentials }));
    const answer = await fetch(`${server.url}/__mock/page/mock`);
    expect(await answer.json()).toMatchObject({ isDefaultKey });
  });
});
