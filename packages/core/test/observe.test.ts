import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, tracingChannel, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { AttemptTrace, CallTrace } from '../src/index.js';
import { channelNames } from '../src/index.js';
import { FakeClock } from './support/fake-clock.js';
import { clientFor, closeClients } from './support/client.js';
import { TestServer, createThing, credentials, respond, respondError } from './support/service.js';
import { turns } from './support/wait.js';

const undo: (() => void)[] = [];
afterEach(async () => {
  for (const one of undo.splice(0)) one();
  await closeClients();
});

/** What is published on a channel from now on. */
function listen(name: string): unknown[] {
  const heard: unknown[] = [];
  const listener = (message: unknown) => void heard.push({ ...(message as object) });
  subscribe(name, listener);
  undo.push(() => unsubscribe(name, listener));
  return heard;
}

/** Follows a tracing channel. */
function trace<Trace extends object>(
  name: string,
  on: Partial<Record<'start' | 'asyncEnd' | 'error', (one: Trace) => void>>,
) {
  const channel = tracingChannel(name);
  const subscribers = { start() {}, end() {}, asyncStart() {}, asyncEnd() {}, error() {}, ...on } as never;
  channel.subscribe(subscribers);
  undo.push(() => channel.unsubscribe(subscribers));
}

const refuseOnce = (code: string, headers?: Record<string, string>) =>
  TestServer.start((response, _received, count) => {
    if (count === 1) respondError(response, code, headers);
    else respond(response, { TaskId: 7 });
  });

describe('diagnostics', () => {
  test('follow a call and its attempts', async () => {
    await using server = await refuseOnce('RequestLimitExceeded');
    const heard: unknown[] = [];
    const note = (what: string) => (one: object) => void heard.push([what, { ...one }]);
    trace<CallTrace>(channelNames.call, {
      start: note('call'),
      asyncEnd: note('call ended'),
      error: note('call failed'),
    });
    trace<AttemptTrace>(channelNames.attempt, {
      start: note('attempt'),
      asyncEnd: note('attempt ended'),
      error: note('attempt failed'),
    });
    await clientFor(server, { retry: { baseMs: 0 } }).call(createThing, { Name: 'x' });
    expect(heard).toMatchObject([
      ['call', { action: 'CreateThing', endpoint: server.url, deadlineMs: expect.any(Number) }],
      ['attempt', { attempt: 1, waitedMs: expect.any(Number) }],
      [
        'attempt failed',
        { attempt: 1, outcome: 'not-executed', status: 200, error: { code: 'RequestLimitExceeded' } },
      ],
      ['attempt ended', { attempt: 1 }],
      ['attempt', { attempt: 2 }],
      ['attempt ended', { attempt: 2, outcome: 'succeeded', requestId: expect.any(String) }],
      ['call ended', { outcome: 'succeeded', attempts: 2 }],
    ]);
  });

  test('a call that fails ends its trace with the error', async () => {
    const ended: CallTrace[] = [];
    trace<CallTrace>(channelNames.call, { error: (one) => void ended.push(one) });
    const client = clientFor({ url: 'http://127.0.0.1:9' }, { retry: { maxAttempts: 1 } });
    const failure: unknown = await client.call(createThing, { Name: 'x' }).catch((error: unknown) => error);
    expect(ended).toEqual([
      expect.objectContaining({ outcome: 'not-executed', attempts: 1, error: failure }),
    ]);
  });

  test('what a subscriber sets holds for the attempt, also after a wait in the queue', async () => {
    await using server = await TestServer.start();
    const context = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    let calls = 0;
    trace<CallTrace>(channelNames.call, {
      start: (one) => {
        const name = `call ${++calls}`;
        one.run = (inside) => context.run(name, inside);
      },
    });
    const client = clientFor(server, { onRequest: () => void seen.push(context.getStore()) });
    const slow = { ...createThing, rateLimit: { limit: 1, windowMs: 20 } };
    const all = [1, 2].map(() => client.call(slow, { Name: 'x' }));
    await Promise.all(all);
    expect(seen).toEqual(['call 1', 'call 2']);
  });

  test('tell of the queue, of what was not sent, and of decisions', async () => {
    await using server = await TestServer.start();
    const [queue, unsent, retry] = [channelNames.queue, channelNames.unsent, channelNames.retry].map(listen);
    const client = clientFor(server, { pacing: { limit: 1, maxQueue: 2 }, clock: new FakeClock() });
    await client.call(createThing, { Name: 'x' });
    queue!.splice(0);
    const calls = [1, 2, 3, 4].map(() =>
      client.call(createThing, { Name: 'x' }).catch((error: unknown) => error),
    );
    await turns(10);
    await client.close();
    await Promise.all(calls);
    expect(queue).toEqual([1, 2].map((queued) => ({ action: 'CreateThing', endpoint: server.url, queued })));
    const codes = ['QueueFull', 'QueueFull', 'ClientClosed', 'ClientClosed'];
    expect(unsent).toMatchObject(codes.map((code) => ({ code, outcome: 'not-executed' })));
    expect(retry).toMatchObject(
      codes.map((code) => ({
        code,
        isRetried: false,
        reason: code === 'QueueFull' ? 'would-not-help' : 'call-ended',
      })),
    );
  });

  test('tell of a correction of the clock', async () => {
    const date = new Date(Date.now() - 3_600_000).toUTCString();
    await using server = await refuseOnce('AuthFailure.SignatureExpire', { date });
    const heard = listen(channelNames.clock);
    await clientFor(server).call(createThing, { Name: 'x' });
    expect(heard).toEqual([{ endpoint: server.url, offsetMs: expect.closeTo(-3_600_000, -4) }]);
  });

  test('tell of the renewal of credentials', async () => {
    await using server = await TestServer.start();
    const heard = listen(channelNames.credentials);
    let fetches = 0;
    const expiresAtMs = Date.now() + 3_600_000;
    const fetch = async () => {
      if (++fetches === 1) throw new Error('down');
      return { ...credentials, token: 'temporary', expiresAtMs };
    };
    const client = clientFor(server, { credentials: fetch, retry: { maxAttempts: 1 } });
    await client.call(createThing, { Name: 'x' }).catch(() => {});
    await clientFor(server, { credentials: fetch }).call(createThing, { Name: 'x' });
    expect(heard).toEqual([
      { isRenewed: false, code: 'CredentialsUnavailable' },
      { isRenewed: true, expiresAtMs },
    ]);
  });
});

test('stats say what the client is doing', async () => {
  const held: (() => void)[] = [];
  await using server = await TestServer.start(
    (response) => void held.push(() => respond(response, { TaskId: 7 })),
  );
  const client = clientFor(server, { pacing: { limit: 2 }, clock: new FakeClock() });
  expect(client.stats()).toEqual({ calls: 0, queued: 0, inFlight: 0, slotsUsed: 0, isClosed: false });
  const calls = [1, 2, 3].map(() => client.call(createThing, { Name: 'x' }).catch((error: unknown) => error));
  await vi.waitFor(() => expect(held.length).toBe(2), { timeout: 60_000 });
  expect(client.stats()).toEqual({
    calls: 3,
    queued: 1,
    inFlight: 2,
    slotsUsed: 2,
    connections: 2,
    isClosed: false,
  });
  const closing = client.close();
  expect(client.stats()).toMatchObject({ isClosed: true });
  for (const answer of held) answer();
  await Promise.all([...calls, closing]);
  expect(client.stats()).toMatchObject({ calls: 0, queued: 0, inFlight: 0, isClosed: true });
});
