import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { BulkCallee } from '../src/index.js';
import { bulkStatus, optOutBulk, planBulk, resolveBulk, resumeBulk, runBulk } from '../src/index.js';
import { asItIs } from '../src/options.js';
import { calledBy, common, numberOf, numbers, setUp, stoppedRun, template } from './support.js';

/** As a request has it. */
const written = (index: number) => `00${numberOf(index)}`;

/** A template of a program that changes it. */
function ownTemplate() {
  return structuredClone(template) as typeof template & { params: { IvrId: number } };
}

describe('what a program changes after it has given it', () => {
  test('is not sent: the template of the next run, or of the same one', async () => {
    const { engine, client, folder } = await setUp();
    const own = ownTemplate();
    const runs = [8, 9].map((IvrId, index) => {
      own.params.IvrId = IvrId;
      const input = numbers(40).slice(index * 20, index * 20 + 20);
      return runBulk({ ...common, template: own, client, ledger: join(folder, `${IvrId}`), input });
    });
    for await (const { type } of runs[0]!) if (type === 'chunk') own.params.IvrId++;
    await Promise.all(runs.map(({ report }) => report));
    const ivrs = engine.created.flatMap(({ params }) =>
      (params['Callees'] as string[]).map((callee) => [callee, params['IvrId']]),
    );
    expect(Object.fromEntries(ivrs)).toEqual(
      Object.fromEntries(numbers(40).map((_, index) => [written(index), index < 20 ? 8 : 9])),
    );
  });

  test('is not planned: the ledger has the template that was checked', async () => {
    const { engine, client, ledger } = await setUp();
    const own = ownTemplate();
    const planning = planBulk({ ...common, template: own, client, ledger, input: numbers(5) });
    own.params.IvrId = 9;
    await planning;
    await resumeBulk({ client, ledger }).report;
    expect(engine.created.map(({ params }) => params['IvrId'])).toEqual([8]);
  });

  test('is called, or not, as it was: the list and the do-not-call list', async () => {
    const { engine, client, ledger } = await setUp();
    const input: (string | BulkCallee)[] = [{ Callee: `+${numberOf(0)}` }, ...numbers(20).slice(1)];
    const doNotCall = new Set(numbers(2));
    const { report } = runBulk({ ...common, client, ledger, input, doNotCall });
    (input[0] as BulkCallee).Callee = `+${numberOf(99)}`;
    input.length = 5;
    doNotCall.clear();
    await report;
    expect(calledBy(engine)).toEqual(
      numbers(20)
        .slice(2)
        .map((_, index) => written(index + 2)),
    );
  });

  test('is opted out, and resolved, as it was', async () => {
    const { engine, client, ledger } = await stoppedRun();
    const [list, late, chunks] = [[`+${numberOf(12)}`], [`+${numberOf(13)}`], [1]];
    const optingOut = optOutBulk(ledger, list);
    list.length = 0;
    expect(await optingOut).toMatchObject({ leftOut: 1 });
    const resolving = resolveBulk(ledger, chunks, { accepted: '4711' });
    chunks.length = 0;
    await resolving;
    expect((await bulkStatus(ledger)).open).toEqual([]);
    const { report } = resumeBulk({ client, ledger, doNotCall: late });
    late.length = 0;
    await report;
    for (const index of [12, 13]) expect(calledBy(engine)).not.toContain(written(index));
    expect(calledBy(engine)).toHaveLength(48);
  });

  test('is copied if it is a mere record or list, and else stays the same', () => {
    async function* items() {}
    const whole = { a: [1, { b: new Set([2]) }], c: undefined, ['__proto__']: { d: 1 } };
    expect(asItIs(whole)).toEqual({ a: [1, { b: [2] }], c: undefined, ['__proto__']: { d: 1 } });
    expect(asItIs(whole)).not.toBe(whole);
    const endless: unknown[] = [];
    endless.push(endless);
    for (const one of [items(), new Map(), Buffer.from('a'), new URL('file:///a'), endless, null, 'a'])
      expect(asItIs(one)).toBe(one);
  });
});
