import type { CreateAutoCalloutTaskRequest } from '@tccc/outbound';
import { OutboundClient } from '@tccc/outbound';
import { describe, expect, test } from 'vitest';
import { mockClientOptions } from '../src/index.js';
import { Callees, NOW, campaign, other, refusedWith, setUp, task } from './entities-support.js';

describe('what was created', () => {
  test('is looked up with everything that was sent', async () => {
    const { client } = setUp();
    const { TaskId } = await client.createAutoCalloutTask(task);
    const { SdkAppId, Callees: _callees, ...sent } = task;
    expect(await client.describeAutoCalloutTask({ SdkAppId, TaskId })).toEqual({
      ...sent,
      State: 0,
      Callees: Callees.map((Callee) => ({ Callee, State: 0, Sessions: [] })),
      RequestId: expect.any(String) as string,
    });
    const { CampaignId } = await client.createPredictiveDialingCampaign(campaign);
    const { Callees: _numbers, Callers: _callers, SdkAppId: _app, ...fields } = campaign;
    expect(await client.describePredictiveDialingCampaign({ SdkAppId, CampaignId })).toMatchObject({
      ...fields,
      CampaignId,
      Status: 0,
      StatusReason: 0,
    });
  });

  test('is the same if it is large', async () => {
    const { client } = setUp();
    const many = Array.from({ length: 3_000 }, (_, index) => `0086${index}`);
    const { TaskId } = await client.createAutoCalloutTask({ ...task, Callees: many });
    const { Callees: shown } = await client.describeAutoCalloutTask({ SdkAppId: 1, TaskId });
    expect(shown.map(({ Callee }) => Callee)).toEqual(many);
  });

  test('is blank in what was not sent, if that must be there', async () => {
    const { client } = setUp();
    const { Name: _name, NotAfter: _end, ...rest } = task;
    const { TaskId } = await client.createAutoCalloutTask(rest as CreateAutoCalloutTaskRequest);
    const shown = await client.describeAutoCalloutTask({ SdkAppId: 1, TaskId });
    expect([shown.Name, 'NotAfter' in shown]).toEqual(['', false]);
  });

  test('is there for its account and its SdkAppId only', async () => {
    const { client, engine } = setUp();
    const { TaskId } = await client.createAutoCalloutTask(task);
    await using stranger = new OutboundClient({ ...mockClientOptions(engine), credentials: other });
    const strangers = [
      [client, 2],
      [stranger, 1],
    ] as const;
    for (const [someone, SdkAppId] of strangers) {
      const id = { SdkAppId, TaskId };
      await expect(someone.describeAutoCalloutTask(id)).rejects.toMatchObject(
        refusedWith('InvalidParameterValue'),
      );
      await expect(someone.stopAutoCalloutTask(id)).rejects.toMatchObject(
        refusedWith('InvalidParameterValue'),
      );
      const page = { SdkAppId, PageSize: 10, PageNumber: 0 };
      expect(await someone.describeAutoCalloutTasks(page)).toMatchObject({ TotalCount: 0, Tasks: [] });
    }
    expect(await client.describeAutoCalloutTask({ SdkAppId: 1, TaskId })).toMatchObject({ State: 0 });
  });

  test('is in the view of the engine, until it is deleted or the mock is reset', async () => {
    const { client, engine } = setUp();
    const { CampaignId } = await client.createPredictiveDialingCampaign(campaign);
    await client.createAutoCalloutTask(task);
    expect(engine.entities).toMatchObject([
      {
        entity: 'predictive-dialing-campaign',
        id: CampaignId,
        secretId: 'AKIDmock',
        fields: { SdkAppId: 1 },
      },
      { entity: 'auto-callout-task', createdAtMs: NOW * 1_000, fields: { CalleeCount: 3, State: 0 } },
    ]);
    await client.deletePredictiveDialingCampaign({ SdkAppId: 1, CampaignId });
    await expect(client.deletePredictiveDialingCampaign({ SdkAppId: 1, CampaignId })).rejects.toMatchObject(
      refusedWith('InvalidParameterValue'),
    );
    expect(engine.entityCount).toBe(1);
    engine.reset();
    expect([engine.entityCount, engine.entities]).toEqual([0, []]);
  });
});

describe('lists', () => {
  test('come in pages, newest first, with their total', async () => {
    const { client } = setUp();
    const ids: number[] = [];
    for (let count = 0; count < 5; count++)
      ids.unshift((await client.createAutoCalloutTask({ ...task, Name: `n${count}` })).TaskId);
    const page = async (PageNumber: number) => {
      const { TotalCount, Tasks } = await client.describeAutoCalloutTasks({
        SdkAppId: 1,
        PageSize: 2,
        PageNumber,
      });
      return [TotalCount, Tasks.map(({ TaskId }) => TaskId)];
    };
    expect([await page(0), await page(1), await page(2), await page(3)]).toEqual([
      [5, ids.slice(0, 2)],
      [5, ids.slice(2, 4)],
      [5, ids.slice(4)],
      [5, []],
    ]);
    const { Tasks } = await client.describeAutoCalloutTasks({ SdkAppId: 1, PageSize: 1, PageNumber: 0 });
    const { SdkAppId: _app, Callees: _callees, Description: _text, ...listed } = task;
    expect(Tasks).toEqual([{ ...listed, Name: 'n4', TaskId: ids[0], CalleeCount: 3, State: 0 }]);
  });

  test('keep what a filter asks for', async () => {
    const { client } = setUp();
    const first = await client.createPredictiveDialingCampaign(campaign);
    const second = await client.createPredictiveDialingCampaign({
      ...campaign,
      Name: 'autumn',
      SkillGroupId: 9,
    });
    const search = async (filter: object) => {
      const page = { SdkAppId: 1, PageSize: 100, PageNumber: 0 };
      const { TotalCount, CampaignList } = await client.describePredictiveDialingCampaigns({
        ...page,
        ...filter,
      });
      expect(TotalCount).toBe(CampaignList.length);
      return CampaignList.map(({ CampaignId }) => CampaignId);
    };
    expect(await search({ Name: 'ring sa' })).toEqual([first.CampaignId]);
    expect(await search({ SkillGroupId: 9 })).toEqual([second.CampaignId]);
    expect(await search({ CampaignId: first.CampaignId })).toEqual([first.CampaignId]);
    expect(await search({ Name: 'spring', SkillGroupId: 9 })).toEqual([]);
    expect(await search({})).toHaveLength(2);
  });

  test.each([
    ['by the option', { listDelayMs: 5_000 }, undefined],
    ['by a fault', {}, 'list-lags'],
  ] as const)('lag %s, but what is looked up by its id is there', async (_name, options, fault) => {
    const { client, engine, time } = setUp(options);
    if (fault !== undefined) engine.faults.add({ fault });
    const { TaskId } = await client.createAutoCalloutTask(task);
    const list = () => client.describeAutoCalloutTasks({ SdkAppId: 1, PageSize: 10, PageNumber: 0 });
    expect(await list()).toMatchObject({ TotalCount: 0, Tasks: [] });
    expect(await client.describeAutoCalloutTask({ SdkAppId: 1, TaskId })).toMatchObject({ Name: 'spring' });
    time.s += fault === undefined ? 4 : 59;
    expect(await list()).toMatchObject({ TotalCount: 0 });
    time.s += 1;
    expect(await list()).toMatchObject({ TotalCount: 1, Tasks: [{ TaskId }] });
  });
});

describe('states', () => {
  test('a task waits, runs one number after the other, and is completed', async () => {
    const { client, time } = setUp();
    const { TaskId } = await client.createAutoCalloutTask(task);
    const stand = async () => {
      const { State, Callees: numbers } = await client.describeAutoCalloutTask({ SdkAppId: 1, TaskId });
      return [
        State,
        numbers.map((one) => one.State).join(''),
        numbers.map((one) => one.Sessions.length).join(''),
      ];
    };
    expect(await stand()).toEqual([0, '000', '000']);
    time.s = NOW + 100;
    expect(await stand()).toEqual([1, '000', '000']);
    time.s = NOW + 119;
    expect(await stand(), 'one was answered, and another is called').toEqual([1, '130', '110']);
    time.s = NOW + 129;
    expect(await stand()).toEqual([1, '113', '111']);
    time.s = NOW + 130;
    expect(await stand()).toEqual([2, '111', '111']);
    time.s = NOW + 2_000;
    expect(await stand(), 'what is completed stays so').toEqual([2, '111', '111']);
  });

  test('a task that is not done at its end is ended, and nobody looked meanwhile', async () => {
    const { client, time } = setUp({ itemMs: 400_000 });
    const { TaskId } = await client.createAutoCalloutTask(task);
    const { CampaignId } = await client.createPredictiveDialingCampaign(campaign);
    time.s = NOW + 9_000;
    const { State, Callees: numbers } = await client.describeAutoCalloutTask({ SdkAppId: 1, TaskId });
    expect([State, numbers.map((one) => one.State)], 'a call under way goes on').toEqual([4, [1, 1, 1]]);
    const page = { SdkAppId: 1, PageSize: 10, PageNumber: 0 };
    const { CampaignList } = await client.describePredictiveDialingCampaigns(page);
    expect(CampaignList).toMatchObject([
      { Status: 3, StatusReason: 2, CalleeCount: 3, FinishedCalleeCount: 3 },
    ]);
    const sessions = await client.describePredictiveDialingSessions({
      ...page,
      CampaignId,
      PageSize: 1,
      PageNumber: 1,
    });
    expect(sessions).toMatchObject({ TotalCount: 3, SessionList: [expect.any(String)] });
  });

  test('a paused task stands still until it is resumed', async () => {
    const { client, time } = setUp();
    const id = { SdkAppId: 1, TaskId: (await client.createAutoCalloutTask(task)).TaskId };
    const stand = async () => {
      const { State, Callees: numbers } = await client.describeAutoCalloutTask(id);
      return [State, numbers.filter((one) => one.State === 1).length];
    };
    time.s = NOW + 115;
    await client.pauseAutoCalloutTask(id);
    time.s = NOW + 500;
    expect(await stand(), 'the call under way went on').toEqual([5, 2]);
    await client.pauseAutoCalloutTask(id);
    await client.resumeAutoCalloutTask(id);
    time.s = NOW + 505;
    expect(await stand()).toEqual([1, 2]);
    await expect(client.resumeAutoCalloutTask(id)).rejects.toMatchObject(refusedWith('UnsupportedOperation'));
    await client.stopAutoCalloutTask(id);
    time.s = NOW + 700;
    expect(await stand()).toEqual([4, 2]);
    await expect(client.pauseAutoCalloutTask(id)).rejects.toMatchObject(refusedWith('UnsupportedOperation'));
  });

  test('a task that is paused and resumed before its start still waits for it, and ends while it is paused', async () => {
    const { client, time } = setUp();
    const id = { SdkAppId: 1, TaskId: (await client.createAutoCalloutTask(task)).TaskId };
    const state = async () => (await client.describeAutoCalloutTask(id)).State;
    await client.pauseAutoCalloutTask(id);
    await client.resumeAutoCalloutTask(id);
    expect(await state()).toBe(0);
    time.s = NOW + 101;
    await client.pauseAutoCalloutTask(id);
    time.s = NOW + 1_000;
    expect(await state()).toBe(4);
    await expect(client.resumeAutoCalloutTask(id)).rejects.toMatchObject(refusedWith('UnsupportedOperation'));
  });

  test('a campaign is updated before its start, and not after it', async () => {
    const { client, time } = setUp();
    const { CampaignId } = await client.createPredictiveDialingCampaign(campaign);
    const { AvailableTime: _time, TimeZone: _zone, ...rest } = campaign as object as Record<string, unknown>;
    const update = { ...rest, CampaignId, Name: 'other', Callees: ['1'] } as never;
    await client.updatePredictiveDialingCampaign(update);
    const list = () => client.describePredictiveDialingCampaigns({ SdkAppId: 1, PageSize: 9, PageNumber: 0 });
    expect(await list()).toMatchObject({ CampaignList: [{ CampaignId, Name: 'other', CalleeCount: 1 }] });
    time.s = NOW + 100;
    await expect(client.updatePredictiveDialingCampaign(update)).rejects.toMatchObject(
      refusedWith('UnsupportedOperation'),
    );
  });

  test('a campaign is aborted by hand, and says so', async () => {
    const { client } = setUp();
    const id = {
      SdkAppId: 1,
      CampaignId: (await client.createPredictiveDialingCampaign(campaign)).CampaignId,
    };
    await client.abortPredictiveDialingCampaign(id);
    await client.abortPredictiveDialingCampaign(id);
    expect(await client.describePredictiveDialingCampaign(id)).toMatchObject({ Status: 3, StatusReason: 1 });
    await expect(client.resumePredictiveDialingCampaign(id)).rejects.toMatchObject(
      refusedWith('InvalidParameterValue'),
    );
  });

  test('time can be moved on, for entities only', async () => {
    const { client, engine } = setUp();
    const id = { SdkAppId: 1, TaskId: (await client.createAutoCalloutTask(task)).TaskId };
    engine.advance(110_000);
    expect(await client.describeAutoCalloutTask(id)).toMatchObject({ State: 1 });
    expect(engine.entityNow).toBe((NOW + 110) * 1_000);
    for (const wrong of [-1, 1.5, Number.NaN, Infinity])
      expect(() => engine.advance(wrong)).toThrow(/advanceMs/);
    const most = 3_155_760_000_000 - 110_000;
    expect(() => engine.advance(most + 1)).toThrow(`from 0 to ${most}.`);
    engine.advance(most);
    expect(() => engine.advance(1)).toThrow('from 0 to 0.');
    engine.reset();
    expect(engine.entityNow).toBe(NOW * 1_000);
  });
});
