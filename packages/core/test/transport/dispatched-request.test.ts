import { describe, expect, test } from 'vitest';
import type { DispatcherLike, ResponseHandler } from '../../src/transport/dispatcher.js';
import { failed, send } from '../support/exchanges.js';
import { FakeClock } from '../support/fake-clock.js';
import { eventually } from '../support/wait.js';

const CONTROLLER = { abort: () => {} };

describe('any other dispatcher', () => {
  const origin = 'http://thing.example.invalid';
  const dispatcher = (dispatch: (body: AsyncIterable<Buffer>, handler: ResponseHandler) => unknown) =>
    ({ dispatch: ({ body }, handler) => dispatch(body, handler) as boolean }) satisfies DispatcherLike;
  const read = async (body: AsyncIterable<Buffer>) => {
    let text = '';
    for await (const chunk of body) text += chunk.toString();
    return text;
  };
  const coded = (code: string) => Object.assign(new Error(code), { code });

  test('that reads the body may have sent it, whatever it says then', async () => {
    for (const code of ['ECONNREFUSED', 'UND_ERR_CLOSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT', '']) {
      const sent: string[] = [];
      const liar = dispatcher(async (body, handler) => {
        sent.push(await read(body));
        handler.onResponseError(CONTROLLER, coded(code));
      });
      expect(await failed(send(liar, origin, 'x'))).toMatchObject({ kind: 'network', sent: true });
      expect(sent).toEqual(['x']);
    }
  });

  test('that says it started may have sent it, whatever it says then', async () => {
    const liar = dispatcher((_body, handler) => {
      handler.onRequestStart(CONTROLLER, {});
      handler.onResponseError(CONTROLLER, coded('ECONNREFUSED'));
    });
    expect(await failed(send(liar, origin))).toMatchObject({ sent: true });
  });

  test.each([
    ['ECONNREFUSED', false],
    ['ENOTFOUND', false],
    ['EAI_AGAIN', false],
    ['UND_ERR_CONNECT_TIMEOUT', false],
    ['UND_ERR_CLOSED', false],
    ['UND_ERR_DESTROYED', false],
    ['UND_ERR_INVALID_ARG', false],
    ['SELF_SIGNED_CERT_IN_CHAIN', false],
    ['ECONNRESET', true],
    ['EPIPE', true],
    ['ETIMEDOUT', true],
    ['UND_ERR_SOCKET', true],
    ['UND_ERR_ABORTED', true],
    ['', true],
  ])('that only says %s: sent is %s', async (code, sent) => {
    const said = dispatcher((_body, handler) => handler.onResponseError(CONTROLLER, coded(code)));
    const thrown = dispatcher(() => {
      throw coded(code);
    });
    const rejected = dispatcher(() => Promise.reject(coded(code)));
    for (const one of [said, thrown, rejected]) {
      const exchange = send(one, origin);
      expect(await failed(exchange)).toMatchObject({ kind: 'network', sent });
      expect(exchange.delivery.isSent).toBe(sent);
    }
  });

  test('that reads the body twice is stopped, and never succeeds', async () => {
    const sent: string[] = [];
    const twice = dispatcher(async (body, handler) => {
      for (const _attempt of [1, 2]) sent.push(await read(body).catch(() => 'stopped'));
      handler.onResponseStart(CONTROLLER, 200, {});
      handler.onResponseEnd(CONTROLLER, {});
    });
    expect(await failed(send(twice, origin, 'x'))).toMatchObject({ kind: 'replay', sent: true });
    await eventually(() => expect(sent).toEqual(['x', 'stopped']));
  });

  test('reads the body as a text, once', async () => {
    const sent: string[] = [];
    const plain = dispatcher((body, handler) => {
      sent.push(String(body));
      handler.onResponseStart(CONTROLLER, 200, {});
      handler.onResponseEnd(CONTROLLER, {});
    });
    expect(await send(plain, origin, 'x').response).toMatchObject({ status: 200 });
    expect(sent).toEqual(['x']);
    const twice = dispatcher((body) => `${String(body)}${String(body)}`);
    expect(await failed(send(twice, origin, 'x'))).toMatchObject({ kind: 'replay', sent: true });
  });

  test('cannot read the body of a request that was given up', async () => {
    let readLate = () => Promise.resolve('');
    const slow = dispatcher((body) => void (readLate = () => read(body).catch(() => 'stopped')));
    const clock = new FakeClock();
    const failure = failed(send(slow, origin, 'x', { clock, timeoutMs: 20 }));
    await clock.advance(20);
    expect(await failure).toMatchObject({ kind: 'timeout', sent: false });
    expect(await readLate()).toBe('stopped');
  });

  /** What is read of a response that comes in such pieces, with such headers. */
  const responseOf = (pieces: readonly unknown[], headers: unknown = {}) => {
    const own = dispatcher((body, handler) => {
      String(body);
      handler.onResponseStart(CONTROLLER, 200, headers as never);
      for (const piece of pieces) handler.onResponseData(CONTROLLER, piece as Buffer);
      handler.onResponseEnd(CONTROLLER, {});
    });
    return send(own, origin, 'x').response;
  };
  const bytes = (text: string) => new TextEncoder().encode(text);

  test.each<[string, readonly unknown[]]>([
    ['the bytes of fetch', [bytes('a body')]],
    ['the bytes of fetch, in pieces', [bytes('a '), bytes('body')]],
    ['a text', ['a body']],
    ['texts', ['a ', 'body']],
    ['an ArrayBuffer', [bytes('a body').buffer]],
  ])('may give %s', async (_name, pieces) => {
    expect((await responseOf(pieces)).body).toEqual(Buffer.from('a body'));
  });

  test('may use a buffer again', async () => {
    const one = Buffer.alloc(2);
    const again = function* () {
      for (const text of ['a ', 'bo', 'dy']) {
        one.write(text);
        yield one;
      }
    };
    const own = dispatcher((body, handler) => {
      String(body);
      handler.onResponseStart(CONTROLLER, 200, {});
      for (const piece of again()) handler.onResponseData(CONTROLLER, piece);
      handler.onResponseEnd(CONTROLLER, {});
    });
    expect((await send(own, origin, 'x').response).body.toString()).toBe('a body');
  });

  test.each<[string, unknown]>([
    ['in the case of the service', { 'X-TC-TraceId': 'other' }],
    ['as a Headers', new Headers({ 'X-TC-TraceId': 'other' })],
    ['as pairs', [['X-TC-TraceId', 'other']]],
  ])('may give headers %s', async (_name, headers) => {
    expect((await responseOf([], headers)).headers).toEqual({ 'x-tc-traceid': 'other' });
  });

  test('may give a header twice, in whatever case, or none at all', async () => {
    const headers = { 'X-TC-TraceId': 'one', 'x-tc-traceid': ['two', 'three'], age: undefined };
    expect((await responseOf([], headers)).headers).toEqual({ 'x-tc-traceid': ['one', 'two', 'three'] });
    expect((await responseOf([], null)).headers).toEqual({});
  });

  test.each<[string, unknown]>([
    ['throws', { abort: () => { throw new Error('canary'); } }], // prettier-ignore
    ['is missing', {}],
  ])('whose way to abort %s is left alone', async (_name, controller) => {
    const deaf = dispatcher((_body, handler) => handler.onRequestStart(controller as never, {}));
    const clock = new FakeClock();
    const failure = failed(send(deaf, origin, 'x', { clock, timeoutMs: 20 }));
    await clock.advance(20);
    expect(await failure).toMatchObject({ kind: 'timeout', sent: true });
  });

  test('tells once that it sent', async () => {
    let count = 0;
    const chatty = dispatcher(async (body, handler) => {
      handler.onRequestStart(CONTROLLER, {});
      await read(body);
      handler.onResponseStart(CONTROLLER, 100, {});
      handler.onResponseStart(CONTROLLER, 200, {});
      handler.onResponseEnd(CONTROLLER, {});
    });
    const exchange = send(chatty, origin, 'x', { onSent: () => count++ });
    expect(await exchange.response).toMatchObject({ status: 200, isEarly: false });
    expect(count).toBe(1);
  });
});
