import type { ServerResponse } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { mayHaveExecuted } from '../src/errors/guards.js';
import type { ClientOptions } from '../src/options/client-options.js';
import { clientFor as makeClient, closeClients, failureOf } from './support/client.js';
import { TestServer, createThing, credentials, respond } from './support/service.js';

const clientFor = (url: string, options: ClientOptions = {}) =>
  makeClient({ url }, { retry: { maxAttempts: 1 }, ...options });

afterEach(closeClients);

const ID = '00000000-0000-0000-0000-000000000001';
const raw =
  (text: string | Buffer, headers: Record<string, string> = {}, status = 200) =>
  (response: ServerResponse) => {
    response.writeHead(status, headers).end(text);
  };

const INCOMPLETE = { code: 'IncompleteResponse', outcome: 'unknown', status: 200 };
const CONTRADICTORY = { code: 'ContradictoryResponse', outcome: 'unknown', status: 200 };

describe('what somebody puts on Object.prototype is no part of a response', () => {
  const prototype = Object.prototype as Record<string, unknown>;

  test.each<[string, unknown, object, string]>([
    ['Error', { Code: 'RequestLimitExceeded' }, { TaskId: 7 }, 'succeeded'],
    ['TaskId', 99, {}, 'IncompleteResponse'],
  ])('%s', async (name, value, fields, expected) => {
    await using server = await TestServer.start((response) => respond(response, fields));
    const client = clientFor(server.url);
    Object.defineProperty(prototype, name, { value, configurable: true });
    const said = await client.call(createThing, { Name: 'x' }).then(
      () => 'succeeded',
      (error: { code?: string }) => error.code,
    );
    delete prototype[name];
    expect(said).toBe(expected);
  });
});

describe('responses', () => {
  test('that nest without end are read like others', async () => {
    const depth = 100_000;
    const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    await using server = await TestServer.start(
      raw(`{"Response":{"TaskId":12,"RequestId":"r","Deep":${deep}}}`),
    );
    expect(await clientFor(server.url).call(createThing, { Name: 'x' })).toMatchObject({ TaskId: 12 });
  });

  test.each<[string, (response: ServerResponse) => void, object]>([
    ['HTML with 502', raw('<html>', {}, 502), { code: 'HttpStatus', status: 502, outcome: 'unknown' }],
    [
      '429 of a gateway',
      raw('slow', { 'retry-after': '7' }, 429),
      { code: 'HttpStatus', status: 429, retryAfterMs: 7000, outcome: 'unknown' },
    ],
    [
      'a redirect',
      raw('', { location: 'http://127.0.0.1:1/' }, 307),
      { code: 'HttpStatus', status: 307, outcome: 'unknown' },
    ],
    [
      'a result with 500',
      raw(`{"Response":{"TaskId":1,"RequestId":"${ID}"}}`, {}, 500),
      { code: 'HttpStatus', status: 500, requestId: ID },
    ],
    ['JSON without envelope with 503', raw('{}', {}, 503), { code: 'HttpStatus', status: 503 }],
    [
      'an error with 500',
      raw(`{"Response":{"Error":{"Code":"InvalidParameter","Message":"m"},"RequestId":"${ID}"}}`, {}, 500),
      { kind: 'service', code: 'InvalidParameter', status: 500, outcome: 'unknown', requestId: ID },
    ],
    ['HTML with 200', raw('<html>'), { code: 'MalformedResponse', outcome: 'unknown' }],
    ['an empty body', raw(''), { code: 'MalformedResponse' }],
    ['{}', raw('{}'), { code: 'MalformedResponse' }],
    ['null', raw('null'), { code: 'MalformedResponse' }],
    ['[]', raw('[]'), { code: 'MalformedResponse' }],
    ['a Response that is a list', raw('{"Response":[]}'), { code: 'MalformedResponse' }],
    ['an error without code', raw('{"Response":{"Error":{}}}'), { code: 'MalformedResponse' }],
    [
      'an error whose code is no code',
      raw('{"Response":{"Error":{"Code":"13800138000"}}}'),
      { code: 'MalformedResponse' },
    ],
    [
      'truncated UTF-8',
      raw(Buffer.from('{"Response":{"TaskId":1,"X":"通').subarray(0, -1)),
      { code: 'MalformedResponse' },
    ],
    ['broken gzip', raw('not gzip', { 'content-encoding': 'gzip' }), { code: 'MalformedResponse' }],
    ['an unknown encoding', raw('x', { 'content-encoding': 'zstd' }), { code: 'MalformedResponse' }],
    [
      'a gzip bomb',
      raw(gzipSync(Buffer.alloc(200_000)), { 'content-encoding': 'gzip' }),
      {
        code: 'MalformedResponse',
        message: expect.stringContaining('its compressed body is longer than maxResponseBytes') as string,
      },
    ],
    [
      'result and error',
      raw('{"Response":{"TaskId":1,"Error":{"Code":"InvalidParameter"}}}'),
      { code: 'ContradictoryResponse', outcome: 'unknown' },
    ],
    [
      'no id',
      raw(`{"Response":{"RequestId":"${ID}"}}`),
      { code: 'IncompleteResponse', outcome: 'unknown', requestId: ID },
    ],
    ['an id that is a word', raw('{"Response":{"TaskId":"x"}}'), { code: 'IncompleteResponse' }],
    ['an id with a fraction', raw('{"Response":{"TaskId":1.5}}'), { code: 'IncompleteResponse' }],
    [
      'a request id that is no text',
      raw('{"Response":{"TaskId":1,"RequestId":5}}'),
      { code: 'IncompleteResponse' },
    ],
    [
      'an id beyond 2^53',
      raw(`{"Response":{"TaskId":9007199254740993,"RequestId":"${ID}"}}`),
      { code: 'UnsafeInteger', outcome: 'executed', digits: { TaskId: '9007199254740993' } },
    ],
    [
      'the same as a text',
      raw('{"Response":{"TaskId":"9007199254740993","RequestId":"r"}}'),
      { code: 'UnsafeInteger', digits: { TaskId: '9007199254740993' } },
    ],
    [
      'no id, but another long integer',
      raw(`{"Response":{"RequestId":"${ID}","Other":99999999999999999999}}`),
      { code: 'IncompleteResponse', outcome: 'unknown' },
    ],
    [
      'a refusal for speed with 503',
      raw(`{"Response":{"Error":{"Code":"RequestLimitExceeded"},"RequestId":"${ID}"}}`, {}, 503),
      {
        code: 'RequestLimitExceeded',
        outcome: 'unknown',
        retry: 'never',
        message: expect.stringContaining('It came with HTTP status 503') as string,
      },
    ],
    [
      'a code that holds a number',
      raw('{"Response":{"Error":{"Code":"InvalidParameter.N13800138000"}}}'),
      { code: 'MalformedResponse' },
    ],
    [
      'a code that carries a secret',
      raw(`{"Response":{"Error":{"Code":"InvalidParameter.${credentials.secretId}"},"RequestId":"r"}}`),
      { code: 'MalformedResponse', status: 200 },
    ],
    ['two envelopes', raw('{"Response":{},"Response":{"TaskId":1,"RequestId":"r"}}'), CONTRADICTORY],
    ['two ids', raw('{"Response":{"TaskId":1,"TaskId":2,"RequestId":"r"}}'), CONTRADICTORY],
    [
      'two errors',
      raw(
        '{"Response":{"Error":{"Code":"InternalError"},"Error":{"Code":"InvalidParameter"},"RequestId":"r"}}',
      ),
      CONTRADICTORY,
    ],
    [
      'two codes',
      raw('{"Response":{"Error":{"Code":"InternalError","C\\u006fde":"InvalidParameter"},"RequestId":"r"}}'),
      CONTRADICTORY,
    ],
    ['an id of 0', raw('{"Response":{"TaskId":0,"RequestId":"r"}}'), INCOMPLETE],
    ['an id of -0', raw('{"Response":{"TaskId":-0,"RequestId":"r"}}'), INCOMPLETE],
    ['an id below 0', raw('{"Response":{"TaskId":-5,"RequestId":"r"}}'), INCOMPLETE],
    ['an id far below 0', raw('{"Response":{"TaskId":-99999999999999999999,"RequestId":"r"}}'), INCOMPLETE],
    [
      'an id rounded by parsing',
      raw('{"Response":{"TaskId":5.00000000000000000001,"RequestId":"r"}}'),
      INCOMPLETE,
    ],
    ['an id beyond all bounds', raw('{"Response":{"TaskId":1e999,"RequestId":"r"}}'), INCOMPLETE],
    ['no request id', raw('{"Response":{"TaskId":12}}'), INCOMPLETE],
    [
      'a refusal without request id',
      raw('{"Response":{"Error":{"Code":"InvalidParameter"}}}'),
      { kind: 'service', code: 'InvalidParameter', outcome: 'unknown' },
    ],
    [
      'the trace id of another request',
      raw('{"Response":{"TaskId":12,"RequestId":"r"}}', {
        'x-tc-traceid': '11111111-2222-3333-4444-555555555555',
      }),
      { code: 'ForeignResponse', outcome: 'unknown' },
    ],
    [
      'an age, as caches state it',
      raw('{"Response":{"TaskId":12,"RequestId":"r"}}', { age: '0, 7' }),
      { code: 'ForeignResponse', outcome: 'unknown' },
    ],
    [
      'an error next to the envelope',
      raw('{"Response":{"TaskId":12,"RequestId":"r"},"Error":{"Code":"X"}}'),
      { code: 'ContradictoryResponse', outcome: 'unknown' },
    ],
    ['too long a body', raw('x'.repeat(3000)), { code: 'ResponseTooLarge', outcome: 'unknown' }],
  ])('%s', async (_name, answer, expected) => {
    await using server = await TestServer.start(answer);
    const error = await failureOf(
      clientFor(server.url, { maxResponseBytes: 2048 }).call(createThing, { Name: 'x' }),
    );
    expect(error).toMatchObject({ action: 'CreateThing', attempts: 1, ...expected });
    expect(server.received).toHaveLength(1);
    expect(mayHaveExecuted(error)).toBe(error.outcome !== 'not-executed');
  });

  test.each<[string, (response: ServerResponse) => void, object]>([
    [
      'an id that is a text',
      raw(`{"Response":{"TaskId":"12","RequestId":"${ID}"}}`),
      { TaskId: 12, RequestId: ID },
    ],
    [
      'the request id in a header',
      raw('{"Response":{"TaskId":12}}', { 'x-tc-requestid': ID }),
      { TaskId: 12, RequestId: ID },
    ],
    [
      'fields that are new, in any order',
      raw('{"Response":{"New":{"a":null},"RequestId":"r","TaskId":12}}'),
      { TaskId: 12, RequestId: 'r', New: { a: null } },
    ],
    [
      'a long integer that is new, without loss',
      raw(
        '{"Response":{"TaskId":5,"RequestId":"r","New":12345678901234567890,"A":{"B":[-98765432109876543210]}}}',
      ),
      { TaskId: 5, New: '12345678901234567890', A: { B: ['-98765432109876543210'] } },
    ],
    [
      'brotli',
      raw(brotliCompressSync('{"Response":{"TaskId":12,"RequestId":"r"}}'), { 'content-encoding': 'br' }),
      { TaskId: 12 },
    ],
    ['an id in another notation', raw('{"Response":{"TaskId":1.2e1,"RequestId":"r"}}'), { TaskId: 12 }],
    ['an Error that is null', raw('{"Response":{"Error":null,"TaskId":12,"RequestId":"r"}}'), { TaskId: 12 }],
    [
      'gzip',
      raw(gzipSync('{"Response":{"TaskId":12,"RequestId":"r"}}'), { 'content-encoding': 'gzip' }),
      { TaskId: 12 },
    ],
    [
      'a text content type',
      raw('{"Response":{"TaskId":12,"RequestId":"r"}}', { 'content-type': 'text/plain' }),
      { TaskId: 12 },
    ],
  ])('accepts %s', async (_name, answer, expected) => {
    await using server = await TestServer.start(answer);
    expect(await clientFor(server.url).call(createThing, { Name: 'x' })).toMatchObject(expected);
  });

  test('keep their prototype to themselves', async () => {
    await using server = await TestServer.start(
      raw('{"Response":{"TaskId":1,"RequestId":"r","__proto__":{"x":1},"A":{"__pr\\u006fto__":{"y":1}}}}'),
    );
    const result = await clientFor(server.url).call(createThing, { Name: 'x' });
    expect(JSON.stringify(result)).toBe('{"TaskId":1,"RequestId":"r","A":{}}');
    expect(Object.hasOwn(result, '__proto__')).toBe(false);
  });

  test('a required field may not be null, one that may be null may', async () => {
    const definition = {
      ...createThing,
      result: { required: ['TaskId'], integers: ['TaskId', 'Count', 'List[].Id', 'Deep.Id'] },
    };
    await using server = await TestServer.start(
      raw(
        '{"Response":{"TaskId":0,"Count":null,"List":[{"Id":"7"},{"Id":null},5],"Deep":{"Id":"8"},"RequestId":"r"}}',
      ),
    );
    expect(await clientFor(server.url).call(definition, { Name: 'x' })).toEqual({
      TaskId: 0,
      Count: null,
      List: [{ Id: 7 }, { Id: null }, 5],
      Deep: { Id: 8 },
      RequestId: 'r',
    });
  });

  test('of an id that came before say nothing about a new request', async () => {
    await using server = await TestServer.start((response, _received, count) =>
      raw(`{"Response":{"TaskId":${count},"RequestId":"${count < 3 ? ID : 'other'}"}}`)(response),
    );
    const client = clientFor(server.url);
    expect(await client.call(createThing, { Name: 'x' })).toMatchObject({ TaskId: 1 });
    const error = await failureOf(client.call(createThing, { Name: 'x' }));
    expect(error).toMatchObject({ code: 'ForeignResponse', outcome: 'unknown', requestId: ID });
    expect(error.message).toContain(`trace id ${error.traceId}`);
    expect(await client.call(createThing, { Name: 'x' })).toMatchObject({ TaskId: 3 });
  });
});
