import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endStatuses } from '@tccc/outbound';
import type { CallRecord, NumberResult } from '@tccc/outbound';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Pusher } from '../../mocks/src/index.js';
import { NOW, listOf, numbersOf, setUpCalls, taskOf } from '../../mocks/test/calls-support.js';
import { createReceiver } from '../src/index.js';

/** Random lives of calls, and what goes wrong with pull and push. */
const lives = fc.record({
  seed: fc.nat(2 ** 31 - 1),
  numbers: fc.integer({ min: 1, max: 60 }),
  tries: fc.integer({ min: 1, max: 3 }),
  itemMs: fc.integer({ min: 1_000, max: 90_000 }),
  calls: fc.record({
    atOnce: fc.integer({ min: 1, max: 20 }),
    sessionDelayMs: fc.integer({ min: 0, max: 60_000 }),
    recordDelayMs: fc.integer({ min: 0, max: 120_000 }),
    shares: fc.constantFrom(
      undefined,
      { ok: 1 },
      { busy: 1 },
      { ok: 1, voiceMailReached: 1, numberNotExist: 1 },
    ),
  }),
  lasts: fc.integer({ min: 10, max: 3_000 }),
  pauses: fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 3 }),
  steps: fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 6 }),
  pull: fc.array(
    fc.record({
      fault: fc.constantFrom('internal-error', 'rate-limited'),
      nth: fc.integer({ min: 2, max: 30 }),
    }),
    { maxLength: 4 },
  ),
  push: fc.record({
    loss: fc.constantFrom(0, 0.3),
    repeat: fc.constantFrom(0, 0.3),
    duplicate: fc.constantFrom(0, 0.3),
    disorder: fc.constantFrom(0, 0.5),
    late: fc.constantFrom(0, 0.3),
  }),
  failures: fc.nat(6),
});

test(
  'results never say reached for whom nobody reached, each line once, and push, pull and the mock agree in the end',
  { timeout: 600_000 },
  async () => {
    await fc.assert(fc.asyncProperty(lives, live), { numRuns: 45 });
  },
);

async function live(life: typeof lives extends fc.Arbitrary<infer Life> ? Life : never): Promise<void> {
  const { seed, itemMs, calls, numbers, tries } = life;
  const { shares, ...lags } = calls;
  const setting = setUpCalls({ seed, itemMs, calls: { ...lags, ...(shares && { shares }) } as never });
  const { client, engine, time } = setting;
  const known = new Map<string, CallRecord>();
  let failures = life.failures;
  const receiver = createReceiver({
    credentials: [{ username: 'u', password: 'p' }],
    sdkAppId: 1,
    onEvent(event) {
      if (failures-- > 0) throw new Error('not stored');
      if (event.type === 'cdr') known.set(event.call.sessionId, event.call);
    },
  });
  const server = createServer((request, response) => void receiver.node(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const pusher = new Pusher(engine, { url, username: 'u', password: 'p', faults: life.push });
  try {
    const list = numbersOf(numbers);
    const task = taskOf(list, { Tries: tries, NotAfter: NOW + life.lasts });
    const { TaskId } = await client.createAutoCalloutTask(task);
    const id = { SdkAppId: 1, TaskId };
    for (const { fault, nth } of life.pull) engine.faults.add({ fault: fault as never, nth });
    let cursor: string | undefined;
    for (const [index, step] of life.steps.entries()) {
      time.s += step;
      await pusher.deliver();
      if (index < life.pauses.length) {
        await client.pauseAutoCalloutTask(id).catch(() => {});
        time.s += life.pauses[index]!;
        await client.resumeAutoCalloutTask(id).catch(() => {});
      }
      // A pass that is ended somewhere, and goes on behind its cursor.
      const seen: NumberResult[] = [];
      for await (const result of retried(() =>
        client.taskResults(id, { known: (session) => known.get(session) }),
      ))
        if (seen.push(result) > numbers / 2) break;
      cursor = seen.at(-1)!.cursor;
      const rest = await listOf(client.taskResults(id, { cursor, known: (session) => known.get(session) }));
      check([...seen, ...rest], list, answeredBy(setting));
    }
    engine.faults.clear();
    time.s += 200_000;
    for (let round = 0; round < 5; round++, time.s += 700) await pusher.deliver();
    const pulled = await listOf(client.taskResults(id));
    const pushed = await listOf(client.taskResults(id, { known: (session) => known.get(session) }));
    const truth = answeredBy(setting);
    check(pulled, list, truth);
    const { Callees } = await client.describeAutoCalloutTask(id);
    for (const [index, { state, isFinal, attempts }] of pulled.entries()) {
      expect(isFinal).toBe(true);
      const wanted = truth.has(list[index]!)
        ? 'reached'
        : attempts.length > 0
          ? 'not-reached'
          : 'never-dialled';
      expect(state).toBe(wanted);
      expect(attempts.map(({ sessionId }) => sessionId)).toEqual(Callees[index]!.Sessions);
    }
    const told = (results: readonly NumberResult[]) =>
      results.map(({ state, reason, attempts }) => [
        state,
        reason?.group,
        attempts.map((one) => one.sessionId),
      ]);
    expect(told(pushed)).toEqual(told(pulled));
    const records = new Map(known);
    for await (const record of client.reconcile({ SdkAppId: 1, since: NOW }))
      records.set(record.sessionId, record);
    expect(new Set(records.keys())).toEqual(new Set(Callees.flatMap(({ Sessions }) => Sessions)));
  } finally {
    server.closeAllConnections();
    server.close();
    await client.close();
  }
}

/** A fault may strike a read more often than it is repeated; then it is asked again, as a user would. */
async function* retried(make: () => AsyncGenerator<NumberResult>): AsyncGenerator<NumberResult> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      yield* make();
      return;
    } catch (error) {
      if (attempt === 4) throw error;
    }
  }
}

/** Whom somebody has answered by now, as the books of the mock say. */
function answeredBy({ engine }: ReturnType<typeof setUpCalls>): Set<string> {
  const names = new Set(endStatuses.filter(({ group }) => group === 'answered').map(({ name }) => name));
  const answered = new Set<string>();
  for (const { record } of engine.endedCalls(() => 0))
    if (names.has(String(record['EndStatusString']))) answered.add(String(record['Callee']));
  return answered;
}

function check(
  results: readonly NumberResult[],
  list: readonly string[],
  answered: ReadonlySet<string>,
): void {
  expect(results.map(({ callee }) => callee)).toEqual(list);
  for (const { callee, state, isFinal, pendingSessions } of results) {
    if (state === 'reached') expect(answered.has(callee)).toBe(true);
    if (state === 'not-reached' || state === 'never-dialled') expect(answered.has(callee)).toBe(false);
    if (pendingSessions.length > 0 && state !== 'reached')
      expect([state, isFinal]).toEqual(['pending', false]);
  }
}

test(
  '20 tasks of 1,000 numbers cost no more than 1.2 times what the service gives in so many requests',
  { timeout: 600_000 },
  async () => {
    const { client, engine, time } = setUpCalls({
      itemMs: 10_000,
      calls: { atOnce: 1_000 },
      journal: { maxEntries: 5_000 },
      entities: { maxBytes: 2 ** 30 },
    });
    const tasks: number[] = [];
    const all = numbersOf(20_000);
    for (let index = 0; index < 20; index++) {
      const list = all.slice(index * 1_000, (index + 1) * 1_000);
      tasks.push((await client.createAutoCalloutTask(taskOf(list, { Tries: 2 }))).TaskId);
    }
    time.s += 5_000;
    engine.resetHistory();
    let [sessions, lines, final] = [0, 0, 0];
    const waiting = [...tasks];
    const work = async () => {
      for (let TaskId = waiting.shift(); TaskId !== undefined; TaskId = waiting.shift()) {
        for await (const { attempts, isFinal } of client.taskResults({ SdkAppId: 1, TaskId })) {
          sessions += attempts.length;
          lines++;
          if (isFinal) final++;
        }
      }
    };
    await Promise.all(Array.from({ length: 8 }, work));
    expect([lines, final]).toEqual([20_000, 20_000]);
    const asked = engine.journal.size;
    // At 20 requests a second and 100 sessions a page, so many requests are the least time that there is.
    expect(asked).toBeLessThanOrEqual(Math.ceil((sessions / 100) * 1.2) + tasks.length);
    const records = engine.calls('DescribeTelCdr').length;
    expect(records / (sessions / 100)).toBeLessThanOrEqual(1.2);
  },
);
