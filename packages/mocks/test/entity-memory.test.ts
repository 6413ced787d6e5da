import { describe, expect, test } from 'vitest';
import { campaign, refusedWith, setUp, task } from './entities-support.js';

describe('the memory of entities is bounded', () => {
  test.each([
    ['by their number', { maxEntries: 100 }, 2],
    ['by bytes', { maxBytes: 300_000 }, 100],
  ] as const)('%s: the oldest are forgotten', async (_name, entities, callees) => {
    const { client, engine } = setUp({ entities });
    const numbers = Array.from({ length: callees }, (_, index) => `00861300${index}`);
    const ids: number[] = [];
    for (let count = 0; count < 400; count++)
      ids.push((await client.createAutoCalloutTask({ ...task, Callees: numbers })).TaskId);
    const kept = engine.entities.map(({ id }) => id);
    expect(kept.length).toBeLessThanOrEqual(100);
    expect(kept.length).toBeGreaterThan(30);
    expect(kept).toEqual(ids.slice(-kept.length));
    await expect(client.describeAutoCalloutTask({ SdkAppId: 1, TaskId: ids[0]! })).rejects.toMatchObject(
      refusedWith('InvalidParameterValue'),
    );
    expect(engine.createdCount, 'what was created is still counted').toBe(400);
  });

  test('what an update adds counts', async () => {
    const { client, engine } = setUp();
    const { CampaignId } = await client.createPredictiveDialingCampaign(campaign);
    const before = engine.entityBytes;
    const { AvailableTime: _time, TimeZone: _zone, ...rest } = campaign as object as Record<string, unknown>;
    await client.updatePredictiveDialingCampaign({ ...rest, CampaignId, Name: 'x'.repeat(10_000) } as never);
    // What came with the creation and nothing shows is not kept any longer.
    expect(engine.entityBytes - before).toBeGreaterThan(8_000);
    await client.deletePredictiveDialingCampaign({ SdkAppId: 1, CampaignId });
    expect(engine.entityBytes).toBe(0);
  });
});
