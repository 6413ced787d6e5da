import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { PacingSlot, SlotUse } from '../src/pacing/pacer.js';
import { PacingRefusal } from '../src/pacing/pacer.js';
import { clientFor, closeClients, failureOf } from './support/client.js';
import { FakeClock, settle } from './support/fake-clock.js';
import { TestServer, createThing, credentials, respondError } from './support/service.js';
import { eventually } from './support/wait.js';

afterEach(closeClients);

describe('pacing', () => {
  test('credentials are chosen once there is a slot, so that they do not go stale in the queue', async () => {
    await using server = await TestServer.start();
    const clock = new FakeClock(Date.now());
    let fetches = 0;
    const client = clientFor(server, {
      clock,
      deadlineMs: Infinity,
      credentials: () => ({
        ...credentials,
        token: `t${++fetches}`,
        account: 'one',
        expiresAtMs: clock.now() + 60_000,
      }),
    });
    const slow = { ...createThing, rateLimit: { limit: 1, windowMs: 120_000 } };
    await client.call(slow, { Name: 'x' });
    const waiting = client.call(slow, { Name: 'y' });
    await clock.advance(120_000);
    await waiting;
    expect(server.received.map(({ headers }) => headers['x-tc-token'])).toEqual(['t1', 't2']);
  });

  test('a full queue does not hide why the attempt before it failed', async () => {
    await using server = await TestServer.start((response) => respondError(response, 'RequestLimitExceeded'));
    const busy = { ...createThing, rateLimit: { limit: 1, windowMs: 60_000 } };
    const client = clientFor(server, { pacing: { maxQueue: 0 } });
    await expect(client.call(busy, { Name: 'x' })).rejects.toMatchObject({
      kind: 'service',
      code: 'RequestLimitExceeded',
      attempts: 1,
    });
    await expect(client.call(busy, { Name: 'x' }), 'and is itself never retried').rejects.toMatchObject({
      code: 'QueueFull',
      attempts: 0,
    });
  });

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
    const released: SlotUse[] = [];
    const keys: string[] = [];
    const pacer = {
      acquire: async ({ key }: { key: string }) => {
        keys.push(key);
        return { release: (use: SlotUse) => void released.push(use) };
      },
    };
    await clientFor(server, { pacing: { pacer } }).call(createThing, { Name: 'x' });
    expect(released).toEqual(['answered']);
    expect(keys).toEqual([`${server.url} CreateThing AKIDexample`]);
    const broken = clientFor(server, { pacing: { pacer: { acquire: () => { throw new Error('redis is down'); } } } }); // prettier-ignore
    await expect(broken.call(createThing, { Name: 'x' })).rejects.toMatchObject({
      code: 'PacerFailed',
      outcome: 'not-executed',
      attempts: 0,
    });
  });
});

describe('a pacer of the caller', () => {
  test('that cannot be used says why in its own words', async () => {
    await using server = await TestServer.start();
    const acquire = async () => {
      throw new PacingRefusal('unusable', 'Redis cannot be reached.');
    };
    const error = await failureOf(
      clientFor(server, { pacing: { pacer: { acquire } } }).call(createThing, { Name: 'x' }),
    );
    expect(error).toMatchObject({
      code: 'PacerFailed',
      outcome: 'not-executed',
      attempts: 0,
    });
    expect(error.message).toContain('was not sent: the pacer failed. Redis cannot be reached.');
    expect(server.received).toHaveLength(0);
  });

  const acquire = (release: unknown) => ({ pacing: { pacer: { acquire: () => ({ release }) as never } } });

  test.each<[string, unknown]>([
    ['throws', () => { throw new Error('redis'); }], // prettier-ignore
    ['rejects', () => Promise.reject(new Error('redis'))],
  ])('whose release %s does not spoil a success', async (_name, release) => {
    await using server = await TestServer.start();
    const rejections: unknown[] = [];
    const onRejection = (reason: unknown) => rejections.push(reason);
    process.on('unhandledRejection', onRejection);
    expect(await clientFor(server, acquire(release)).call(createThing, { Name: 'x' })).toMatchObject({
      TaskId: 7,
    });
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', onRejection);
    expect(rejections).toEqual([]);
  });

  test.each<[string, () => unknown]>([
    ['gives no slot', () => undefined],
    ['promises none', () => Promise.resolve({})],
    [
      'refuses by a promise of its own kind',
      () => ({ then: (_grant: unknown, refuse: (error: Error) => void) => refuse(new Error('no')) }), // oxlint-disable-line unicorn/no-thenable
    ],
  ])('that %s stops the call before it is sent', async (_name, acquire) => {
    await using server = await TestServer.start();
    const client = clientFor(server, { pacing: { pacer: { acquire: acquire as never } } });
    const error = await failureOf(client.call(createThing, { Name: 'x' }));
    expect(error).toMatchObject({ code: 'PacerFailed', outcome: 'not-executed', attempts: 0 });
    expect(server.received).toHaveLength(0);
  });

  test('that ignores the deadline does not hold the call, and gets its late slot back unused', async () => {
    const released: SlotUse[] = [];
    let grant: ((slot: PacingSlot) => void) | undefined;
    const pacer = { acquire: () => new Promise<PacingSlot>((resolve) => (grant = resolve)) };
    const clock = new FakeClock(Date.now());
    const client = clientFor({ url: 'http://127.0.0.1:9' }, { clock, pacing: { pacer } });
    const pending = failureOf(client.call(createThing, { Name: 'x' }, { deadlineMs: 200 }));
    await eventually(() => expect(grant).toBeDefined());
    await clock.advance(200);
    expect(await pending).toMatchObject({ code: 'DeadlineExceeded', outcome: 'not-executed', attempts: 0 });
    grant!({ release: (use) => void released.push(use) });
    await settle();
    expect(released).toEqual(['unused']);
  });
});

describe('a server that two tests use, as a port can be', () => {
  let server: TestServer;
  beforeAll(async () => void (server = await TestServer.start()));
  afterAll(() => server[Symbol.asyncDispose]());
  const rare = { ...createThing, rateLimit: { limit: 1, windowMs: 600_000 } };

  test.each(['first', 'second'])('what the other has sent does not hold up the %s', async () => {
    const client = clientFor(server, { pacing: { maxQueue: 0 } });
    await client.call(rare, { Name: 'x' });
  });
});
