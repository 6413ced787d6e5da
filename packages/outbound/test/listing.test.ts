import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DescribeAutoCalloutTasks, DescribePredictiveDialingSessions } from '../src/index.js';
import type { Caller } from '../src/listing.js';
import { eachItem } from '../src/listing.js';

const SEED = 20_261_121;

/** What a list does between two pages. */
interface Change {
  kind: 'insert' | 'remove';
  at: number;
  count: number;
}

/** A list that a service keeps: it may change before each page, and holds less on a page than it is asked for. */
class ChangingList {
  readonly ids: number[];
  readonly asked: Record<string, unknown>[] = [];
  readonly #changes: Change[];
  readonly #longestPage: number;
  #next: number;
  /** Number of the first page. The service also gives this page for every lower number. */
  first = 0;

  constructor(length: number, changes: Change[] = [], longestPage = Infinity) {
    this.ids = Array.from({ length }, (_, index) => index + 1);
    this.#next = length + 1;
    this.#changes = [...changes];
    this.#longestPage = longestPage;
  }

  readonly call = (async (_definition: unknown, params: Record<string, number>) => {
    this.asked.push(params);
    if (this.asked.length > 1) this.#change(this.#changes.shift());
    const size = Math.min(params.PageSize!, this.#longestPage);
    const begin = Math.max(0, params.PageNumber! - this.first) * size;
    const items = this.ids.slice(begin, begin + size);
    return { TotalCount: this.ids.length, Tasks: items.map((TaskId) => ({ TaskId })), RequestId: 'r' };
  }) as unknown as Caller;

  #change(change: Change | undefined): void {
    if (change === undefined) return;
    const at = Math.min(change.at, this.ids.length);
    if (change.kind === 'remove') this.ids.splice(at, change.count);
    else this.ids.splice(at, 0, ...Array.from({ length: change.count }, () => this.#next++));
  }
}

async function idsOf(list: ChangingList, params: Record<string, unknown>): Promise<number[]> {
  const ids: number[] = [];
  for await (const task of eachItem(list.call, DescribeAutoCalloutTasks, params)) {
    ids.push((task as { TaskId: number }).TaskId);
  }
  return ids;
}

describe('a list that is read page by page', () => {
  test.each([
    [0, 1],
    [9, 1],
    [10, 2],
    [25, 3],
  ])('of %i items takes %i requests', async (length, requests) => {
    const list = new ChangingList(length);
    expect(await idsOf(list, { SdkAppId: 1, PageSize: 10 })).toEqual(list.ids);
    expect(list.asked).toHaveLength(requests);
    expect(list.asked[0]).toEqual({ SdkAppId: 1, PageSize: 10, PageNumber: 0 });
  });

  test('has pages of 100 by default, and no larger ones than are documented', async () => {
    const list = new ChangingList(1);
    await idsOf(list, { SdkAppId: 1 });
    expect(list.asked[0]).toMatchObject({ PageSize: 100 });
    expect(DescribePredictiveDialingSessions.paging).toMatchObject({ maxSize: 1000 });
    expect(DescribePredictiveDialingSessions.paging).not.toHaveProperty('id');
  });

  test('is read whole, also if the service holds less on a page than it is asked for', async () => {
    const list = new ChangingList(130, [], 50);
    expect(await idsOf(list, { SdkAppId: 1 })).toEqual(list.ids);
  });

  test.each([11, 15, 20, 21, 40])('of %i items is read whole, also if page 1 is page 0', async (length) => {
    const list = new ChangingList(length);
    list.first = 1;
    expect(await idsOf(list, { SdkAppId: 1, PageSize: 10 })).toEqual(list.ids);
  });

  test('ends, though the service ignores the number of the page', async () => {
    let requests = 0;
    const call = (async () => {
      requests++;
      return { TotalCount: 1e9, Tasks: [{ TaskId: 1 }, { TaskId: 2 }], RequestId: 'r' };
    }) as unknown as Caller;
    const ids = [];
    for await (const task of eachItem(call, DescribeAutoCalloutTasks, { PageSize: 2 })) ids.push(task);
    expect([ids.length, requests < 20]).toEqual([2, true]);
  });

  test('ends, though its total goes up and down for ever', async () => {
    let requests = 0;
    const call = (async () => {
      requests++;
      return { TotalCount: requests % 2 === 0 ? 1 : 50, Tasks: [{ TaskId: requests % 7 }], RequestId: 'r' };
    }) as unknown as Caller;
    const ids = [];
    for await (const task of eachItem(call, DescribeAutoCalloutTasks, { PageSize: 1 })) ids.push(task);
    expect([ids.length, requests < 1000]).toEqual([7, true]);
  });

  test('reads no page before its items are wanted', async () => {
    const list = new ChangingList(30);
    for await (const _task of eachItem(list.call, DescribeAutoCalloutTasks, { PageSize: 10 })) break;
    expect(list.asked).toHaveLength(1);
  });

  test('gives each item once, and all that is there all the time, while others come or go between two pages', async () => {
    const change = fc.record({
      kind: fc.constantFrom('insert' as const, 'remove' as const),
      at: fc.nat(60),
      count: fc.integer({ min: 1, max: 15 }),
    });
    const property = fc.asyncProperty(
      fc.nat(60),
      fc.array(change, { maxLength: 8 }),
      fc.integer({ min: 3, max: 12 }),
      async (length, changes, longestPage) => {
        const list = new ChangingList(length, changes, longestPage);
        const before = [...list.ids];
        const given = await idsOf(list, { SdkAppId: 1, PageSize: 10 });
        expect(new Set(given).size).toBe(given.length);
        const lasting = before.filter((id) => list.ids.includes(id));
        expect(lasting.filter((id) => !given.includes(id))).toEqual([]);
      },
    );
    await fc.assert(property, { numRuns: 2_000, seed: SEED });
  });
});
