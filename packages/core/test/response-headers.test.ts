import type { ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { SeenIds } from '../src/response/seen-ids.js';
import { ServiceNames } from '../src/response/service-names.js';
import type { ResponseHeaders } from '../src/transport/dispatcher.js';
import { clientFor, closeClients, failureOf } from './support/client.js';
import { TestServer, createThing, freshId, respond, respondError } from './support/service.js';

afterEach(closeClients);

const params = { Name: 'x' };
const OTHERS = '00000000-0000-4000-8000-000000000000';
const FOREIGN = { code: 'ForeignResponse', outcome: 'unknown' };

type Lines = Record<string, string | string[]>;

/** A success with these headers, which may stand on several lines. */
function answer(response: ServerResponse, headers: Lines, body?: Buffer): void {
  response.writeHead(200, headers).end(body ?? text());
}

const text = (fields: object = { TaskId: 7 }) =>
  JSON.stringify({ Response: { ...fields, RequestId: freshId() } });

async function call(headers: (own: string) => Lines, body?: Buffer) {
  await using server = await TestServer.start((response, received) =>
    answer(response, headers(String(received.headers['x-tc-traceid'])), body),
  );
  const client = clientFor(server);
  return await client.call(createThing, params).catch((error: unknown) => error);
}

describe('a trace id', () => {
  test.each<[string, (own: string) => string | string[]]>([
    ['of another request', () => OTHERS],
    ['of another request, twice', () => [OTHERS, OTHERS]],
    ['of another request, before its own', (own) => [OTHERS, own]],
    ['of another request, after its own', (own) => [own, OTHERS]],
    ['of another request, on one line with its own', (own) => `${own}, ${OTHERS}`],
    ['of another request, after an empty one', () => ['', OTHERS]],
  ])('%s tells that the response is not ours', async (_name, value) => {
    expect(await call((own) => ({ 'x-tc-traceid': value(own) }))).toMatchObject(FOREIGN);
  });

  test.each<[string, (own: string) => string | string[]]>([
    ['once', (own) => own],
    ['in capitals', (own) => own.toUpperCase()],
    ['twice', (own) => [own, own]],
    ['twice on one line', (own) => `${own},${own}`],
    ['beside an empty one', (own) => ['', own]],
  ])('of its own leaves a response what it is: %s', async (_name, value) => {
    expect(await call((own) => ({ 'x-tc-traceid': value(own) }))).toMatchObject({ TaskId: 7 });
  });
});

describe('other headers that come twice', () => {
  const withoutId = () => Buffer.from(JSON.stringify({ Response: { TaskId: 7 } }));

  test('a request id that is the same on both lines counts, and two that differ do not', async () => {
    const id = freshId();
    expect(await call(() => ({ 'x-tc-requestid': [id, id] }), withoutId())).toMatchObject({ TaskId: 7 });
    expect(await call(() => ({ 'x-tc-requestid': [freshId(), freshId()] }), withoutId())).toMatchObject({
      code: 'IncompleteResponse',
      outcome: 'unknown',
    });
  });

  test('a request id that differs from the one in the body does not count: a gateway may have its own', async () => {
    const id = freshId();
    const headers = () => ({ 'x-tc-requestid': OTHERS });
    const body = (fields: object) => Buffer.from(JSON.stringify({ Response: { ...fields, RequestId: id } }));
    expect(await call(headers, body({ TaskId: 7 }))).toMatchObject({ TaskId: 7, RequestId: id });
    const Error = { Code: 'InvalidParameterValue', Message: 'no' };
    expect(await call(headers, body({ Error }))).toMatchObject({ code: Error.Code, requestId: id });
  });

  test('of several Retry-After, the longest counts', async () => {
    await using server = await TestServer.start(
      (response) => void response.writeHead(503, ['retry-after', '2', 'retry-after', '7']).end('down'),
    );
    expect(await failureOf(clientFor(server).call(createThing, params))).toMatchObject({
      code: 'HttpStatus',
      retryAfterMs: 7_000,
    });
  });

  test('a clock is corrected by a Date that comes twice, if both are the same', async () => {
    const aheadMs = 5 * 3_600_000;
    const headers = () => {
      const date = new Date(Date.now() + aheadMs).toUTCString();
      return { date: [date, date] } as unknown as Record<string, string>;
    };
    await using server = await TestServer.start((response, received) => {
      const isOld = Number(received.headers['x-tc-timestamp']) * 1000 < Date.now() + aheadMs / 2;
      if (isOld) respondError(response, 'AuthFailure.SignatureExpire', headers());
      else respond(response, { TaskId: 7 }, headers());
    });
    expect(await clientFor(server).call(createThing, params)).toMatchObject({ TaskId: 7 });
  });
});

describe('a body', () => {
  const gzip = (bytes: string) => gzipSync(bytes);
  test.each<[string, string | string[], (json: string) => Buffer]>([
    ['GZIP', 'GZIP', gzip],
    ['x-gzip', 'x-gzip', gzip],
    ['X-Gzip', 'X-Gzip', gzip],
    ['gzip, said twice', ['gzip', 'gzip'], gzip],
    ['gzip and identity', 'gzip, identity', gzip],
    ['Identity', 'Identity', (json) => Buffer.from(json)],
    ['an empty name', '', (json) => Buffer.from(json)],
    ['Deflate', 'Deflate', (json) => deflateSync(json)],
    ['BR', 'BR', (json) => brotliCompressSync(json)],
    ['gzip within brotli', 'gzip, br', (json) => brotliCompressSync(gzipSync(json))],
  ])('in %s is read', async (_name, encoding, encode) => {
    expect(await call(() => ({ 'content-encoding': encoding }), encode(text()))).toMatchObject({ TaskId: 7 });
  });

  test.each(['', 'gzip'])('with a byte order mark is read: %j', async (encoding) => {
    const marked = `\ufeff${text()}`;
    const bytes = encoding === '' ? Buffer.from(marked) : gzipSync(marked);
    expect(await call(() => ({ 'content-encoding': encoding }), bytes)).toMatchObject({ TaskId: 7 });
  });

  const refusal = () => text({ Error: { Code: 'InvalidParameter', Message: 'm' } });

  test.each([
    ['compress', Buffer.from(text())],
    ['gzip', Buffer.from(text())],
    ['gzip, br', gzipSync(text())],
    ['gzip', Buffer.concat([gzipSync(refusal()), Buffer.alloc(1), gzipSync(text())])],
    ['deflate', Buffer.concat([deflateSync(refusal()), deflateSync(text())])],
    ['br', Buffer.concat([brotliCompressSync(refusal()), Buffer.from(text())])],
    ['gzip, br', brotliCompressSync(Buffer.concat([gzipSync(refusal()), Buffer.alloc(9)]))],
  ])('that is not what it says is not read: %s', async (encoding, body) => {
    expect(await call(() => ({ 'content-encoding': encoding }), body)).toMatchObject({
      code: 'MalformedResponse',
      outcome: 'unknown',
    });
  });
});

describe('request ids', () => {
  test('are known to every client of the process that calls the same service', async () => {
    const fixed = { TaskId: 7, RequestId: freshId() };
    await using server = await TestServer.start((response) => respond(response, fixed));
    expect(await clientFor(server).call(createThing, params)).toMatchObject(fixed);
    for (const other of [clientFor(server), clientFor(server, { pacing: false })])
      expect(await failureOf(other.call(createThing, params))).toMatchObject(FOREIGN);
  });

  test('of another service mean nothing', async () => {
    const fixed = { TaskId: 7, RequestId: freshId() };
    for (let service = 0; service < 2; service++) {
      await using server = await TestServer.start((response) => respond(response, fixed));
      expect(await clientFor(server).call(createThing, params)).toMatchObject(fixed);
    }
    // Of a mock in this process, for instance: all have one name, and each may begin with the same ids.
    const dispatcher = () => ({
      dispatch(_request: object, handler: { [event: string]: (...args: never[]) => void }) {
        const events = handler as never as Record<string, (...args: unknown[]) => void>;
        setImmediate(() => {
          events.onResponseStart!({ abort() {} }, 200, {} satisfies ResponseHeaders);
          events.onResponseData!({ abort() {} }, Buffer.from(JSON.stringify({ Response: fixed })));
          events.onResponseEnd!({ abort() {} }, {});
        });
        return true;
      },
    });
    for (let service = 0; service < 2; service++) {
      const client = clientFor(
        { url: 'https://thing.example.invalid' },
        { dispatcher: dispatcher() as never },
      );
      expect(await client.call(createThing, params)).toMatchObject(fixed);
      expect(await failureOf(client.call(createThing, params))).toMatchObject(FOREIGN);
    }
  });

  test('of a service of this machine mean nothing to the next one at its port', () => {
    const seen = new SeenIds();
    const names = new ServiceNames();
    const local = 'http://127.0.0.1:1234';
    const [first, second] = [names.enter(local), names.enter(local)];
    expect([seen.isRepeated('id', first), seen.isRepeated('id', second)]).toEqual([false, true]);
    names.leave(local);
    expect(seen.isRepeated('id', names.enter(local))).toBe(true);
    names.leave(local);
    names.leave(local);
    expect(seen.isRepeated('id', names.enter(local)), 'nobody was left who called the one before').toBe(
      false,
    );
    for (const far of ['https://ccc.example.com', 'https://127.0.0.1.example.com']) {
      expect(seen.isRepeated('id', names.enter(far))).toBe(false);
      names.leave(far);
      expect(seen.isRepeated('id', names.enter(far))).toBe(true);
    }
  });

  test('are remembered for so many responses at least, and for twice as many at most', () => {
    const LEAST = 1_000;
    const seen = new SeenIds(LEAST);
    const idOf = (index: number) => `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
    const wrong: number[] = [];
    for (let index = 0; index < 10 * LEAST; index++) {
      if (seen.isRepeated(idOf(index), 's')) wrong.push(index);
      const earlier = index - LEAST + 1;
      if (earlier >= 0 && !seen.isRepeated(idOf(earlier), 's')) wrong.push(earlier);
    }
    expect(wrong).toEqual([]);
    for (let index = 0; index < 8 * LEAST; index++) if (seen.isRepeated(idOf(index), 's')) wrong.push(index);
    expect(wrong, 'what is older is forgotten, so that memory has a bound').toEqual([]);
    expect(new SeenIds().remembered).toBeGreaterThan(100_000);
  });
});
