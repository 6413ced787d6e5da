import { afterEach, describe, expect, test } from 'vitest';
import type { ServiceClient } from '../src/client.js';
import { isServiceError, isTcccError } from '../src/errors/guards.js';
import { clientFor, closeClients, failureOf } from './support/client.js';
import { FakeClock } from './support/fake-clock.js';
import { TestServer, createThing, credentials, respond, respondError } from './support/service.js';

afterEach(closeClients);

describe('retries', () => {
  const succeed = { TaskId: 7 };

  test('a refusal for speed is repeated until it succeeds', async () => {
    await using server = await TestServer.start((response, _request, count) => {
      if (count < 3) respondError(response, 'RequestLimitExceeded.UinLimitExceeded');
      else respond(response, succeed);
    });
    expect(await clientFor(server).call(createThing, { Name: 'x' })).toMatchObject(succeed);
    expect(server.received).toHaveLength(3);
  });

  test('a subcode that is not documented follows its family, and any other unknown code is not repeated', async () => {
    let code = 'RequestLimitExceeded.SomethingNew';
    await using server = await TestServer.start((response) => respondError(response, code));
    const client = clientFor(server);
    await expect(client.call(createThing, { Name: 'x' })).rejects.toMatchObject({
      code,
      outcome: 'not-executed',
      attempts: 3,
      requestId: expect.stringMatching(/^0{8}-/) as string,
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
      if (skew > 300_000) respondError(response, 'AuthFailure.SignatureExpire', date);
      else respond(response, succeed, date);
    });
    const client = clientFor(server, { pacing: false });
    await Promise.all(Array.from({ length: 10 }, () => client.call(createThing, { Name: 'x' })));
    expect(server.received).toHaveLength(20);
    await client.call(createThing, { Name: 'x' });
    expect(server.received, 'later calls are right at once').toHaveLength(21);
  });

  test('a clock that cannot be corrected is reported after one attempt', async () => {
    await using server = await TestServer.start((response) =>
      respondError(response, 'AuthFailure.SignatureExpire'),
    );
    await expect(clientFor(server).call(createThing, { Name: 'x' })).rejects.toMatchObject({
      code: 'AuthFailure.SignatureExpire',
      outcome: 'not-executed',
      attempts: 1,
    });
  });

  test('a refused token is replaced once', async () => {
    await using server = await TestServer.start((response, { headers }) => {
      if (headers['x-tc-token'] === 'token1') respondError(response, 'AuthFailure.TokenFailure');
      else respond(response, succeed);
    });
    let fetches = 0;
    const client = clientFor(server, { credentials: () => ({ ...credentials, token: `token${++fetches}` }) });
    await Promise.all([client.call(createThing, { Name: 'x' }), client.call(createThing, { Name: 'y' })]);
    expect(fetches).toBe(2);
  });

  test('a refused token is reported if there is no other, or fetching fails', async () => {
    await using server = await TestServer.start((response) =>
      respondError(response, 'AuthFailure.TokenFailure'),
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

  test('what may have been executed is never sent again, unless duplicates are risked by name', async () => {
    await using server = await TestServer.start((response, _request, count) => {
      if (count === 1) respondError(response, 'InternalError');
      else if (count === 2) response.destroy();
      else respondError(response, 'InvalidParameter');
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
    ).rejects.toMatchObject({
      code: 'InvalidParameter',
      outcome: 'unknown',
      attempts: 2,
      message: expect.stringContaining('an earlier attempt may have been executed') as string,
    });
  });

  /** Attempts that each of these calls made, one after another. */
  async function attemptsOf(calls: number, client: ServiceClient): Promise<number> {
    let attempts = 0;
    for (let call = 0; call < calls; call++) {
      attempts += await client.call(createThing, { Name: 'x' }).then(
        () => 1,
        (error: unknown) => (isTcccError(error) ? error.attempts : 0),
      );
    }
    return attempts;
  }

  test('the budget stops retries in an outage, and refills with successes', async () => {
    await using server = await TestServer.start();
    const client = clientFor(server, { pacing: false });
    await client.call(createThing, { Name: 'x' });
    await server.refuse();
    expect(await attemptsOf(100, client)).toBe(110);
    await server.accept();
    expect(await attemptsOf(10, client)).toBe(10);
    await server.refuse();
    expect(await attemptsOf(1, client), 'ten successes pay for one retry').toBe(2);
    await server.accept();
  });

  test('refusals for speed have a larger budget of their own, which corrections share', async () => {
    let code = 'RequestLimitExceeded';
    await using server = await TestServer.start((response) =>
      respondError(response, code, {
        date: new Date(Date.now() + 3_600_000 * server.received.length).toUTCString(),
      }),
    );
    const client = clientFor(server, { pacing: false });
    const attempts = await Promise.all(Array.from({ length: 13 }, () => attemptsOf(1, client)));
    expect(attempts, 'two retries each').toEqual(Array.from({ length: 13 }, () => 3));
    code = 'AuthFailure.SignatureExpire';
    expect(await attemptsOf(45, client), 'one correction each, while the budget lasts').toBe(45 + 4);
  });

  test('a rotated key is no storm: whatever is on its way is sent again with the new one', async () => {
    let [key, accepted] = [0, 0];
    await using server = await TestServer.start((response, { headers }) => {
      const [, used] = /Credential=key(\d+)\//.exec(headers.authorization!)!;
      if (Number(used) !== key) return respondError(response, 'AuthFailure.TokenFailure');
      // The old one is worth nothing from now on.
      if (++accepted % 200 === 0) key++;
      respond(response, succeed);
    });
    const client = clientFor(server, {
      pacing: false,
      credentials: () => ({ secretId: `key${key}`, secretKey: 'k', account: 'a' }),
    });
    let left = 800;
    const work = async () => {
      while (left-- > 0) await client.call(createThing, { Name: 'x' });
    };
    await Promise.all(Array.from({ length: 60 }, work));
    expect(accepted).toBe(800);
    expect(key).toBe(4);
  });

  test('keys that are refused one after another are asked for ever more rarely', async () => {
    await using server = await TestServer.start((response) =>
      respondError(response, 'AuthFailure.TokenFailure'),
    );
    let fetches = 0;
    const client = clientFor(server, {
      pacing: false,
      credentials: () => ({ secretId: `key${++fetches}`, secretKey: 'k', account: 'a' }),
    });
    const calls = Array.from({ length: 200 }, () => failureOf(client.call(createThing, { Name: 'x' })));
    for (const { outcome } of await Promise.all(calls)) expect(outcome).toBe('not-executed');
    expect(server.received.length, 'two attempts each at most').toBeLessThanOrEqual(400);
    expect(fetches).toBeLessThan(10);
  });

  test('maxAttempts 1 means one attempt', async () => {
    await using server = await TestServer.start((response) => respondError(response, 'RequestLimitExceeded'));
    const client = clientFor(server, { retry: { maxAttempts: 1 } });
    await expect(client.call(createThing, { Name: 'x' })).rejects.toMatchObject({ attempts: 1 });
  });

  test('a pause that would pass the deadline is not begun', async () => {
    await using server = await TestServer.start((response) => respondError(response, 'RequestLimitExceeded'));
    // Its time stands still: a pause would never end.
    const clock = new FakeClock(Date.now());
    const client = clientFor(server, { clock, random: () => 0.99, retry: { baseMs: 60_000, capMs: 60_000 } });
    await expect(client.call(createThing, { Name: 'x' }, { deadlineMs: 5_000 })).rejects.toSatisfy(
      (error) => isServiceError(error, 'RequestLimitExceeded') && error.attempts === 1,
    );
    expect(clock.timers).toBe(0);
  });
});
