import { describe, expect, expectTypeOf, test } from 'vitest';
import type { DispatcherLike, OutboundClientOptions } from '../src/index.js';
import {
  ConfigurationError,
  CreateAutoCalloutTask,
  CreatePredictiveDialingCampaign,
  OutboundClient,
  actions,
  defineAction,
  sites,
} from '../src/index.js';

const credentials = { secretId: 'AKIDx', secretKey: 'k' };
const task = { SdkAppId: 1, NotBefore: 1, Callees: ['1'], Callers: ['2'], IvrId: 3 };
const campaign = {
  SdkAppId: 1,
  Name: 'n',
  Callees: ['1'],
  Callers: ['2'],
  CallOrder: 1,
  SkillGroupId: 1,
  Priority: 5,
  ExpectedAbandonRate: 50,
  RetryInterval: 60,
  StartTime: 1,
  EndTime: 2,
} as const;

let responses = 0;

/** Answers at once, and notes where each request went. */
function recorder() {
  const origins: string[] = [];
  const requests: { origin: string; headers: readonly string[] }[] = [];
  const dispatcher: DispatcherLike = {
    dispatch({ origin, headers }, handler) {
      origins.push(origin);
      requests.push({ origin, headers: headers as readonly string[] });
      const controller = { abort: () => {} };
      handler.onRequestStart(controller, {});
      handler.onResponseStart(controller, 200, {});
      handler.onResponseData(
        controller,
        Buffer.from(`{"Response":{"TaskId":1,"CampaignId":2,"RequestId":"r${++responses}"}}`),
      );
      handler.onResponseEnd(controller, {});
      return true;
    },
  };
  return { origins, requests, dispatcher };
}

async function originsWith(options: OutboundClientOptions): Promise<string[]> {
  const { origins, dispatcher } = recorder();
  await using client = new OutboundClient({ credentials, dispatcher, ...options });
  expect(await client.createAutoCalloutTask(task)).toMatchObject({ TaskId: 1 });
  expect(
    await client.createPredictiveDialingCampaign({ ...campaign, Callees: ['1'], Callers: ['2'] }),
  ).toMatchObject({ CampaignId: 2 });
  return origins;
}

describe('where requests go', () => {
  const { intl, cn } = sites;
  test.each<[string, OutboundClientOptions, string[]]>([
    ['to the international site', { site: 'intl' }, [`https://${intl}`, `https://${intl}`]],
    ['to the China site', { site: 'cn' }, [`https://${cn}`, `https://${cn}`]],
    [
      'to an endpoint',
      { endpoint: 'http://127.0.0.1:8080/' },
      ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ],
  ])('%s', async (_name, options, expected) => {
    expect(await originsWith(options)).toEqual(expected);
  });

  test.each<[unknown, RegExp]>([
    [undefined, /site must be 'intl' or 'cn', the site that your account belongs to; or give endpoint/],
    [{}, /site must be 'intl' or 'cn', the site that your account belongs to; or give endpoint/],
    [{ site: 'us' }, /site must be 'intl' or 'cn', .* but got a string of 2 characters/],
    [{ site: '__proto__' }, /site must be 'intl' or 'cn'/],
    [{ region: 'ap-singapore' }, /site must be 'intl' or 'cn'.*; region does not choose it/],
    [
      { stie: 'cn' },
      /There is no option stie\. Did you mean site\? Known names are site, credentials, endpoint/,
    ],
    [
      { site: 'cn', timeout: 5 },
      /no option timeout\. Use deadlineMs, in milliseconds\. Known names are site, cred/,
    ],
    [{ site: 'cn', settle: true }, /no option settle\. Use the call option of the same name/],
    ['cn', /The options must be an object, but got a string/],
    [{ site: 'cn', endpoint: 'https://x.example' }, /site must be left out if endpoint is given/],
  ])('refuses %j', (options, message) => {
    const make = () => new OutboundClient(options as OutboundClientOptions);
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(message);
  });
});

describe('options of a call', () => {
  const client = new OutboundClient({ credentials, site: 'cn', dispatcher: recorder().dispatcher });

  test.each([{ setle: true }, { settle: true, setle: true }])(
    'of a creation know settle: %j',
    async (options) => {
      await expect(client.createAutoCalloutTask(task, options as never)).rejects.toThrow(
        /no call option setle\. Did you mean settle\? Known names are .*checks, settle/,
      );
    },
  );

  test.each([null, 'x', 7])('%j', async (options) => {
    const call = client.createAutoCalloutTask(task, options as never);
    await expect(call).rejects.toMatchObject({ kind: 'configuration', outcome: 'not-executed' });
  });

  test('of any other action say where settle is taken', async () => {
    const call = client.stopAutoCalloutTask({ SdkAppId: 1, TaskId: 1 }, { settle: true } as never);
    await expect(call).rejects.toThrow(/call option settle\. Use it in a creation/);
  });
});

describe('an action without a method', () => {
  type Params = { SdkAppId: number; PageSize?: number };
  const ListThings = defineAction<Params, { TotalCount: number }>({
    name: 'ListThings',
    idempotency: 'safe',
  });

  test('goes where the others go, with the same headers, and gives its own types', async () => {
    const { requests, dispatcher } = recorder();
    await using client = new OutboundClient({ credentials, site: 'cn', dispatcher });
    const result = await client.request(ListThings, { SdkAppId: 1 });
    expectTypeOf(result).toEqualTypeOf<{ TotalCount: number } & { RequestId: string }>();
    expectTypeOf(client.request<Params, object>)
      .parameter(1)
      .toEqualTypeOf<Params>();
    // @ts-expect-error A parameter is missing, and another is not known.
    await client.request(ListThings, { Size: 1 });
    // @ts-expect-error No such parameter.
    await expect(client.request(ListThings, { SdkAppId: 1 }, { checks: { Size: 'off' } })).rejects.toThrow(
      /The option checks has no field Size/,
    );
    const [{ origin, headers }] = requests as [(typeof requests)[0]];
    expect(origin).toBe(`https://${sites.cn}`);
    expect(headers.join('\n')).toContain('x-tc-action\nListThings\n');
    expect(headers.join('\n')).toContain('x-tc-version\n2020-02-10');
  });

  test('is checked by the rules that it has, and by the service alone if it has none', async () => {
    const { requests, dispatcher } = recorder();
    await using client = new OutboundClient({ credentials, site: 'cn', dispatcher });
    const strict = defineAction<Params, object>({
      name: 'ListThings',
      rules: { type: 'object', required: ['SdkAppId'], properties: { SdkAppId: { type: 'integer' } } },
    });
    await expect(client.request(strict, {} as never)).rejects.toThrow(/SdkAppId: is required, but missing/);
    await client.request(strict, {} as never, { checks: { SdkAppId: 'off' } });
    await client.request(ListThings, {} as never);
    await expect(client.request(ListThings, 'x' as never)).rejects.toThrow(/expected an object/);
    expect(requests).toHaveLength(2);
  });

  test('is repeated only if that does no harm', async () => {
    const failing: DispatcherLike = {
      dispatch(_options, handler) {
        const controller = { abort: () => {} };
        handler.onRequestStart(controller, {});
        handler.onResponseError(controller, Object.assign(new Error('cut'), { code: 'ECONNRESET' }));
        return true;
      },
    };
    await using client = new OutboundClient({
      credentials,
      site: 'cn',
      dispatcher: failing,
      retry: { baseMs: 0 },
    });
    const unsafe = defineAction<Params, object>({ name: 'DoThing' });
    await expect(client.request(ListThings, { SdkAppId: 1 })).rejects.toMatchObject({ attempts: 3 });
    await expect(client.request(unsafe, { SdkAppId: 1 })).rejects.toMatchObject({
      attempts: 1,
      outcome: 'unknown',
    });
  });

  test.each<[unknown, RegExp]>([
    [{ name: 'Do Thing' }, /name must be the name of an action, such as DescribeTelSession/],
    [{}, /name must be the name of an action/],
    [
      { name: 'DoThing', idempotence: 'safe' },
      /no option idempotence of defineAction\. Did you mean idempotency/,
    ],
    [{ name: 'DoThing', idempotency: 'yes' }, /idempotency must be 'none', 'safe' or 'idempotent'/],
    [{ name: 'DoThing', rateLimit: { limit: 0, windowMs: 1 } }, /rateLimit must be an object with limit/],
    [null, /The options of defineAction must be an object/],
    [
      { name: 'X', errors: { Busy: { outcome: 'not executed', retry: 'never' } } },
      /errors must be an object of codes, each with outcome/,
    ],
    [{ name: 'X', errors: { Busy: { outcome: 'unknown', retry: 'later' } } }, /retry \(never, after-backoff/],
    [{ name: 'X', errors: { Busy: null } }, /errors must be an object of codes/],
    [{ name: 'X', errors: [] }, /errors must be an object of codes/],
    [{ name: 'X', result: { required: 'TaskId' } }, /result must be an object with lists of names/],
    [{ name: 'X', result: { id: ['TaskId'] } }, /The option result has no field id\. Did you mean ids/],
    [{ name: 'X', version: 20200210 }, /version must be a day such as 2020-02-10/],
  ])('%j is refused', (facts, message) => {
    expect(() => defineAction(facts as never)).toThrow(ConfigurationError);
    expect(() => defineAction(facts as never)).toThrow(message);
  });

  test('what its facts throw does not come out', () => {
    const facts = {
      get name(): string {
        throw new Error('canary');
      },
    };
    expect(() => defineAction(facts)).toThrow(/defineAction must be plain data; reading them threw/);
  });
});

test('the definitions hold what the pages say', () => {
  expect(CreateAutoCalloutTask).toMatchObject({
    version: '2020-02-10',
    service: 'ccc',
    host: 'ccc.intl.tencentcloudapi.com',
    rateLimit: { limit: 20, windowMs: 1000 },
    idempotency: 'none',
  });
  expect(CreatePredictiveDialingCampaign).toMatchObject({
    version: '2020-02-10',
    service: 'ccc',
    host: 'ccc.tencentcloudapi.com',
    idempotency: 'none',
  });
  expect(actions).toMatchObject({ CreateAutoCalloutTask, CreatePredictiveDialingCampaign });
  expect(Object.keys(CreateAutoCalloutTask.errors())).toHaveLength(39 + 3);
});

test('what may have been executed is at most worth another try, never a correction', () => {
  const facts = Object.values(actions).flatMap(({ errors }) => Object.values(errors()));
  const unknown = facts.filter(({ outcome }) => outcome === 'unknown');
  expect(new Set(unknown.map(({ retry }) => retry))).toEqual(new Set(['never', 'after-backoff']));
});
