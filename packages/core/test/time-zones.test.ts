import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ActionDefinition } from '../src/action.js';
import type { ServiceClient } from '../src/client.js';
import { timeZones } from '../src/params/time-zone-names.js';
import { failureOf } from './support/client.js';
import { TestServer, createThing, credentials } from './support/service.js';

interface Params {
  Name: string;
  TimeZone?: string;
}

const planThing = {
  ...createThing,
  rules: () => ({
    type: 'object',
    properties: {
      Name: { type: 'string', minLength: 1 },
      TimeZone: { type: 'string', format: 'iana-time-zone' },
    },
  }),
} as const as unknown as ActionDefinition<Params, object>;

describe('the names', () => {
  // What ICU calls a zone by its first name is one that IANA has, though ICU may be older.
  test('are those of Node.js, and more', () => {
    const missing = Intl.supportedValuesOf('timeZone').filter((name) => !timeZones.has(name));
    expect(missing).toEqual([]);
  });

  test.each([
    ['Asia/Shanghai', true],
    ['Asia/Chongqing', true],
    ['America/Argentina/Buenos_Aires', true],
    ['Etc/GMT+8', true],
    ['GB-Eire', true],
    ['EST5EDT', true],
    ['asia/shanghai', false],
    ['Asia', false],
    ['/Asia/Shanghai', false],
    ['CST', false],
    ['US/Pacific-New', false],
    ['localtime', false],
    ['Factory', false],
    ['constructor', false],
  ])('%s: %s', (name, isKnown) => {
    expect(timeZones.has(name)).toBe(isKnown);
  });

  test.each([
    [' Asia/Shanghai ', ['Asia/Shanghai']],
    ['america/new york', ['America/New_York']],
    ['Kolkata', ['Asia/Kolkata']],
    ['pst', ['Asia/Manila', 'America/Los_Angeles', 'America/Vancouver']],
    ['Europe/Berln', ['Europe/Berlin']],
    ['etc/gmt+8', ['Etc/GMT+8']],
    ['GMT+8', []],
    ['gmt-5', []],
    ['Etc/UTC+8', []],
    ['AB', []],
    ['', []],
    ['__proto__', []],
  ])('"%s" could mean %j', (text, names) => {
    expect(timeZones.meantBy(text)).toEqual(names);
  });
});

describe('a call that is the first to name a time zone', () => {
  let client: ServiceClient;
  let server: TestServer;
  /** Modules that nobody has used yet, so that the names have not been loaded. */
  beforeEach(async () => {
    vi.resetModules();
    const fresh = await import('../src/client.js');
    server = await TestServer.start();
    client = new fresh.ServiceClient({ credentials, endpoint: server.url });
  });
  afterEach(async () => {
    await client.close();
    await server[Symbol.asyncDispose]();
    vi.resetModules();
  });

  test('says all that is wrong together', async () => {
    const call = client.call(planThing, { Name: '', TimeZone: 'CST' });
    await expect(call).rejects.toMatchObject({ kind: 'validation', attempts: 0, issueCount: 2 });
    await expect(call).rejects.toThrow(/Name: expected.*TimeZone: is not an IANA/s);
    expect(server.received).toEqual([]);
  });

  test('sends what was given within the call', async () => {
    const params = { Name: 'x', TimeZone: 'Asia/Shanghai' };
    const call = client.call(planThing, params);
    params.TimeZone = 'CST';
    await call;
    expect(server.received.map(({ body }) => body)).toEqual(['{"Name":"x","TimeZone":"Asia/Shanghai"}']);
  });

  test('is not sent if the client is closed meanwhile', async () => {
    const call = client.call(planThing, { Name: 'x', TimeZone: 'Asia/Shanghai' });
    const [error] = await Promise.all([failureOf(call), client.close()]);
    expect(error).toMatchObject({ code: 'ClientClosed', outcome: 'not-executed' });
    expect(server.received).toEqual([]);
  });

  test('is not sent if its signal is aborted meanwhile', async () => {
    const controller = new AbortController();
    const call = client.call(
      planThing,
      { Name: 'x', TimeZone: 'Asia/Shanghai' },
      { signal: controller.signal },
    );
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'Aborted', outcome: 'not-executed' });
    expect(server.received).toEqual([]);
  });
});
