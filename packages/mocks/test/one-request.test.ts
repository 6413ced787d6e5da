import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { requestIds, seededRandom } from '../src/common/random.js';
import { HmacKey } from '../src/gateway/hmac.js';
import { MockEngine, MockServer } from '../src/index.js';
import { newsFor } from '../src/server/page-routes.js';
import { exampleOf, signedRequest } from './support.js';

const example = exampleOf('CreateAutoCalloutTask');
const body = JSON.stringify(example);

afterEach(() => {
  vi.restoreAllMocks();
});

describe('what is kept of a request', () => {
  test('is parsed once when it comes, and once more when somebody reads it', () => {
    const engine = new MockEngine({ seed: 1, rateLimit: 'off' });
    const parse = vi.spyOn(JSON, 'parse');
    const parsed = () => parse.mock.calls.filter(([text]) => text === body).length;
    for (let count = 0; count < 10; count++) engine.handle(signedRequest(body));
    expect(newsFor(engine, '', { run: '', after: 0 }).rows).toHaveLength(10);
    expect(parsed(), 'the page needs no parameters').toBe(10);
    const [entries, created] = [engine.journal.entries, engine.created];
    expect([entries[9]!.params, created[9]!.params]).toEqual([example, example]);
    expect(parsed()).toBe(30);
    expect([engine.journal.entries, engine.created, engine.journal.entries[3]]).toEqual([
      entries,
      created,
      entries[3],
    ]);
    expect(parsed(), 'each entry is made once').toBe(30);
    expect(engine.entities).toHaveLength(10);
    expect(engine.entities.map(({ fields }) => fields['Callees'])).toContainEqual(example['Callees']);
    expect(parsed(), 'so is each entity').toBe(40);
  });

  test('is in a list that somebody has at once', () => {
    const engine = new MockEngine({ seed: 1, rateLimit: 'off' });
    const [entries, created] = [engine.journal.entries, engine.created];
    engine.handle(signedRequest(body));
    expect(entries).toMatchObject([{ sequence: 1, code: 'OK', params: example }]);
    expect(created).toMatchObject([{ id: entries[0]!.createdId, params: example }]);
    expect([engine.journal.entries === entries, engine.created === created]).toEqual([true, true]);
  });

  test('is what came, also if a script changes it', () => {
    const engine = new MockEngine({ seed: 1 });
    engine.respond('CreateAutoCalloutTask', (params, context) => {
      const answer = context.answer();
      (params.Callees as string[]).push('later');
      return answer;
    });
    engine.handle(signedRequest(body));
    expect(engine.created[0]!.params).toEqual(example);
    expect(engine.entities[0]!.fields['Callees']).toEqual(example['Callees']);
  });
});

describe('over HTTP', () => {
  const bytesOf = (action: string) =>
    `POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-TC-Action: ${action}\r\nX-TC-Version: 2020-02-10\r\n` +
    'Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';

  /** What comes back on a connection until there are so many responses. */
  async function answersTo(url: string, sent: string, count: number): Promise<string[]> {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString();
      if (received.split('"RequestId"').length > count) socket.destroy();
    });
    await once(socket, 'connect');
    socket.write(sent);
    await once(socket, 'close');
    return [...received.matchAll(/"RequestId":"([^"]+)"/g)].map(([, id]) => id!);
  }

  test('requests in one packet are all answered, in order', async () => {
    const engine = new MockEngine({ seed: 1, signatures: 'off' });
    await using server = await MockServer.start(engine);
    const ids = await answersTo(server.url, ['A', 'B', 'C', 'D'].map(bytesOf).join(''), 4);
    expect(ids).toEqual(engine.journal.entries.map(({ requestId }) => requestId));
    expect(engine.journal.entries.map(({ action }) => action)).toEqual(['A', 'B', 'C', 'D']);
  });

  test('what one turn of the event loop answers leaves at its end', async () => {
    const engine = new MockEngine({ seed: 1, signatures: 'off' });
    await using server = await MockServer.start(engine);
    const happened: string[] = [];
    const answer = engine.handleStruck.bind(engine);
    vi.spyOn(engine, 'handleStruck').mockImplementation((...given) => {
      happened.push('answered');
      return answer(...given);
    });
    vi.spyOn(ServerResponse.prototype, 'writeHead').mockImplementation(function (this: ServerResponse) {
      happened.push('sent');
      this.destroy();
      return this;
    });
    const sockets = ['A', 'B', 'C'].map(() => connect(Number(new URL(server.url).port), '127.0.0.1'));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    await vi.waitFor(() => expect(server.connections).toBe(3));
    for (const socket of sockets) socket.on('error', () => {}).write(bytesOf('A'));
    await vi.waitFor(() => expect(happened).toHaveLength(6));
    expect(happened).toEqual(['answered', 'answered', 'answered', 'sent', 'sent', 'sent']);
    for (const socket of sockets) socket.destroy();
  });
});

test('the HMAC is that of Node.js, for any text', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 64 }),
      fc.array(fc.tuple(fc.string({ unit: 'binary', maxLength: 100 }), fc.nat(20)), { maxLength: 5 }),
      (bytes, texts) => {
        const key = new HmacKey(Buffer.from(bytes));
        for (const [piece, times] of texts) {
          const text = piece.repeat(times);
          expect(key.sign(text)).toBe(createHmac('sha256', bytes).update(text).digest('hex'));
        }
      },
    ),
    { seed: 1, numRuns: 100 },
  );
});

test('a seed makes the same request ids as ever, but for their end', () => {
  const next = requestIds(seededRandom(7));
  expect([next(), next()].map((id) => id.slice(0, -12))).toEqual([
    '02ff152c-0fdc-4f12-aa16-',
    '857d6fe7-67d0-44f4-875b-',
  ]);
});
