import type { Effect } from '../src/generated/effects.js';
import { Readable } from 'node:stream';
import { request } from 'undici';
import { describe, expect, test } from 'vitest';
import type { MockOptions, MockRequest } from '../src/index.js';
import { MockDispatcher, MockEngine, MockServer } from '../src/index.js';
import { effectOf, exampleOf, rawRequest, signedRequest } from './support.js';

const example = exampleOf('CreateAutoCalloutTask');
const body = JSON.stringify(example);

/** Code and message of the response to one request. */
function answerOf(sent: MockRequest, options: MockOptions = {}) {
  const engine = new MockEngine({ seed: 1, rateLimit: 'off', ...options });
  const { Response } = JSON.parse(String(engine.handle(sent).body)) as {
    Response: { Error?: { Code: string; Message: string } };
  };
  const isCreation = effectOf(String(sent.headers['x-tc-action']))?.kind === 'creates';
  expect(engine.created).toHaveLength(isCreation && Response.Error === undefined ? 1 : 0);
  return [Response.Error?.Code ?? 'OK', Response.Error?.Message ?? ''];
}

const withHeaders = (more: MockRequest['headers']): MockRequest => {
  const signed = signedRequest(body);
  return { ...signed, headers: { ...signed.headers, ...more } };
};

describe('as strict as the service', () => {
  test.each<[string, MockRequest, string, RegExp]>([
    ['another path', { ...signedRequest(body), path: '/v2' }, 'UnsupportedProtocol', /path must be "\/"/],
    [
      'a query string',
      { ...signedRequest(body), path: '/?a=1' },
      'AuthFailure.SignatureFailure',
      /query string/,
    ],
    ['PUT', { ...signedRequest(body), method: 'PUT' }, 'UnsupportedProtocol', /must be POST or GET/],
    [
      'GET',
      { ...signedRequest(body), method: 'GET' },
      'UnsupportedProtocol',
      /service takes GET, but this mock/,
    ],
    [
      'GET with a signature of version 1',
      { ...signedRequest(''), method: 'GET', path: '/?Action=A&SignatureMethod=HmacSHA1&Signature=x' },
      'UnsupportedProtocol',
      /this mock does not.*TC3-HMAC-SHA256/,
    ],
    [
      'a form with a signature of version 1',
      withHeaders({ 'content-type': 'application/x-www-form-urlencoded' }),
      'InvalidParameter',
      /version 1 signature \(SignatureMethod HmacSHA1.*this mock does not/,
    ],
    [
      'two of Authorization',
      withHeaders({ authorization: ['a', 'b'] }),
      'AuthFailure.InvalidAuthorization',
      /once/,
    ],
    ['two of Host', withHeaders({ host: ['a', 'a'] }), 'InvalidParameter', /Host must be given once/],
    [
      'two of Content-Type',
      withHeaders({ 'content-type': ['application/json', 'application/json'] }),
      'InvalidParameter',
      /Content-Type must be given once/,
    ],
    [
      'two of X-TC-Action',
      withHeaders({ 'x-tc-action': ['a', 'b'] }),
      'InvalidParameter',
      /X-TC-Action must be/,
    ],
    [
      'another charset',
      signedRequest(body, { contentType: 'application/json; charset=gbk' }),
      'InvalidParameter',
      /charset .* must be utf-8/,
    ],
    [
      'a body that is not UTF-8',
      rawRequest(Buffer.from([0x7b, 0x22, 0xc4, 0xe3, 0x22, 0x3a, 0x31, 0x7d])),
      'InvalidParameter',
      /must be UTF-8/,
    ],
    ['no version', withHeaders({ 'x-tc-version': undefined }), 'MissingParameter', /X-TC-Version is missing/],
    [
      'no timestamp',
      withHeaders({ 'x-tc-timestamp': undefined }),
      'MissingParameter',
      /X-TC-Timestamp is missing/,
    ],
    [
      'an empty timestamp',
      withHeaders({ 'x-tc-timestamp': '' }),
      'MissingParameter',
      /X-TC-Timestamp is missing/,
    ],
    [
      'no authorization',
      withHeaders({ authorization: undefined }),
      'AuthFailure.InvalidAuthorization',
      /is missing/,
    ],
    [
      'nesting beyond what is sensible',
      signedRequest(`${'['.repeat(600)}${']'.repeat(600)}`),
      'InvalidParameter',
      /limit of this mock/,
    ],
  ])('%s is refused', (_name, sent, code, message) => {
    expect(answerOf(sent)).toEqual([code, expect.stringMatching(message)]);
  });

  test.each(['server', 'dispatcher'] as const)('the %s sees that a header is given twice', async (way) => {
    const engine = new MockEngine();
    await using server = await MockServer.start(engine);
    const origin = way === 'server' ? server.url : 'http://ccc.example';
    const { headers } = signedRequest(body, { host: new URL(origin).host });
    const { host, ...rest } = headers as Record<string, string>;
    const twice = { ...rest, authorization: [rest.authorization!, rest.authorization!] };
    const response = await request(origin, {
      method: 'POST',
      headers: { ...twice, host: host! },
      body: Readable.from([body]),
      ...(way === 'server' ? {} : { dispatcher: new MockDispatcher(engine) }),
    });
    expect(await response.body.json()).toMatchObject({
      Response: { Error: { Code: 'AuthFailure.InvalidAuthorization' } },
    });
  });

  test('brackets within a text are no nesting', () => {
    const text = `${'['.repeat(600)}\\"${'{'.repeat(600)}`;
    expect(answerOf(signedRequest(JSON.stringify({ ...example, Name: text })))[0]).toBe('OK');
  });
});

describe('no stricter than the service', () => {
  test.each<[string, MockRequest]>([
    ['UNSIGNED-PAYLOAD', signedRequest(body, { payload: 'UNSIGNED-PAYLOAD' })],
    [
      'a charset whose case is kept in the signature',
      signedRequest(body, { contentType: 'application/json; charset=UTF-8', keepsCase: true }),
    ],
    [
      'a charset that is signed in lower case',
      signedRequest(body, { contentType: 'application/json; charset=UTF-8' }),
    ],
    ['no blank before the charset', signedRequest(body, { contentType: 'application/json;charset=utf-8' })],
    ['arrays of one header value, as Node.js has them', withHeaders({ host: ['127.0.0.1:9'] })],
  ])('%s is accepted', (_name, sent) => {
    expect(answerOf(sent)).toEqual(['OK', '']);
  });

  test('with UNSIGNED-PAYLOAD, the rest must be signed', () => {
    const sent = signedRequest(body, { payload: 'UNSIGNED-PAYLOAD' });
    const changed = { ...sent, headers: { ...sent.headers, host: 'other' } };
    expect(answerOf(changed)[0]).toBe('AuthFailure.SignatureFailure');
    const claimed = withHeaders({ 'x-tc-content-sha256': 'UNSIGNED-PAYLOAD' });
    expect(answerOf(claimed)[0]).toBe('AuthFailure.SignatureFailure');
  });

  test('a timestamp does not matter if signatures do not', () => {
    const sent = withHeaders({ 'x-tc-timestamp': undefined, authorization: undefined });
    expect(answerOf(sent, { signatures: 'off' })).toEqual(['OK', '']);
  });
});

describe('parameters that were documented later', () => {
  const action = 'CreatePredictiveDialingCampaign';
  const newer = JSON.stringify({ ...exampleOf(action), UUI: 'later' });

  test('pass by default, as a client passes them by extraParams', () => {
    expect(answerOf(signedRequest(newer, { action }))).toEqual(['OK', '']);
  });

  test('are refused in the strict edition', () => {
    expect(answerOf(signedRequest(newer, { action }), { newerParameters: 'refuse' })).toEqual([
      'UnknownParameter',
      'UUI: was documented after this version was made.',
    ]);
  });

  test('do not excuse anything else', () => {
    const wrong = JSON.stringify({ ...exampleOf(action), UUI: 'later', Wrong: 1 });
    expect(answerOf(signedRequest(wrong, { action }))).toEqual([
      'UnknownParameter',
      expect.stringMatching(/^Wrong: is not a known name; the known names are .*SdkAppId.*\.$/),
    ]);
  });
});

describe('messages name the field and the rule in words', () => {
  test.each<[Record<string, unknown>, string]>([
    [{ SdkAppId: undefined }, 'SdkAppId: is required, but missing.'],
    [{ SdkAppId: 'x' }, 'SdkAppId: expected an integer, but got a string of 1 character.'],
    [{ SdkAppId: -1 }, 'SdkAppId: expected an integer from 0 to 9007199254740991, but got -1.'],
    [
      { NotBefore: 1_700_000_000_000 },
      'NotBefore: expected Unix seconds (divide Unix milliseconds by 1000 and drop the fraction), but got an integer of 13 digits, which looks like milliseconds.',
    ],
    [{ Callees: [] }, 'Callees: expected an array of at least 1 item, but got an empty array.'],
    [{ Callees: ['1', ''] }, 'Callees[1]: expected a string that is not empty, but got an empty string.'],
    [{ Callees: '1' }, 'Callees: expected an array, but got a string of 1 character.'],
    [{ IvrId: undefined }, 'The parameters: at least one of IvrId and AIAgentId is required.'],
    [{ NotAfter: 1 }, 'NotAfter: must be greater than NotBefore.'],
    [
      { Variables: [{ Key: 'k', Value: 'v', Other: 1 }] },
      'Variables[0].Other: is not a known name; the known names are Key, Value.',
    ],
    [{ Variables: [{ Key: 'k' }] }, 'Variables[0].Value: is required, but missing.'],
    [{ Calees: ['1'] }, 'Calees: is not a known name; did you mean Callees?'],
  ])('%j', (change, message) => {
    expect(answerOf(signedRequest(JSON.stringify({ ...example, ...change })))[1]).toBe(message);
  });

  test('and not the name that a client has made of data', () => {
    const [, message] = answerOf(signedRequest(JSON.stringify({ ...example, '008613012345678': 1 })));
    expect(message).toMatch(/^\[…\]: is not a known name; the known names are /);
  });

  test('of every fixture, and none falls back to the name of a rule', async () => {
    const { applyFixtureCase, fixtures } = await import('../src/index.js');
    const { effectOf, neededBy } = await import('./support.js');
    for (const { action, request: good, cases } of fixtures) {
      for (const change of cases) {
        const sent = signedRequest(JSON.stringify(applyFixtureCase(good, change)), { action });
        const [, message] = answerOf(sent, { newerParameters: 'refuse' });
        // There is nothing with the id of the example, which is another matter.
        const effect = effectOf(action);
        const id = neededBy(effect)?.id;
        const harmless = ['', `${id} is not the id of anything here.`, ...spanMessages(effect)];
        if (effect.kind === 'record') harmless.push(`${id} is not the id of a call that has ended.`);
        if (change.fault === undefined) expect(harmless, change.name).toContain(message);
        else
          expect(message).toMatch(
            /^[A-Z][\w.[\] ]*: (must|is|expected|at least one of|was documented) .*[.?]$/,
          );
      }
    }
  });
});

/** What is said of spans that the service does not take, such as those of examples from long ago. */
function spanMessages(effect: Effect): string[] {
  const window = 'window' in effect ? effect.window : undefined;
  if (window === undefined) return [];
  const { from, longestSeconds, oldestSeconds } = window;
  return [
    `The span must be shorter than ${longestSeconds} seconds.`,
    `${from} must not be more than ${oldestSeconds} seconds ago.`,
  ];
}
