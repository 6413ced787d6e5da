import { describe, expect, test } from 'vitest';
import {
  LIST,
  MARKER,
  SdkAppId,
  failureOf,
  lose,
  make,
  requestsOf,
  setUp,
  settle,
  task,
} from './settle-support.js';

describe('a marker counts at the end of a name', () => {
  test.each([
    ['a copy', ['Copy of Spring [order-17-part-3] for Tuesday']],
    ['two copies', ['Copy of Spring [order-17-part-3] (2)', 'Copy of Spring [order-17-part-3] (3)']],
    [
      'one that was made again under the name it was read with',
      ['Spring [order-17-part-3] [order-18-part-1]'],
    ],
    ['a copy whose name still ends with it', ['Copy of Spring [order-17-part-3]']],
    [
      'two copies whose names still end with it',
      ['Copy of Spring [order-17-part-3]', 'Old Spring [order-17-part-3]'],
    ],
    ['one with a longer marker', ['Spring [order-17-part-31]', 'Spring [xorder-17-part-3]']],
    ['one without brackets', ['Spring order-17-part-3', 'order-17-part-3']],
    ['one in other letters', ['Spring [ORDER-17-PART-3]']],
  ])('%s is not what was never executed', async (_name, names) => {
    const { engine, client } = setUp();
    await using _open = client;
    await make(client, ...names);
    lose(engine, 'before');
    const error = await failureOf(client.createAutoCalloutTask(task, { settle }));
    expect(error).toMatchObject({ code: 'NotFound', outcome: 'unknown' });
  });

  test.each([
    ['copies', ['Copy of Spring [order-17-part-3]', 'Spring [order-17-part-3] for Tuesday']],
    ['one made again', ['Spring [order-17-part-3] [order-18-part-1]']],
  ])('among %s, what was executed is found', async (_name, names) => {
    const { engine, client } = setUp();
    await using _open = client;
    await make(client, ...names.slice(0, 1));
    lose(engine, 'after');
    const pending = client.createAutoCalloutTask(task, { settle });
    const { TaskId, settled } = await pending;
    expect(TaskId).toBe(engine.created.find(({ params }) => params.Name === `Spring [${MARKER}]`)!.id);
    expect(settled).toMatchObject({ isOnlyOne: true });
    await make(client, ...names.slice(1));
    // By its name, also for another process.
    const known = { SdkAppId, Name: 'Spring' };
    expect((await client.settleAutoCalloutTask(known, MARKER, { withinMs: 0 })).TaskId).toBe(TaskId);
    const whole = { SdkAppId, Name: `Spring [${MARKER}]` };
    expect((await client.settleAutoCalloutTask(whole, MARKER, { withinMs: 0 })).TaskId).toBe(TaskId);
  });

  test('of two with one name, what was sent besides tells which it is', async () => {
    const { engine, client } = setUp();
    await using _open = client;
    const again = { ...task, Name: `Spring [${MARKER}]`, NotBefore: task.NotBefore + 5 };
    await client.createAutoCalloutTask(again);
    lose(engine, 'after');
    const { TaskId } = await client.createAutoCalloutTask(task, { settle });
    expect(TaskId).toBe(engine.created.at(-1)!.id);
  });

  test('of two that nothing tells apart, neither is taken for the one, and neither is said to be', async () => {
    for (const isKnown of [true, false]) {
      const { engine, client } = setUp();
      await using _open = client;
      const ids = await make(client, `Spring [${MARKER}]`, `Spring [${MARKER}]`);
      if (isKnown) lose(engine, 'before');
      const call = isKnown
        ? client.createAutoCalloutTask(task, { settle })
        : client.settleAutoCalloutTask({ SdkAppId }, MARKER, { withinMs: 0 });
      const error = await failureOf(call);
      expect(error).toMatchObject({ code: 'FoundTwice', outcome: 'unknown' });
      expect([...(error as { ids: number[] }).ids].sort()).toEqual([...ids].sort());
    }
  });

  test('spaces and composition of letters do not tell names apart', async () => {
    const { engine, client } = setUp();
    await using _open = client;
    engine.respond(LIST, () => ({
      TotalCount: 1,
      Tasks: [{ TaskId: 7, Name: `Cafe\u0301 ${'  '}[${MARKER}] ` }] as never,
    }));
    lose(engine, 'after');
    const { TaskId } = await client.createAutoCalloutTask({ ...task, Name: ' Caf\u00e9' }, { settle });
    expect(TaskId).toBe(7);
  });
});

describe('a lookup uses what was sent', () => {
  test('whatever becomes of the parameters after the call', async () => {
    const { engine, client } = setUp();
    await using _open = client;
    lose(engine, 'after');
    const mine = { ...task };
    const pending = client.createAutoCalloutTask(mine, { settle });
    Object.assign(mine, { SdkAppId: SdkAppId + 1, Name: 'Other' });
    const { TaskId } = await pending;
    expect(TaskId).toBe(engine.created[0]!.id);
    expect(requestsOf(engine).map(({ params }) => (params as { SdkAppId: number }).SdkAppId)).toEqual([
      SdkAppId,
    ]);
  });

  test('and a getter is asked once', async () => {
    const { engine, client } = setUp();
    await using _open = client;
    lose(engine, 'after');
    let asked = 0;
    const { SdkAppId: _own, ...rest } = task;
    const mine = Object.defineProperty({ ...rest }, 'SdkAppId', {
      enumerable: true,
      get: () => SdkAppId + asked++,
    });
    const { TaskId } = await client.createAutoCalloutTask(mine as never, { settle });
    expect([TaskId, asked]).toEqual([engine.created[0]!.id, 1]);
  });

  test('each page of a list is that of the parameters at the time of the call', async () => {
    const { engine, client } = setUp();
    await using _open = client;
    await make(client, 'a', 'b', 'c');
    const params = { SdkAppId, PageSize: 1 };
    const options = { deadlineMs: 10_000 };
    const names = [];
    for await (const { Name } of client.eachAutoCalloutTask(params, options)) {
      names.push(Name);
      Object.assign(params, { SdkAppId: SdkAppId + 1, PageSize: 'x' });
      Object.assign(options, { deadlineMs: -1 });
    }
    expect(names.sort()).toEqual(['a', 'b', 'c']);
    expect(
      engine.journal.entries.every(
        ({ params: sent }) => (sent as { SdkAppId: number }).SdkAppId === SdkAppId,
      ),
    ).toBe(true);
  });
});
