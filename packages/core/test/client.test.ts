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
import { clientFor, closeClients, failureOf } from './support/client.js';
import { FakeClock } from './support/fake-clock.js';
import type { Received } from './support/service.js';
import { TestServer, createThing, credentials, respond, respondError } from './support/service.js';
import { eventually } from './support/wait.js';

afterEach(async () => {
  vi.unstubAllEnvs();
  await closeClients();
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
    expect(result).toEqual({ TaskId: 7, RequestId: expect.stringMatching(/^0{8}-/) as string });
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
    await using bare = new ServiceClient({ credentials, retry: { maxAttempts: 1 } });
    await expect(bare.call(createThing, { Name: 'x' })).rejects.toThrow(/https:\/\/thing\.example\.invalid/);
    await expect(client.call(createThing, { Name: 'x' })).rejects.toThrow(/https:\/\/unused\.invalid/);
  });

  test('reuses its connections', async () => {
    const ports = new Set<number | undefined>();
    await using server = await TestServer.start((response) => {
      ports.add(response.socket?.remotePort);
      respond(response, { TaskId: 7 });
    });
    const client = clientFor(server);
    for (let call = 0; call < 20; call++) await client.call(createThing, { Name: 'x' });
    // Two, for undici gives a connection a moment's rest after each response.
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

  test('goes through the proxy of the environment, unless NO_PROXY says otherwise', async () => {
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
    await closeClients();
    proxy.closeAllConnections();
    proxy.close();
  });

  test('tells diagnostics about every attempt, and nothing that is private', async () => {
    await using server = await TestServer.start((response, _request, count) => {
      if (count === 1) respondError(response, 'RequestLimitExceeded');
      else respond(response, { TaskId: 7 });
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
        requestId: expect.stringMatching(/^0{8}-/) as string,
        traceId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      },
    ]);
    expect(JSON.stringify(messages)).not.toMatch(/canary|example-key/);
  });

  test('who subscribes to diagnostics during an attempt gets its own times, not those of the process', async () => {
    const messages: AttemptMessage[] = [];
    const listener = (message: unknown) => void messages.push(message as AttemptMessage);
    await using server = await TestServer.start((response) => {
      subscribe(ATTEMPT_CHANNEL, listener);
      respond(response, { TaskId: 7 });
    });
    const clock = new FakeClock(Date.now());
    await clock.advance(3_600_000);
    await clientFor(server, { clock }).call(createThing, { Name: 'x' });
    unsubscribe(ATTEMPT_CHANNEL, listener);
    expect(messages).toMatchObject([{ waitedMs: 0, tookMs: 0 }]);
  });
});

describe('closing', () => {
  test('leaves no connection open, also after failures and aborts', async () => {
    await using server = await TestServer.start((response, _request, count) => {
      if (count % 3 === 0) response.socket?.resetAndDestroy();
      else setTimeout(() => respond(response, { TaskId: 7 }), 2);
    });
    for (let round = 0; round < 10; round++) {
      const client = clientFor(server, { maxConnections: 2, pacing: false });
      const controller = new AbortController();
      const calls = Array.from({ length: 20 }, () =>
        client.call(createThing, { Name: 'x' }, { signal: controller.signal }).catch(() => 'failed'),
      );
      setTimeout(() => controller.abort(), 10);
      await Promise.all(calls);
      await client.close();
    }
    await eventually(() => expect(server.sockets.size).toBe(0));
  });

  test('sends nothing that waits for a connection', async () => {
    let answer = () => {};
    await using server = await TestServer.start((response) => {
      answer = () => respond(response, { TaskId: 7 });
    });
    const client = clientFor(server, { maxConnections: 1 });
    const first = client.call(createThing, { Name: 'x' });
    await eventually(() => expect(server.received).toHaveLength(1));
    const others = [1, 2].map(() => failureOf(client.call(createThing, { Name: 'y' })));
    await new Promise((resolve) => setImmediate(resolve));
    const closing = client.close();
    for (const error of await Promise.all(others))
      expect(error).toMatchObject({ code: 'ClientClosed', outcome: 'not-executed' });
    answer();
    await first;
    await closing;
    expect(server.received).toHaveLength(1);
  });

  test('ends a first call as closed, however far it has come', async () => {
    await using server = await TestServer.start();
    await clientFor(server).call(createThing, { Name: 'x' });
    const codes = new Set<string>();
    for (let steps = 0; steps < 80; steps++) {
      const client = clientFor(server);
      const failure = failureOf(client.call(createThing, { Name: 'y' }));
      for (let step = 0; step < steps; step++) await Promise.resolve();
      await client.close();
      codes.add((await failure).code);
    }
    expect([...codes]).toEqual(['ClientClosed']);
    expect(server.received).toHaveLength(1);
  });

  test('awaits responses, ends what has not been sent, and refuses new calls', async () => {
    let answer = () => {};
    await using server = await TestServer.start((response) => {
      answer = () => respond(response, { TaskId: 7 });
    });
    const slow = { ...createThing, rateLimit: { limit: 1, windowMs: 1000 } };
    const client = clientFor(server);
    const sent = client.call(slow, { Name: 'x' });
    const queued = client.call(slow, { Name: 'y' }).catch((error: unknown) => error);
    await eventually(() => expect(server.received).toHaveLength(1));
    const closing = client.close();
    expect(await queued).toMatchObject({ code: 'ClientClosed', outcome: 'not-executed' });
    await expect(client.call(slow, { Name: 'z' })).rejects.toMatchObject({
      code: 'ClientClosed',
      outcome: 'not-executed',
    });
    answer();
    expect(await sent).toMatchObject({ TaskId: 7 });
    await closing;
    await eventually(() => expect(server.sockets.size).toBe(0));
    await client.close();
  });

  test('works with await using', async () => {
    await using server = await TestServer.start();
    {
      await using client = new ServiceClient({ credentials, endpoint: server.url });
      await client.call(createThing, { Name: 'x' });
    }
    await eventually(() => expect(server.sockets.size).toBe(0));
  });
});
