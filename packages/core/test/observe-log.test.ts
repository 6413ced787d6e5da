import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Logger, ResponseInfo } from '../src/index.js';
import { ServiceClient } from '../src/index.js';
import { clientFor, closeClients } from './support/client.js';
import { TestServer, createThing, credentials, respond, respondError } from './support/service.js';

const SECRET = credentials.secretKey;
const NUMBER = '008613012345678';

afterEach(async () => {
  vi.unstubAllEnvs();
  await closeClients();
});

function logger(): Logger & { lines: string[] } {
  const lines: string[] = [];
  const write = (level: string) => (line: string) => void lines.push(`${level} ${line}`);
  return { lines, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

const refuseOnce = (code: string, headers?: Record<string, string>) =>
  TestServer.start((response, _received, count) => {
    if (count === 1) respondError(response, code, headers);
    else respond(response, { TaskId: 7 });
  });

describe('the log', () => {
  test('has a line for each attempt and each decision', async () => {
    await using server = await refuseOnce('RequestLimitExceeded');
    const log = logger();
    const client = clientFor(server, { logger: log, logLevel: 'debug', retry: { baseMs: 0 } });
    await client.call(createThing, { Name: 'x' });
    const lines = log.lines.map((line) =>
      line.replace(/(requestId|traceId|endpoint)=\S+/g, '$1=…').replace(/(Ms)=\d+/g, '$1=…'),
    );
    expect(lines).toEqual([
      'info tccc attempt action=CreateThing endpoint=… attempt=1 status=200 outcome=not-executed code=RequestLimitExceeded requestId=… traceId=… waitedMs=… tookMs=…',
      'info tccc retry action=CreateThing endpoint=… attempt=1 outcome=not-executed code=RequestLimitExceeded isRetried=true waitedMs=… traceId=…',
      'debug tccc attempt action=CreateThing endpoint=… attempt=2 status=200 outcome=succeeded requestId=… traceId=… waitedMs=… tookMs=…',
    ]);
  });

  test.each([
    ['InternalError', 'outcome-unknown', {}],
    ['InvalidParameter', 'would-not-help', {}],
    ['RequestLimitExceeded', 'attempts-used', { retry: { maxAttempts: 1 } }],
    [
      'RequestLimitExceeded',
      'budget-or-deadline',
      { deadlineMs: 10_000, retry: { baseMs: 86_400_000, capMs: 86_400_000 }, random: () => 0.9 },
    ],
  ])('says why %s is not retried: %s', async (code, reason, options) => {
    await using server = await TestServer.start((response) => respondError(response, code));
    const log = logger();
    const client = clientFor(server, { logger: log, logLevel: 'warn', ...options });
    await expect(client.call(createThing, { Name: 'x' })).rejects.toMatchObject({ code });
    expect(log.lines).toEqual([
      expect.stringMatching(`^warn tccc retry .* isRetried=false reason=${reason} `),
    ]);
  });

  test('says what has ended before its turn', async () => {
    await using server = await TestServer.start();
    const log = logger();
    const client = clientFor(server, { logger: log, pacing: { limit: 1, maxQueue: 0 } });
    const [first, second] = [
      client.call(createThing, { Name: 'x' }),
      client.call(createThing, { Name: 'x' }),
    ];
    await expect(second).rejects.toMatchObject({ code: 'QueueFull' });
    await first;
    expect(log.lines.filter((line) => line.includes(' tccc unsent '))).toEqual([
      expect.stringContaining('code=QueueFull'),
    ]);
  });

  test('has no secret and no number, whatever is called', async () => {
    await using server = await TestServer.start((response) =>
      respond(
        response,
        { Error: { Code: 'InternalError', Message: `${NUMBER} ${SECRET}` } },
        { server: NUMBER.repeat(20), 'x-secret': SECRET },
      ),
    );
    const log = logger();
    const seen: ResponseInfo[] = [];
    const client = clientFor(server, {
      logger: log,
      logLevel: 'debug',
      onResponse: (response) => void seen.push(response),
    });
    await client.call(createThing, { Name: NUMBER }).catch(() => {});
    const text = log.lines.join() + JSON.stringify(seen);
    expect(log.lines.length).toBe(2);
    expect(seen.length).toBe(1);
    expect(text).not.toContain(NUMBER);
    expect(text).not.toContain(SECRET);
  });

  test('of a logger that throws changes nothing', async () => {
    await using server = await TestServer.start();
    const fail = () => {
      throw new Error('full');
    };
    const client = clientFor(server, {
      logger: { debug: fail, info: fail, warn: fail, error: fail },
      logLevel: 'debug',
    });
    await expect(client.call(createThing, { Name: 'x' })).resolves.toMatchObject({ TaskId: 7 });
  });

  test('goes to the standard error with TCCC_LOG, and an option goes before it', async () => {
    vi.stubEnv('TCCC_LOG', 'debug');
    await using server = await TestServer.start();
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      await clientFor(server).call(createThing, { Name: 'x' });
      expect(write).toHaveBeenCalledOnce();
      expect(write.mock.calls[0]![0]).toMatch(/^tccc attempt .*outcome=succeeded.*\n$/);
      await clientFor(server, { logLevel: 'off' }).call(createThing, { Name: 'x' });
      expect(write).toHaveBeenCalledOnce();
    } finally {
      write.mockRestore();
    }
  });

  test.each([
    [{ logger: {} }, /logger must be an object with the methods debug, info, warn and error/],
    [{ logger: 'console' }, /logger must be an object/],
    [{ logLevel: 'verbose' }, /logLevel must be 'debug' or/],
    [{ onRequest: 1 }, /onRequest must be a function/],
    [{ onResponse: {} }, /onResponse must be a function/],
  ])('is refused if it is %o', (wrong, message) => {
    expect(() => new ServiceClient({ credentials, ...(wrong as object) })).toThrow(message);
  });

  test('is refused if TCCC_LOG is wrong', () => {
    vi.stubEnv('TCCC_LOG', 'yes');
    expect(() => new ServiceClient({ credentials })).toThrow(
      /TCCC_LOG of the environment must be one of debug, info/,
    );
  });
});

describe('hooks', () => {
  test('onRequest adds headers, which are signed', async () => {
    await using server = await TestServer.start();
    const seen: unknown[] = [];
    const client = clientFor(server, {
      onRequest: (request) => {
        seen.push(request);
        return { 'X-Order': 'Seven', 'a-first': '1' };
      },
    });
    await client.call(createThing, { Name: 'x' });
    const { headers } = server.received[0]!;
    expect(headers).toMatchObject({ 'x-order': 'Seven', 'a-first': '1' });
    expect(headers.authorization).toContain('SignedHeaders=a-first;content-type;host;x-order;x-tc-action,');
    expect(seen).toEqual([
      { action: 'CreateThing', endpoint: server.url, attempt: 1, traceId: headers['x-tc-traceid'] },
    ]);
  });

  test.each([
    { authorization: 'x' },
    { host: 'x' },
    { 'x-tc-action': 'x' },
    { 'content-type': 'x' },
    { 'x-y': 'a\r\nb' },
  ])('onRequest cannot change what is signed: %o', async (headers) => {
    await using server = await TestServer.start();
    const client = clientFor(server, { onRequest: () => headers as Record<string, string> });
    await expect(client.call(createThing, { Name: 'x' })).rejects.toMatchObject({
      code: 'InvalidOption',
      outcome: 'not-executed',
    });
    expect(server.received).toEqual([]);
  });

  test('a request whose hook throws is not sent', async () => {
    await using server = await TestServer.start();
    const client = clientFor(server, {
      onRequest: () => {
        throw new Error('broken');
      },
    });
    await expect(client.call(createThing, { Name: 'x' })).rejects.toMatchObject({ outcome: 'not-executed' });
    expect(server.received).toEqual([]);
  });

  test('onResponse of the client and of the call see each response', async () => {
    await using server = await refuseOnce('RequestLimitExceeded', {
      'retry-after': '0',
      'set-cookie': 'a=b',
    });
    const [ofClient, ofCall]: ResponseInfo[][] = [[], []];
    const client = clientFor(server, {
      retry: { baseMs: 0 },
      onResponse: (response) => void ofClient!.push(response),
    });
    const { RequestId } = await client.call(
      createThing,
      { Name: 'x' },
      { onResponse: (response) => void ofCall!.push(response) },
    );
    expect(ofCall).toEqual(ofClient);
    expect(ofCall).toMatchObject([
      {
        attempt: 1,
        status: 200,
        outcome: 'not-executed',
        code: 'RequestLimitExceeded',
        headers: { 'retry-after': '0' },
      },
      {
        attempt: 2,
        status: 200,
        outcome: 'succeeded',
        requestId: RequestId,
        traceId: expect.stringMatching(/^[\w-]{36}$/),
      },
    ]);
    expect(Object.keys(ofCall![0]!.headers)).not.toContain('set-cookie');
  });
});

describe('the retries of a call', () => {
  test('go before those of the client', async () => {
    await using server = await TestServer.start((response) => respondError(response, 'RequestLimitExceeded'));
    const client = clientFor(server, { retry: { baseMs: 0, maxAttempts: 4 } });
    await expect(
      client.call(createThing, { Name: 'x' }, { retry: { maxAttempts: 2 } }),
    ).rejects.toMatchObject({
      attempts: 2,
    });
    await expect(client.call(createThing, { Name: 'x' })).rejects.toMatchObject({ attempts: 4 });
    await expect(client.call(createThing, { Name: 'x' }, { retry: { baseMs: 0 } })).rejects.toMatchObject({
      attempts: 4,
    });
    await expect(client.call(createThing, { Name: 'x' }, { retry: { maxAttempts: 0 } })).rejects.toThrow(
      /retry\.maxAttempts must be/,
    );
  });
});
