import { describe, expect, test } from 'vitest';
import type { Effect } from '../src/generated/effects.js';
import type { MockOptions, MockRequest } from '../src/index.js';
import { MockEngine, applyFixtureCase, fixtures } from '../src/index.js';
import { effectOf, exampleOf, neededBy, prepare, signedRequest } from './support.js';

const body = JSON.stringify(exampleOf('CreateAutoCalloutTask'));

const startMs = Date.now();

/** A mock whose time a test moves. */
function setUp(options: MockOptions = {}) {
  const time = { ms: 0 };
  const clock = { now: () => startMs, monotonic: () => time.ms };
  const engine = new MockEngine({ seed: 1, clock, ...options });
  const send = (request: MockRequest) => {
    const { status, body: text } = engine.handle(request);
    expect(status, 'the service answers everything with 200').toBe(200);
    return (
      JSON.parse(String(text)) as {
        Response: Record<string, unknown> & { Error?: { Code: string; Message: string } };
      }
    ).Response;
  };
  return { engine, send, time };
}

const codeOf = (response: { Error?: { Code: string } }) => response.Error?.Code ?? 'OK';

describe('checks of the gateway', () => {
  const change = (more: Partial<MockRequest['headers']>) => ({
    ...signedRequest(body),
    headers: { ...signedRequest(body).headers, ...more },
  });
  const now = Math.floor(startMs / 1000);

  test.each<[string, MockRequest, string]>([
    ['a good request', signedRequest(body), 'OK'],
    ['host signed without its port', signedRequest(body, { signedHost: '127.0.0.1' }), 'OK'],
    ['the service that SDKs derive from a host', signedRequest(body, { service: '127' }), 'OK'],
    ['the action signed too', signedRequest(body, { signed: ['content-type', 'host', 'x-tc-action'] }), 'OK'],
    ['a timestamp just in time', signedRequest(body, { timestamp: now - 295 }), 'OK'],
    ['GET', { ...signedRequest(body), method: 'GET' }, 'UnsupportedProtocol'],
    ['a form', change({ 'content-type': 'application/x-www-form-urlencoded' }), 'InvalidParameter'],
    ['no action', change({ 'x-tc-action': undefined }), 'MissingParameter'],
    ['another action', signedRequest(body, { action: 'DeleteEverything' }), 'InvalidAction'],
    ['no version', change({ 'x-tc-version': undefined }), 'MissingParameter'],
    ['another version', change({ 'x-tc-version': '2017-03-12' }), 'NoSuchVersion'],
    ['no authorization', change({ authorization: undefined }), 'AuthFailure.InvalidAuthorization'],
    ['a malformed authorization', change({ authorization: 'Bearer x' }), 'AuthFailure.InvalidAuthorization'],
    ['a timestamp that is none', change({ 'x-tc-timestamp': 'now' }), 'InvalidParameter'],
    ['an old timestamp', signedRequest(body, { timestamp: now - 305 }), 'AuthFailure.SignatureExpire'],
    ['a future timestamp', signedRequest(body, { timestamp: now + 305 }), 'AuthFailure.SignatureExpire'],
    [
      'an unknown key',
      signedRequest(body, { credentials: { secretId: 'AKIDother', secretKey: 'x' } }),
      'AuthFailure.SecretIdNotFound',
    ],
    [
      'a wrong secret',
      signedRequest(body, { credentials: { secretId: 'AKIDmock', secretKey: 'x' } }),
      'AuthFailure.SignatureFailure',
    ],
    ['a token where none is due', change({ 'x-tc-token': 'x' }), 'AuthFailure.TokenFailure'],
    ['the date of another day', signedRequest(body, { date: '2019-02-25' }), 'AuthFailure.SignatureFailure'],
    ['another service', signedRequest(body, { service: 'cvm' }), 'AuthFailure.SignatureFailure'],
    ['too little signed', signedRequest(body, { signed: ['host'] }), 'AuthFailure.SignatureFailure'],
    [
      'headers out of order',
      signedRequest(body, { signed: ['host', 'content-type'] }),
      'AuthFailure.SignatureFailure',
    ],
    [
      'another body',
      { ...signedRequest(body), body: Buffer.from(body.replace('8', '9')) },
      'AuthFailure.SignatureFailure',
    ],
    ['no JSON', signedRequest('{'), 'InvalidParameter'],
    ['JSON that is no object', signedRequest('[]'), 'InvalidParameter'],
    [
      'too large a body',
      { ...signedRequest(body), body: Buffer.alloc(10 * 1024 * 1024 + 1) },
      'RequestSizeLimitExceeded',
    ],
  ])('%s', (_name, request, expected) => {
    const { engine, send } = setUp();
    expect(codeOf(send(request))).toBe(expected);
    expect(engine.created).toHaveLength(expected === 'OK' ? 1 : 0);
    expect(engine.journal.entries[0]).toMatchObject({ sequence: 1, code: expected });
  });

  test('keeps what it signed in the journal, and off the wire', () => {
    const { engine, send } = setUp();
    const response = send(signedRequest(body, { credentials: { secretId: 'AKIDmock', secretKey: 'x' } }));
    expect(JSON.stringify(response)).not.toContain('content-type');
    expect(engine.journal.entries[0]!.canonicalRequest).toContain(
      'content-type:application/json\nhost:127.0.0.1:9',
    );
    expect(engine.journal.entries[0]!.stringToSign).toMatch(/^TC3-HMAC-SHA256\n/);
  });

  test('accepts temporary credentials with their token only', () => {
    const credentials = { secretId: 'AKIDtmp', secretKey: 'k', token: 't' };
    const { send } = setUp({ credentials: [credentials] });
    expect(codeOf(send(signedRequest(body, { credentials })))).toBe('OK');
    expect(codeOf(send(signedRequest(body, { credentials: { ...credentials, token: 'old' } })))).toBe(
      'AuthFailure.TokenFailure',
    );
  });

  test('can be lenient about signatures', () => {
    const unsigned = {
      ...signedRequest(body),
      headers: { ...signedRequest(body).headers, authorization: undefined },
    };
    const wrong = signedRequest(body, { credentials: { secretId: 'AKIDany', secretKey: 'x' } });
    expect(codeOf(setUp({ signatures: 'presence' }).send(wrong))).toBe('OK');
    expect(codeOf(setUp({ signatures: 'presence' }).send(unsigned))).toBe('AuthFailure.InvalidAuthorization');
    expect(codeOf(setUp({ signatures: 'off' }).send(unsigned))).toBe('OK');
  });
});

/** The code for an id that there is not. */
function missingCode(effect: Effect): string | undefined {
  return 'refusals' in effect ? effect.refusals?.missing : undefined;
}

/** The code for a span that the action does not take, which a change of one of its ends makes. */
function hasWrongSpan(effect: Effect, changed: unknown): string {
  const window = 'window' in effect ? effect.window : undefined;
  const isEnd = window !== undefined && [window.from, window.to].includes(changed as string);
  return isEnd ? 'InvalidParameterValue' : 'OK';
}

/** The code that a broken rule must give. */
const CODES: Record<string, string> = {
  additionalProperties: 'UnknownParameter',
  required: 'MissingParameter',
  anyOf: 'MissingParameter',
  type: 'InvalidParameter',
};

describe.each(fixtures.map(({ action, cases }) => [action, cases] as const))(
  'parameters of %s',
  (action, cases) => {
    const effect = effectOf(action);

    test.each(cases.map((change) => [change.name, change] as const))('%s', async (_name, change) => {
      const { engine, send } = setUp({ rateLimit: 'off' });
      const call = (name: string, params: object) =>
        send(signedRequest(JSON.stringify(params), { action: name }));
      const request = await prepare(action, call, (ms) => engine.advance(ms));
      const before = engine.createdCount;
      const response = call(action, applyFixtureCase(request, change));
      // By another id, or to another owner, there is nothing.
      const isElsewhere = ['SdkAppId', neededBy(effect)?.id].includes(change.path[0]);
      const isMissing = neededBy(effect) !== undefined && isElsewhere;
      const unharmed = isMissing ? missingCode(effect) : hasWrongSpan(effect, change.path[0]);
      const expected =
        change.fault === undefined ? unharmed : (CODES[change.fault.rule] ?? 'InvalidParameterValue');
      expect(codeOf(response)).toBe(expected);
      const creates = expected === 'OK' && effect.kind === 'creates';
      expect(engine.createdCount - before).toBe(creates ? 1 : 0);
    });
  },
);

describe('rate limit', () => {
  test('is a true sliding window per account and action', () => {
    const other = { secretId: 'AKIDother', secretKey: 'o' };
    const { send, time } = setUp({
      credentials: [{ secretId: 'AKIDmock', secretKey: 'mock-secret-key' }, other],
    });
    const campaign = JSON.stringify(exampleOf('CreatePredictiveDialingCampaign'));
    time.ms = 990;
    for (let call = 0; call < 20; call++) expect(codeOf(send(signedRequest(body)))).toBe('OK');
    time.ms = 1000; // A new calendar second is no new window.
    expect(codeOf(send(signedRequest(body)))).toBe('RequestLimitExceeded');
    expect(codeOf(send(signedRequest(body, { credentials: other })))).toBe('OK');
    expect(codeOf(send(signedRequest(campaign, { action: 'CreatePredictiveDialingCampaign' })))).toBe('OK');
    time.ms = 1989.9;
    expect(codeOf(send(signedRequest(body)))).toBe('RequestLimitExceeded');
    time.ms = 1990;
    expect(codeOf(send(signedRequest(body)))).toBe('OK');
  });
});

describe('memory', () => {
  test('finds a number that is called more than once however it is written', () => {
    const { engine, send } = setUp();
    const callees = ['008613012345678', '+86 130-1234-5678', '008613012345679', '+8613012345678'];
    const example = exampleOf('CreateAutoCalloutTask');
    for (const callee of callees) send(signedRequest(JSON.stringify({ ...example, Callees: [callee] })));
    expect(engine.calledMoreThanOnce).toEqual(new Map([['008613012345678', 3]]));
  });

  test('stores what was created, and finds numbers that are called more than once', () => {
    const { engine, send } = setUp();
    send(signedRequest(body));
    expect(engine.calledMoreThanOnce.size).toBe(0);
    send(signedRequest(body));
    expect([...engine.calledMoreThanOnce.values()]).toEqual([2]);
    const [first, second] = engine.created;
    expect(second!.id).toBe(first!.id + 1);
    expect(first).toMatchObject({
      action: 'CreateAutoCalloutTask',
      params: exampleOf('CreateAutoCalloutTask'),
    });
  });

  test('gives the same ids for the same seed, and after a reset, but no request id twice', () => {
    const [one, two] = [setUp({ seed: 7 }), setUp({ seed: 7 })];
    const first = one.send(signedRequest(body));
    const second = two.send(signedRequest(body));
    one.engine.reset();
    expect(one.engine.journal.size).toBe(0);
    const third = one.send(signedRequest(body));
    expect([second.TaskId, third.TaskId]).toEqual([first.TaskId, first.TaskId]);
    expect(setUp({ seed: 8 }).send(signedRequest(body)).TaskId).not.toBe(first.TaskId);
    expect(new Set([first, second, third].map(({ RequestId }) => RequestId)).size).toBe(3);
    for (const { RequestId } of [first, second, third])
      expect(RequestId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('knows its worst window', () => {
    const { engine, send, time } = setUp({ rateLimit: 'off' });
    for (const ms of [0, 400, 999, 1000, 1399, 5000]) {
      time.ms = ms;
      send(signedRequest(body));
    }
    expect(engine.journal.worstWindow(1000)).toBe(4);
    expect(engine.journal.worstWindow(1)).toBe(1);
  });
});
