import { callRecordOf, endReasonOf, endStatuses, sameNumber } from '@tccc/outbound';
import type { NumberResult } from '@tccc/outbound';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { exampleOf } from './support.js';
import { NOW, listOf, numbersOf, setUpCalls, taskOf } from './calls-support.js';

/** What has become of a list in the end, as the mock knows it: whom somebody answered. */
const states = (results: readonly NumberResult[]) => results.map(({ state }) => state);

describe('the results of a task', () => {
  test('are one value for each number, with its calls in order', async () => {
    const { client, time } = setUpCalls({ itemMs: 9_000, calls: { atOnce: 10 } });
    const { TaskId } = await client.createAutoCalloutTask(taskOf(numbersOf(300), { Tries: 2, UUI: 'u' }));
    time.s += 3_000;
    const results = await listOf(client.taskResults({ SdkAppId: 1, TaskId }));
    const { Callees } = await client.describeAutoCalloutTask({ SdkAppId: 1, TaskId });
    expect(results.map(({ callee }) => callee)).toEqual(numbersOf(300));
    expect(states(results)).toEqual(Callees.map(({ State }) => (State === 1 ? 'reached' : 'not-reached')));
    for (const [index, { attempts, reason, isFinal, uui, isShared }] of results.entries()) {
      expect(attempts.map(({ sessionId }) => sessionId)).toEqual(Callees[index]!.Sessions);
      expect(reason).toEqual(attempts.at(-1)!.reason);
      expect([isFinal, uui, isShared]).toEqual([true, 'u', false]);
    }
    const reached = results.find(({ state }) => state === 'reached')!.attempts.at(-1)!;
    expect(reached).toMatchObject({ reason: { group: 'answered', code: 1, name: 'ok' }, isAnswered: true });
    expect(reached.talkSeconds).toBe(reached.endedAt! - reached.answeredAt!);
    expect(reached.recordingIds).toHaveLength(1);
  });

  test('say pending as long as a call or its record is missing, and never-dialled only in the end', async () => {
    const { client, time } = setUpCalls({ calls: { shares: { ok: 1 }, recordDelayMs: 60_000 } });
    const { TaskId } = await client.createAutoCalloutTask(taskOf(numbersOf(4), { NotAfter: NOW + 25 }));
    const results = () => listOf(client.taskResults({ SdkAppId: 1, TaskId }));
    expect(states(await results())).toEqual(['pending', 'pending', 'pending', 'pending']);
    time.s += 40;
    const [first, , , last] = await results();
    expect(first).toMatchObject({ state: 'pending', isFinal: false, attempts: [] });
    expect(first!.pendingSessions).toHaveLength(1);
    expect(last, 'over, but a call might not be listed yet').toMatchObject({
      state: 'pending',
      isFinal: false,
    });
    time.s += 700;
    expect(states(await results())).toEqual(['reached', 'reached', 'reached', 'never-dialled']);
  });

  test('go on behind a cursor, and ask for no record that is known', async () => {
    const { client, engine, time } = setUpCalls({ itemMs: 1_000 });
    const { TaskId } = await client.createAutoCalloutTask(taskOf(numbersOf(250)));
    time.s += 3_000;
    const task = { SdkAppId: 1, TaskId };
    const all = await listOf(client.taskResults(task));
    const half: NumberResult[] = [];
    for await (const result of client.taskResults(task)) if (half.push(result) === 100) break;
    const rest = await listOf(client.taskResults(task, { cursor: half.at(-1)!.cursor }));
    expect([...half, ...rest]).toEqual(all);
    const known = new Map(all.flatMap(({ attempts }) => attempts.map((one) => [one.sessionId, one])));
    engine.resetHistory();
    expect(await listOf(client.taskResults(task, { known: (id) => known.get(id) }))).toEqual(all);
    expect(engine.calls('DescribeTelCdr')).toEqual([]);
    await expect(listOf(client.taskResults(task, { cursor: 'task:1:5' }))).rejects.toMatchObject({
      code: 'InvalidOption',
    });
  });

  test('ask for the calls of many tasks in lots that are full', async () => {
    const { client, engine, time } = setUpCalls({ itemMs: 1_000 });
    const tasks: number[] = [];
    for (let index = 0; index < 40; index++)
      tasks.push((await client.createAutoCalloutTask(taskOf(numbersOf(30)))).TaskId);
    time.s += 3_000;
    const results = await Promise.all(
      tasks.map((TaskId) => listOf(client.taskResults({ SdkAppId: 1, TaskId }))),
    );
    expect(results.flat()).toHaveLength(1_200);
    expect(engine.calls('DescribeTelCdr').length).toBeLessThanOrEqual(12 * 1.5 + 4);
  });

  test('tell two entries of one number apart by UUI, and say if they cannot', async () => {
    const { client, time } = setUpCalls({ calls: { shares: { ok: 1, busy: 1 } } });
    const [number] = numbersOf(1);
    const CalleeAttributes = ['a', 'b'].map((UUI) => ({ Callee: number!, UUI }));
    const { TaskId } = await client.createAutoCalloutTask(taskOf([number!, number!], { CalleeAttributes }));
    time.s += 3_000;
    const listed = [
      { callee: '+86 138 0000 0000', uui: 'b' },
      { callee: '13800000000', uui: 'a' },
    ];
    const told = await listOf(client.taskResults({ SdkAppId: 1, TaskId }, { entries: listed }));
    expect(told.map(({ uui, attempts }) => [uui, attempts.map((one) => one.uui)])).toEqual([
      ['b', ['b']],
      ['a', ['a']],
    ]);
    expect(told.map(({ isShared }) => isShared)).toEqual([false, false]);
    const blind = await listOf(client.taskResults({ SdkAppId: 1, TaskId }));
    expect(blind.map(({ isShared }) => isShared)).toEqual([true, true]);
  });

  test('end when the signal is aborted, and leave the client whole', async () => {
    const { client, time } = setUpCalls();
    const { TaskId } = await client.createAutoCalloutTask(taskOf(numbersOf(5)));
    time.s += 3_000;
    const stop = new AbortController();
    const results = client.taskResults({ SdkAppId: 1, TaskId }, { signal: stop.signal });
    await results.next();
    stop.abort(new Error('enough'));
    await expect(results.next()).rejects.toThrow('enough');
    expect(await listOf(client.taskResults({ SdkAppId: 1, TaskId }))).toHaveLength(5);
  });

  test('take smaller lots if the service refuses so many ids at once', async () => {
    const { client, engine, time } = setUpCalls({ itemMs: 1_000 });
    const { TaskId } = await client.createAutoCalloutTask(taskOf(numbersOf(200)));
    time.s += 3_000;
    const { Refusal } = await import('../src/index.js');
    engine.respond('DescribeTelCdr', ({ SessionIds = [] }, { answer }) =>
      SessionIds.length > 20 ? new Refusal('InvalidParameterValue', 'Too many.') : answer(),
    );
    expect(states(await listOf(client.taskResults({ SdkAppId: 1, TaskId })))).not.toContain('pending');
  });

  test('of a task that is gone are an error that says so', async () => {
    const { client } = setUpCalls();
    await expect(listOf(client.taskResults({ SdkAppId: 1, TaskId: 7 }))).rejects.toMatchObject({
      kind: 'service',
      code: 'InvalidParameterValue',
      action: 'DescribeAutoCalloutTask',
    });
  });
});

describe('the results of a campaign', () => {
  const campaignOf = (Callees: readonly string[], more: object = {}) =>
    ({
      ...exampleOf('CreatePredictiveDialingCampaign'),
      SdkAppId: 1,
      Callees,
      StartTime: NOW + 1,
      EndTime: NOW + 5_000,
      RetryTimes: 1,
      ...more,
    }) as never;

  test('join the calls with your own list', async () => {
    const { client, time } = setUpCalls({ itemMs: 2_000, calls: { atOnce: 5, sessionDelayMs: 3_000 } });
    const Callees = numbersOf(3_000);
    const { CampaignId } = await client.createPredictiveDialingCampaign(
      campaignOf(Callees, { EndTime: NOW + 1_000 }),
    );
    const entries = Callees.map((callee) => ({ callee: callee.replace(/^00/, '+') }));
    const results = () => listOf(client.campaignResults({ SdkAppId: 1, CampaignId }, { entries }));
    time.s += 500;
    const midway = await results();
    expect(midway.map(({ state }) => state)).not.toContain('never-dialled');
    expect(midway.map(({ state }) => state)).not.toContain('not-reached');
    time.s += 2_000;
    const counts = { reached: 0, 'not-reached': 0, pending: 0, 'never-dialled': 0 };
    for (const { state, isFinal } of await results()) {
      counts[state]++;
      expect(isFinal).toBe(true);
    }
    expect(counts.reached + counts['not-reached']).toBe(2_500);
    expect(counts['never-dialled']).toBe(500);
  });

  test('are those of the calls if there is no list', async () => {
    const { client, time } = setUpCalls({ calls: { shares: { ok: 1 } } });
    const { CampaignId } = await client.createPredictiveDialingCampaign(campaignOf(numbersOf(5)));
    time.s += 6_000;
    const results = await listOf(client.campaignResults({ SdkAppId: 1, CampaignId }));
    expect(results.map(({ callee, state }) => [callee, state]).sort()).toEqual(
      numbersOf(5).map((callee) => [callee, 'reached']),
    );
  });
});

describe('reconciling', () => {
  test('gives every record once, also of calls longer than the window and of days that follow each other', async () => {
    const { client, time } = setUpCalls({
      itemMs: 7_200_000,
      calls: { shares: { ok: 1 }, recordDelayMs: 0 },
    });
    await client.createAutoCalloutTask(taskOf(numbersOf(30)));
    const seen = new Map<string, number>();
    let since = NOW;
    for (let pass = 0; pass < 70; pass++) {
      time.s += 3_600;
      const records = client.reconcile({ SdkAppId: 1, since, lateSeconds: 0 });
      for await (const { sessionId } of records) seen.set(sessionId, (seen.get(sessionId) ?? 0) + 1);
      since = records.next!;
    }
    expect(seen.size).toBe(30);
    expect(
      [...seen.values()].filter((count) => count > 2),
      'a second at the edge may be in both',
    ).toEqual([]);
  });

  test('cuts 170 days into spans that the service takes', async () => {
    const { client, engine, time } = setUpCalls({
      itemMs: 86_400_000,
      calls: { shares: { ok: 1 }, recordDelayMs: 0 },
    });
    await client.createAutoCalloutTask(taskOf(numbersOf(170)));
    time.s += 170 * 86_400;
    const records = await listOf(client.reconcile({ SdkAppId: 1, since: NOW, longestCallSeconds: 86_400 }));
    expect(new Set(records.map(({ sessionId }) => sessionId)).size).toBe(170);
    expect(records).toHaveLength(170);
    expect(engine.calls('DescribeTelCdr').every(({ code }) => code === 'OK')).toBe(true);
  });

  test('refuses a time for which there are no records any more', async () => {
    const { client } = setUpCalls();
    const records = client.reconcile({ SdkAppId: 1, since: NOW - 181 * 86_400 });
    await expect(listOf(records)).rejects.toMatchObject({ code: 'InvalidOption' });
    expect(records.next).toBeUndefined();
  });
});

describe('a record', () => {
  test('is read leniently, and its links are never written by themselves', () => {
    const secret = 'https://cos.example/a?sign=secret';
    const record = callRecordOf({
      SessionId: 's',
      Callee: 8613,
      Uui: 'old',
      AcceptTimestamp: 10,
      EndedTimestamp: '25',
      Duration: 0,
      EndStatusString: 'aNewOne',
      EndStatus: 999,
      IVRKeyPressed: null,
      Direction: 1,
      IVRKeyPressedEx: [{ key: '1', label: 'yes' }],
      RecordURL: secret,
      VoicemailRecordURL: [secret],
      ServeParticipants: [{ RecordId: 'r', RecordURL: secret }],
    })!;
    expect(record).toMatchObject({
      callee: '8613',
      uui: 'old',
      talkSeconds: 15,
      direction: 'out',
      isAnswered: true,
      reason: { group: 'unknown', code: 999, name: 'aNewOne' },
      keysPressed: [{ key: '1', label: 'yes' }],
      recordingIds: ['r'],
    });
    expect(record.links.map(({ url }) => url)).toEqual([secret, secret, secret]);
    for (const text of [JSON.stringify(record), inspect(record, { depth: 9 }), String(record.links[0])])
      expect(text).not.toContain('secret');
  });

  test.each([[null], [[]], ['text'], [{}], [{ SessionId: '' }], [{ SessionId: null }]])(
    'is none if it is %j',
    (wire) => expect(callRecordOf(wire)).toBeUndefined(),
  );

  test('of a mailbox is not an answer', () => {
    const record = callRecordOf({ SessionId: 's', EndStatus: 222, AcceptTimestamp: 5, EndedTimestamp: 9 });
    expect(record).toMatchObject({ isAnswered: false, talkSeconds: 0, reason: { group: 'machine' } });
  });
});

describe('who was called and had no agent', () => {
  const isAnswered = (Direction: number, EndStatus: number, more: object = { AcceptTimestamp: 0 }) =>
    callRecordOf({ SessionId: 's', Direction, EndStatus, EndedTimestamp: 9, ...more })!.isAnswered;

  test.each([1, 102, 103])('has answered, if the call ended with %i', (code) => {
    expect(isAnswered(1, code)).toBe(true);
    expect(isAnswered(1, code, {})).toBe(true);
    expect(isAnswered(0, code), 'who called had no answer').toBe(false);
  });

  test.each([202, 206, 222, 299])('has not, if it ended with %i', (code) => {
    expect(isAnswered(1, code)).toBe(false);
  });
});

test('a number that is shown without its country code is nobody’s if it could be two people’s', async () => {
  const { client, engine, time } = setUpCalls();
  const callees = ['+442079460000', '+12079460000', '+8613912345678', '+863912345678'];
  const { TaskId } = await client.createAutoCalloutTask(taskOf(callees));
  const shown = { State: 2, Sessions: ['s'] };
  const Callees = ['2079460000', '03912345678'].map((Callee) => ({ Callee, ...shown }));
  engine.respond(
    'DescribeAutoCalloutTask',
    (_params, { answer }) => ({ ...(answer() as object), State: 2, Callees }) as never,
  );
  time.s += 50_000;
  const known = (SessionId: string) => callRecordOf({ SessionId, EndStatus: 206, EndedTimestamp: NOW + 9 });
  const entries = callees.map((callee) => ({ callee }));
  const results = await listOf(client.taskResults({ SdkAppId: 1, TaskId }, { entries, known }));
  expect(states(results)).toEqual(['pending', 'pending', 'pending', 'not-reached']);
});

describe('ends of calls', () => {
  test('are found by number, by word, and not at all', () => {
    expect(endReasonOf(206, undefined)).toEqual({ group: 'busy', code: 206, name: 'busy' });
    expect(endReasonOf(undefined, 'numberNotExist')).toMatchObject({ group: 'bad-number', code: 205 });
    expect(endReasonOf(undefined, undefined)).toEqual({ group: 'unknown' });
    expect(new Set(endStatuses.map(({ code }) => code)).size).toBeGreaterThan(45);
  });

  test.each([
    ['13800000000', '008613800000000', true],
    ['+8613800000000', '008613800000000', true],
    ['0013800000000', '008613800000000', false],
    ['13800000000', '0013800000000', false],
    ['013800000000', '008613800000000', true],
    ['3800000000', '008613800000000', false],
    ['3800000000', '0013800000000', true],
    ['0391 2345678', '008613912345678', false],
    ['0391 2345678', '00863912345678', true],
    ['+35312345678', '12345678', true],
    ['06 12345678', '00390612345678', true],
    ['+390612345678', '0612345678', true],
    ['13800000001', '008613800000000', false],
  ])('%s and %s are the same number: %s', (listed, shown, is) => {
    expect(sameNumber(listed, shown)).toBe(is);
  });
});
