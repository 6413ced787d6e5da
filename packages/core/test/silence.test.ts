import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { ClientOptions } from '../src/options/client-options.js';
import type { ActionDefinition } from '../src/action.js';
import { systemClock } from '../src/clock.js';
import { clientFor, closeClients, failureOf } from './support/client.js';
import { RawServer, eachRequest, refusal, success } from './support/raw-server.js';
import { createThing } from './support/service.js';
import { eventually } from './support/wait.js';

afterEach(closeClients);

/** As late as a gateway that has answered for the service may be contradicted. */
const LATE_MS = 4;

const params = { Name: 'x' };

/** A server that refuses what it executes, and says so a little later. */
class LyingServer {
  executed = 0;
  readonly refusal: () => string;

  /** `header` is one that every refusal has. */
  constructor(code = 'RequestLimitExceeded', header = 'x-some: thing') {
    this.refusal = () => refusal(code).replace('\r\n', `\r\n${header}\r\n`);
  }

  readonly accept = (socket: Socket) =>
    eachRequest(socket, () => {
      const real = success(++this.executed);
      socket.write(this.refusal());
      setTimeout(() => socket.write(real), LATE_MS);
    });
}

/** What a client says of one call to such a server. */
async function report(options: ClientOptions, code?: string, callOptions = {}) {
  const lying = new LyingServer(code);
  await using server = await RawServer.start(lying.accept);
  const client = clientFor(server, { pacing: false, ...options });
  const { code: said, outcome } = await failureOf(client.call(createThing, params, callOptions));
  return { said, outcome, executed: lying.executed };
}

const FOREIGN = { said: 'ForeignResponse', outcome: 'unknown', executed: 1 };

/** A clock of tests, on which no pause takes any time. */
const hasty = {
  ...systemClock,
  schedule: (callback: () => void, ms: number) => systemClock.schedule(callback, ms > 1_000 ? ms : 0),
};

describe('a refusal counts only after a silence, which no option makes shorter', () => {
  test.each<[string, ClientOptions]>([
    ['the defaults', {}],
    ['retry.capMs: 0', { retry: { capMs: 0 } }],
    ['retry.baseMs: 0', { retry: { baseMs: 0 } }],
    ['retry.capMs: 5', { retry: { capMs: 5 } }],
    ['retry.maxAttempts: 1', { retry: { maxAttempts: 1 } }],
    ['keepAliveMs: 1', { keepAliveMs: 1 }],
    ['a clock on which pauses take no time', { clock: hasty }],
    ['maxConnections: 1', { maxConnections: 1 }],
    ['random: NaN', { random: () => Number.NaN }],
    ['random: -1', { random: () => -1 }],
    [
      'a random that throws',
      {
        random: () => {
          throw new Error('canary');
        },
      },
    ],
  ])('%s', async (_name, options) => {
    expect(await report(options)).toEqual(FOREIGN);
  });

  test.each([
    'RequestLimitExceeded',
    'InvalidParameter',
    'AuthFailure.TokenFailure',
    'AuthFailure.SignatureExpire',
  ])('whatever the code is: %s', async (code) => {
    expect(await report({}, code)).toEqual(FOREIGN);
  });

  test.each(['timeout=0', 'timeout=1', 'timeout=2, max=100', 'Timeout=60, timeout=2'])(
    'however soon the server will end the connection: Keep-Alive: %s',
    async (keepAlive) => {
      const lying = new LyingServer('RequestLimitExceeded', `keep-alive: ${keepAlive}`);
      await using server = await RawServer.start(lying.accept);
      const error = await failureOf(clientFor(server, { pacing: false }).call(createThing, params));
      expect([error.code, error.outcome, lying.executed]).toEqual(['ForeignResponse', 'unknown', 1]);
    },
  );

  test('the deadline does not make it shorter', async () => {
    const clock = { ...systemClock };
    let deadline = () => {};
    clock.schedule = (callback, ms, inBackground) => {
      if (ms <= 5_000) deadline = callback;
      return systemClock.schedule(callback, ms, inBackground);
    };
    const lying = new LyingServer('InvalidParameter');
    await using server = await RawServer.start((socket) => {
      lying.accept(socket);
      // As soon as the refusal is on its way.
      socket.on('data', () => setTimeout(() => deadline(), 2));
    });
    const client = clientFor(server, { pacing: false, clock });
    const error = await failureOf(client.call(createThing, params, { deadlineMs: 5_000 }));
    expect(error.outcome).toBe('unknown');
  });

  test('an abort and the end of the client do not make it shorter', async () => {
    for (const end of ['abort', 'close']) {
      const lying = new LyingServer('InvalidParameter');
      await using server = await RawServer.start(lying.accept);
      const client = clientFor(server, { pacing: false });
      const controller = new AbortController();
      const called = failureOf(client.call(createThing, params, { signal: controller.signal }));
      await eventually(() => expect(lying.executed).toBe(1));
      if (end === 'abort') controller.abort();
      else void client.close();
      expect((await called).outcome).toBe('unknown');
    }
  });

  test('the next call does not get what comes then', async () => {
    for (const [code, outcome] of [
      ['InternalError', 'unknown'],
      ['SomethingNew', 'unknown'],
      ['InvalidParameter', 'not-executed'],
    ] as const) {
      let isLying = true;
      let created = 0;
      await using server = await RawServer.start((socket) =>
        eachRequest(socket, () => {
          const real = success(++created);
          if (!isLying) return void socket.write(real);
          isLying = false;
          socket.write(refusal(code));
          // When the next request is there, if it came on this connection: on another one it gets its own response.
          setTimeout(() => socket.write(real), LATE_MS);
        }),
      );
      const client = clientFor(server, { pacing: false, maxConnections: 1, retry: { maxAttempts: 1 } });
      const first = await failureOf(client.call(createThing, params));
      expect(first.outcome).toBe(outcome === 'not-executed' ? 'unknown' : outcome);
      expect(await client.call(createThing, params)).toMatchObject({ TaskId: 2 });
    }
  });

  test('not even after a call that only reads, which need not wait for it', async () => {
    const read: ActionDefinition<{ Name: string }, { TaskId: number }> = {
      ...createThing,
      idempotency: 'safe',
    };
    const lying = new LyingServer('InvalidParameter');
    await using server = await RawServer.start(lying.accept);
    const client = clientFor(server, { pacing: false, maxConnections: 1 });
    expect(await failureOf(client.call(read, params))).toMatchObject({ code: 'InvalidParameter' });
    expect(await failureOf(client.call(createThing, params))).toMatchObject({ code: 'ForeignResponse' });
    expect(server.connections, 'the next call had a connection of its own').toBe(2);
  });

  test('a refusal that nothing follows is what it was', async () => {
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, () => socket.write(refusal('InvalidParameter'))),
    );
    const client = clientFor(server, { pacing: false });
    for (let call = 0; call < 3; call++)
      expect(await failureOf(client.call(createThing, params))).toMatchObject({
        outcome: 'not-executed',
        attempts: 1,
      });
    expect(server.connections, 'the connection is kept').toBe(1);
  });
});

test('a clock that throws ends a call with an error of the family', async () => {
  await using server = await RawServer.start((socket) =>
    eachRequest(socket, () => socket.write(refusal('InvalidParameter'))),
  );
  for (let good = 0; good < 12; good++) {
    let count = 0;
    const clock = {
      ...systemClock,
      monotonic: () => {
        if (count++ >= good) throw new Error('canary');
        return systemClock.monotonic();
      },
    };
    const client = clientFor(server, { pacing: false, clock });
    const error = await failureOf(client.call(createThing, params));
    expect(JSON.stringify(error) + error.message).not.toContain('canary');
  }
});
