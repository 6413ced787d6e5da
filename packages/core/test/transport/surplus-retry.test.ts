import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { PacingRefusal } from '../../src/pacing/pacer.js';
import { clientFor, closeClients, failureOf } from '../support/client.js';
import { closePools, failed, openPool, send, textOf } from '../support/exchanges.js';
import { RawServer, eachRequest, refusal, success } from '../support/raw-server.js';
import { createThing, credentials } from '../support/service.js';
import { eventually, turns } from '../support/wait.js';

afterEach(closeClients);
afterEach(closePools);

describe('a refusal whose real response comes while the retry waits', () => {
  /** Refuses the first request, but executes it; says so when `tell` is called, and then calls `onTold`. */
  async function liar() {
    const state = { created: 0, tell: async () => {} };
    const server = await RawServer.start((socket) =>
      eachRequest(socket, () => {
        const real = success(++state.created);
        if (state.created > 1) return void socket.write(real);
        socket.write(refusal('RequestLimitExceeded'));
        state.tell = async () => {
          socket.write(real);
          // The client ends the connection when it has seen it.
          await once(socket, 'close');
        };
      }),
    );
    return { server, state };
  }

  /** A pacer that has the truth told while the second request waits. */
  const pacerThat = (tell: () => Promise<void>) => {
    let count = 0;
    const acquire = async () => {
      if (++count === 2) await tell();
      return { release() {} };
    };
    return { pacer: { acquire } };
  };

  test('for its turn: it is not sent', async () => {
    const { server, state } = await liar();
    await using _ = server;
    const client = clientFor(server, { pacing: pacerThat(() => state.tell()) });
    const error = await failureOf(client.call(createThing, { Name: 'x' }));
    expect(error).toMatchObject({ code: 'ForeignResponse', outcome: 'unknown' });
    expect(state.created).toBe(1);
  });

  test('for a connection: it is not sent, and the connection is kept for others', async () => {
    let requests = 0;
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, () => socket.write(success(++requests))),
    );
    const pool = await openPool();
    let asked = 0;
    const exchange = send(pool, server.url, 'x', { isOvertaken: () => ++asked > 1 });
    expect(await failed(exchange)).toMatchObject({ kind: 'overtaken', sent: false });
    expect(await textOf(send(pool, server.url))).toContain('"TaskId":1');
    expect(server.connections).toBe(1);
  });

  test.each([
    ['the caller ends the call', 'Aborted', (controller: AbortController) => controller.abort()],
    [
      'the queue is full',
      'QueueFull',
      () => {
        throw new PacingRefusal('queue-full', 'Too many.');
      },
    ],
  ])('and %s: the outcome is unknown', async (_name, code, end) => {
    const { server, state } = await liar();
    await using _ = server;
    const controller = new AbortController();
    const pacing = pacerThat(async () => {
      await state.tell();
      await turns(2);
      end(controller);
    });
    const client = clientFor(server, { pacing });
    const call = client.call(createThing, { Name: 'x' }, { signal: controller.signal });
    expect(await failureOf(call)).toMatchObject({ code, outcome: 'unknown', attempts: 1 });
    expect(state.created).toBe(1);
  });

  test('or is under way on another connection: its success is not all that has happened', async () => {
    const answers: (() => void)[] = [];
    let [created, refused] = [0, ''];
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, (body) => {
        const real = success(++created);
        if (body.includes('held')) return void answers.push(() => socket.write(real));
        if (refused === '') {
          refused = real;
          socket.write(refusal('RequestLimitExceeded'));
          answers.push(() => socket.write(refused));
          return;
        }
        // The retry: first, the real response to the request before it comes on the other connection.
        answers[1]!();
        void eventually(() => expect(server.sockets.size).toBe(1)).then(() => socket.write(real));
      }),
    );
    let count = 0;
    const acquire = async () => {
      // The connection of the call that was held is free last, so that the retry gets it.
      if (++count === 3) {
        await turns(2);
        answers[0]!();
        await held;
        await turns(2);
      }
      return { release() {} };
    };
    const client = clientFor(server, { pacing: { pacer: { acquire } }, maxConnections: 2 });
    const held = client.call(createThing, { Name: 'held' });
    await eventually(() => expect(created).toBe(1));
    const error = await failureOf(client.call(createThing, { Name: 'x' }));
    expect(error).toMatchObject({ code: 'ForeignResponse', outcome: 'unknown', attempts: 2 });
    expect(created).toBe(3);
  });

  test('or while it is put right what the retry was refused for: the outcome is unknown', async () => {
    const sockets: Socket[] = [];
    let created = 0;
    let answerHeld = () => {};
    await using server = await RawServer.start((socket) => {
      sockets.push(socket);
      eachRequest(socket, (body) => {
        created++;
        if (body.includes('held')) answerHeld = () => socket.write(success(9));
        else socket.write(refusal(created === 2 ? 'RequestLimitExceeded' : 'AuthFailure.TokenFailure'));
      });
    });
    let [asked, fetches] = [0, 0];
    const acquire = async () => {
      // The connection of the call that was held is free last, so that the retry gets it.
      if (++asked === 3) {
        await turns(2);
        answerHeld();
        await held;
        await turns(2);
      }
      return { release() {} };
    };
    const provide = async () => {
      if (++fetches === 2) {
        // The real response to the first attempt.
        sockets[1]!.write(success(1));
        await once(sockets[1]!, 'close');
        await turns(2);
      }
      return credentials;
    };
    const client = clientFor(server, { pacing: { pacer: { acquire } }, credentials: provide });
    const held = client.call(createThing, { Name: 'held' });
    await eventually(() => expect(created).toBe(1));
    const error = await failureOf(client.call(createThing, { Name: 'x' }));
    expect(error).toMatchObject({ code: 'AuthFailure.TokenFailure', outcome: 'unknown', attempts: 2 });
    expect(error.message).toContain('an earlier attempt may have been executed');
  });

  test('an action that may be repeated is repeated', async () => {
    const { server, state } = await liar();
    await using _ = server;
    const client = clientFor(server, { pacing: pacerThat(() => state.tell()) });
    const repeatable = { ...createThing, idempotency: 'idempotent' } as const;
    expect(await client.call(repeatable, { Name: 'x' })).toMatchObject({ TaskId: 2 });
    expect(state.created).toBe(2);
  });
});
