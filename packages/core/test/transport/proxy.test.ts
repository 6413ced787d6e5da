import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ServiceClient } from '../../src/client.js';
import { assumeRoleSource } from '../../src/credentials/assume-role.js';
import type { ClientOptions } from '../../src/options/client-options.js';
import { SetupFailure } from '../../src/transport/failures.js';
import { readProxies } from '../../src/transport/pool/proxy-env.js';
import { failureOf } from '../support/client.js';
import { createThing, credentials } from '../support/service.js';
import { closePools, failed, openPool, send, textOf } from '../support/exchanges.js';
import { FakeClock } from '../support/fake-clock.js';
import { RawServer, eachRequest, success } from '../support/raw-server.js';
import { eventually } from '../support/wait.js';

afterEach(closePools);

/** The head of a CONNECT, and the socket that it came on. */
type OnConnect = (socket: Socket, head: string) => void;

const startProxy = (onConnect: OnConnect, isTls = false) =>
  RawServer.start((socket) => {
    socket.once('data', (chunk: Buffer) => onConnect(socket, chunk.toString('latin1')));
  }, isTls);

const ACCEPTED = 'HTTP/1.1 200 Connection established\r\n\r\n';

/** A real tunnel. */
const tunnel: OnConnect = (socket, head) => {
  const [, port] = /^CONNECT 127\.0\.0\.1:(\d+) /.exec(head)!;
  const onward = connect(Number(port), '127.0.0.1', () => {
    socket.write(ACCEPTED);
    socket.pipe(onward).pipe(socket);
  });
  onward.on('error', () => socket.destroy());
  socket.once('close', () => onward.destroy());
};

const answer = (socket: Socket) => eachRequest(socket, (_body, count) => socket.write(success(count)));

describe('a tunnel', () => {
  test.each([
    ['to http, through http', false, false],
    ['to https, through http', true, false],
    ['to http, through https', false, true],
    ['to https, through https', true, true],
  ])('%s carries requests, and is kept', async (_name, isOriginTls, isProxyTls) => {
    await using server = await RawServer.start(answer, isOriginTls);
    const heads: string[] = [];
    await using proxy = await startProxy((socket, head) => {
      heads.push(head);
      tunnel(socket, head);
    }, isProxyTls);
    const url = proxy.url.replace('//', '//us%20er:pass@');
    const pool = await openPool({}, true, { https_proxy: url, http_proxy: url });
    expect(await textOf(send(pool, server.url))).toContain('"TaskId":1');
    expect(await textOf(send(pool, server.url))).toContain('"TaskId":2');
    expect(heads).toHaveLength(1);
    const host = server.url.slice(server.url.indexOf('//') + 2);
    expect(heads[0]).toContain(`CONNECT ${host} HTTP/1.1\r\nhost: ${host}\r\n`);
    expect(heads[0]).toContain(`proxy-authorization: Basic ${Buffer.from('us er:pass').toString('base64')}`);
    await pool.destroy();
    await eventually(() => expect(server.sockets.size + proxy.sockets.size).toBe(0));
  });

  /** Where the proxy stops, and whether the client has come so far. */
  const stops: [string, (socket: Socket, arrive: () => void) => void][] = [
    ['CONNECT is not answered', (_socket, arrive) => arrive()],
    ['the TLS handshake hangs', (socket, arrive) => socket.once('data', arrive).write(ACCEPTED)],
  ];

  test.each(stops)('%s: the limit for connecting holds, and nothing is left', async (_name, onConnect) => {
    let arrived = 0;
    await using proxy = await startProxy((socket) => onConnect(socket, () => arrived++));
    const clock = new FakeClock();
    const pool = await openPool({ connectTimeoutMs: 60, clock }, true, { https_proxy: proxy.url });
    const failure = failed(send(pool, 'https://thing.example.invalid'));
    await eventually(() => expect(arrived).toBe(1));
    await clock.advance(59);
    expect(clock.timers).toBe(1);
    await clock.advance(1);
    expect(await failure).toMatchObject({ sent: false, cause: { code: 'UND_ERR_CONNECT_TIMEOUT' } });
    await eventually(() => expect(proxy.sockets.size).toBe(0));
  });

  test.each(stops)('%s: destroy() leaves no socket and no timer', async (_name, onConnect) => {
    let arrived = 0;
    await using proxy = await startProxy((socket) => onConnect(socket, () => arrived++));
    const clock = new FakeClock();
    const pool = await openPool({ maxConnections: 30, clock }, true, { https_proxy: proxy.url });
    const ends = Array.from({ length: 30 }, () => failed(send(pool, 'https://thing.example.invalid')));
    await eventually(() => expect(arrived).toBe(30));
    expect(clock.timers).toBe(30);
    await pool.destroy();
    for (const end of ends) expect(await end).toMatchObject({ sent: false });
    await eventually(() => expect(proxy.sockets.size).toBe(0));
    expect(clock.timers).toBe(0);
  });

  test.each<[string, OnConnect, string]>([
    ['is refused', (socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'), 'UND_ERR_PRX_TUNNEL'],
    ['is closed', (socket) => socket.end(), 'UND_ERR_PRX_TUNNEL'],
    ['is reset', (socket) => socket.resetAndDestroy(), 'UND_ERR_PRX_TUNNEL'],
    ['is no HTTP', (socket) => socket.end('\0\0\r\n\r\n'), 'UND_ERR_PRX_TUNNEL'],
    ['is cut during the handshake', (socket) => socket.end(ACCEPTED), ''],
  ])('that %s fails at once, was not sent, and is asked for once', async (_name, onConnect, code) => {
    await using proxy = await startProxy(onConnect);
    const pool = await openPool({}, true, { https_proxy: proxy.url });
    const failure = await failed(send(pool, 'https://thing.example.invalid'));
    expect(failure).toMatchObject({ kind: 'network', sent: false });
    if (code !== '') expect(failure.cause).toMatchObject({ code });
    await eventually(() => expect(proxy.sockets.size).toBe(0));
    expect(proxy.connections).toBe(1);
  });

  test.each<[string, string]>([
    ['a%zz', 'a%zz'],
    ['100%', '100%'],
    ['p%40ss%3A', 'p@ss:'],
    ['%E9', '\xe9'],
    ['%E9%9B%BB', Buffer.from('電').toString('latin1')],
    ['電', Buffer.from('電').toString('latin1')],
  ])('is asked for with the password %s as it stands', async (password, bytes) => {
    const heads: string[] = [];
    await using server = await RawServer.start(answer);
    await using proxy = await startProxy((socket, head) => {
      heads.push(head);
      tunnel(socket, head);
    });
    const pool = await openPool({}, true, { http_proxy: proxy.url.replace('//', `//user:${password}@`) });
    await textOf(send(pool, server.url));
    const [, sent] = /proxy-authorization: Basic (\S+)/.exec(heads[0]!)!;
    expect(Buffer.from(sent!, 'base64').toString('latin1')).toBe(`user:${bytes}`);
  });

  test('with bytes of the server before the request is no good', async () => {
    await using proxy = await startProxy((socket) => socket.write(ACCEPTED + success(1)));
    const pool = await openPool({}, true, { http_proxy: proxy.url });
    const failure = await failed(send(pool, 'http://thing.example.invalid'));
    expect(failure).toMatchObject({ kind: 'surplus', sent: false });
    await eventually(() => expect(proxy.sockets.size).toBe(0));
  });
});

describe('what the caller is told', () => {
  afterEach(() => vi.unstubAllEnvs());

  async function errorThrough(variable: string, url: string, options: ClientOptions = {}) {
    for (const name of ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY'])
      vi.stubEnv(name, name === variable ? url : '');
    const client = new ServiceClient({
      credentials,
      endpoint: 'https://thing.example.invalid',
      retry: { maxAttempts: 1 },
      ...options,
    });
    const error = await failureOf(client.call(createThing, { Name: 'x' }));
    await client.close();
    expect(error).toMatchObject({ outcome: 'not-executed' });
    expect(inspect(error)).not.toContain('canary');
    return error;
  }

  test.each([
    [407, /needs another name and password/, 'never'],
    [403, /does not allow connections/, 'never'],
    [502, /cannot reach the service/, 'after-backoff'],
    [503, /cannot reach the service/, 'after-backoff'],
    [418, /status 418 \(https/, 'never'],
  ])('names the proxy, its variable and the status %i', async (status, message, retry) => {
    await using proxy = await startProxy((socket) =>
      socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 6\r\n\r\ncanary`),
    );
    const error = await errorThrough('HTTPS_PROXY', proxy.url.replace('//', '//user:canary@'));
    expect(error).toMatchObject({ code: 'ProxyFailed', retry, kind: 'transport' });
    expect(error.message).toContain(`the proxy of the variable HTTPS_PROXY answered with status ${status}`);
    expect(error.message).toMatch(message);
  });

  test('a proxy that is down is no failure of the service', async () => {
    const proxy = await startProxy(() => {});
    const { url } = proxy;
    await proxy[Symbol.asyncDispose]();
    const error = await errorThrough('https_proxy', url);
    expect(error).toMatchObject({
      code: 'ConnectionRefused',
      retry: 'after-backoff',
      cause: { code: 'ECONNREFUSED' },
    });
    expect(error.message).toContain(
      'the proxy of the variable https_proxy cannot be reached: the connection was refused',
    );
  });

  test('so is one that hangs up, or that never answers', async () => {
    await using rude = await startProxy((socket) => socket.end());
    expect(await errorThrough('http_proxy', rude.url)).toMatchObject({
      code: 'ProxyFailed',
      message: expect.stringContaining('the proxy of the variable http_proxy made no connection') as unknown,
    });
    await using silent = await startProxy(() => {});
    expect(await errorThrough('HTTP_PROXY', silent.url, { connectTimeoutMs: 50 })).toMatchObject({
      code: 'ConnectTimeout',
      message: expect.stringContaining(
        'connecting through the proxy of the variable HTTP_PROXY took longer than connectTimeoutMs',
      ) as unknown,
    });
  });

  test.each([
    [
      'socks5://user:canary@host:1080',
      /HTTPS_PROXY of the env.* SOCKS proxy.*Only HTTP proxies that take CONNECT are supported/,
    ],
    ['SOCKS5h://canary', /HTTPS_PROXY of the environment names a SOCKS proxy/],
    ['ftp://canary', /HTTPS_PROXY of the environment must be the URL of a proxy, such as http/],
    [
      'http://user:1/canary@host:1',
      /HTTPS_PROXY of the environment has a name or password .* %2F, %3F or %23/,
    ],
  ])('what is supported: %s', async (url, message) => {
    const error = await errorThrough('HTTPS_PROXY', url);
    expect(error).toMatchObject({ code: 'InvalidOption' });
    expect(error.message).toMatch(message);
  });

  test('the same while credentials are fetched', async () => {
    await using proxy = await startProxy((socket) => socket.end('HTTP/1.1 407 No\r\n\r\n'));
    const role = () => assumeRoleSource({ roleArn: 'r', base: credentials, endpoint: 'https://sts.invalid' });
    const failed = await errorThrough('HTTPS_PROXY', proxy.url, { credentials: role() });
    expect(failed.message).toContain('the proxy of the variable HTTPS_PROXY answered with status 407');
    const wrong = await errorThrough('HTTPS_PROXY', 'socks5://canary', { credentials: role() });
    expect(wrong.message).toContain('HTTPS_PROXY of the environment names a SOCKS proxy');
  });
});

describe('the variables of the environment', () => {
  const proxyOf = (env: NodeJS.ProcessEnv, origin: string) => readProxies(env)(new URL(origin))?.href;

  test('https falls back to http, small letters count first, and empty ones do not', () => {
    const env = {
      http_proxy: 'http://a',
      HTTP_PROXY: 'http://b',
      https_proxy: '',
      HTTPS_PROXY: 'https://c:1',
    };
    expect(proxyOf(env, 'http://x')).toBe('http://a/');
    expect(proxyOf(env, 'https://x')).toBe('https://c:1/');
    expect(proxyOf({ HTTP_PROXY: 'b:3128' }, 'https://x')).toBe('http://b:3128/');
    expect(proxyOf({ HTTPS_PROXY: 'http://c' }, 'http://x')).toBeUndefined();
    expect(proxyOf({}, 'https://x')).toBeUndefined();
  });

  test.each([
    ['*', 'https://a.example', true],
    ['example', 'https://a.example', true],
    ['.a.example, other', 'https://a.example', true],
    ['*.example', 'https://a.example', true],
    ['ample', 'https://a.example', false],
    ['A.EXAMPLE:443', 'https://a.example', true],
    ['a.example:80', 'https://a.example', false],
    ['a.example:8080', 'http://a.example:8080', true],
    ['127.0.0.1', 'http://127.0.0.1:1', true],
    ['::1', 'http://[::1]:1', true],
    ['[::1]:2', 'http://[::1]:1', false],
    ['', 'https://a.example', false],
  ])('NO_PROXY=%s for %s: %s', (noProxy, origin, isExempt) => {
    const proxy = proxyOf({ http_proxy: 'http://p', no_proxy: noProxy }, origin);
    expect(proxy === undefined).toBe(isExempt);
  });

  test.each([
    'http://user:canary@:x',
    'ftp://canary',
    'http://',
    'http://user:can#ary@host:1',
    'http://user:1/canary@host:1',
    'http://user:1?canary@host',
    'http://user:1#canary@host',
  ])('%s is no proxy, and is not shown', (value) => {
    const read = () => readProxies({ HTTPS_PROXY: value });
    expect(read).toThrow(SetupFailure);
    expect(read).toThrow(/HTTPS_PROXY/);
    expect(read).not.toThrow(/canary/);
  });
});
