import { describe, expect, test } from 'vitest';
import { MockEngine } from '../src/index.js';
import { NOW, listOf, numbersOf, setUpCalls, taskOf } from './calls-support.js';

/** How often each word ends a call, by the records. */
async function endings(setting: ReturnType<typeof setUpCalls>): Promise<Record<string, number>> {
  const { client, time } = setting;
  const records = await listOf(
    client.eachCallRecord({ SdkAppId: 1, StartTimeStamp: NOW - 1, EndTimeStamp: time.s }),
  );
  const counts: Record<string, number> = {};
  for (const { EndStatusString } of records) counts[EndStatusString!] = (counts[EndStatusString!] ?? 0) + 1;
  return counts;
}

describe('simulated calls', () => {
  test('end by the shares that are set, the same for the same seed', async () => {
    const run = async (seed: number) => {
      const setting = setUpCalls({ seed, itemMs: 1_000, calls: { shares: { ok: 3, busy: 1 }, atOnce: 50 } });
      await setting.client.createAutoCalloutTask(taskOf(numbersOf(2_000)));
      setting.time.s += 600;
      return endings(setting);
    };
    const counts = await run(7);
    expect(Object.keys(counts).sort()).toEqual(['busy', 'ok']);
    expect(counts['ok']! / 2_000).toBeCloseTo(0.75, 1);
    expect(await run(7)).toEqual(counts);
    expect(await run(8)).not.toEqual(counts);
  });

  test('have plausible endings by default, most of them of calls that nobody answers', async () => {
    const setting = setUpCalls({ itemMs: 1_000, calls: { atOnce: 50 } });
    await setting.client.createAutoCalloutTask(taskOf(numbersOf(1_000)));
    setting.time.s += 600;
    const { ok = 0, notAnswer = 0, numberNotExist = 0 } = await endings(setting);
    expect(ok).toBeGreaterThan(300);
    expect(notAnswer).toBeGreaterThan(200);
    expect(numberNotExist).toBeGreaterThan(10);
  });

  test('are made again up to the tries of the task, one after the other, until somebody answers', async () => {
    const setting = setUpCalls({ calls: { shares: { ok: 1, busy: 1 } } });
    const { client, time } = setting;
    const { TaskId } = await client.createAutoCalloutTask(taskOf(numbersOf(200), { Tries: 3 }));
    time.s += 10_000;
    const { Callees } = await client.describeAutoCalloutTask({ SdkAppId: 1, TaskId });
    expect(new Set(Callees.map(({ Sessions }) => Sessions.length))).toEqual(new Set([1, 2, 3]));
    const records = await listOf(
      client.eachCallRecord({ SdkAppId: 1, StartTimeStamp: NOW - 1, EndTimeStamp: time.s }),
    );
    const byId = new Map(records.map((record) => [record.SessionId, record]));
    for (const { State, Sessions } of Callees) {
      const calls = Sessions.map((id) => byId.get(id)!);
      expect(calls.slice(0, -1).every(({ EndStatusString }) => EndStatusString === 'busy')).toBe(true);
      expect(calls.at(-1)!.EndStatusString === 'ok').toBe(State === 1);
      const times = calls.flatMap((one) => [one.StartTimestamp!, one.EndedTimestamp!]);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
    }
  });

  test('several at a time take a part of the time', async () => {
    const { client, time } = setUpCalls({ calls: { atOnce: 10, shares: { ok: 1 } } });
    const { TaskId } = await client.createAutoCalloutTask(taskOf(numbersOf(25)));
    time.s += 20;
    const { Callees, State } = await client.describeAutoCalloutTask({ SdkAppId: 1, TaskId });
    expect([State, Callees.filter((one) => one.State === 1).length]).toEqual([1, 20]);
    time.s += 10;
    expect((await client.describeAutoCalloutTask({ SdkAppId: 1, TaskId })).State).toBe(2);
  });

  test('show in lists, and have records, with a lag', async () => {
    const calls = { sessionDelayMs: 4_000, recordDelayMs: 30_000, shares: { ok: 1 } };
    const { client, time } = setUpCalls({ calls });
    const { TaskId } = await client.createAutoCalloutTask(taskOf(numbersOf(1), { UUI: 'order-1' }));
    const sessions = async () =>
      (await client.describeAutoCalloutTask({ SdkAppId: 1, TaskId })).Callees[0]!.Sessions;
    const records = async () => {
      const span = { StartTimeStamp: NOW - 1, EndTimeStamp: time.s + 1 };
      return (await client.describeTelCdr({ SdkAppId: 1, ...span, PageSize: 10, PageNumber: 0 })).TelCdrList!;
    };
    time.s += 3;
    expect(await sessions()).toEqual([]);
    time.s += 1;
    expect(await sessions()).toHaveLength(1);
    time.s += 35;
    expect(await records(), 'the call ended 29 seconds ago').toEqual([]);
    time.s += 1;
    const [record] = await records();
    expect(record).toMatchObject({
      SessionId: (await sessions())[0],
      Callee: '008613800000000',
      UUI: 'order-1',
      StartTimestamp: NOW,
      EndedTimestamp: NOW + 10,
      EndStatus: 1,
    });
    expect(record!.AcceptTimestamp! + record!.Duration!).toBe(record!.EndedTimestamp);
  });

  test('keep the times of their records when the task is paused and resumed', async () => {
    const { client, time } = setUpCalls({ calls: { shares: { ok: 1 }, recordDelayMs: 0 } });
    const { TaskId } = await client.createAutoCalloutTask(taskOf(numbersOf(3)));
    const id = { SdkAppId: 1, TaskId };
    time.s += 15;
    await client.pauseAutoCalloutTask(id);
    time.s += 1_000;
    await client.resumeAutoCalloutTask(id);
    time.s += 1_000;
    const span = { StartTimeStamp: NOW - 1, EndTimeStamp: time.s };
    const records = await listOf(client.eachCallRecord({ SdkAppId: 1, ...span }));
    const starts = records.map((one) => one.StartTimestamp! - NOW).sort((one, other) => one - other);
    expect(starts).toEqual([0, 10, 1_020]);
  });

  test.each([
    [
      'shares that no call can end by',
      { shares: { ivrEnd: 1 } },
      'The option calls.shares has no field ivrEnd',
    ],
    ['shares of nothing', { shares: { ok: 0 } }, 'one of them more than 0'],
    ['a negative share', { shares: { ok: -1, busy: 2 } }, 'calls.shares.ok must be a number from 0'],
    ['nothing at once', { atOnce: 0 }, 'calls.atOnce must be an integer from 1'],
    ['a lag before the end', { recordDelayMs: -1 }, 'calls.recordDelayMs must be an integer from 0'],
    ['an unknown option', { share: {} }, 'The option calls has no field share. Did you mean shares?'],
  ])('refuse %s', (_name, calls, message) => {
    expect(() => new MockEngine({ calls: calls as object })).toThrow(message);
  });
});

describe('the limits of the records', () => {
  const DAY = 86_400;
  test.each([
    ['a span of 90 days', { StartTimeStamp: NOW - 90 * DAY, EndTimeStamp: NOW }, 'span must be shorter'],
    ['a start 180 days ago', { StartTimeStamp: NOW - 181 * DAY, EndTimeStamp: NOW - 100 * DAY }, 'ago'],
  ])('%s', async (_name, span, message) => {
    const { client, engine } = setUpCalls();
    const asked = client.describeTelCdr({ SdkAppId: 1, ...span, PageSize: 100, PageNumber: 0 });
    await expect(asked).rejects.toMatchObject({ code: 'InvalidParameterValue' });
    expect(message).not.toBe('');
    expect(engine.calls('DescribeTelCdr')).toHaveLength(1);
  });

  test('filters, pages, and the deprecated twin', async () => {
    const { client, time } = setUpCalls({ itemMs: 1_000, calls: { recordDelayMs: 0 } });
    await client.createAutoCalloutTask(taskOf(numbersOf(250)));
    await client.createAutoCalloutTask({ ...taskOf(numbersOf(3)), SdkAppId: 2 });
    time.s += 1_000;
    const span = { SdkAppId: 1, StartTimeStamp: NOW - 1, EndTimeStamp: time.s };
    const last = await client.describeTelCdr({ ...span, PageSize: 100, PageNumber: 2 });
    expect([last.TotalCount, last.TelCdrList!.length]).toEqual([250, 50]);
    expect(last.TelCdrs).toEqual(last.TelCdrList);
    const ids = last.TelCdrList!.map((one) => one.SessionId!);
    const some = await client.describeTelCdr({ ...span, SessionIds: ids, PageSize: 100, PageNumber: 0 });
    expect(some.TotalCount).toBe(50);
    const Phones = [last.TelCdrList![0]!.Callee!];
    expect(await client.describeTelCdr({ ...span, Phones, PageSize: 1, PageNumber: 0 })).toMatchObject({
      TotalCount: 1,
    });
    const detail = { SdkAppId: 1, StartTimestamp: NOW - 1, EndTimestamp: time.s };
    expect(await client.describeSessionDetail({ ...detail, SessionId: ids[0]! })).toMatchObject({
      Callee: Phones[0],
    });
    await expect(
      client.describeSessionDetail({ ...detail, SdkAppId: 2, SessionId: ids[0]! }),
    ).rejects.toMatchObject({
      code: 'FailedOperation.SessionNotExists',
    });
  });
});
