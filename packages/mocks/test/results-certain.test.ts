import type { CallRecord, NumberResult } from '@tccc/outbound';
import { callRecordOf } from '@tccc/outbound';
import { describe, expect, test } from 'vitest';
import { NOW, listOf, numbersOf, setUpCalls, taskOf } from './calls-support.js';
import { exampleOf } from './support.js';

const states = (results: readonly NumberResult[]) => results.map(({ state }) => state);

/** What can be said where nothing is known. */
const OPEN = { state: 'pending', isFinal: false };
const allOpen = (count: number) => Array.from({ length: count }, () => OPEN);

const campaign = {
  ...exampleOf('CreatePredictiveDialingCampaign'),
  SdkAppId: 1,
  Callees: numbersOf(4),
  StartTime: NOW + 1,
  EndTime: NOW + 5_000,
} as never;

const missed = { EndStatus: 202, AcceptTimestamp: 0, EndedTimestamp: NOW + 30 };
const mailbox = { EndStatus: 222, AcceptTimestamp: NOW + 10, EndedTimestamp: NOW + 30 };

describe('results', () => {
  test('of a task say nothing certain of numbers that the task does not show', async () => {
    const { client, time } = setUpCalls();
    const { TaskId } = await client.createAutoCalloutTask(taskOf(numbersOf(3)));
    time.s += 50_000;
    const entries = numbersOf(5).map((callee) => ({ callee }));
    const results = await listOf(client.taskResults({ SdkAppId: 1, TaskId }, { entries }));
    expect(results.slice(0, 3).every(({ isFinal }) => isFinal)).toBe(true);
    expect(results.slice(3)).toMatchObject([OPEN, OPEN]);
  });

  test.each([undefined, null, ''])('of a number that a task shows as %j have no number', async (Callee) => {
    const { client, engine, time } = setUpCalls();
    const { TaskId } = await client.createAutoCalloutTask(taskOf(numbersOf(1)));
    const shown = { State: 2, Callees: [{ Callee, State: 1, Sessions: [] }] };
    engine.respond(
      'DescribeAutoCalloutTask',
      (_params, { answer }) => ({ ...(answer() as object), ...shown }) as never,
    );
    time.s += 50_000;
    const results = await listOf(client.taskResults({ SdkAppId: 1, TaskId }));
    expect(results).toMatchObject([{ callee: '', state: 'reached' }]);
  });

  test.each([
    { state: 0, what: 'never-dialled' },
    { state: 9, what: 'pending' },
  ])('of a number in state $state that has no call are $what in the end', async ({ state, what }) => {
    const { client, engine, time } = setUpCalls();
    const { TaskId } = await client.createAutoCalloutTask(taskOf(numbersOf(2)));
    engine.respond('DescribeAutoCalloutTask', (_params, { answer }) => {
      const task = answer();
      const [first] = task.Callees;
      return { ...task, Callees: [{ ...first, State: state, Sessions: [] }] } as never;
    });
    time.s += 50_000;
    expect(states(await listOf(client.taskResults({ SdkAppId: 1, TaskId })))).toEqual([what]);
  });

  test('of a task whose records the service has no more are what the task says', async () => {
    const { client, engine, time } = setUpCalls();
    const { TaskId } = await client.createAutoCalloutTask(taskOf(numbersOf(4), { NotAfter: NOW + 5_000 }));
    const of = (State: number, ...Sessions: string[]) => ({ State, Sessions });
    const said = [of(0), of(1, 'one', 'mailbox'), of(2, 'two'), of(3, 'three', 'missed')];
    const kept = [
      { SessionId: 'mailbox', ...mailbox },
      { SessionId: 'missed', ...missed },
    ].map(callRecordOf);
    const known = (id: string) => kept.find((record) => record?.sessionId === id);
    engine.respond('DescribeAutoCalloutTask', (_params, { answer }) => {
      const task = answer();
      const Callees = task.Callees.map((callee, index) => ({ ...callee, ...said[index] }));
      return { ...task, State: 2, Callees } as never;
    });
    time.s += 50_000;
    const results = async (options?: object) =>
      await listOf(client.taskResults({ SdkAppId: 1, TaskId }, options));
    expect(states(await results())).toEqual(Array(4).fill('pending'));
    time.s += 200 * 86_400;
    const late = await results();
    expect(states(late)).toEqual(['never-dialled', 'reached', 'not-reached', 'pending']);
    expect(late.map(({ isFinal }) => isFinal)).toEqual([true, true, true, false]);
    expect(states(await results({ known })), 'also with records of other calls').toEqual(states(late));
  });

  test('of a campaign whose records the service has no more say nothing certain of anybody', async () => {
    const { client, engine, time } = setUpCalls();
    const { CampaignId } = await client.createPredictiveDialingCampaign(campaign);
    const entries = numbersOf(5).map((callee) => ({ callee }));
    const results = async (known?: (id: string) => CallRecord | undefined) =>
      await listOf(client.campaignResults({ SdkAppId: 1, CampaignId }, { entries, ...(known && { known }) }));
    time.s += 50_000;
    const before = await results();
    expect(states(before).at(-1)).toBe('never-dialled');
    time.s += 200 * 86_400;
    expect(await results()).toMatchObject(allOpen(5));
    const kept = new Map(before.flatMap(({ attempts }) => attempts.map((call) => [call.sessionId, call])));
    expect(states(await results((id) => kept.get(id)))).toEqual(states(before));
    engine.respond('DescribePredictiveDialingSessions', (_params, { answer }) => ({
      ...answer(),
      TotalCount: 0,
      SessionList: [],
    }));
    expect(await results(), 'nor when it has forgotten the calls').toMatchObject(allOpen(5));
  });

  test('wait for the lists after the last call, which need not be to the last number', async () => {
    const { client, engine, time } = setUpCalls();
    const { TaskId } = await client.createAutoCalloutTask(taskOf(numbersOf(3)));
    // The second number was called again long after the last one.
    const calls = { first: NOW + 30, again: NOW + 5_000, last: NOW + 40 };
    engine.respond(
      'DescribeAutoCalloutTask',
      (_params, { answer }) =>
        ({
          ...(answer() as object),
          State: 2,
          Callees: [
            { Callee: numbersOf(3)[0]!, State: 0, Sessions: [] },
            { Callee: numbersOf(3)[1]!, State: 2, Sessions: ['first', 'again'] },
            { Callee: numbersOf(3)[2]!, State: 2, Sessions: ['last'] },
          ],
        }) as never,
    );
    const known = (sessionId: string) =>
      callRecordOf({
        SessionId: sessionId,
        EndStatus: 202,
        EndedTimestamp: calls[sessionId as keyof typeof calls],
      });
    const results = async () => states(await listOf(client.taskResults({ SdkAppId: 1, TaskId }, { known })));
    time.s = NOW + 5_100;
    expect(await results()).toEqual(['pending', 'not-reached', 'not-reached']);
    time.s = NOW + 5_700;
    expect(await results()).toEqual(['never-dialled', 'not-reached', 'not-reached']);
  });

  /** The record of a call that ended, without a time of that. */
  const endless = (SessionId: string, Callee = numbersOf(2)[1]!) => ({
    SessionId,
    Callee,
    EndStatus: 206,
    StartTimestamp: NOW + 30,
    EndedTimestamp: 0,
  });
  /** When such a call had ended at the latest, and is in the lists. */
  const AFTER = NOW + 30 + 14_400 + 600;

  test('of a task wait as long as the last call may have lasted, if its record does not say when it ended', async () => {
    const { client, engine, time } = setUpCalls();
    const { TaskId } = await client.createAutoCalloutTask(taskOf(numbersOf(2)));
    const sessions = [[], ['call']];
    engine.respond('DescribeAutoCalloutTask', (_params, { answer }) => {
      const task = answer();
      const Callees = task.Callees.map((callee, index) => ({
        ...callee,
        State: 2 * index,
        Sessions: sessions[index],
      }));
      return { ...task, State: 2, Callees } as never;
    });
    const known = (id: string) => callRecordOf(endless(id));
    const results = async () => states(await listOf(client.taskResults({ SdkAppId: 1, TaskId }, { known })));
    time.s = AFTER - 1;
    expect(await results()).toEqual(['pending', 'not-reached']);
    time.s = AFTER;
    expect(await results()).toEqual(['never-dialled', 'not-reached']);
  });

  test('of a campaign wait as long, too', async () => {
    const { client, engine, time } = setUpCalls();
    const { CampaignId } = await client.createPredictiveDialingCampaign(campaign);
    engine.respond(
      'DescribePredictiveDialingSessions',
      (_params, { answer }) =>
        ({ ...(answer() as object), TotalCount: 1, SessionList: [{ SessionID: 'call' }] }) as never,
    );
    engine.respond(
      'DescribePredictiveDialingCampaign',
      (_params, { answer }) => ({ ...(answer() as object), Status: 4 }) as never,
    );
    const known = (id: string) => callRecordOf(endless(id));
    const entries = numbersOf(2).map((callee) => ({ callee }));
    const results = async () =>
      states(await listOf(client.campaignResults({ SdkAppId: 1, CampaignId }, { entries, known })));
    time.s = AFTER - 1;
    expect(await results()).toEqual(['pending', 'pending']);
    time.s = AFTER;
    expect(await results()).toEqual(['never-dialled', 'not-reached']);
  });

  /** A task whose one number is in a state, and whose calls have these records. */
  const resultOf = async (State: number, calls: readonly object[]) => {
    const { client, engine, time } = setUpCalls();
    const { TaskId } = await client.createAutoCalloutTask(taskOf(numbersOf(1)));
    const ids = calls.map((_, index) => `call ${index}`);
    const shown = { State: 2, Callees: [{ Callee: numbersOf(1)[0]!, State, Sessions: ids }] };
    engine.respond(
      'DescribeAutoCalloutTask',
      (_params, { answer }) => ({ ...(answer() as object), ...shown }) as never,
    );
    const list = ids.map((SessionId, index) => ({ SessionId, ...calls[index] }));
    engine.respond(
      'DescribeTelCdr',
      () => ({ TotalCount: list.length, TelCdrList: list, RequestId: 'r' }) as never,
    );
    const known = (id: string) => callRecordOf(list.find(({ SessionId }) => SessionId === id));
    const results = async (options?: object) =>
      (await listOf(client.taskResults({ SdkAppId: 1, TaskId }, options)))[0]!;
    time.s += 50_000;
    const result = await results();
    expect(await results({ known }), 'what is known says the same').toEqual(result);
    return result;
  };

  test('of a number that was answered in a call that no list has are not those of its other calls', async () => {
    const result = await resultOf(1, [missed]);
    expect(result).toMatchObject({ state: 'reached', isFinal: true });
    expect(result.reason).toBeUndefined();
    expect(await resultOf(1, [missed, mailbox])).toMatchObject({ state: 'not-reached', isFinal: true });
    expect(await resultOf(2, [missed])).toMatchObject({
      state: 'not-reached',
      reason: { group: 'no-answer' },
    });
  });

  test.each([{}, { EndStatus: 0 }, { EndStatus: 0, EndStatusString: 'error', EndedTimestamp: 0 }])(
    'wait for the end of a call whose record is %j',
    async (open) => {
      const going = { AcceptTimestamp: 0, ...open };
      expect(await resultOf(3, [missed, going])).toMatchObject({ ...OPEN, pendingSessions: ['call 1'] });
      const ended = { ...going, EndedTimestamp: NOW + 90 };
      expect(await resultOf(3, [missed, ended])).toMatchObject({ state: 'not-reached', isFinal: true });
    },
  );

  test('of a campaign say nothing certain of your list if the calls do not show their numbers', async () => {
    const { client, engine, time } = setUpCalls();
    const { CampaignId } = await client.createPredictiveDialingCampaign(campaign);
    engine.respond('DescribeTelCdr', (_params, { answer }) => {
      const lists = Object.entries(answer()).filter(([, value]) => Array.isArray(value));
      const hidden = (list: object[]) => list.map((record) => ({ ...record, Callee: '' }));
      return {
        ...answer(),
        ...Object.fromEntries(lists.map(([name, list]) => [name, hidden(list as object[])])),
      };
    });
    time.s += 20_000;
    const entries = numbersOf(4).map((callee) => ({ callee }));
    const results = await listOf(client.campaignResults({ SdkAppId: 1, CampaignId }, { entries }));
    expect(engine.calls('DescribeTelCdr')).not.toEqual([]);
    expect(results).toMatchObject([OPEN, OPEN, OPEN, OPEN]);
  });
});
