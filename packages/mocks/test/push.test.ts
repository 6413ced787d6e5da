import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { MockPushOptions } from '../src/index.js';
import { MockEngine, Pusher } from '../src/index.js';
import { numbersOf, setUpCalls, taskOf } from './calls-support.js';

interface Came {
  action: string | null;
  id: string;
  authorization: string | undefined;
  body: Record<string, unknown>;
}

const closing: (() => unknown)[] = [];
afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

/** A receiver that answers as it is told, and keeps what came. */
async function receiver(answer: (came: Came, count: number) => [status: number, body: string] = () => OK) {
  const came: Came[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      let text = '';
      for await (const chunk of request) text += String(chunk);
      const { searchParams } = new URL(request.url!, 'http://x');
      const one: Came = {
        action: searchParams.get('action'),
        id: String(request.headers['x-tccc-push-uuid']),
        authorization: request.headers.authorization,
        body: JSON.parse(text) as Came['body'],
      };
      came.push(one);
      const [status, body] = answer(one, came.length);
      response.writeHead(status).end(body);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => (server.closeAllConnections(), server.close()));
  return { came, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/push` };
}

const OK: [number, string] = [200, '{"ErrCode":0,"ErrMsg":""}'];

async function setUp(more: Partial<MockPushOptions>, count = 10, answer?: Parameters<typeof receiver>[0]) {
  const { came, url } = await receiver(answer);
  const { engine, client, time } = setUpCalls({ calls: { shares: { ok: 1, busy: 1 } }, itemMs: 1_000 });
  await client.createAutoCalloutTask(taskOf(numbersOf(count), { UUI: 'u' }));
  const pusher = new Pusher(engine, { url, ...more });
  return { came, engine, time, pusher };
}

describe('the mock pushes', () => {
  test('each record when its call has ended, with the password, and notes what was answered', async () => {
    const { came, engine, time, pusher } = await setUp({ username: 'u', password: 'p', actions: ['cdr'] });
    expect(await pusher.deliver()).toBe(0);
    time.s += 6;
    await pusher.deliver();
    expect(came).toHaveLength(4);
    time.s += 60;
    await pusher.deliver();
    await pusher.deliver();
    expect(new Set(came.map(({ body }) => body['SessionId'])).size).toBe(10);
    expect(came).toHaveLength(10);
    expect(came[0]).toMatchObject({
      action: 'cdr',
      authorization: `Basic ${Buffer.from('u:p').toString('base64')}`,
    });
    expect(came[0]!.body).toMatchObject({
      SdkAppId: 1,
      Uui: 'u',
      EndStatusString: expect.any(String) as string,
    });
    expect(came[0]!.body).not.toHaveProperty('EndStatus');
    expect(engine.pushes.entries.map(({ outcome, status }) => [outcome, status])).toEqual(
      Array.from({ length: 10 }, () => ['acknowledged', 200]),
    );
  });

  test('again under the same id until it is acknowledged, three times at most', async () => {
    const refuse: [number, string][] = [
      [503, ''],
      [200, 'ok'],
      [200, '{"ErrCode":1}'],
    ];
    const { came, engine, time, pusher } = await setUp({ actions: ['cdr'] }, 2, ({ body }, count) =>
      String(body['SessionId']).endsWith('0') ? refuse[count % 3]! : OK,
    );
    for (let step = 0; step < 10; step++) {
      time.s += 60;
      await pusher.deliver();
    }
    const ids = came.map(({ id }) => id);
    expect(ids).toHaveLength(5);
    expect(new Set(ids).size).toBe(2);
    expect(engine.pushes.waiting).toBe(0);
    expect(engine.pushes.entries.filter(({ outcome }) => outcome === 'refused')).toHaveLength(4);
  });

  test('with the faults that are set', async () => {
    const faults = { loss: 0.2, repeat: 0.2, duplicate: 0.2, disorder: 0.3, late: 0.1 };
    const { came, engine, time, pusher } = await setUp({ faults, actions: ['cdr'] }, 200);
    for (let step = 0; step < 30; step++) {
      time.s += 60;
      await pusher.deliver();
    }
    const sessions = came.map(({ body }) => String(body['SessionId']));
    const lost = engine.pushes.entries.filter(({ outcome }) => outcome === 'lost').length;
    expect(lost).toBeGreaterThan(15);
    expect(new Set(sessions).size).toBeLessThan(200);
    expect(new Set(came.map(({ id }) => id)).size, 'duplicates have ids of their own').toBeGreaterThan(
      new Set(sessions).size,
    );
    expect(came.length, 'repeats do not').toBeGreaterThan(new Set(came.map(({ id }) => id)).size);
    expect(sessions).not.toEqual(sessions.toSorted());
  });

  test('recordings, too, and goes on after an address that nobody listens at', async () => {
    const { came, time, pusher } = await setUp({});
    time.s += 60;
    await pusher.deliver();
    expect(new Set(came.map(({ action }) => action))).toEqual(new Set(['cdr', 'record']));
    const nobody = new Pusher(setUpCalls().engine, { url: 'http://127.0.0.1:9/x' });
    expect(await nobody.deliver()).toBe(0);
  });

  test('nothing of what was before a reset', async () => {
    const { came, engine, time, pusher } = await setUp({});
    time.s += 60;
    engine.reset();
    await pusher.deliver();
    expect([came.length, engine.pushes.size]).toEqual([0, 0]);
  });

  test.each<[string, object, RegExp]>([
    ['no address', { url: 'push' }, /push.url/],
    ['a password alone', { url: 'http://x', password: 'secret' }, /need each other/],
    [
      'an unknown fault',
      { url: 'http://x', faults: { lost: 1 } },
      /push.faults has no field lost. Did you mean loss/,
    ],
    ['an unknown option', { url: 'http://x', delay: 1 }, /push has no field delay. Did you mean delayMs/],
    ['an unknown action', { url: 'http://x', actions: ['cdrs'] }, /push.actions must be a list/],
    ['nothing at all', null as never, /push must be an object/],
    ['a share above 1', { url: 'http://x', faults: { loss: 2 } }, /from 0 to 1/],
    ['a negative time', { url: 'http://x', delayMs: -1 }, /push.delayMs/],
  ])('refuses %s', (_name, options, message) => {
    expect(() => new Pusher(new MockEngine(), options as MockPushOptions)).toThrow(message);
  });
});
