import { request } from 'undici';
import { expect, test } from 'vitest';
import { MockEngine, MockServer, faultKinds } from '../src/index.js';
import { exampleOf, signedRequest } from './support.js';

const example = exampleOf('CreateAutoCalloutTask');
const body = JSON.stringify(example);

/** A mock with so many creations in it, and a way to its routes. */
async function setUp(creations = 0) {
  const engine = new MockEngine({ seed: 1, rateLimit: 'off' });
  for (let count = 0; count < creations; count++) engine.handle(signedRequest(body));
  const server = await MockServer.start(engine);
  const ask = async (path: string, method: 'GET' | 'POST' | 'DELETE' = 'GET', json?: unknown) => {
    const sent = json === undefined ? {} : { body: JSON.stringify(json) };
    const response = await request(`${server.url}/__mock/${path}`, { method, ...sent });
    return [response.statusCode, (await response.body.json()) as Record<string, unknown>] as const;
  };
  return { engine, server, ask, [Symbol.asyncDispose]: () => server.close() };
}

/** The code that the mock answers to a good request over HTTP, or that of a broken connection. */
async function codeOf(server: MockServer): Promise<string> {
  const signed = signedRequest(body, { host: new URL(server.url).host });
  try {
    const headers = signed.headers as Record<string, string>;
    const response = await request(server.url, { method: 'POST', headers, body });
    const { Response } = (await response.body.json()) as { Response: { Error?: { Code: string } } };
    return Response.Error?.Code ?? 'OK';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

test('health, journal and reset are not in the journal', async () => {
  await using mock = await setUp(1);
  expect(await mock.ask('health')).toEqual([200, { ready: true, maxRssBytes: expect.any(Number) as number }]);
  expect(await mock.ask('journal')).toMatchObject([
    200,
    {
      requests: 1,
      created: 1,
      keptFrom: 1,
      entries: [{ sequence: 1, code: 'OK', params: example }],
      next: null,
    },
  ]);
  expect(await mock.ask('created')).toMatchObject([
    200,
    { created: 1, items: [{ action: 'CreateAutoCalloutTask', params: example }], next: null },
  ]);
  expect(await mock.ask('reset', 'POST')).toEqual([200, { reset: true }]);
  expect(await mock.ask('journal')).toEqual([
    200,
    { requests: 0, created: 0, keptFrom: 1, entries: [], next: null },
  ]);
});

test.each([['other'], ['journal/1'], ['']])(
  '%j is no route, and the answer names those that are',
  async (path) => {
    await using mock = await setUp();
    expect(await mock.ask(path)).toMatchObject([
      404,
      { error: expect.stringContaining('GET /__mock/journal') as string },
    ]);
  },
);

test('the journal comes in pages, each entry once', async () => {
  await using mock = await setUp(25);
  const sequences: unknown[] = [];
  let after: unknown = 0;
  for (let page = 0; after !== null && page < 10; page++) {
    const [, { entries, next }] = await mock.ask(`journal?after=${String(after)}&limit=10`);
    sequences.push(...(entries as { sequence: number }[]).map(({ sequence }) => sequence));
    after = next;
  }
  expect(sequences).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
  expect((await mock.ask('created?after=24&limit=10'))[1].items).toHaveLength(1);
  expect((await mock.ask('journal?after=25'))[1]).toMatchObject({ entries: [], next: null });
});

test.each([
  'journal?after=-1',
  'journal?limit=0',
  'journal?limit=1e3',
  'created?limit=100001',
  'summary?windowMs=x',
])('%s is refused', async (path) => {
  await using mock = await setUp();
  expect(await mock.ask(path)).toMatchObject([
    400,
    { error: expect.stringMatching(/whole number from/) as string },
  ]);
});

test('the summary says what a client did', async () => {
  await using mock = await setUp(2);
  expect(await mock.ask('summary')).toEqual([
    200,
    {
      requests: 2,
      keptFrom: 1,
      created: 2,
      createdKept: 2,
      worstWindow: 2,
      worstWindowFrom: 1,
      calledMoreThanOnce: { [(example.Callees as string[])[0]!]: 2 },
      calledMoreThanOnceCount: 1,
    },
  ]);
  expect((await mock.ask('summary?action=CreatePredictiveDialingCampaign'))[1].worstWindow).toBe(0);
});

test('faults are planned, listed, strike, and are removed', async () => {
  await using mock = await setUp();
  const [, { kinds }] = await mock.ask('faults');
  expect(Object.keys(kinds as object)).toEqual(Object.keys(faultKinds));
  expect(kinds).toHaveProperty('no-id.meaning');

  const [status, planned] = await mock.ask('faults', 'POST', { fault: 'internal-error', nth: [1, 3] });
  expect([status, planned]).toEqual([201, { id: '1', fault: 'internal-error', nth: [1, 3] }]);
  expect((await mock.ask('faults'))[1].planned).toEqual([planned]);
  expect([await codeOf(mock.server), await codeOf(mock.server), await codeOf(mock.server)]).toEqual([
    'InternalError',
    'OK',
    'InternalError',
  ]);

  await mock.ask('faults', 'POST', { fault: 'reset-after-create' });
  expect(await codeOf(mock.server)).toBe('ECONNRESET');
  expect(await mock.ask('faults?id=2', 'DELETE')).toEqual([200, { removed: 1 }]);
  expect(await codeOf(mock.server)).toBe('OK');
  expect(await mock.ask('faults', 'DELETE')).toEqual([200, { removed: 1 }]);
  expect((await mock.ask('faults'))[1].planned).toEqual([]);
});

test('a reset removes what was planned', async () => {
  await using mock = await setUp();
  await mock.ask('faults', 'POST', { fault: 'internal-error' });
  await mock.ask('reset', 'POST');
  expect((await mock.ask('faults'))[1].planned).toEqual([]);
  expect(await codeOf(mock.server)).toBe('OK');
});

test.each<[unknown, RegExp]>([
  [[], /must be a JSON object/],
  [null, /must be a JSON object/],
  [{}, /fault must be the name of a fault/],
  [{ fault: 7 }, /fault must be the name/],
  [{ fault: 'nothing' }, /There is no fault "nothing"/],
  [{ fault: 'html', probabilty: 0.5 }, /only the fields fault, action, nth, probability, strikes/],
  [{ fault: 'html', constructor: 1 }, /only the fields/],
  [{ fault: 'html', probability: 2 }, /from 0 to 1/],
  [{ fault: 'html', probability: '1' }, /from 0 to 1/],
  [{ fault: 'html', nth: 0 }, /whole number from 1/],
  [{ fault: 'html', nth: [] }, /whole number from 1/],
  [{ fault: 'html', action: ['CreateAutoCalloutTask'] }, /action must be one of/],
  [{ fault: 'html', action: 'Dial' }, /one of: CreateAutoCalloutTask/],
  [{ fault: 'html', strikes: 'twice' }, /"before" or "after"/],
  [{ fault: 'rate-limited', strikes: 'after' }, /always strikes before/],
])('the rule %j is refused', async (rule, message) => {
  await using mock = await setUp();
  expect(await mock.ask('faults', 'POST', rule)).toEqual([
    400,
    { error: expect.stringMatching(message) as string },
  ]);
  expect((await mock.ask('faults'))[1].planned).toEqual([]);
});

test('a rule that is no JSON, and an id that is none, are refused', async () => {
  await using mock = await setUp();
  const response = await request(`${mock.server.url}/__mock/faults`, { method: 'POST', body: '{' });
  expect([response.statusCode, await response.body.json()]).toEqual([
    400,
    { error: 'The body must be JSON.' },
  ]);
  expect((await mock.ask('faults?id=7', 'DELETE'))[0]).toBe(400);
});

test('an engine that throws is answered, and the process goes on', async () => {
  await using mock = await setUp();
  const handle = mock.engine.handleStruck.bind(mock.engine);
  mock.engine.handleStruck = () => {
    throw new Error('broken');
  };
  const headers = signedRequest(body).headers as Record<string, string>;
  const response = await request(mock.server.url, { method: 'POST', headers, body });
  expect([response.statusCode, await response.body.json()]).toEqual([
    500,
    { error: 'The mock failed: broken' },
  ]);
  mock.engine.handleStruck = handle;
  expect(await codeOf(mock.server)).toBe('OK');
});

/** What the mock answers to a request of an action over HTTP. */
async function call(server: MockServer, action: string, params: object): Promise<Record<string, unknown>> {
  const text = JSON.stringify(params);
  const { headers } = signedRequest(text, { action, host: new URL(server.url).host });
  const sent = { method: 'POST', headers: headers as Record<string, string>, body: text } as const;
  const { Response } = (await (await request(server.url, sent)).body.json()) as {
    Response: Record<string, unknown>;
  };
  return Response;
}

test('entities come in pages, each with the state that it has, and time is moved on', async () => {
  await using mock = await setUp(3);
  const [, page] = await mock.ask('entities?after=1&limit=1');
  expect(page).toMatchObject({
    entities: 3,
    items: [
      { entity: 'auto-callout-task', secretId: 'AKIDmock', fields: { ...example, State: 1, CalleeCount: 1 } },
    ],
    next: 2,
  });
  expect((await mock.ask('entities?after=2'))[1]).toMatchObject({ items: [{}], next: null });
  const before = Date.now();
  const [status, { nowMs }] = await mock.ask('clock', 'POST', { advanceMs: 60_000 });
  expect(status).toBe(200);
  expect(nowMs).toBeGreaterThanOrEqual(before + 60_000);
  expect(nowMs).toBeLessThanOrEqual(Date.now() + 60_000);
  expect((await mock.ask('entities'))[1]).toMatchObject({
    items: [{ fields: { State: 2 } }, {}, {}],
    next: null,
  });
  for (const wrong of [{ advanceMs: -1 }, { advanceMs: '1' }, {}, null, 1])
    expect(await mock.ask('clock', 'POST', wrong)).toEqual([
      400,
      { error: expect.stringContaining('advanceMs must be a whole number') as string },
    ]);
  await mock.ask('reset', 'POST');
  expect((await mock.ask('entities'))[1]).toMatchObject({ entities: 0, items: [] });
});

test('answers are scripted, listed and removed', async () => {
  await using mock = await setUp();
  const { server, ask } = mock;
  const params = { SdkAppId: 1, TaskId: 1 };
  const code = 'InternalError.DBError';
  expect(await ask('respond', 'POST', { action: 'StopAutoCalloutTask', error: { code } })).toEqual([
    201,
    { action: 'StopAutoCalloutTask' },
  ]);
  await ask('respond', 'POST', { action: 'CreateAutoCalloutTask', result: { TaskId: 42 } });
  expect((await ask('respond'))[1]).toEqual({ actions: ['StopAutoCalloutTask', 'CreateAutoCalloutTask'] });
  expect(await call(server, 'StopAutoCalloutTask', params)).toMatchObject({ Error: { Code: code } });
  expect(await call(server, 'CreateAutoCalloutTask', example)).toMatchObject({ TaskId: 42 });
  expect(await ask('respond?action=StopAutoCalloutTask', 'DELETE')).toEqual([200, { removed: 1 }]);
  expect(await call(server, 'StopAutoCalloutTask', params)).toMatchObject({
    Error: { Code: 'InvalidParameterValue' },
  });
  expect(await ask('respond', 'DELETE')).toEqual([200, { removed: 1 }]);
  expect((await call(server, 'CreateAutoCalloutTask', example))['TaskId']).not.toBe(42);
});

test.each([
  [[], /JSON object/],
  [{ action: 'Create', result: {} }, /action must be one of: CreateAutoCalloutTask/],
  [{ action: ['CreateAutoCalloutTask'], result: { TaskId: 1 } }, /action must be one of/],
  [{ action: 'CreateAutoCalloutTask' }, /either result or error/],
  [
    { action: 'CreateAutoCalloutTask', result: { TaskId: 1 }, error: { code: 'X' } },
    /either result or error/,
  ],
  [{ action: 'CreateAutoCalloutTask', result: { TaskId: 1 }, times: 2 }, /nothing else/],
  [{ action: 'CreateAutoCalloutTask', result: {} }, /result must return TaskId/],
  [{ action: 'CreateAutoCalloutTask', result: 1 }, /result must return an object/],
  [{ action: 'CreateAutoCalloutTask', error: 'X' }, /error must have a code/],
  [{ action: 'CreateAutoCalloutTask', error: { code: 'no code' } }, /error must have a code/],
])('the scripted answer %j is refused', async (json, says) => {
  await using mock = await setUp();
  expect(await mock.ask('respond', 'POST', json)).toEqual([
    400,
    { error: expect.stringMatching(says) as string },
  ]);
});
