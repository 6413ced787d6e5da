import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { askConsent } from '../src/cli/ask.js';
import { writeLeftOut } from '../src/cli/left-out-file.js';
import { summaryLines } from '../src/cli/summary.js';
import type { BulkTemplate, PlannedRun } from '../src/index.js';
import { describeRun } from '../src/run/plan-run.js';
import { dryRunBulk, planBulk, resumeBulk, runBulk } from '../src/index.js';
import { calledBy, common, numberOf, numbers, setUp, template } from './support.js';

/** A terminal, or something that is none, on which a person types an answer. */
function terminalThat(answer: string | undefined) {
  const isTTY = answer !== undefined;
  const [input, output] = [
    Object.assign(new PassThrough(), { isTTY }),
    Object.assign(new PassThrough(), { isTTY }),
  ];
  if (answer === undefined) input.end();
  else input.end(answer);
  return { input, output, said: () => String(output.read() ?? '') };
}

const withHoles = (good: number, bad: number) => [
  ...numbers(good),
  ...Array.from({ length: bad }, () => 'nobody'),
];

describe('one plans, another sends', () => {
  test('exactly what was planned, and nothing before', async () => {
    const { engine, client, ledger } = await setUp();
    const planned = await planBulk({ ...common, client, ledger, input: numbers(25) });
    expect(planned).toMatchObject({ isNew: true, hasBegun: false, lines: 25, callees: 25, requests: 3 });
    expect(planned.digest).toMatch(/^[0-9a-f]{16}$/);
    expect(engine.journal.size).toBe(0);
    const { report } = resumeBulk({ client, ledger, settleWithinMs: false, plan: planned.digest });
    expect((await report).counts.accepted.callees).toBe(25);
    expect(calledBy(engine)).toHaveLength(25);
    const again = await planBulk({ ...common, client, ledger, input: numbers(25) });
    expect(again).toMatchObject({ isNew: false, hasBegun: true, requests: 0, digest: planned.digest });
  });

  test('a plan that is gone, or damaged, is named before anybody is asked, without its numbers', async () => {
    const { client, ledger } = await setUp();
    const plan = `${ledger}.plan`;
    await planBulk({ ...common, client, ledger, input: numbers(3) });
    await writeFile(plan, (await readFile(plan, 'utf8')).replace('"', "'"));
    await expect(describeRun(ledger, client)).rejects.toMatchObject({
      code: 'LedgerDamaged',
      message: expect.not.stringContaining(numberOf(0).slice(0, 5)) as string,
    });
    await rm(plan);
    await expect(describeRun(ledger, client)).rejects.toMatchObject({ code: 'LedgerUnusable' });
  });

  test('another plan is refused, and sends nothing', async () => {
    const { engine, client, ledger } = await setUp();
    const { digest } = await planBulk({ ...common, client, ledger, input: numbers(25) });
    const { report } = resumeBulk({
      client,
      ledger,
      plan: digest.replace(/^./, (one) => (one === '0' ? '1' : '0')),
    });
    await expect(report).rejects.toMatchObject({
      code: 'OtherRun',
      message: expect.stringContaining(digest),
    });
    expect(engine.journal.size).toBe(0);
  });

  test('the digest is that of what is sent, in whatever ledger', async () => {
    const { client, folder } = await setUp();
    const digestOf = async (name: string, own: object = {}) =>
      (await planBulk({ ...common, client, ledger: join(folder, name), input: numbers(25), ...own })).digest;
    const digest = await digestOf('a');
    expect(await digestOf('b')).toBe(digest);
    const others = [
      await digestOf('c', { input: numbers(26) }),
      await digestOf('d', { chunkSize: 5 }),
      await digestOf('e', { doNotCall: [`+${numberOf(3)}`] }),
      await digestOf('f', { template: { ...template, params: { ...template.params, Name: 'Summer' } } }),
      await digestOf('g', { name: 'again' }),
    ];
    expect(new Set([digest, ...others]).size).toBe(6);
  });

  test('a run goes on with what was planned', async () => {
    const { engine, client, ledger } = await setUp();
    await planBulk({ ...common, client, ledger, input: numbers(25) });
    const { report } = runBulk({ ...common, client, ledger, input: numbers(25) });
    expect((await report).counts.accepted.callees).toBe(25);
    expect(engine.calledMoreThanOnce.size).toBe(0);
  });
});

describe('what falls out', () => {
  test('is written to a file that only the owner may read, line by line, with masked numbers', async () => {
    const { client, folder } = await setUp();
    const input = [...numbers(30), ...numbers(1), '=nobody', ...Array.from({ length: 30 }, () => '')];
    const path = join(folder, 'out.csv');
    const dry = await dryRunBulk({ ...common, client, input, onLeftOut: writeLeftOut(path, false) });
    const rows = (await readFile(path, 'utf8')).trim().split('\n');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(rows).toHaveLength(1 + 32);
    expect(rows.slice(0, 4)).toEqual([
      'line,callee,reason,of',
      '31,•••••••••••0000,duplicate,1',
      '32,•••body,not-a-number,',
      '33,,no-number,',
    ]);
    const lines = [...summaryLines({ ...dry, numbers: dry.numbers }, false, false)];
    expect(lines).toEqual(
      expect.arrayContaining([
        '32 of 62 lines (51 %) are left out:',
        '  no-number: 30 (48 %)',
        '12 lines more are not shown; --left-out <path> writes all of them to a file.',
      ]),
    );
    await planBulk({
      ...common,
      client,
      input,
      ledger: join(folder, 'l'),
      onLeftOut: writeLeftOut(path, true),
    });
    expect(await readFile(path, 'utf8')).toContain(`\n31,00${numberOf(0)},duplicate,1\n`);
  });

  test.each([
    [1_100, 'is in 1 min 40 s: every request can be sent before it.', true],
    [1_001, 'warning: NotAfter (1970-01-01T00:16:41Z) is in 1 s: not every request can be sent', false],
    [900, 'has passed: nobody would be called any more.', false],
  ])('with NotAfter at %i, it is said whether there is time enough', async (NotAfter, text, isLongEnough) => {
    const { client, clock } = await setUp();
    const timed = { ...template, params: { ...template.params, NotAfter } } as BulkTemplate;
    const options = { ...common, template: timed, chunkSize: 1, client, clock, input: numbers(60) };
    const dry = await dryRunBulk(options);
    expect(dry).toMatchObject({ seconds: 3, window: { name: 'NotAfter', isLongEnough } });
    expect([...summaryLines(dry, false, false)].join('\n')).toContain(text);
  });
});

describe('before anybody is called', () => {
  async function planned(good: number, bad: number): Promise<PlannedRun> {
    const { client, ledger } = await setUp();
    return planBulk({ ...common, client, ledger, input: withHoles(good, bad) });
  }

  test.each([
    ['yes\n', true],
    ['Y\n', true],
    ['no\n', false],
    ['\n', false],
    ['', false],
  ])('a person at a terminal who types %j is understood', async (answer, isGiven) => {
    const terminal = terminalThat(answer);
    expect(await askConsent(await planned(10, 0), {}, terminal)).toMatchObject({ isGiven });
    expect(terminal.said()).toContain('Call 10 numbers in 1 request? [y/N]');
  });

  test('the question says how much falls out', async () => {
    const terminal = terminalThat('no\n');
    await askConsent(await planned(8, 2), {}, terminal);
    expect(terminal.said()).toContain('although 20 % of the lines are left out?');
  });

  test('without a terminal nobody is called, unless --yes is given', async () => {
    const none = terminalThat(undefined);
    const few = await planned(95, 5);
    expect(await askConsent(few, {}, none)).toEqual({
      isGiven: false,
      why: 'There is no terminal to ask on whether to call 95 numbers in 10 requests. Look at the plan with --dry-run; then give --yes.',
    });
    expect(await askConsent(few, { yes: true }, none)).toEqual({ isGiven: true });
    expect(await askConsent({ ...few, hasBegun: true }, {}, none)).toEqual({ isGiven: true });
  });

  test('--yes is limited by the share that is given with it', async () => {
    const none = terminalThat(undefined);
    const many = await planned(94, 6);
    expect(await askConsent(many, {}, none)).toMatchObject({
      why: expect.stringContaining('although 6 % of the lines are left out.') as string,
    });
    for (const values of [{ yes: true }, { yes: true, askAbove: 0.06 }])
      expect(await askConsent(many, values, none)).toEqual({ isGiven: true });
    expect(await askConsent(many, { yes: true, askAbove: 0.05 }, none)).toEqual({
      isGiven: false,
      why: expect.stringMatching(
        /^6 % of the lines are left out, which is more than 5 %.*--left-out.*--ask-above/,
      ) as string,
    });
  });
});
