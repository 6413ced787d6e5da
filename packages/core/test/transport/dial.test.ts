import dns from 'node:dns';
import net from 'node:net';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { closePools, failed, openPool, send, textOf } from '../support/exchanges.js';
import { RawServer, eachRequest, success } from '../support/raw-server.js';

afterEach(closePools);
afterEach(() => vi.restoreAllMocks());

/** Addresses that nobody has; what happens to one is said by the test. */
const ADDRESSES = ['192.0.2.1', '2001:db8::1', '192.0.2.2', '2001:db8::2'];

type Connect = (port: number) => Socket;

const real = net.connect;

/** Never connected, as if nobody were there. */
const silent: Connect = () => new net.Socket();
const good: Connect = (port) => real({ port, host: '127.0.0.1' });
/** Port 1 of this machine takes no connections. */
const refused: Connect = () => real({ port: 1, host: '127.0.0.1' });
const unreachable: Connect = () => {
  const socket = new net.Socket();
  setImmediate(() => socket.destroy(Object.assign(new Error('no route'), { code: 'ENETUNREACH' })));
  return socket;
};
/** Connected only when the address after it has been tried. */
function afterNext(tried: string[]): Connect {
  return (port) => {
    const socket = new net.Socket();
    const count = tried.length;
    void vi
      .waitUntil(() => tried.length > count, { timeout: 5_000 })
      .then(() => socket.connect(port, '127.0.0.1'));
    return socket;
  };
}

/** A name with these addresses. Only the system's own parts are replaced, which no test can make behave like this. */
function nameWith(ways: readonly Connect[], tried: string[] = [], sockets: Socket[] = []): string[] {
  const addresses = ways.map((_, index) => ({
    address: ADDRESSES[index]!,
    family: net.isIP(ADDRESSES[index]!),
  }));
  vi.spyOn(dns, 'lookup').mockImplementation(((
    _name: string,
    _options: object,
    done: (...args: unknown[]) => void,
  ) => setImmediate(done, null, addresses)) as never);
  vi.spyOn(net, 'connect').mockImplementation((({ host, port }: { host: string; port: number }) => {
    tried.push(host);
    const way = ways[ADDRESSES.indexOf(host)];
    const socket = way === undefined ? real({ host, port }) : way(port);
    sockets.push(socket);
    return socket;
  }) as never);
  return tried;
}

const answer = (socket: Socket) => eachRequest(socket, (_body, count) => socket.write(success(count)));

describe('a host with several addresses', () => {
  test('is reached by the first, if the second fails while that one is still under way', async () => {
    await using server = await RawServer.start(answer);
    const tried: string[] = [];
    nameWith([afterNext(tried), unreachable], tried);
    expect(await textOf(send(await openPool(), `http://two.invalid:${server.port}`))).toContain('"TaskId":1');
    expect(tried).toEqual(ADDRESSES.slice(0, 2));
  });

  test('is reached by the second, if the first does not answer; nothing is left of that', async () => {
    await using server = await RawServer.start(answer);
    const sockets: Socket[] = [];
    nameWith([silent, good], [], sockets);
    expect(await textOf(send(await openPool(), `http://two.invalid:${server.port}`))).toContain('"TaskId":1');
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true, false]);
  });

  test('tries the next at once if one fails, and families by turns', async () => {
    await using server = await RawServer.start(answer);
    const tried = nameWith([refused, unreachable, refused, good]);
    expect(await textOf(send(await openPool(), `http://four.invalid:${server.port}`))).toContain(
      '"TaskId":1',
    );
    expect(tried).toEqual(ADDRESSES);
  });

  test('that all fail is an error that says most', async () => {
    nameWith([unreachable, refused]);
    expect(await failed(send(await openPool(), 'http://two.invalid:80'))).toMatchObject({
      sent: false,
      cause: { code: 'ECONNREFUSED' },
    });
  });

  test('that none answers is given the whole limit, and no socket is left', async () => {
    const sockets: Socket[] = [];
    const tried = nameWith([silent, silent], [], sockets);
    const exchange = send(await openPool({ connectTimeoutMs: 400 }), 'http://two.invalid:80');
    expect(await failed(exchange)).toMatchObject({ sent: false, cause: { code: 'UND_ERR_CONNECT_TIMEOUT' } });
    expect(tried).toHaveLength(2);
    expect(sockets.every(({ destroyed }) => destroyed)).toBe(true);
  });

  test('may be that of a proxy', async () => {
    await using server = await RawServer.start(answer);
    await using proxy = await RawServer.start((socket) => {
      socket.once('data', () => {
        const onward = real({ port: server.port, host: '127.0.0.1' });
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        socket.pipe(onward).pipe(socket);
      });
    });
    const tried: string[] = [];
    nameWith([afterNext(tried), unreachable], tried);
    const pool = await openPool({}, false, { http_proxy: `http://two.invalid:${proxy.port}` });
    expect(await textOf(send(pool, server.url))).toContain('"TaskId":1');
  });
});
