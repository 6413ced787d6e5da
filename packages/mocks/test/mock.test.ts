import { OutboundClient, isServiceError } from '@tccc/outbound';
import { request } from 'undici';
import { describe, expect, test } from 'vitest';
import {
  MockDispatcher,
  MockEngine,
  MockServer,
  createMock,
  mockClientOptions,
  mockCredentials,
} from '../src/index.js';
import { exampleOf, signedRequest } from './support.js';

const task = exampleOf('CreateAutoCalloutTask') as never;
const campaign = exampleOf('CreatePredictiveDialingCampaign') as never;

describe('the client speaks with every way in', () => {
  test('a server on a free port', async () => {
    const engine = new MockEngine();
    await using server = await MockServer.start(engine);
    await using client = new OutboundClient({ endpoint: server.url, credentials: mockCredentials });
    expect(await client.createAutoCalloutTask(task)).toMatchObject({ TaskId: engine.created[0]!.id });
    expect(await client.createPredictiveDialingCampaign(campaign)).toMatchObject({
      CampaignId: engine.created[1]!.id,
    });
  });

  test('a dispatcher in this process, at the real host names', async () => {
    const engine = new MockEngine();
    await using client = new OutboundClient({
      site: 'intl',
      dispatcher: new MockDispatcher(engine),
      credentials: mockCredentials,
    });
    expect(await client.createAutoCalloutTask(task)).toMatchObject({ TaskId: engine.created[0]!.id });
    expect(await client.createPredictiveDialingCampaign(campaign)).toMatchObject({
      CampaignId: engine.created[1]!.id,
    });
  });

  test('a wrong secret is refused, and says so', async () => {
    const dispatcher = new MockDispatcher(new MockEngine());
    await using client = new OutboundClient({
      site: 'intl',
      dispatcher,
      credentials: { ...mockCredentials, secretKey: 'wrong' },
    });
    await expect(client.createAutoCalloutTask(task)).rejects.toSatisfy(
      (error) => isServiceError(error, 'AuthFailure') && error.outcome === 'not-executed',
    );
  });

  test('an abort reaches the dispatcher', async () => {
    const engine = new MockEngine();
    await using client = new OutboundClient({
      site: 'intl',
      dispatcher: new MockDispatcher(engine),
      credentials: mockCredentials,
    });
    const controller = new AbortController();
    const call = client.createAutoCalloutTask(task, { signal: controller.signal });
    queueMicrotask(() => controller.abort());
    await expect(call).rejects.toMatchObject({ kind: 'aborted' });
    expect(engine.created.length).toBeLessThanOrEqual(1);
  });
});

test('undici itself can use the dispatcher', async () => {
  const dispatcher = new MockDispatcher(new MockEngine());
  const { headers, body } = signedRequest(JSON.stringify(task), { host: 'ccc.tencentcloudapi.com' });
  const origin = 'https://ccc.tencentcloudapi.com/';
  const response = await request(origin, {
    dispatcher,
    method: 'POST',
    headers: headers as Record<string, string>,
    body,
  });
  expect(await response.body.json()).toMatchObject({ Response: { TaskId: expect.any(Number) as number } });
  await dispatcher.close();
  await dispatcher.destroy();
});

test('a burst is paced by the client so that the service refuses none', async () => {
  const engine = new MockEngine({ rateLimit: 5 });
  await using server = await MockServer.start(engine);
  await using client = new OutboundClient({
    endpoint: server.url,
    credentials: mockCredentials,
    pacing: { limit: 5 },
  });
  await Promise.all(Array.from({ length: 9 }, () => client.createAutoCalloutTask(task)));
  expect(engine.journal.worstWindow(1000)).toBeLessThanOrEqual(5);
  expect(engine.journal.size).toBe(9);
});

test('clients of one mock share a pacer, those of two do not', async () => {
  const [one, other] = [createMock(), createMock()];
  const used: (number | undefined)[] = [];
  for (const { engine, clientOptions } of [
    one,
    { ...one, clientOptions: mockClientOptions(one.engine) },
    other,
  ]) {
    await using client = new OutboundClient({ ...clientOptions, pacing: { limit: 5 } });
    const { signal, abort } = controller();
    engine.respond('CreateAutoCalloutTask', abort);
    // Its slot is held for long, since nobody waits for the response any more.
    await expect(client.createAutoCalloutTask(task, { signal })).rejects.toMatchObject({ code: 'Aborted' });
    used.push(client.stats().slotsUsed);
  }
  expect(used).toEqual([1, 2, 1]);
});

function controller() {
  const ending = new AbortController();
  const abort = () => {
    ending.abort();
    return { TaskId: 1 };
  };
  return { signal: ending.signal, abort };
}

test('a port in use is reported', async () => {
  await using server = await MockServer.start(new MockEngine());
  await expect(
    MockServer.start(new MockEngine(), { port: Number(new URL(server.url).port) }),
  ).rejects.toThrow(/EADDRINUSE/);
});
