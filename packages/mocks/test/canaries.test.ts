import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import type { CallOptions, DispatcherLike, OutboundClientOptions } from '@tccc/outbound';
import { ATTEMPT_CHANNEL, OutboundClient } from '@tccc/outbound';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FaultKind, FaultName } from '../src/index.js';
import { MockEngine, MockServer, faultKinds } from '../src/index.js';
import { exampleOf } from './support.js';

const SECRET_KEY = 'canarySecretKeyOfLettersOnly';
const TOKEN = 'canaryTokenOfLettersOnly';
const SECRET_ID = 'AKIDcanaryOfLettersOnly';
const NUMBERS = ['13800138000', '+8613900139000', '0086 137-0013-7000'];
const credentials = { secretId: SECRET_ID, secretKey: SECRET_KEY, token: TOKEN };

/** Everything that anybody was shown. */
let shown: string[];
const show = (value: unknown) => {
  shown.push(inspect(value, { depth: 12, showHidden: true }), String(value));
  try {
    shown.push(JSON.stringify(value) ?? '');
  } catch {
    // Not everything is JSON.
  }
};

beforeEach(() => {
  shown = [];
  subscribe(ATTEMPT_CHANNEL, show);
  for (const method of ['log', 'error', 'warn', 'info', 'debug'] as const)
    vi.spyOn(console, method).mockImplementation(show);
  vi.spyOn(process, 'emitWarning').mockImplementation(show);
});

afterEach(() => {
  unsubscribe(ATTEMPT_CHANNEL, show);
  vi.restoreAllMocks();
  const text = shown.join('\n');
  for (const canary of [SECRET_KEY, TOKEN, SECRET_ID, ...NUMBERS])
    expect(text.includes(canary), canary).toBe(false);
  expect(text.replace(/[\s()-]/g, '')).not.toMatch(/13800138000|13900139000|13700137000/);
});

/** A valid request in which every text is a canary. */
const canaryTask = {
  ...exampleOf('CreateAutoCalloutTask'),
  Callees: NUMBERS,
  Callers: NUMBERS,
  Name: NUMBERS[0],
  Description: SECRET_KEY,
  UUI: TOKEN,
  Variables: [{ Key: NUMBERS[1], Value: SECRET_KEY }],
  CalleeAttributes: [{ Callee: NUMBERS[2], UUI: NUMBERS[0], Variables: [{ Key: 'k', Value: TOKEN }] }],
} as never;

async function callAndShow(
  options: OutboundClientOptions,
  params: unknown = canaryTask,
  callOptions: CallOptions = {},
) {
  await using client = new OutboundClient({
    credentials,
    random: () => 0,
    attemptTimeoutMs: 1_000,
    ...options,
  });
  show(client);
  await client.createAutoCalloutTask(params as never, callOptions).then(show, show);
  await client.createPredictiveDialingCampaign(params as never, callOptions).then(show, show);
}

describe('no canary is shown', () => {
  test('by any fault', async () => {
    await Promise.all(
      (Object.keys(faultKinds) as FaultName[]).map(async (fault) => {
        const kind: FaultKind = faultKinds[fault];
        expect(kind.meaning).toBeTruthy();
        const engine = new MockEngine({ credentials: [credentials], rateLimit: 'off' });
        await using server = await MockServer.start(engine);
        engine.faults.add({ fault });
        await callAndShow({ endpoint: server.url });
        show(engine);
        show(server);
      }),
    );
    expect(shown.length).toBeGreaterThan(300);
  });

  test('by a service that repeats everything it was sent', async () => {
    const echo: DispatcherLike = {
      dispatch({ headers, body }, handler) {
        const text = String(body);
        const Message = `${headers.join(' ')} ${text} ${SECRET_KEY}`;
        const response = JSON.stringify({
          Response: { Error: { Code: 'InvalidParameterValue', Message }, RequestId: '138001380001380013800' },
        });
        const controller = { abort: () => {} };
        handler.onRequestStart(controller, {});
        handler.onResponseStart(controller, 200, { 'x-echo': text });
        handler.onResponseData(controller, Buffer.from(response));
        handler.onResponseEnd(controller, {});
        return true;
      },
    };
    await callAndShow({ site: 'intl', dispatcher: echo });
    expect(shown.join()).toContain('InvalidParameterValue');
  });

  test('by a dispatcher that throws everything it was given', async () => {
    const throwing: DispatcherLike = {
      dispatch({ headers, body }) {
        throw Object.assign(new Error(`${headers.join(' ')} ${String(body)}`), {
          headers,
          body,
          code: NUMBERS[0],
        });
      },
    };
    await callAndShow({ site: 'intl', dispatcher: throwing, retry: { maxAttempts: 1 } });
  });

  test.each(Object.keys(exampleOf('CreateAutoCalloutTask')))('by a mistake in %s', async (field) => {
    for (const canary of [...NUMBERS, SECRET_KEY, TOKEN, 13800138000]) {
      for (const value of [
        canary,
        [canary],
        { [String(canary)]: canary },
        [[{ [String(canary)]: canary }]],
      ]) {
        await callAndShow({ endpoint: 'http://127.0.0.1:9', retry: { maxAttempts: 1 } }, { [field]: value });
      }
    }
  });

  test('by options and credentials that are wrong', async () => {
    const attempts: (() => unknown)[] = [
      () =>
        new OutboundClient({
          site: 'intl',
          credentials: { secretId: `${SECRET_ID} `, secretKey: SECRET_KEY },
        }),
      () =>
        new OutboundClient({
          site: 'intl',
          credentials: { secretId: SECRET_ID, secretKey: `${SECRET_KEY}\n`, token: TOKEN },
        }),
      () => new OutboundClient({ credentials, endpoint: `https://${SECRET_ID}:${SECRET_KEY}@x.example` }),
      () => new OutboundClient({ site: 'intl', credentials, region: TOKEN }),
      () => new OutboundClient({ credentials, site: SECRET_KEY as never }),
      () => new OutboundClient({ site: 'intl', credentials, [SECRET_KEY]: 1 } as never),
    ];
    for (const attempt of attempts) {
      try {
        show(attempt());
      } catch (error) {
        show(error);
      }
    }
    const failing = () =>
      Promise.reject(
        Object.assign(new Error(`no credentials with ${SECRET_ID} 13800138000`), { SECRET_KEY }),
      );
    await callAndShow({ site: 'intl', credentials: failing as never }).catch(show);
    await callAndShow({ site: 'intl', dispatcher: { dispatch: () => true } }, canaryTask, {
      headers: { [NUMBERS[0]!]: TOKEN, 'bad name': TOKEN },
    });
    await callAndShow({ site: 'intl', dispatcher: { dispatch: () => true } }, canaryTask, {
      extraParams: { [NUMBERS[0]!]: () => SECRET_KEY },
    });
  });
});
