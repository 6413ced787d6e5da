import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Agent } from 'undici';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ServiceClient } from '../src/client.js';
import type { AttemptMessage } from '../src/diagnostics.js';
import { ATTEMPT_CHANNEL } from '../src/diagnostics.js';
import { isServiceError } from '../src/errors.js';
import type { ClientOptions } from '../src/options.js';
import { FakeClock } from './support/fake-clock.js';
import type { Received } from './support/service.js';
import { TestServer, createThing, credentials, reply, replyError } from './support/service.js';

const clients: ServiceClient[] = [];

/** A client that is closed after the test, and draws no pauses. */
function clientFor(server: { url: string }, options: ClientOptions = {}): ServiceClient {
  const client = new ServiceClient({ credentials, endpoint: server.url, random: () => 0, ...options });
  clients.push(client);
  return client;
}

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

/** The signature that the documentation prescribes, computed step by step. */
function expectedSignature({ headers, body }: Received, secretKey: string): string {
  const date = new Date(Number(headers['x-tc-timestamp']) * 1000).toISOString().slice(0, 10);
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const canonical = `POST\n/\n\ncontent-type:application/json; charset=utf-8\nhost:${headers.host}\nx-tc-action:creatething\n\ncontent-type;host;x-tc-action\n${hash(body)}`;
  const text = `TC3-HMAC-SHA256\n${String(headers['x-tc-timestamp'])}\n${date}/thing/tc3_request\n${hash(canonical)}`;
  let key: Buffer = Buffer.from(`TC3${secretKey}`);
  for (const part of [date, 'thing', 'tc3_request']) key = createHmac('sha256', key).update(part).digest();
  return createHmac('sha256', key).update(text).digest('hex');
}

describe('a call', () => {
  test('sends one signed request and returns the documented output', async () => {
    await using server = await TestServer.start();
    const result = await clientFor(server).call(createThing, { Name: '通知' });
    expect(result).toEqual({ TaskId: 7, RequestId: '00000000-0000-0000-0000-000000000001' });
    const [request] = server.received;
    expect(request).toMatchObject({ method: 'POST', path: '/', body: '{"Name":"通知"}' });
    expect(request!.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-tc-action': 'CreateThing',
      'x-tc-version': '2020-01-01',
      host: new URL(server.url).host,
    });
    expect(request!.headers.authorization).toContain(`Credential=AKIDexample/`);
    expect(request!.headers.authorization).toContain(
      `Signature=${expectedSignature(request!, credentials.secretKey)}`,
    );
    expect(Object.keys(request!.headers)).not.toContain('x-tc-region');
    expect(Object.keys(request!.headers)).not.toContain('x-tc-token');
  });

  test('sends region, language, token and headers of the call', async () => {
    await using server = await TestServer.start();
    const client = clientFor(server, {
      credentials: { ...credentials, token: 'temporary' },
      region: 'ap-singapore',
      language: 'en-US',
    });
    await client.call(
      createThing,
      { Name: 'x' },
      { headers: { 'X-Trace': 'abc' }, extraParams: { Newer: 1 } },
    );
    expect(server.received[0]!.body).toBe('{"Name":"x","Newer":1}');
    expect(server.received[0]!.headers).toMatchObject({
      'x-tc-token': 'temporary',
      'x-tc-region': 'ap-singapore',
      'x-tc-language': 'en-US',
      'x-trace': 'abc',
    });
  });

  test('goes to the documented host without an endpoint', async () => {
    const client = clientFor({ url: 'https://unused.invalid' }, { retry: { maxAttempts: 1 } });
    const bare = new ServiceClient({ credentials, retry: { maxAttempts: 1 } });
    clients.push(bare);
    await expect(bare.call(createThing, { Name: 'x' })).rejects.toThrow(/https:\/\/thing\.example\.invalid/);
    await expect(client.call(createThing, { Name: 'x' })).rejects.toThrow(/https:\/\/unused\.invalid/);
  });

  test('reuses its connections', async () => {
    const ports = new Set<number | undefined>();
    await using server = await TestServer.start((response) => {
      ports.add(response.socket?.remotePort);
      reply(response, { TaskId: 7, RequestId: '00000000-0000-0000-0000-000000000001' });
    });
    const client = clientFor(server);
    for (let call = 0; call < 20; call++) await client.call(createThing, { Name: 'x' });
    // Two, for undici gives a connection a moment's rest after each reply.
    expect(ports.size).toBeLessThanOrEqual(2);
  });

  test('uses a dispatcher of the caller, and leaves it open', async () => {
    await using server = await TestServer.start();
    const dispatcher = new Agent();
    const client = clientFor(server, { dispatcher });
    await client.call(createThing, { Name: 'x' });
    await client.close();
    expect(dispatcher.closed || dispatcher.destroyed).toBe(false);
    await dispatcher.close();
    const late = clientFor(server, { dispatcher });
    await expect(late.call(createThing, { Name: 'x' })).rejects.toMatchObject({
      kind: 'configuration',
      outcome: 'not-executed',
    });
  });

  test('goes through the proxy of the environment, except where NO_PROXY says so', async () => {
    await using server = await TestServer.start();
    const tunnels: string[] = [];
    const proxy = createServer().on('connect', (request, socket, head) => {
      tunnels.push(request.url ?? '');
      const { port } = new URL(server.url);
      const upstream = connect(Number(port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.write(head);
        upstream.pipe(socket).pipe(upstream);
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    vi.stubEnv('http_proxy', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    vi.stubEnv('no_proxy', '');
    await clientFor({ url: 'http://thing.example.invalid' }).call(createThing, { Name: 'x' });
    expect(tunnels).toEqual(['thing.example.invalid:80']);
    vi.stubEnv('no_proxy', '127.0.0.1');
    await clientFor(server).call(createThing, { Name: 'x' });
    expect(tunnels).toHaveLength(1);
    await Promise.all(clients.splice(0).map((client) => client.close()));
    proxy.closeAllConnections();
    proxy.close();
  });

  test('tells diagnostics about every attempt, and nothing that is private', async () => {
    await using server = await TestServer.start((response, _request, count) => {
      if (count === 1) replyError(response, 'RequestLimitExceeded');
      else reply(response, { TaskId: 7, RequestId: '00000000-0000-0000-0000-000000000001' });
    });
    const messages: AttemptMessage[] = [];
    const listener = (message: unknown) => messages.push(message as AttemptMessage);
    subscribe(ATTEMPT_CHANNEL, listener);
    await clientFor(server).call(createThing, { Name: 'canary-13800138000' });
    unsubscribe(ATTEMPT_CHANNEL, listener);
    expect(messages).toMatchObject([
      { action: 'CreateThing', attempt: 1, outcome: 'not-executed', code: 'RequestLimitExceeded' },
      {
        action: 'CreateThing',
        attempt: 2,
        outcome: 'succeeded',
        requestId: '00000000-0000-0000-0000-000000000001',
      },
    ]);
    expect(JSON.stringify(messages)).not.toMatch(/canary|example-key/);
  });
});

describe('repetition', () => {
  const succeed = { TaskId: 7, RequestId: '00000000-0000-0000-0000-000000000001' };

  test('a refusal for speed is repeated until it succeeds', async () => {
    await using server = await TestServer.start((response, _request, count) => {
      if (count < 3) replyError(response, 'RequestLimitExceeded.UinLimitExceeded');
      else reply(response, succeed);
    });
    expect(await clientFor(server).call(createThing, { Name: 'x' })).toEqual(succeed);
    expect(server.received).toHaveLength(3);
  });

  test('a subcode that is not documented follows its family, and any other unknown code is not repeated', async () => {
    let code = 'RequestLimitExceeded.SomethingNew';
    await using server = await TestServer.start((response) => replyError(response, code));
    const client = clientFor(server);
    await expect(client.call(createThing, { Name: 'x' })).rejects.toMatchObject({
      code,
      outcome: 'not-executed',
      attempts: 3,
      requestId: 'aaaaaaaa-0000-0000-0000-000000000002',
    });
    code = 'InvalidParameter.SomethingNew';
    await expect(client.call(createThing, { Name: 'x' })).rejects.toMatchObject({
      code,
      outcome: 'unknown',
      attempts: 1,
    });
  });

  test('a clock that is hours off is corrected once, for all concurrent calls', async () => {
    const offsetMs = 5 * 3_600_000;
    const serviceNow = () => Date.now() + offsetMs;
    await using server = await TestServer.start((response, { headers }) => {
      const skew = Math.abs(Number(headers['x-tc-timestamp']) * 1000 - serviceNow());
      const date = { date: new Date(serviceNow()).toUTCString() };
      if (skew > 300_000) replyError(response, 'AuthFailure.SignatureExpire', date);
      else reply(response, succeed, date);
    });
    const client = clientFor(server);
    await Promise.all(Array.from({ length: 10 }, () => client.call(createThing, { Name: 'x' })));
    expect(server.received).toHaveLength(20);
    await client.call(createThing, { Name: 'x' });
    expect(server.received, 'later calls are right at once').toHaveLength(21);
  });

  test('a clock that cannot be corrected is reported after one attempt', async () => {
    await using server = await TestServer.start((response) =>
      replyError(response, 'AuthFailure.SignatureExpire'),
    );
    await expect(clientFor(server).call(createThing, { Name: 'x' })).rejects.toMatchObject({
      code: 'AuthFailure.SignatureExpire',
      outcome: 'not-executed',
      attempts: 1,
    });
  });

  test('a refused token is replaced once', async () => {
    await using server = await TestServer.start((response, { headers }) => {
      if (headers['x-tc-token'] === 'token1') replyError(response, 'AuthFailure.TokenFailure');
      else reply(response, succeed);
    });
    let fetches = 0;
    const client = clientFor(server, { credentials: () => ({ ...credentials, token: `token${++fetches}` }) });
    await Promise.all([client.call(createThing, { Name: 'x' }), client.call(createThing, { Name: 'y' })]);
    expect(fetches).toBe(2);
  });

  test('a refused token is reported where there is no other, or fetching fails', async () => {
    await using server = await TestServer.start((response) =>
      replyError(response, 'AuthFailure.TokenFailure'),
    );
    const fixed = clientFor(server, { credentials: { ...credentials, token: 't' } });
    await expect(fixed.call(createThing, { Name: 'x' })).rejects.toMatchObject({
      code: 'AuthFailure.TokenFailure',
      attempts: 1,
    });
    let fetches = 0;
    const failing = clientFor(server, {
      credentials: () => {
        if (++fetches > 1) throw new Error('down');
        return { ...credentials, token: 't' };
      },
    });
    await expect(failing.call(createThing, { Name: 'x' })).rejects.toMatchObject({
      code: 'AuthFailure.TokenFailure',
    });
  });

  test('what may have been executed is never repeated, unless duplicates are risked by name', async () => {
    await using server = await TestServer.start((response, _request, count) => {
      if (count === 1) replyError(response, 'InternalError');
      else if (count === 2) response.destroy();
      else replyError(response, 'InvalidParameter');
    });
    const careful = clientFor(server);
    await expect(careful.call(createThing, { Name: 'x' })).rejects.toMatchObject({
      outcome: 'unknown',
      attempts: 1,
    });
    const risky = clientFor(server, { retry: { onUnknown: 'risk-duplicates' } });
    await expect(
      risky.call(createThing, { Name: 'x' }),
      'the last refusal does not undo the first attempt',
    ).rejects.toMatchObject({ code: 'InvalidParameter', outcome: 'unknown', attempts: 2 });
  });

  test('the budget stops repetitions in an outage, and refills with successes', async () => {
    let isDown = true;
    await using server = await TestServer.start((response) => {
      if (isDown) replyError(response, 'RequestLimitExceeded');
      else reply(response, succeed);
    });
    const client = clientFor(server, { pacing: false });
    for (let call = 0; call < 100; call++) await client.call(createThing, { Name: 'x' }).catch(() => {});
    expect(server.received.length).toBe(110);
    isDown = false;
    for (let call = 0; call < 10; call++) await client.call(createThing, { Name: 'x' });
    isDown = true;
    await client.call(createThing, { Name: 'x' }).catch(() => {});
    expect(server.received.length, 'ten successes pay for one repetition').toBe(110 + 10 + 2);
  });

  test('maxAttempts 1 means one attempt', async () => {
    await using server = await TestServer.start((response) => replyError(response, 'RequestLimitExceeded'));
    const client = clientFor(server, { retry: { maxAttempts: 1 } });
    await expect(client.call(createThing, { Name: 'x' })).rejects.toMatchObject({ attempts: 1 });
  });

  test('a pause that would pass the deadline is not begun', async () => {
    await using server = await TestServer.start((response) => replyError(response, 'RequestLimitExceeded'));
    const client = clientFor(server, { random: () => 0.99, retry: { baseMs: 60_000, capMs: 60_000 } });
    const startedAt = performance.now();
    await expect(client.call(createThing, { Name: 'x' }, { deadlineMs: 5_000 })).rejects.toSatisfy(
      (error) => isServiceError(error, 'RequestLimitExceeded') && error.attempts === 1,
    );
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });
});

describe('pacing', () => {
  test('is shared by clients of one account, and kept apart by action and account', async () => {
    await using server = await TestServer.start();
    const clock = new FakeClock(Date.now());
    const slow = { ...createThing, rateLimit: { limit: 1, windowMs: 1000 } };
    const [one, two] = [clientFor(server, { clock }), clientFor(server, { clock })];
    const other = clientFor(server, { clock, credentials: { ...credentials, secretId: 'AKIDother' } });
    await one.call(slow, { Name: 'x' });
    let isDone = false;
    const waiting = two.call(slow, { Name: 'x' }).then(() => (isDone = true));
    await other.call(slow, { Name: 'x' });
    await two.call({ ...slow, name: 'CreateOther' }, { Name: 'x' });
    expect(isDone).toBe(false);
    await clock.advance(1000);
    await waiting;
    expect(server.received).toHaveLength(4);
  });

  test('a full queue and a hopeless wait are refused as not executed', async () => {
    await using server = await TestServer.start();
    const slow = { ...createThing, rateLimit: { limit: 1, windowMs: 60_000 } };
    const client = clientFor(server, { clock: new FakeClock(Date.now()), pacing: { maxQueue: 0 } });
    await client.call(slow, { Name: 'x' });
    await expect(client.call(slow, { Name: 'x' })).rejects.toMatchObject({
      code: 'QueueFull',
      outcome: 'not-executed',
      attempts: 0,
    });
    const patient = clientFor(server, { clock: new FakeClock(Date.now()) });
    await patient.call(slow, { Name: 'x' });
    await expect(patient.call(slow, { Name: 'x' }, { deadlineMs: 59_000 })).rejects.toMatchObject({
      code: 'DeadlineExceeded',
      outcome: 'not-executed',
      message: expect.stringContaining('59000 ms are left') as string,
    });
  });

  test('can be replaced, and a pacer that fails is reported as not executed', async () => {
    await using server = await TestServer.start();
    const released: boolean[] = [];
    const keys: string[] = [];
    const pacer = {
      acquire: async ({ key }: { key: string }) => {
        keys.push(key);
        return { release: (sent: boolean) => void released.push(sent) };
      },
    };
    await clientFor(server, { pacing: { pacer } }).call(createThing, { Name: 'x' });
    expect(released).toEqual([true]);
    expect(keys).toEqual([`${server.url} CreateThing AKIDexample`]);
    const broken = clientFor(server, { pacing: { pacer: { acquire: () => { throw new Error('redis is down'); } } } }); // prettier-ignore
    await expect(broken.call(createThing, { Name: 'x' })).rejects.toMatchObject({
      code: 'PacerFailed',
      outcome: 'not-executed',
      attempts: 0,
    });
  });
});

describe('closing', () => {
  test('awaits replies, ends what has not been sent, and refuses new calls', async () => {
    let answer = () => {};
    await using server = await TestServer.start((response) => {
      answer = () => reply(response, { TaskId: 7, RequestId: '00000000-0000-0000-0000-000000000001' });
    });
    const slow = { ...createThing, rateLimit: { limit: 1, windowMs: 1000 } };
    const client = clientFor(server);
    const sent = client.call(slow, { Name: 'x' });
    const queued = client.call(slow, { Name: 'y' }).catch((error: unknown) => error);
    await vi.waitFor(() => expect(server.received).toHaveLength(1));
    const closing = client.close();
    expect(await queued).toMatchObject({ code: 'ClientClosed', outcome: 'not-executed' });
    await expect(client.call(slow, { Name: 'z' })).rejects.toMatchObject({
      code: 'ClientClosed',
      outcome: 'not-executed',
    });
    answer();
    expect(await sent).toMatchObject({ TaskId: 7 });
    await closing;
    await vi.waitFor(() => expect(server.sockets.size).toBe(0));
    await client.close();
  });

  test('works with await using', async () => {
    await using server = await TestServer.start();
    {
      await using client = new ServiceClient({ credentials, endpoint: server.url });
      await client.call(createThing, { Name: 'x' });
    }
    await vi.waitFor(() => expect(server.sockets.size).toBe(0));
  });
});
