import type { CreateAutoCalloutTaskRequest } from '@tccc/outbound';
import { OutboundClient } from '@tccc/outbound';
import { describe, expect, test } from 'vitest';
import { MockEngine, MockServer, Refusal, createMock, mockClientOptions } from '../src/index.js';
import { exampleOf, signedRequest } from './support.js';

const task = exampleOf('CreateAutoCalloutTask') as object as CreateAutoCalloutTaskRequest;
const id = { SdkAppId: 1, TaskId: 7 };

function setUp() {
  const { engine, clientOptions } = createMock({ seed: 1 });
  return { engine, client: new OutboundClient(clientOptions) };
}

describe('a scripted answer', () => {
  test('stands in for the action, is told what was asked, and is removed', async () => {
    const { engine, client } = setUp();
    const seen: unknown[] = [];
    const remove = engine.respond(
      'DescribeAutoCalloutTask',
      ({ SdkAppId, TaskId }, { secretId, requestId }) => {
        seen.push([SdkAppId, TaskId, secretId, typeof requestId]);
        return { Name: 'scripted', NotBefore: 1, Callers: [], Callees: [], State: 3 };
      },
    );
    expect(await client.describeAutoCalloutTask(id)).toMatchObject({ Name: 'scripted', State: 3 });
    expect(seen).toEqual([[1, 7, 'AKIDmock', 'string']]);
    remove();
    await expect(client.describeAutoCalloutTask(id)).rejects.toMatchObject({ code: 'InvalidParameterValue' });
  });

  test.each([
    ['returned', false],
    ['thrown', true],
  ])('may be a refusal that is %s', async (_name, isThrown) => {
    const { engine, client } = setUp();
    engine.respond('PauseAutoCalloutTask', () => {
      const refusal = new Refusal('UnsupportedOperation', 'Not today.');
      if (isThrown) throw refusal;
      return refusal;
    });
    await expect(client.pauseAutoCalloutTask(id)).rejects.toMatchObject({ code: 'UnsupportedOperation' });
    expect(engine.journal.entries.at(-1)).toMatchObject({ code: 'UnsupportedOperation' });
  });

  test('creates nothing, unless it asks the mock to', async () => {
    const { engine, client } = setUp();
    const remove = engine.respond('CreateAutoCalloutTask', () => ({ TaskId: 42 }));
    expect(await client.createAutoCalloutTask(task)).toMatchObject({ TaskId: 42 });
    expect([engine.createdCount, engine.entityCount]).toEqual([0, 0]);
    engine.respond('CreateAutoCalloutTask', (_params, { answer }) => answer());
    remove(); // Of the first one, which is gone already.
    const { TaskId } = await client.createAutoCalloutTask(task);
    expect(engine.created).toMatchObject([{ id: TaskId }]);
    expect(engine.entities).toMatchObject([{ id: TaskId }]);
    engine.respond('CreateAutoCalloutTask', (_params, { answer }) => {
      expect(answer()).toEqual(answer());
      return new Refusal('InternalError', 'After all.');
    });
    await expect(client.createAutoCalloutTask(task)).rejects.toMatchObject({ code: 'InternalError' });
    expect([engine.createdCount, engine.created.at(-1)!.id]).toEqual([2, TaskId + 1]);
  });

  test('is not asked about parameters that are wrong, and goes with a reset', async () => {
    const { engine, client } = setUp();
    let asked = 0;
    engine.respond('StopAutoCalloutTask', () => ({ asked: ++asked }));
    await expect(client.stopAutoCalloutTask({ ...id, TaskId: -1 })).rejects.toMatchObject({
      kind: 'validation',
    });
    engine.reset();
    await expect(client.stopAutoCalloutTask(id)).rejects.toMatchObject({ code: 'InvalidParameterValue' });
    expect(asked).toBe(0);
  });

  test.each<[string, () => unknown, RegExp]>([
    ['throws', () => JSON.parse('{'), /The script of CreateAutoCalloutTask failed: .*JSON/],
    ['returns nothing', () => undefined, /must return an object with the fields of the result, or a Refusal/],
    ['lacks a field', () => ({ Task: 1 }), /must return TaskId/],
    ['is not at once', () => Promise.reject(new Error('late')), /a script must answer at once/],
  ])(
    'that %s fails the request with a clear error, in process and over HTTP',
    async (_name, script, says) => {
      const engine = new MockEngine({ seed: 1, rateLimit: 'off' });
      await using server = await MockServer.start(engine);
      engine.respond('CreateAutoCalloutTask', script as never);
      await using near = new OutboundClient(mockClientOptions(engine));
      await expect(near.createAutoCalloutTask(task)).rejects.toMatchObject({ outcome: 'unknown' });
      await using far = new OutboundClient(mockClientOptions(engine, server));
      await expect(far.createAutoCalloutTask(task)).rejects.toMatchObject({
        code: 'HttpStatus',
        outcome: 'unknown',
      });
      for (const entry of engine.journal.entries)
        expect(entry).toMatchObject({
          code: 'ScriptFailed',
          scriptError: expect.stringMatching(says) as string,
        });
      expect(engine.journal.size).toBe(2);
      const sent = signedRequest(JSON.stringify(task));
      expect(() => engine.handle(sent)).toThrow(says);
    },
  );

  test('is not to blame if the mock itself fails', () => {
    let calls = 0;
    const now = () => {
      if (calls++ === 0) throw new Error('the clock stands');
      return Date.now();
    };
    const engine = new MockEngine({ clock: { now, monotonic: () => 0 } });
    expect(() => engine.handle(signedRequest(JSON.stringify(task)))).toThrow('the clock stands');
    expect(engine.journal.entries).toMatchObject([{ code: 'MockFailed' }]);
    expect(engine.journal.entries[0]).not.toHaveProperty('scriptError');
  });

  test('of no action, or that is no function, is refused', () => {
    const { engine } = setUp();
    expect(() => engine.respond('Create' as never, () => ({}) as never)).toThrow(
      /no action "Create". There are: /,
    );
    expect(() => engine.respond('StopAutoCalloutTask', {} as never)).toThrow(/must be a function/);
  });

  test('is typed by the action', () => {
    const { engine } = setUp();
    // @ts-expect-error A field of another type.
    engine.respond('CreateAutoCalloutTask', () => ({ TaskId: '42' }));
    // @ts-expect-error A parameter that the action does not have.
    engine.respond('StopAutoCalloutTask', ({ CampaignId }) => ({ CampaignId }));
  });
});
