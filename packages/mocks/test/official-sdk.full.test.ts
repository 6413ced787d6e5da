import { Agent } from 'node:https';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ccc } from 'tencentcloud-sdk-nodejs/tencentcloud/services/ccc/index.js';
import { MockEngine, MockServer, mockCredentials } from '../src/index.js';
import { exampleOf } from './support.js';

// The official SDK is a client that this house did not write: what it accepts, any conforming client will.
describe.each([
  ['HTTP', false],
  ['HTTPS', true],
])('the official Node.js SDK over %s', (_name, tls) => {
  const engine = new MockEngine();
  let server: MockServer;
  beforeAll(async () => {
    server = await MockServer.start(engine, { tls });
  });
  afterAll(() => server.close());

  function clientWith(secretKey: string) {
    const { host } = new URL(server.url);
    return new ccc.v20200210.Client({
      credential: { secretId: mockCredentials.secretId, secretKey },
      region: '',
      profile: {
        httpProfile: {
          endpoint: host,
          ...(server.ca === undefined
            ? { protocol: 'http://' }
            : { protocol: 'https://', agent: new Agent({ ca: server.ca }) }),
        },
      },
    });
  }

  test('creates a task', async () => {
    const result = await clientWith(mockCredentials.secretKey).CreateAutoCalloutTask(
      exampleOf('CreateAutoCalloutTask') as never,
    );
    expect(result).toEqual({
      TaskId: engine.created.at(-1)!.id,
      RequestId: engine.created.at(-1)!.requestId,
    });
  });

  test('creates a campaign', async () => {
    const example = exampleOf('CreatePredictiveDialingCampaign') as never;
    const result = await clientWith(mockCredentials.secretKey).CreatePredictiveDialingCampaign(example);
    expect(result.CampaignId).toBe(engine.created.at(-1)!.id);
  });

  test('looks a task up, pauses, resumes and stops it', async () => {
    const client = clientWith(mockCredentials.secretKey);
    const example = { ...exampleOf('CreateAutoCalloutTask'), Name: 'spring' };
    const { SdkAppId, Callees } = example as object as { SdkAppId: number; Callees: string[] };
    const { TaskId } = (await client.CreateAutoCalloutTask(example as never)) as { TaskId: number };
    const stateOf = async () => (await client.DescribeAutoCalloutTask({ SdkAppId, TaskId })).State;
    expect(await client.DescribeAutoCalloutTask({ SdkAppId, TaskId })).toMatchObject({
      Name: 'spring',
      State: 1,
      IvrId: 8,
      Callees: Callees.map((Callee) => ({ Callee, State: 3, Sessions: [expect.any(String)] })),
    });
    await client.PauseAutoCalloutTask({ SdkAppId, TaskId });
    expect(await stateOf()).toBe(5);
    await client.ResumeAutoCalloutTask({ SdkAppId, TaskId });
    const again = client.ResumeAutoCalloutTask({ SdkAppId, TaskId });
    await expect(again).rejects.toMatchObject({ code: 'UnsupportedOperation' });
    await client.StopAutoCalloutTask({ SdkAppId, TaskId });
    expect(await stateOf()).toBe(4);
    const list = await client.DescribeAutoCalloutTasks({ SdkAppId, PageSize: 1, PageNumber: 0 });
    expect(list.Tasks).toMatchObject([{ TaskId, Name: 'spring', State: 4, CalleeCount: Callees.length }]);
  });

  test('lists a campaign, and deletes it', async () => {
    const client = clientWith(mockCredentials.secretKey);
    const example = { ...exampleOf('CreatePredictiveDialingCampaign'), Name: `sdk ${server.url}` };
    const { SdkAppId } = example as object as { SdkAppId: number };
    const { CampaignId } = (await client.CreatePredictiveDialingCampaign(example as never)) as {
      CampaignId: number;
    };
    const page = { SdkAppId, PageSize: 10, PageNumber: 0, Name: server.url };
    expect(await client.DescribePredictiveDialingCampaigns(page)).toMatchObject({
      TotalCount: 1,
      CampaignList: [{ CampaignId }],
    });
    await client.DeletePredictiveDialingCampaign({ SdkAppId, CampaignId });
    const gone = client.DescribePredictiveDialingCampaign({ SdkAppId, CampaignId });
    await expect(gone).rejects.toMatchObject({ code: 'InvalidParameterValue' });
  });

  test.each([
    ['a wrong secret', 'wrong', exampleOf('CreateAutoCalloutTask'), 'AuthFailure.SignatureFailure'],
    [
      'a bad parameter',
      mockCredentials.secretKey,
      { ...exampleOf('CreateAutoCalloutTask'), Tries: 999 },
      'InvalidParameterValue',
    ],
    [
      'an unknown parameter',
      mockCredentials.secretKey,
      { ...exampleOf('CreateAutoCalloutTask'), Wrong: 9 },
      'UnknownParameter',
    ],
  ])('%s gives its exception with the right code', async (_name, secretKey, params, code) => {
    const call = clientWith(secretKey).CreateAutoCalloutTask(params as never);
    const exception = (await call.catch((error: unknown) => error)) as { code: string; requestId: string };
    expect(exception).toMatchObject({ code, requestId: engine.journal.entries.at(-1)!.requestId });
  });
});
