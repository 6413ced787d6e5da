import { describe, expect, test } from 'vitest';
import type { Job, Ledger, LedgerChunk, PlannedChunk } from '../src/ledger/ledger.js';
import { template } from './support.js';

/** A place for a ledger, which several processes could open one after the other. */
export interface LedgerPlace {
  create(job: Job, chunks: readonly PlannedChunk[]): Promise<void>;
  /** As a process that goes on with the run. */
  open(): Promise<Ledger>;
  /** Lets go of it as a process that is killed does. */
  crash(ledger: Ledger): Promise<void>;
}

const job: Job = {
  id: 'abcdef01',
  input: 'sha',
  template,
  chunkSize: 2,
  chunkBytes: 1_000,
  lines: 10,
  callees: 10,
  leftOut: { duplicate: 1 },
};

const planned = Array.from({ length: 5 }, (_, index): PlannedChunk => {
  const chunk = index + 1;
  return {
    chunk,
    from: index * 100,
    to: chunk * 100,
    callees: 2,
    sha256: `hash${chunk}`,
    marker: `tccc-marker-${chunk}`,
  };
});

/** Claims so many chunks; the first one is chunk 1. */
async function claim(ledger: Ledger, count: number): Promise<LedgerChunk[]> {
  const claimed: LedgerChunk[] = [];
  while (claimed.length < count) claimed.push((await ledger.claim())!);
  return claimed;
}

async function statesOf(ledger: Ledger): Promise<string[]> {
  const states: string[] = [];
  for await (const { state } of ledger.chunks()) states.push(state);
  return states;
}

/** What every ledger must do. */
export function describeLedger(name: string, makePlace: () => Promise<LedgerPlace>): void {
  describe(`${name} keeps the promises of a ledger`, () => {
    async function begin() {
      const place = await makePlace();
      await place.create(job, planned);
      return { place, ledger: await place.open() };
    }

    test('it remembers the run and its chunks', async () => {
      const { place, ledger } = await begin();
      await ledger.close();
      const again = await place.open();
      expect(again.job).toEqual(job);
      expect(await again.claim()).toEqual({ ...planned[0], state: 'sending', by: 'run', revision: 1 });
      await again.close();
    });

    test('each chunk is claimed once, also by many at a time', async () => {
      const { ledger } = await begin();
      const claimed = await Promise.all(Array.from({ length: 8 }, () => ledger.claim()));
      expect(claimed.map((chunk) => chunk?.chunk)).toEqual([1, 2, 3, 4, 5, undefined, undefined, undefined]);
      await ledger.close();
    });

    test('what was being sent when its process died is unknown, and is not claimed again', async () => {
      const { place, ledger } = await begin();
      const [, second] = await claim(ledger, 2);
      await ledger.record(second!, { state: 'accepted', id: '7' }, 'run');
      await place.crash(ledger);
      const again = await place.open();
      expect(await statesOf(again)).toEqual(['unknown', 'accepted', 'planned', 'planned', 'planned']);
      expect((await again.claim())?.chunk).toBe(3);
      await again.close();
    });

    test('each state outlives the process, with what belongs to it', async () => {
      const { place, ledger } = await begin();
      const [first, second, third, fourth] = await claim(ledger, 4);
      await ledger.record(first!, { state: 'accepted', id: '9007199254740993' }, 'run');
      await ledger.record(second!, { state: 'refused', code: 'Nope' }, 'run');
      await ledger.record(third!, { state: 'unknown', code: 'ConnectionLost' }, 'run');
      await ledger.record(fourth!, { state: 'planned' }, 'run');
      await place.crash(ledger);
      const again = await place.open();
      const chunks = [];
      for await (const chunk of again.chunks()) chunks.push(chunk);
      expect(chunks).toEqual([
        { ...planned[0], state: 'accepted', id: '9007199254740993', by: 'run', revision: 2 },
        { ...planned[1], state: 'refused', code: 'Nope', by: 'run', revision: 2 },
        { ...planned[2], state: 'unknown', code: 'ConnectionLost', by: 'run', revision: 2 },
        { ...planned[3], state: 'planned', by: 'run', revision: 2 },
        { ...planned[4], state: 'planned', by: 'run', revision: 0 },
      ]);
      expect(await again.counts()).toMatchObject({
        planned: { chunks: 2, callees: 4 },
        sending: { chunks: 0 },
      });
      expect((await again.claim())?.chunk).toBe(4);
      await again.close();
    });

    test('what is settled is accepted; only a person sends again what is unknown or refused', async () => {
      const { place, ledger } = await begin();
      const claimed = await claim(ledger, 3);
      const unknown = { state: 'unknown', code: 'x' } as const;
      const first = await ledger.record(claimed[0]!, unknown, 'run');
      const second = await ledger.record(claimed[1]!, unknown, 'run');
      const third = await ledger.record(claimed[2]!, { state: 'refused', code: 'x' }, 'run');
      for (const by of ['run', 'settle'] as const) {
        for (const chunk of [first, third]) {
          await expect(ledger.record(chunk, { state: 'planned' }, by)).rejects.toMatchObject({
            code: 'NotAllowed',
          });
        }
      }
      await ledger.record(first, { state: 'accepted', id: '1' }, 'settle');
      await ledger.record(second, { state: 'planned' }, 'person');
      await ledger.record(third, { state: 'planned' }, 'person');
      await place.crash(ledger);
      const again = await place.open();
      expect(await statesOf(again)).toEqual(['accepted', 'planned', 'planned', 'planned', 'planned']);
      await again.close();
    });

    test('what is accepted stays so, and no chunk is invented', async () => {
      const { ledger } = await begin();
      const [claimed] = await claim(ledger, 1);
      const accepted = await ledger.record(claimed!, { state: 'accepted', id: '1' }, 'run');
      for (const state of [
        { state: 'planned' },
        { state: 'sending' },
        { state: 'unknown', code: 'x' },
      ] as const)
        for (const by of ['run', 'settle', 'person'] as const)
          await expect(ledger.record(accepted, state, by)).rejects.toMatchObject({ code: 'NotAllowed' });
      const untouched = { ...planned[1]!, state: 'planned', by: 'run', revision: 0 } as const;
      for (const chunk of [{ ...untouched, chunk: 6 }, untouched])
        await expect(ledger.record(chunk, { state: 'accepted', id: '1' }, 'run')).rejects.toMatchObject({
          code: 'NotAllowed',
        });
      expect(await statesOf(ledger)).toEqual(['accepted', 'planned', 'planned', 'planned', 'planned']);
      await ledger.close();
    });

    test('whoever has read a chunk before it was changed cannot change it', async () => {
      const { ledger } = await begin();
      const [claimed] = await claim(ledger, 1);
      const unknown = await ledger.record(claimed!, { state: 'unknown', code: 'x' }, 'run');
      await ledger.record(unknown, { state: 'planned' }, 'person');
      const [again] = await claim(ledger, 1);
      // It comes late, from who was taken for dead.
      await expect(ledger.record(claimed!, { state: 'accepted', id: '1' }, 'run')).rejects.toMatchObject({
        code: 'ChunkChanged',
      });
      expect(await ledger.record(again!, { state: 'accepted', id: '2' }, 'run')).toMatchObject({
        id: '2',
        revision: 5,
      });
      await ledger.close();
    });

    test('lines that are left out leave what is planned, and what was claimed once it is planned again', async () => {
      const { place, ledger } = await begin();
      const why = { reason: 'do-not-call', by: 'person' } as const;
      const [first] = await claim(ledger, 1);
      expect(await ledger.leaveOut(2, [4], why)).toMatchObject({
        leftOut: [4],
        callees: 1,
        state: 'planned',
      });
      // All of it, one after the other and one of them twice.
      await ledger.leaveOut(3, [6], why);
      expect(await ledger.leaveOut(3, [5, 6], why)).toMatchObject({ leftOut: [5, 6], callees: 0 });
      // It is on its way.
      const late = await ledger.leaveOut(1, [2], why);
      expect(late).toMatchObject({ state: 'sending', callees: 2, revision: first!.revision });
      expect(late.leftOut).toBeUndefined();
      await expect(ledger.leaveOut(6, [1], why)).rejects.toMatchObject({ code: 'NotAllowed' });
      await place.crash(ledger);
      const again = await place.open();
      expect((await again.counts()).planned).toEqual({ chunks: 3, callees: 5 });
      expect(await again.claim()).toMatchObject({ chunk: 2, leftOut: [4], callees: 1 });
      // Nobody is left in chunk 3.
      expect(await again.claim()).toMatchObject({ chunk: 4, callees: 2 });
      for await (const chunk of again.chunks('unknown')) {
        expect(chunk).toMatchObject({ chunk: 1, callees: 2 });
        expect(await again.record(chunk, { state: 'planned' }, 'person')).toMatchObject({
          leftOut: [2],
          callees: 1,
        });
      }
      expect(await again.claim()).toMatchObject({ chunk: 1, leftOut: [2], callees: 1 });
      await again.close();
    });

    test('a second run does not take the place of a first', async () => {
      const { place, ledger } = await begin();
      await ledger.close();
      await expect(place.create(job, planned)).rejects.toThrow(/already/);
    });
  });
}
