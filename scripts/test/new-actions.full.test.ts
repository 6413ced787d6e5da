import { execFile } from 'node:child_process';
import { appendFile, cp, mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generate } from '../generate/generate.js';
import { findDrift, writeTree } from '../generate/tree.js';
import { addConsumer, bundleOutbound, compileAll, Copy, lintSpec, runTests } from '../support/copy.js';
import { root } from '../support/root.js';

const run = promisify(execFile);
const ADDED = join(root, 'scripts/test/new-actions');
const NAMES = (await readdir(ADDED))
  .filter((file) => /^[A-Z]/.test(file))
  .map((file) => file.slice(0, -'.yaml'.length));

/** Tests of the packages that go through all actions, whatever the spec has. */
const TESTS = [
  'packages/mocks/test/actions.test.ts',
  'packages/mocks/test/engine.test.ts',
  'packages/mocks/test/error-responses.test.ts',
  'packages/mocks/test/fixtures.test.ts',
  'packages/mocks/test/gateway.test.ts',
  'packages/outbound/test/bundle.full.test.ts',
];

/** Of the bundles, those of the new actions: bundle.full.test.ts makes those of the others itself. */
const ONLY_NEW = `^(?!a program that only calls (?!(?:${NAMES.join('|')})\\b))`;

/** Uses the new actions like any other. */
const USE = `
import { createMock, fixtures } from '@tccc/mocks';
import type { BookCallbackErrorCode, BookCallbackRequest, BookCallbackResult, CallRecordEntry, CallbackSlot, ErrorCode } from '@tccc/outbound';
import { BookCallback, OutboundClient, isValidationError } from '@tccc/outbound';

const { engine, clientOptions } = createMock({ seed: 1 });
const client = new OutboundClient(clientOptions);
const code = (error: Error & { code?: string }) => error.code;
const Window = { StartTime: 1, EndTime: 2 };
const { Records } = await client.describeCallRecordList({ SdkAppId: 1, Window, PageSize: 1, PageNumber: 0 });
const record: CallRecordEntry = Records[0]!;
const who: string | undefined = record.Agent?.UserId ?? record.Participants?.[0]?.UserId;
const { SkillGroupId } = await client.createSkillGroup({ SkillGroupName: 'south' });
const group = await client.describeSkillGroup2({ SkillGroupId });
const none = await client.describeSkillGroup2({ SkillGroupId: SkillGroupId + 1 }).catch(code);
const { Token } = await client.createSDKLoginToken({ SdkAppId: 1, SeatUserId: 'a' });
const { Changed } = await client.updateAIAgentDNCList({ Add: ['0086130', '0086131'], IsStrict: false });
const { TaskId } = await client.createAutoCalloutTask({ SdkAppId: 1, NotBefore: 4e9, Callees: ['1'], Callers: ['2'], IvrId: 1 });
await client.deleteAutoCalloutTask({ SdkAppId: 1, TaskId });
const gone = await client.deleteAutoCalloutTask({ SdkAppId: 1, TaskId }).catch(code);
const early = await client.describeCallRecordList({ SdkAppId: 1, Window: { StartTime: 1e12, EndTime: 2e12 }, PageSize: 1, PageNumber: 0 }).catch(code);

const slot: CallbackSlot = { Day: 3, Ranges: [{ StartTime: '09:00:00' }] };
const booking: BookCallbackRequest = { SdkAppId: 1, Channel: 'video', Note: null, Slot: slot };
const own: BookCallbackErrorCode = 'FailedOperation.NoAgent';
const anyCode: ErrorCode = own;
// @ts-expect-error Not one of the listed values.
const wrong: BookCallbackRequest = { ...booking, Channel: 'fax' };
const booked: BookCallbackResult = await client.bookCallback(booking);
const agent: string | null | undefined = booked.Agent;
const refusal = await client
  .bookCallback({ ...wrong, Note: '🙂🙂🙂🙂🙂🙂', Slot: { ...slot, Day: 8 } })
  .catch((error: unknown) => (isValidationError(error) ? error.issues.map(({ path, rule }) => path + ' ' + rule) : error));
const cases = fixtures.find(({ action }) => action === 'BookCallback')?.cases.length;
console.log(JSON.stringify({ who, name: group.SkillGroupName, none, Token, Changed, gone, early, created: engine.createdCount,
  booked, agent, anyCode, refusal, cases, idempotency: BookCallback.idempotency }));
`;

describe('a new action needs nothing but its spec', () => {
  let copy: Copy;
  let generated: Map<string, string>;
  const inCopy = (path: string) => join(copy.path, path);
  beforeAll(async () => {
    copy = await Copy.make();
    await mkdir(inCopy('spec/new'));
    for (const name of NAMES) {
      await cp(join(ADDED, `${name}.yaml`), inCopy(`spec/new/${name}.yaml`));
      await appendFile(inCopy('spec/openapi.yaml'), `  /${name}:\n    $ref: new/${name}.yaml\n`);
    }
    await appendFile(inCopy('spec/types.yaml'), await readFile(join(ADDED, 'types.yaml')));
    generated = await generate(inCopy('spec'));
    await writeTree(copy.path, generated);
    await addConsumer(copy, USE);
    await compileAll(copy);
  });
  afterAll(() => copy[Symbol.asyncDispose]());

  test('and no other action has another module for them', async () => {
    const added = await findDrift(root, generated);
    expect(added.filter(({ problem }) => problem === 'is missing')).toHaveLength(NAMES.length);
    const changed = added.filter(({ problem }) => problem === 'differs').map(({ path }) => path);
    expect(changed).toEqual([
      'packages/mocks/src/generated/effects.ts',
      'packages/mocks/src/generated/fixtures.ts',
      'packages/outbound/REFERENCE.md',
      ...['actions', 'client', 'data-types', 'index', 'product'].map(
        (name) => `packages/outbound/src/generated/${name}.ts`,
      ),
    ]);
  });

  test('which the reference describes', async () => {
    const reference = await readFile(inCopy('packages/outbound/REFERENCE.md'), 'utf8');
    for (const name of NAMES) expect(reference).toContain(`## ${name}`);
    expect(reference).toContain('`FailedOperation.NoAgent`');
  });

  test('which the linter of the spec takes', async () => {
    expect(await lintSpec(copy)).toContain('Your API description is valid');
  });

  test('which compile, and run against the mock', async () => {
    const { stdout } = await run(process.execPath, [inCopy('consumer/dist/use.js')]);
    expect(JSON.parse(stdout)).toEqual({
      who: 'a',
      name: 'south',
      none: 'ResourceNotFound',
      Token: 't',
      Changed: null,
      gone: 'InvalidParameterValue',
      early: 'InvalidParams',
      created: 2,
      booked: {
        BookingId: expect.any(Number) as number,
        Agent: null,
        RequestId: expect.any(String) as string,
      },
      agent: null,
      anyCode: 'FailedOperation.NoAgent',
      refusal: ['Channel enum', 'Note maxLength', 'Slot.Day maximum'],
      cases: expect.any(Number) as number,
      idempotency: 'safe',
    });
  });

  test('whose tests pass', async () => {
    await bundleOutbound(copy);
    const { passed, failed } = await runTests(copy, TESTS, ONLY_NEW);
    expect(failed).toEqual([]);
    expect(passed).toBeGreaterThan(500);
  }, 600_000);
});
