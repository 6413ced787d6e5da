import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { mayHaveExecuted } from '../src/errors/errors.js';
import type { ClientOptions } from '../src/options/client-options.js';
import { clientFor as makeClient, closeClients, failureOf } from './support/client.js';
import { TestServer, createThing } from './support/service.js';

const clientFor = (url: string, options: ClientOptions = {}) =>
  makeClient({ url }, { retry: { maxAttempts: 1 }, ...options });

afterEach(closeClients);

const ID = '00000000-0000-0000-0000-000000000001';
const raw =
  (text: string | Buffer, headers: Record<string, string> = {}, status = 200) =>
  (response: ServerResponse) => {
    response.writeHead(status, headers).end(text);
  };

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
      { code: 'MalformedResponse' },
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
      raw('{"Response":{"TaskId":"9007199254740993"}}'),
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
      'a long integer under the name of a phone number',
      raw('{"Response":{"TaskId":1,"+8613800138000":12345678901234567890}}'),
      { code: 'UnsafeInteger', digits: { '[…]': '12345678901234567890' } },
    ],
    [
      'another long integer',
      raw('{"Response":{"TaskId":1,"A":{"B":[12345678901234567890]}}}'),
      { code: 'UnsafeInteger', digits: { 'A.B.[…]': '12345678901234567890' } },
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
    ['no request id', raw('{"Response":{"TaskId":12}}'), { TaskId: 12, RequestId: '' }],
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
});
