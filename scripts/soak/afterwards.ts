import type { OutboundClient } from '@tccc/outbound';
import { kinds } from './calls.js';
import { idsOf } from './marked.js';
import type { CallRecord, Marked } from './records.js';
import type { World } from './world.js';

/** More than fit on one page of a list. */
const CROWD = 110;

/** Which world it is of a run, and how many calls the run had. */
interface Place {
  seed: number;
  index: number;
  calls: number;
}

/**
 * Ends a world, and does then what another process would do: looks up every call that is still unknown. With nothing that
 * fails and a list that shows everything, it must find what was created, and nothing else. Also creates two things with
 * one marker, which a lookup must not take for one, and gives the records of these calls.
 */
export async function lookAfterwards(
  world: World,
  records: readonly CallRecord[],
  { seed, index, calls }: Place,
): Promise<CallRecord[]> {
  await world.rest();
  const client = world.makeClient();
  const first = calls + index * (CROWD + 2);
  const marked: Marked = {
    kind: 'task',
    marker: `twins-${seed}-${index}`,
    ownName: undefined,
    isSettled: false,
  };
  const twins = [await makeTwin(client, first, index, marked)];
  if (index === 0) await makeCrowd(client, first + 2);
  twins.push(await makeTwin(client, first + 1, index, marked));
  world.showAll();
  const unknown = records
    .filter(({ verdict }) => verdict === 'unknown')
    .flatMap((record) => record.marked ?? []);
  // A crowd, which shares what it reads.
  const look = async (one: Marked) => void (one.foundLater = await idsOf(client, one));
  await Promise.all([...unknown, marked].map(look));
  await client.close();
  await world.close();
  return twins;
}

async function makeTwin(
  client: OutboundClient,
  call: number,
  world: number,
  marked: Marked,
): Promise<CallRecord> {
  const { marker } = marked;
  const { id, requestId } = await kinds.task.create(client, call, { settle: { marker } });
  return { call, world, verdict: 'success', code: '-', id, requestId, overrunMs: 0, marked };
}

/** Others that are created between the two, so that these are on different pages. */
async function makeCrowd(client: OutboundClient, first: number): Promise<void> {
  const settle = { marker: 'in-a-crowd' };
  const others = Array.from({ length: CROWD }, (_, index) =>
    kinds.task.create(client, first + index, { settle }),
  );
  await Promise.all(others);
}
