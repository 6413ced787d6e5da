import { describe, expect, test } from 'vitest';
import { createReceiver, memorySeen, postgresSeen, redisSeen } from '../src/index.js';
import type { ReceiverOptions, SeenStore } from '../src/index.js';
import { answerOf, basic, cdr, credentials, keeping, push } from './support.js';

describe('a receiver', () => {
  test('acknowledges a push once the handler has stored it', async () => {
    let stored = (): void => {};
    const started = new Promise<void>((resolve) => (stored = resolve));
    let finish = (): void => {};
    const { options } = keeping({
      onEvent: () => {
        stored();
        return new Promise((resolve) => (finish = resolve));
      },
    });
    let isAnswered = false;
    const response = createReceiver(options).fetch(push());
    void response.then(() => (isAnswered = true));
    await started;
    await new Promise((resolve) => setImmediate(resolve));
    expect(isAnswered).toBe(false);
    finish();
    expect(await answerOf(await response)).toEqual({ status: 200, ErrCode: 0, ErrMsg: '' });
  });

  test('acknowledges a repeat without the handler, also one that comes at the same time', async () => {
    const { events, options } = keeping();
    const { fetch } = createReceiver(options);
    const first = await Promise.all([fetch(push()), fetch(push()), fetch(push())]);
    for (const response of [...first, await fetch(push())])
      expect(await answerOf(response)).toMatchObject({ ErrCode: 0 });
    expect(events).toHaveLength(1);
    await fetch(push(cdr, { id: 'push-2' }));
    expect(events.map(({ key }) => key)).toEqual(['cdr:a5be1044-e8b0', 'cdr:a5be1044-e8b0']);
  });

  test('takes a corrected record for no repeat, also without an id', async () => {
    const { events, options } = keeping();
    const { fetch } = createReceiver(options);
    const corrected = { ...cdr, EndStatusString: 'busy' };
    for (const body of [cdr, corrected, cdr, corrected])
      expect((await fetch(push(body, { id: '' }))).status).toBe(200);
    expect(events.map(({ raw }) => raw['EndStatusString'])).toEqual([cdr.EndStatusString, 'busy']);
  });

  test('loses no record that came with the id of another one', async () => {
    const { events, options } = keeping();
    const { fetch } = createReceiver(options);
    const recording = { SdkAppId: cdr.SdkAppId, SessionId: cdr.SessionId, RecordId: '1' };
    const pushes = () => [
      push(cdr, { id: 'same' }),
      push({ ...cdr, SessionId: 'other' }, { id: 'same' }),
      push(recording, { id: 'same', query: 'action=record' }),
    ];
    for (const one of [...pushes(), ...pushes()]) expect((await fetch(one)).status).toBe(200);
    expect(events.map(({ key }) => key)).toEqual([
      'cdr:a5be1044-e8b0',
      'cdr:other',
      'record:a5be1044-e8b0:1',
    ]);
  });

  test('shows no phone number to the log and to the store, also if a push has no id', async () => {
    const told: unknown[] = [];
    const claim = (id: string) => {
      told.push(id);
      return 'busy' as const;
    };
    const seen = { claim, done: () => {}, release: () => {} };
    const { options } = keeping({ seen, onRefused: (refused) => void told.push(refused) });
    const body = { SdkAppId: cdr.SdkAppId, SessionId: 's', EndpointUser: cdr.Callee };
    await createReceiver(options).fetch(push(body, { id: '', query: 'action=record' }));
    expect(told).toHaveLength(2);
    expect(JSON.stringify(told)).not.toContain(cdr.Callee);
  });

  test('lets the service repeat what the handler could not store', async () => {
    let failures = 2;
    const { events, refused, options } = keeping();
    const { fetch } = createReceiver({
      ...options,
      onEvent: (event) => {
        if (failures-- > 0) throw new Error('the database is full of 008618621520280');
        events.push(event);
      },
    });
    for (let attempt = 0; attempt < 2; attempt++) {
      const { status, ErrCode, ErrMsg } = await answerOf(await fetch(push()));
      expect([status, ErrCode]).toEqual([503, 503]);
      expect(ErrMsg).not.toContain('0086');
    }
    expect(await answerOf(await fetch(push()))).toMatchObject({ ErrCode: 0 });
    expect([events.length, refused]).toEqual([1, ['NotHandled', 'NotHandled']]);
  });

  test('takes each of several passwords, and no other', async () => {
    const { fetch } = createReceiver(keeping().options);
    for (const one of credentials) expect((await fetch(push(cdr, { auth: basic(one) }))).status).toBe(200);
    const wrong = ['', 'Bearer x', 'Basic', 'Basic ???', basic({ username: 'new', password: 'gone soon' })];
    for (const auth of [...wrong, basic({ username: 'new', password: 'n:ew ' })]) {
      const response = await fetch(push(cdr, { auth }));
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([
        401,
        'Basic realm="tccc"',
      ]);
    }
    const open = createReceiver(keeping({ credentials: 'none' }).options);
    expect((await open.fetch(push(cdr, { auth: '' }))).status).toBe(200);
  });

  test.each<[string, Request, number, string]>([
    ['no JSON', push('{'), 400, 'NotJson'],
    ['a list', push([cdr]), 400, 'NotAnObject'],
    ['another application', push({ ...cdr, SdkAppId: 7 }), 403, 'OtherApplication'],
    ['no application', push({ SessionId: 's' }), 403, 'OtherApplication'],
    ['a body that is too large', push({ ...cdr, x: 'x'.repeat(3_000) }), 413, 'TooLarge'],
    ['no session', push({ SdkAppId: 1400000000 }), 400, 'Incomplete'],
    ['GET', new Request('https://example.com/?action=cdr'), 405, 'NotPost'],
  ])('refuses %s with an answer of its own', async (_name, request, status, code) => {
    const { events, refused, options } = keeping({ maxBodyBytes: 2_048 });
    const answer = await answerOf(await createReceiver(options).fetch(request));
    expect(answer.status).toBe(status);
    expect(answer.ErrCode).toBe(status);
    expect(answer.ErrMsg).not.toBe('');
    expect([events, refused]).toEqual([[], [code]]);
  });

  test('passes on what it does not know, and acknowledges it', async () => {
    const { events, options } = keeping();
    const query = 'action=imcdr&version=1';
    expect(await answerOf(await createReceiver(options).fetch(push(cdr, { query })))).toMatchObject({
      ErrCode: 0,
    });
    expect(events).toMatchObject([{ type: 'unknown', action: 'imcdr' }]);
  });

  test('says what another process is at, and what a store fails with, in a way that is repeated', async () => {
    const seen = (claim: SeenStore['claim']): SeenStore => ({ claim, done: () => {}, release: () => {} });
    const answers = await Promise.all(
      [
        seen(() => 'busy'),
        seen(() => {
          throw new Error('no connection');
        }),
      ].map(async (store) => {
        const { refused, options } = keeping({ seen: store });
        return [(await createReceiver(options).fetch(push())).status, ...refused];
      }),
    );
    expect(answers).toEqual([
      [503, 'InProgress'],
      [503, 'NotHandled'],
    ]);
  });

  test('handles once more what was stored but not remembered: the key is the same', async () => {
    const { events, options } = keeping();
    const memory = memorySeen();
    let failures = 1;
    let claimed = '';
    const seen: SeenStore = {
      ...memory,
      done: (id) => {
        claimed = id;
        if (failures-- > 0) throw new Error('lost');
        return memory.done(id);
      },
    };
    const { fetch } = createReceiver({ ...options, seen });
    expect((await fetch(push())).status).toBe(503);
    memory.release(claimed) as void;
    expect((await fetch(push())).status).toBe(200);
    expect(new Set(events.map(({ key }) => key)).size).toBe(1);
  });

  test.each<[string, Partial<Record<keyof ReceiverOptions, unknown>>, RegExp]>([
    ['no credentials', { credentials: [] }, /credentials must be a list/],
    ['a password that is empty', { credentials: [{ username: 'u', password: '' }] }, /a password/],
    ['a user name with a colon', { credentials: [{ username: 'u:', password: 'p' }] }, /without ":"/],
    ['no application', { sdkAppId: [] }, /sdkAppId must be/],
    ['an application that is no id', { sdkAppId: 'app' }, /sdkAppId must be/],
    ['no handler', { onEvent: undefined }, /onEvent must be a function/],
    ['a limit that is too small', { maxBodyBytes: 10 }, /maxBodyBytes must be/],
    ['a status of success', { failureStatus: 204 }, /failureStatus must be/],
  ])('cannot be made with %s', (_name, wrong, message) => {
    expect(() => createReceiver({ ...keeping().options, ...wrong } as ReceiverOptions)).toThrow(message);
  });
});

describe('what every other server gives', () => {
  const url = '/tccc?action=cdr&version=1';
  const headers = { authorization: basic() };
  const body = JSON.stringify(cdr);

  test('is handled like a request of the web', async () => {
    const { events, options } = keeping();
    const { receive } = createReceiver(options);
    for (const form of [body, Buffer.from(body), new TextEncoder().encode(body).buffer, cdr])
      expect(await receive({ url, headers, body: form })).toMatchObject({ status: 200 });
    expect(
      events.map(({ type }) => type),
      'it is one push, in whatever form',
    ).toEqual(['cdr']);
  });

  test.each([
    ['without a password', { headers: {} }, 401, 'Unauthorized'],
    ['by GET', { method: 'GET' }, 405, 'NotPost'],
    ['as a text that is too long', { body: ' '.repeat(1_025) }, 413, 'TooLarge'],
    ['as bytes that are too many', { body: new Uint8Array(1_025) }, 413, 'TooLarge'],
    ['as no JSON', { body: '{' }, 400, 'NotJson'],
  ])('is refused %s', async (_name, wrong, status, code) => {
    const { events, refused, options } = keeping({ maxBodyBytes: 1_024 });
    const answer = await createReceiver(options).receive({ url, headers, body, ...wrong });
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([status, { ErrCode: status }]);
    expect([refused, events]).toEqual([[code], []]);
  });
});

test.each([
  ['Redis', (wrong: object) => redisSeen({} as never, wrong), { keepMs: 999 }, /keepMs/],
  ['Redis', (wrong: object) => redisSeen({} as never, wrong), { leaseMs: 1.5 }, /leaseMs/],
  ['PostgreSQL', (wrong: object) => postgresSeen({} as never, wrong), { leaseMs: 999 }, /leaseMs/],
  ['PostgreSQL', (wrong: object) => postgresSeen({} as never, wrong), { table: 'a; b' }, /table/],
])('a store in %s is not made with a wrong option', (_name, make, wrong, message) => {
  expect(() => make(wrong)).toThrow(message);
});

test('a store in memory forgets the oldest, never what is being handled', () => {
  const seen = memorySeen({ maxIds: 2 });
  expect(seen.claim('busy')).toBe('new');
  for (const id of ['a', 'b', 'c']) {
    expect(seen.claim(id)).toBe('new');
    void seen.done(id);
  }
  expect(['a', 'b', 'c', 'busy'].map((id) => seen.claim(id))).toEqual(['new', 'done', 'done', 'busy']);
  expect(() => memorySeen({ maxIds: 0 })).toThrow('maxIds');
});
