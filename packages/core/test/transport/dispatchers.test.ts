import type { Socket } from 'node:net';
import { connect } from 'node:net';
import type { Dispatcher } from 'undici';
import {
  Agent,
  BalancedPool,
  Client,
  EnvHttpProxyAgent,
  MockAgent,
  Pool,
  ProxyAgent,
  RetryAgent,
  interceptors,
} from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import { CancelScope } from '../../src/cancellation.js';
import { systemClock } from '../../src/clock.js';
import type { DispatcherLike } from '../../src/transport/dispatcher.js';
import { failed, send, textOf } from '../support/exchanges.js';
import { FakeClock } from '../support/fake-clock.js';
import { RawServer, eachRequest, success } from '../support/raw-server.js';
import { afterTimersOf, eventually } from '../support/wait.js';

const CONTROLLER = { abort: () => {} };

const opened: Dispatcher[] = [];
const open = <D extends Dispatcher>(dispatcher: D): D => {
  opened.push(dispatcher);
  return dispatcher;
};
afterEach(() =>
  Promise.all(opened.splice(0).map((one) => (one instanceof MockAgent ? one.close() : one.destroy()))),
);

/** A thin wrapper around fetch, which says nothing of the beginning of a request. */
const fetchWrapper: DispatcherLike = {
  dispatch({ origin, path, method, headers, body }, handler) {
    const pairs = headers.flatMap((name, index) => (index % 2 === 0 ? [[name, headers[index + 1]!]] : []));
    void (async () => {
      try {
        const init = { method, headers: pairs as [string, string][], body, duplex: 'half' } as RequestInit;
        const response = await fetch(origin + path, init);
        handler.onResponseStart(CONTROLLER, response.status, Object.fromEntries(response.headers));
        handler.onResponseData(CONTROLLER, Buffer.from(await response.arrayBuffer()));
        handler.onResponseEnd(CONTROLLER, {});
      } catch (error) {
        handler.onResponseError(CONTROLLER, error as Error);
      }
    })();
    return true;
  },
};

/** One that asks again and again, whatever happens. */
const RETRIES = {
  methods: ['POST' as const],
  statusCodes: [500, 503],
  errorCodes: ['ECONNRESET', 'UND_ERR_SOCKET', 'ECONNREFUSED'],
  minTimeout: 1,
  maxTimeout: 1,
  maxRetries: 2,
};

/** A proxy that tunnels to anywhere on this machine. */
let proxy: RawServer | undefined;
async function proxyUrl(): Promise<string> {
  proxy ??= await RawServer.start((socket) => {
    socket.once('data', (chunk: Buffer) => {
      const [, port] = /^CONNECT 127\.0\.0\.1:(\d+) /.exec(chunk.toString('latin1'))!;
      const onward = connect(Number(port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        socket.pipe(onward).pipe(socket);
      });
      onward.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    });
  });
  return proxy.url;
}
afterEach(async () => {
  await proxy?.[Symbol.asyncDispose]();
  proxy = undefined;
});

/** The rows of docs/dispatchers.md that send over the network. */
const dispatchers: [string, (origin: string) => Promise<DispatcherLike> | DispatcherLike][] = [
  ['Agent', () => open(new Agent())],
  ['Pool', (origin) => open(new Pool(origin))],
  ['Client', (origin) => open(new Client(origin))],
  ['BalancedPool', (origin) => open(new BalancedPool(origin))],
  ['ProxyAgent', async () => open(new ProxyAgent(await proxyUrl()))],
  [
    'EnvHttpProxyAgent',
    async () => open(new EnvHttpProxyAgent({ httpProxy: await proxyUrl(), noProxy: '' })),
  ],
  ['RetryAgent', () => open(new RetryAgent(open(new Agent()), RETRIES))],
  ['the interceptor retry', () => open(new Agent()).compose(interceptors.retry(RETRIES))],
  [
    'the interceptor redirect',
    () => open(new Agent()).compose(interceptors.redirect({ maxRedirections: 3 })),
  ],
  ['the interceptor dump', () => open(new Agent()).compose(interceptors.dump({ maxSize: 4 }))],
  ['the interceptor dns', () => open(new Agent()).compose(interceptors.dns())],
  ['the interceptor cache', () => open(new Agent()).compose(interceptors.cache())],
  ['a wrapper around fetch', () => fetchWrapper],
];

/** What a server does with a request that it has read completely, and executed. */
const endings: [string, (socket: Socket, server: RawServer) => void, { succeeds: boolean }][] = [
  ['answers', (socket) => socket.write(success(1)), { succeeds: true }],
  ['resets', (socket) => socket.resetAndDestroy(), { succeeds: false }],
  ['hangs up', (socket) => socket.end(), { succeeds: false }],
  ['is silent', () => {}, { succeeds: false }],
  [
    'answers 503',
    (socket) => socket.write('HTTP/1.1 503 Busy\r\ncontent-length: 2\r\n\r\n{}'),
    { succeeds: true },
  ],
  ...[302, 303, 307, 308].map(
    (status): [string, (socket: Socket, server: RawServer) => void, { succeeds: boolean }] => [
      `redirects with ${status}`,
      (socket, { url }) =>
        socket.write(`HTTP/1.1 ${status} There\r\nlocation: ${url}/there\r\ncontent-length: 2\r\n\r\n{}`),
      { succeeds: true },
    ],
  ),
];

describe.each(dispatchers)('%s', (name, make) => {
  test.each(endings)('a server that %s has executed at most once, and that is told', async (ending, end) => {
    let executed = 0;
    const bodies: string[] = [];
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, (body) => {
        if (body !== '') executed++;
        bodies.push(body);
        end(socket, server);
      }),
    );
    const dispatcher = await make(server.url);
    const clock = new FakeClock();
    const exchange = send(dispatcher, server.url, 'the body', { clock, timeoutMs: 150 });
    // fetch follows 303 with a GET, and this server is silent to that as well.
    if (ending === 'is silent' || (ending.endsWith('303') && name === 'a wrapper around fetch')) {
      await eventually(() => expect(executed).toBe(1));
      await clock.advance(150);
    }
    const found = await exchange.response.then(
      ({ status }) => status,
      ({ sent }: { sent: boolean }) => ({ sent }),
    );
    await afterTimersOf(RETRIES.maxTimeout);
    expect(bodies.filter((body) => body === 'the body')).toHaveLength(1);
    expect(executed).toBe(1);
    expect(exchange.delivery.isSent).toBe(true);
    // A result is that of the one request; a failure is one after sending.
    if (typeof found === 'object') expect(found).toEqual({ sent: true });
    expect(exchange).toMatchObject({ isConnectionKnown: false, hasSurplus: false });
    exchange.endConnection();
  });

  test('succeeds, and gives the response as it is', async () => {
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, () => socket.write(success(1))),
    );
    const dispatcher = await make(server.url);
    const exchange = send(dispatcher, server.url);
    // It throws away what the response says.
    if (name === 'the interceptor dump') expect(await failed(exchange)).toMatchObject({ sent: true });
    else expect(await textOf(exchange)).toContain('"TaskId":1');
  });

  test('a refused connection', async () => {
    const closed = await RawServer.start(() => {});
    const { url } = closed;
    await closed[Symbol.asyncDispose]();
    const failure = await failed(send(await make(url), url));
    // fetch wraps the failure, and so does undici's proxy, whose tunnel does not come about.
    const isUnclear = name === 'a wrapper around fetch' || name.endsWith('ProxyAgent');
    expect(failure.sent).toBe(isUnclear);
  });
});

describe('the interceptor redirect', () => {
  test.each([302, 303, 307, 308])('%i is not followed', async (status) => {
    const paths: string[] = [];
    await using server = await RawServer.start((socket) => {
      socket.on('data', (chunk: Buffer) => {
        const [, path] = /^(?:GET|POST) (\S+)/.exec(chunk.toString()) ?? [];
        if (path !== undefined) paths.push(path);
        if (path === '/there') socket.write(success(2));
        else if (path !== undefined)
          socket.write(
            `HTTP/1.1 ${status} There\r\nlocation: ${server.url}/there\r\ncontent-length: 0\r\n\r\n`,
          );
      });
    });
    const agent = open(new Agent()).compose(interceptors.redirect({ maxRedirections: 3 }));
    const found = await send(agent, server.url).response.then(
      (response) => response.status,
      ({ sent }: { sent: boolean }) => sent,
    );
    expect(found === status || found === true).toBe(true);
    expect(paths).toEqual(['/']);
  });
});

describe('a dispatcher with one connection', () => {
  test('what it never wrote was not sent', async () => {
    const bodies: string[] = [];
    await using server = await RawServer.start((socket) => eachRequest(socket, (body) => bodies.push(body)));
    const client = open(new Client(server.url));
    const scope = new CancelScope(systemClock, Infinity, undefined);
    const clock = new FakeClock();
    const first = failed(send(client, server.url, 'first', { clock, timeoutMs: 120 }));
    const second = failed(send(client, server.url, 'second', { clock, timeoutMs: 60 }));
    const third = failed(send(client, server.url, 'third', { scope }));
    await eventually(() => expect(bodies).toEqual(['first']));
    scope.cancel({ kind: 'closed' });
    expect(await third).toMatchObject({ kind: 'cancelled', sent: false });
    await clock.advance(60);
    expect(await second).toMatchObject({ kind: 'timeout', sent: false });
    await clock.advance(60);
    expect(await first).toMatchObject({ kind: 'timeout', sent: true });
    await afterTimersOf(5);
    expect(bodies).toEqual(['first']);
  });

  test('a closed one refuses, and nothing was sent', async () => {
    const agent = new Agent();
    await agent.close();
    const failure = await failed(send(agent, 'http://127.0.0.1:1'));
    expect(failure).toMatchObject({
      sent: false,
      cause: { code: expect.stringMatching(/CLOSED|DESTROYED/) },
    });
  });
});

describe('MockAgent', () => {
  const origin = 'http://thing.example.invalid';
  const mock = () => {
    const agent = open(new MockAgent());
    agent.disableNetConnect();
    return { agent, intercept: () => agent.get(origin).intercept({ path: '/', method: 'POST' }) };
  };

  test('an error stands for one after sending', async () => {
    const { agent, intercept } = mock();
    intercept().replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    expect(await failed(send(agent, origin))).toMatchObject({ kind: 'network', sent: true });
  });

  test('a refused connection stands for one before sending', async () => {
    const { agent, intercept } = mock();
    intercept().replyWithError(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
    expect(await failed(send(agent, origin))).toMatchObject({ kind: 'network', sent: false });
  });

  test('a reply is a response, and one that is late is not', async () => {
    const { agent, intercept } = mock();
    intercept().reply(200, 'the reply');
    expect(await textOf(send(agent, origin))).toBe('the reply');
    intercept().reply(200, 'the reply').delay(200);
    const failure = await failed(send(agent, origin, 'x', { timeoutMs: 20 }));
    expect(failure).toMatchObject({ kind: 'timeout', sent: true });
  });

  test('what it does not expect may have been sent', async () => {
    const { agent } = mock();
    expect(await failed(send(agent, origin))).toMatchObject({ kind: 'network', sent: true });
  });
});
