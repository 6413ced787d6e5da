import type { CreateAutoCalloutTaskRequest, CreatePredictiveDialingCampaignRequest } from '@tccc/outbound';
import { OutboundClient, isValidationError } from '@tccc/outbound';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../src/cli/config.js';
import { readCommand } from '../src/cli/options.js';
import type { MockOptions } from '../src/index.js';
import { createMock } from '../src/index.js';
import { exampleOf } from './support.js';

const campaign = exampleOf(
  'CreatePredictiveDialingCampaign',
) as unknown as CreatePredictiveDialingCampaignRequest;
const task = exampleOf('CreateAutoCalloutTask') as unknown as CreateAutoCalloutTaskRequest;

/** What the service takes by later editions of the page, and the edition that this package follows refuses. */
const later = { ...campaign, ExpectedAbandonRate: 3 };

function setUp(options: MockOptions = {}) {
  const { engine, clientOptions } = createMock(options);
  return { engine, client: new OutboundClient(clientOptions) };
}

const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a check that is switched off', () => {
  test('lets the value through as it is, and the service decides', async () => {
    const { engine, client } = setUp({ checks: { ExpectedAbandonRate: 'off' } });
    await expect(client.createPredictiveDialingCampaign(later)).rejects.toThrow(
      "ExpectedAbandonRate: expected an integer from 5 to 50 percent, but got 3 (the documentation of 2024-09-09 states it; if the service takes it, pass the call option checks: { ExpectedAbandonRate: 'off' })",
    );
    await client.createPredictiveDialingCampaign(later, { checks: { ExpectedAbandonRate: 'off' } });
    expect(engine.created.map(({ params }) => params)).toMatchObject([{ ExpectedAbandonRate: 3 }]);
  });

  test('is refused by a service that has the check', async () => {
    const { client } = setUp();
    const call = client.createPredictiveDialingCampaign(later, { checks: { ExpectedAbandonRate: 'off' } });
    await expect(call).rejects.toMatchObject({ code: 'InvalidParameterValue', outcome: 'not-executed' });
  });

  test('concerns its parameter alone', async () => {
    const { client } = setUp();
    const wrong = { ...later, Priority: 9, RetryInterval: 1 };
    const error = await failureOf(
      client.createPredictiveDialingCampaign(wrong, { checks: { Priority: 'off', RetryInterval: 'off' } }),
    );
    expect(isValidationError(error) && error.issues.map(({ path }) => path)).toEqual(['ExpectedAbandonRate']);
  });

  /** Each breaks another rule of a field. */
  const changes: [string, object][] = [
    ['CallOrder', { CallOrder: 7 }],
    ['Name', { Name: '' }],
    ['Callees', { Callees: [] }],
    ['Callees', { Callees: [1, { Callee: '1', More: true }] }],
    ['SkillGroupId', { SkillGroupId: '8' }],
    ['Priority', { Priority: undefined }],
    ['EndTime', { EndTime: campaign.StartTime }],
    ['StartTime', { EndTime: campaign.StartTime }],
  ];
  test.each(changes)('lets through every fault of %s: %j', async (name, change) => {
    const { engine, client } = setUp({ checks: { [name]: 'off' } });
    const params = { ...campaign, ...change } as typeof campaign;
    expect(isValidationError(await failureOf(client.createPredictiveDialingCampaign(params)))).toBe(true);
    await client.createPredictiveDialingCampaign(params, { checks: { [name]: 'off' } });
    expect(engine.createdCount).toBe(1);
  });

  test('also lets through that all of some parameters are missing', async () => {
    const { engine, client } = setUp({ checks: { IvrId: 'off' } });
    const { IvrId: _left, ...neither } = task as { IvrId?: number };
    await client.createAutoCalloutTask(neither as typeof task, { checks: { IvrId: 'off' } });
    expect(engine.createdCount).toBe(1);
  });

  test('hides no other fault, however many it has itself', async () => {
    const { client } = setUp();
    const wrong = { ...later, Callees: new Array<string>(5_000).fill(''), Callers: [''] };
    const error = await failureOf(
      client.createPredictiveDialingCampaign(wrong, { checks: { Callees: 'off' } }),
    );
    expect(isValidationError(error) && error.issues.map(({ path }) => path).sort()).toEqual([
      'Callers[0]',
      'ExpectedAbandonRate',
    ]);
  });

  test('does not make anything but plain data pass', async () => {
    const { client } = setUp();
    const wrong = { ...campaign, Name: new Date() } as never;
    const error = await failureOf(client.createPredictiveDialingCampaign(wrong, { checks: { Name: 'off' } }));
    expect(isValidationError(error) && error.issues.map(({ rule }) => rule)).toEqual(['plain-data']);
  });

  test('goes together with settle', async () => {
    const { engine, client } = setUp({ checks: { ExpectedAbandonRate: 'off' } });
    engine.faults.add({ fault: 'bad-gateway', nth: 1 });
    const { CampaignId } = await client.createPredictiveDialingCampaign(later, {
      checks: { ExpectedAbandonRate: 'off' },
      settle: true,
    });
    expect(engine.created.map(({ id }) => id)).toEqual([CampaignId]);
  });
});

describe('the option of the mock', () => {
  test('names parameters that there are', () => {
    expect(() => createMock({ checks: { ExpectedAbandonrate: 'off' } })).toThrow(
      'The option checks has no field ExpectedAbandonrate. Did you mean ExpectedAbandonRate?',
    );
    expect(() => createMock({ checks: { ExpectedAbandonRate: 'on' as never } })).toThrow(
      /checks\.ExpectedAbandonRate must be 'off'/,
    );
  });

  test('is there on the command line and in a file', () => {
    const { engine } = readCommand(['--unchecked', 'ExpectedAbandonRate', '--unchecked', 'Tries']);
    expect(engine.checks).toEqual({ ExpectedAbandonRate: 'off', Tries: 'off' });
    expect(() => readCommand(['--unchecked', 'Try'])).toThrow(/checks has no field Try/);
    expect(readConfig({ checks: { Tries: 'off' } }).engine?.checks).toEqual({ Tries: 'off' });
    expect(() => readConfig({ checks: { Tries: true } })).toThrow(/checks\.Tries must be 'off'/);
  });
});

describe('time zones', () => {
  const wrong = [
    'asia/shanghai',
    'CST',
    'IST',
    'BST',
    'PST',
    'US/Pacific-New',
    'SystemV/EST5EDT',
    '+08:00',
    '',
  ];

  test.each(wrong)('"%s" is refused by the client, and by the mock', async (TimeZone) => {
    const { client } = setUp();
    const error = await failureOf(client.createAutoCalloutTask({ ...task, TimeZone }));
    expect(isValidationError(error) && error.issues.map(({ path }) => path)).toEqual(['TimeZone']);
    const call = client.createAutoCalloutTask({ ...task, TimeZone }, { checks: { TimeZone: 'off' } });
    await expect(call).rejects.toMatchObject({ code: 'InvalidParameterValue' });
  });

  // Also those that IANA keeps for the sake of the past.
  test.each([
    'Asia/Shanghai',
    'UTC',
    'EST',
    'Asia/Chongqing',
    'US/Pacific',
    'Etc/GMT-8',
    'America/Coyhaique',
  ])('%s is taken', async (TimeZone) => {
    const { client, engine } = setUp();
    await client.createAutoCalloutTask({ ...task, TimeZone });
    expect(engine.createdCount).toBe(1);
  });

  test('parameters are read within the call, although the names are loaded first', async () => {
    const { client, engine } = setUp();
    const params = { ...task, TimeZone: 'Asia/Shanghai' };
    const call = client.createAutoCalloutTask(params);
    params.TimeZone = 'Nowhere';
    await call;
    expect(engine.created[0]!.params).toMatchObject({ TimeZone: 'Asia/Shanghai' });
  });
});
