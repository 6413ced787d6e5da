import { describe, expect, test } from 'vitest';
import type { DispatcherLike, OutboundClientOptions } from '../src/index.js';
import {
  ConfigurationError,
  CreateAutoCalloutTask,
  CreatePredictiveDialingCampaign,
  OutboundClient,
  actions,
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
  const dispatcher: DispatcherLike = {
    dispatch({ origin }, handler) {
      origins.push(origin);
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
  return { origins, dispatcher };
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

  test.each<[object | undefined, RegExp]>([
    [undefined, /site must be 'intl' or 'cn', the site that your account belongs to; or give endpoint/],
    [{}, /site must be 'intl' or 'cn', the site that your account belongs to; or give endpoint/],
    [{ site: 'us' }, /site must be 'intl' or 'cn', .* but got a string of 2 characters/],
    [{ site: '__proto__' }, /site must be 'intl' or 'cn'/],
    [{ site: 'cn', endpoint: 'https://x.example' }, /site must be left out if endpoint is given/],
  ])('refuses %j', (options, message) => {
    const make = () => new OutboundClient(options as OutboundClientOptions);
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(message);
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
