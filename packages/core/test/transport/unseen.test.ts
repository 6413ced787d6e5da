import { Agent, fetch } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import type { ClientOptions } from '../../src/options/client-options.js';
import type { DispatcherLike } from '../../src/transport/dispatcher.js';
import { clientFor, closeClients, failureOf } from '../support/client.js';
import { RawServer, eachRequest, refusal, responseText, success } from '../support/raw-server.js';
import { createThing } from '../support/service.js';

afterEach(closeClients);

/**
 * What no client can see: the limits that docs/outcomes.md and docs/dispatchers.md state. If one of these tests fails because
 * the client has learnt to see it, the page is to be changed.
 */
const LATE_MS = 20;

const params = { Name: 'x' };

describe('even with its own connections, the client cannot see', () => {
  /** A server that refuses each request and executes it all the same, which its real response says a little later. */
  async function lie(options: ClientOptions, headers = '', when: 'soon' | 'too late' = 'soon') {
    let executed = 0;
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, () => {
        const real = success(++executed);
        // The last one tells the truth, so that the call ends.
        if (executed > 1) return void socket.write(real);
        socket.write(refusal('RequestLimitExceeded').replace('\r\n', `\r\n${headers}`));
        // Too late is when the test is over.
        if (when === 'soon') setTimeout(() => socket.write(real), LATE_MS);
      }),
    );
    const client = clientFor(server, { pacing: false, random: () => 0.2, ...options });
    const outcome = await client.call(createThing, params).then(
      () => 'success',
      ({ outcome }: { outcome: string }) => outcome,
    );
    return { outcome, executed };
  }

  test('what follows a refusal that ends the call, if it comes after the silence', async () => {
    const found = await lie({ retry: { maxAttempts: 1 } }, '', 'too late');
    expect(found).toEqual({ outcome: 'not-executed', executed: 1 });
  });

  test('what follows a refusal that is tried again, if it comes when the retry has been sent', async () => {
    expect(await lie({ random: () => 0 }, '', 'too late')).toEqual({ outcome: 'success', executed: 2 });
  });

  test('what comes in a later packet on a connection that the server ends', async () => {
    expect(await lie({}, 'connection: close\r\n')).toEqual({ outcome: 'success', executed: 2 });
  });

  test.each([
    ['a refusal that ends the call', { retry: { maxAttempts: 1 } }],
    ['a connection that is kept for less than the pause', { keepAliveMs: 1 }],
    ['an ordinary one', {}],
  ])('while it does see it within the silence: %s', async (_name, options) => {
    expect(await lie(options)).toEqual({ outcome: 'unknown', executed: 1 });
  });

  test('that a response was on its way before the request, if it comes after it', async () => {
    let executed = 0;
    await using server = await RawServer.start((socket) => {
      eachRequest(socket, () => executed++);
      setTimeout(() => socket.write(success(1)), 5 * LATE_MS);
    });
    const client = clientFor(server);
    expect(await client.call(createThing, params)).toMatchObject({ TaskId: 1 });
    expect(executed, 'the server answered before it was asked').toBe(1);
  });

  test('that a surplus response does not belong to the next request, if it comes after it', async () => {
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, (_body, count) => {
        if (count === 1) return void socket.write(success(1));
        socket.write(success(99));
        // The client has read the other one by then, however busy the process is.
        setTimeout(() => setImmediate(() => socket.write(success(2))), LATE_MS);
      }),
    );
    const client = clientFor(server, { pacing: false, maxConnections: 1 });
    await client.call(createThing, params);
    expect(await client.call(createThing, params)).toMatchObject({ TaskId: 99 });
  });

  test('that a gateway which reads the request sends it to the service again', async () => {
    /** A gateway, and the service behind it, which executes the first copy; its response is lost on the way to the gateway. */
    async function repeat(executesSecond: boolean) {
      let executed = 0;
      await using gateway = await RawServer.start((socket) =>
        eachRequest(socket, () => {
          executed += executesSecond ? 2 : 1;
          socket.write(executesSecond ? success(executed) : refusal('RequestLimitExceeded'));
        }),
      );
      const client = clientFor(gateway, { retry: { maxAttempts: 1 } });
      const call = client.call(createThing, params);
      const told = await call.then(
        () => 'success',
        ({ outcome }: { outcome: string }) => outcome,
      );
      return { told, executed };
    }
    expect(await repeat(true)).toEqual({ told: 'success', executed: 2 });
    expect(await repeat(false)).toEqual({ told: 'not-executed', executed: 1 });
  });

  test.each([
    ['a request id that was seen before', success(1)],
    [
      'the trace id of another request',
      responseText({ TaskId: 99, RequestId: 'a-new-one' }, 'x-tc-traceid: another\r\n'),
    ],
  ])('while %s tells', async (_name, surplus) => {
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, (_body, count) => socket.write(count === 1 ? success(1) : surplus)),
    );
    const client = clientFor(server, { pacing: false, maxConnections: 1 });
    await client.call(createThing, params);
    expect(await failureOf(client.call(createThing, params))).toMatchObject({
      code: 'ForeignResponse',
      outcome: 'unknown',
    });
  });
});

describe('with a dispatcher of the user’s own, the client cannot see', () => {
  const agents: Agent[] = [];
  afterEach(() => Promise.all(agents.splice(0).map((agent) => agent.destroy())));

  test('a response that follows a refusal', async () => {
    let executed = 0;
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, () => {
        const real = success(++executed);
        socket.write(executed === 1 ? refusal('RequestLimitExceeded') + real : real);
      }),
    );
    const agent = new Agent();
    agents.push(agent);
    const client = clientFor(server, { pacing: false, dispatcher: agent });
    await client.call(createThing, params);
    expect(executed).toBe(2);
  });

  /** A wrapper that copies the body, as `fetch` needs it to follow a redirect. */
  const copying = (redirect: 'follow' | 'manual'): DispatcherLike => ({
    dispatch({ origin, path, method, headers, body }, handler) {
      const controller = { abort: () => {} };
      const pairs = headers.flatMap((name, at) => (at % 2 === 0 ? [[name, headers[at + 1]!]] : []));
      void (async () => {
        try {
          const copy = Buffer.from(String(body));
          const init = { method, headers: pairs as [string, string][], body: copy, redirect };
          const response = await fetch(origin + path, init);
          handler.onResponseStart(controller, response.status, Object.fromEntries(response.headers));
          handler.onResponseData(controller, Buffer.from(await response.arrayBuffer()));
          handler.onResponseEnd(controller, {});
        } catch (error) {
          handler.onResponseError(controller, error as Error);
        }
      })();
      return true;
    },
  });

  test.each([
    ['follow', 2],
    ['manual', 1],
  ] as const)('that fetch sends a copied body to the place of a redirect: %s', async (redirect, times) => {
    let executed = 0;
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, () => {
        const there = 'HTTP/1.1 307 There\r\nlocation: /there\r\ncontent-length: 0\r\n\r\n';
        socket.write(++executed === 1 ? there : success(executed));
      }),
    );
    const client = clientFor(server, { dispatcher: copying(redirect) });
    const verdict = await client.call(createThing, params).then(
      () => 'success',
      ({ outcome }: { outcome: string }) => outcome,
    );
    expect([verdict, executed]).toEqual([redirect === 'follow' ? 'success' : 'unknown', times]);
  });
});
