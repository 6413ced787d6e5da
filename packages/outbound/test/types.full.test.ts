import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import type {
  CallOptions,
  CommonErrorCode,
  CreateAutoCalloutTaskErrorCode,
  CreateAutoCalloutTaskRequest,
  CreateAutoCalloutTaskResult,
  CreatePredictiveDialingCampaignErrorCode,
  CreatePredictiveDialingCampaignRequest,
  ErrorCode,
  OutboundClient,
  Settled,
  TimeRange,
} from '../src/index.js';

// Checked by the type check; at run time there is nothing to do.
describe('types', () => {
  const common = { SdkAppId: 1, NotBefore: 1, Callees: ['1'], Callers: ['2'] };

  test('one of IvrId and AIAgentId is needed, both are fine', () => {
    expectTypeOf({ ...common, IvrId: 1 }).toExtend<CreateAutoCalloutTaskRequest>();
    expectTypeOf({ ...common, AIAgentId: 1 }).toExtend<CreateAutoCalloutTaskRequest>();
    expectTypeOf({ ...common, IvrId: 1, AIAgentId: 1 }).toExtend<CreateAutoCalloutTaskRequest>();
    expectTypeOf(common).not.toExtend<CreateAutoCalloutTaskRequest>();
    const either = { ...common, ...(common.SdkAppId > 1 ? { IvrId: 1 } : { AIAgentId: 1 }) };
    expectTypeOf(either).toExtend<CreateAutoCalloutTaskRequest>();
    expectTypeOf<
      typeof common & { IvrId?: number; AIAgentId: number }
    >().toExtend<CreateAutoCalloutTaskRequest>();
    expectTypeOf<CreateAutoCalloutTaskRequest['IvrId']>().toEqualTypeOf<number | undefined>();
  });

  test('a request can be built up, taken apart and changed', () => {
    const change = (request: CreateAutoCalloutTaskRequest): CreateAutoCalloutTaskRequest => {
      request.Name = 'first';
      const id: number = request.IvrId === undefined ? request.AIAgentId : request.IvrId;
      return { ...request, Name: `of ${id}` };
    };
    expect(change({ ...common, AIAgentId: 7 })).toEqual({ ...common, AIAgentId: 7, Name: 'of 7' });
  });

  test('arrays need not be writable', () => {
    const constant = {
      ...common,
      Callees: ['1'],
      CalleeAttributes: [{ Callee: '1', Variables: [{ Key: 'k', Value: 'v' }] }],
      AvailableTime: [{ StartTime: '09:00:00' }],
      IvrId: 1,
    } as const;
    expectTypeOf(constant).toExtend<CreateAutoCalloutTaskRequest>();
  });

  test('slips do not compile', () => {
    // @ts-expect-error The other action spells it IVRId.
    const wrongName: CreateAutoCalloutTaskRequest = { ...common, IVRId: 1 };
    // @ts-expect-error A list of texts, not of numbers.
    const wrongItem: CreateAutoCalloutTaskRequest = { ...common, IvrId: 1, Callees: [1] };
    // @ts-expect-error Only 0 and 1.
    const wrongOrder: CreatePredictiveDialingCampaignRequest['CallOrder'] = 2;
    // @ts-expect-error An option that there is none of.
    const wrongOption: CallOptions = { timeout: 5 };
    expect([wrongName, wrongItem, wrongOrder, wrongOption]).toHaveLength(4);
  });

  test('checks are switched off by the names of the parameters of the action', () => {
    type Options<Method extends keyof OutboundClient> = OutboundClient[Method] extends (
      params: never,
      options?: infer Given,
    ) => unknown
      ? NonNullable<Given>
      : never;
    type Checks<Method extends keyof OutboundClient> =
      Options<Method> extends { checks?: infer Given } ? NonNullable<Given> : never;
    const rate: Checks<'createPredictiveDialingCampaign'> = { ExpectedAbandonRate: 'off' };
    const ids: Checks<'createAutoCalloutTask'> = { IvrId: 'off', AIAgentId: 'off', TimeZone: 'off' };
    // @ts-expect-error It is a parameter of the other action.
    const other: Checks<'createAutoCalloutTask'> = { ExpectedAbandonRate: 'off' };
    // @ts-expect-error A slip.
    const slip: Checks<'createPredictiveDialingCampaign'> = { ExpectedAbandonrate: 'off' };
    // @ts-expect-error There is nothing to switch on.
    const on: Checks<'createPredictiveDialingCampaign'> = { ExpectedAbandonRate: 'on' };
    expect([rate, ids, other, slip, on]).toHaveLength(5);
  });

  test('nothing is widened', () => {
    expectTypeOf<CreateAutoCalloutTaskRequest['Callees']>().toEqualTypeOf<readonly string[]>();
    expectTypeOf<CreateAutoCalloutTaskRequest['AvailableTime']>().toEqualTypeOf<
      readonly TimeRange[] | undefined
    >();
    expectTypeOf<CreatePredictiveDialingCampaignRequest['CallOrder']>().toEqualTypeOf<0 | 1>();
    expectTypeOf<CreateAutoCalloutTaskResult>().toEqualTypeOf<{ TaskId: number; RequestId: string }>();
    expectTypeOf<OutboundClient['createAutoCalloutTask']>().returns.toEqualTypeOf<
      Promise<CreateAutoCalloutTaskResult & { readonly settled?: Settled }>
    >();
  });

  test('each action has its own error codes, and those of every action', () => {
    expectTypeOf<'LimitExceeded.OutOfCountLimit'>().toExtend<CreatePredictiveDialingCampaignErrorCode>();
    expectTypeOf<'LimitExceeded.OutOfCountLimit'>().not.toExtend<CreateAutoCalloutTaskErrorCode>();
    expectTypeOf<'LimitExceeded.OutOfCountLimit'>().toExtend<ErrorCode>();
    expectTypeOf<CommonErrorCode>().toExtend<CreateAutoCalloutTaskErrorCode>();
    expectTypeOf<'RequestLimitExceeded'>().toExtend<CommonErrorCode>();
    expectTypeOf<'NoSuchCode'>().not.toExtend<ErrorCode>();
  });
});

/** Parameters that are wrong, by the name of the file that has the call. */
const wrong = {
  neither: `{ SdkAppId: 1, NotBefore: 1, Callees: ['1'], Callers: ['2'] }`,
  IvrId: `{ NotBefore: 1, Callees: ['1'], Callers: ['2'], IvrId: 1 }`,
  AIAgentId: `{ NotBefore: 1, Callees: ['1'], Callers: ['2'], AIAgentId: 1 }`,
  slip: `{ SdkAppId: 1, NotBefore: 1, Callees: ['1'], Callers: ['2'], IVRId: 1 }`,
};

describe('the message of the compiler', () => {
  const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

  /** What the compiler says of all of them. It starts once, since reading the types takes longest. */
  let says: string;
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tccc-types-'));
    const write = (file: string, text: string) => writeFile(join(folder, file), text);
    for (const [name, params] of Object.entries(wrong))
      await write(
        `${name}.mts`,
        `import type { OutboundClient } from ${JSON.stringify(path('../src/index.js'))};
declare const client: OutboundClient;
void client.createAutoCalloutTask(${params});
`,
      );
    const compilerOptions = { noEmit: true, rootDir: '/', typeRoots: [path('../node_modules/@types')] };
    await write(
      'tsconfig.json',
      JSON.stringify({ extends: path('../../../tsconfig.base.json'), compilerOptions, include: ['*.mts'] }),
    );
    const compiler = path('../node_modules/typescript/bin/tsc');
    const args = [compiler, '-p', folder, '--pretty', 'false'];
    const ended = await promisify(execFile)(process.execPath, args, { cwd: folder }).catch(
      (error: { stdout: string }) => error,
    );
    says = ended.stdout;
    await rm(folder, { recursive: true });
  });

  /** What it says about a call, without the place. */
  function messageOf(name: keyof typeof wrong): string[] {
    const messages = says.trim().split(/\n(?! )/);
    return messages
      .filter((message) => message.startsWith(`${name}.mts(`))
      .flatMap((message) => message.replace(/^.*?: error /, '').split('\n'));
  }

  test('about neither IvrId nor AIAgentId names both, and is short', () => {
    const given = '{ SdkAppId: number; NotBefore: number; Callees: string[]; Callers: string[]; }';
    expect(messageOf('neither')).toEqual([
      `TS2345: Argument of type '${given}' is not assignable to parameter of type 'CreateAutoCalloutTaskRequest'.`,
      `  Property 'AIAgentId' is missing in type '${given}' but required in type 'CreateAutoCalloutTaskRequestWithoutIvrId'.`,
    ]);
  });

  test.each([
    ['IvrId', 'CreateAutoCalloutTaskRequestWithoutAIAgentId'],
    ['AIAgentId', 'CreateAutoCalloutTaskRequestWithoutIvrId'],
  ] as const)('about another missing parameter beside %s does not ask for the other id', (id, type) => {
    const message = messageOf(id);
    expect(message).toHaveLength(3);
    expect(message[2]).toMatch(/^ {4}Property 'SdkAppId' is missing in type/);
    expect(message[2]).toContain(`required in type '${type}'.`);
  });

  test('about a slip suggests the name', () => {
    expect(messageOf('slip')).toEqual([
      "TS2561: Object literal may only specify known properties, but 'IVRId' does not exist in type 'CreateAutoCalloutTaskRequest'. Did you mean to write 'IvrId'?",
    ]);
  });
});
