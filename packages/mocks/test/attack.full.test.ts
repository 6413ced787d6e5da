import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MockProcess } from './process.js';
import { peakMib, startCommand, terminate } from './process.js';
import { send } from './send.js';
import { exampleOf, signedRequest } from './support.js';

/**
 * The bound that docs/mock.md states, in MiB, with room for Node.js itself: 64 are kept of requests and 64 of what they
 * created, 256 may be under way, and one request at a time is worked on.
 */
const BOUND_MIB = 768;

const example = exampleOf('CreateAutoCalloutTask');
const small = JSON.stringify(example);
const callees = Array.from({ length: 100_000 }, (_, index) => `0086130${10_000_000 + index}`);
const large = JSON.stringify({ ...example, Callees: callees });

let mock: MockProcess;
beforeEach(async () => {
  mock = await startCommand('--rate-limit', 'off', '--signatures', 'off');
});
afterEach(async () => mock[Symbol.asyncDispose]());

/** The mock is well: it answers, its memory is within the bound, and it ends when it is asked to. */
async function expectWell(): Promise<void> {
  expect(await send(mock.url, small)).toContain('"TaskId"');
  expect((await peakMib(mock)) ?? 0).toBeLessThan(BOUND_MIB);
  await expectEnd();
}

async function expectEnd(): Promise<void> {
  expect(await terminate(mock)).toEqual([0, null]);
}

/** The mock ends while these are under way, and does not wait for them. */
async function expectEndDuring(requests: readonly Promise<string>[]): Promise<void> {
  let answered = 0;
  const all = requests.map((one) =>
    one.then(
      () => answered++,
      () => {},
    ),
  );
  await Promise.race(all);
  await expectEnd();
  await Promise.all(all);
  expect(answered).toBeLessThan(requests.length);
}

const get = (path: string) => send(`${mock.url}/__mock/${path}`, '', { method: 'GET', headers: {} });

describe('48 requests of 100,000 callees', () => {
  test('are counted, and the journal can be read', async () => {
    for (let batch = 0; batch < 6; batch++)
      await Promise.all(Array.from({ length: 8 }, () => send(mock.url, large)));
    const text = await get('journal?limit=100000');
    const journal = JSON.parse(text) as {
      requests: number;
      created: number;
      keptFrom: number;
      entries: unknown[];
    };
    expect(journal).toMatchObject({ requests: 48, created: 48, next: null });
    expect(journal.entries.length).toBe(48 - journal.keptFrom + 1);
    expect(journal.entries.length).toBeGreaterThan(10);
    // More than is kept.
    expect(journal.keptFrom).toBeGreaterThan(1);
    expect(text.length).toBeLessThan(80 * 1024 * 1024);
    await expectWell();
  });

  test('do not delay an end, nor does a reader that reads nothing', async () => {
    await Promise.all(Array.from({ length: 8 }, () => send(mock.url, large)));
    const idle = await open(`GET /__mock/journal HTTP/1.1\r\nHost: x\r\n\r\n`);
    idle.pause();
    await expectEndDuring(Array.from({ length: 16 }, () => send(mock.url, large)));
  });
});

describe('what was created, however large it is', () => {
  const { SdkAppId } = example as { SdkAppId: number };
  const ask = (action: string, params: object) => {
    const text = JSON.stringify({ SdkAppId, ...params });
    const { headers } = signedRequest(text, { action });
    return send(mock.url, text, { headers: headers as Record<string, string> });
  };

  test('long names are carried, and lists of all of them are refused', async () => {
    const long = JSON.stringify({ ...example, Name: 'x'.repeat(5_000_000) });
    // More than is kept.
    for (let count = 0; count < 15; count++) await send(mock.url, long);
    const list = (PageSize: number) => ask('DescribeAutoCalloutTasks', { PageSize, PageNumber: 0 });
    const texts = await Promise.all(Array.from({ length: 20 }, () => list(1_000_000)));
    for (const text of texts) expect(text).toContain('limit of this mock');
    expect((await list(2)).length).toBeGreaterThan(10_000_000);
    await expectWell();
  });

  test('a list of many numbers is carried, and shown if it is not too long', async () => {
    const [many, most] = [callees, Array.from({ length: 2_000_000 }, () => '1')];
    const describeOne = async (Callees: string[]) => {
      const created = await send(mock.url, JSON.stringify({ ...example, Callees }));
      const { Response } = JSON.parse(created) as { Response: { TaskId: number } };
      return ask('DescribeAutoCalloutTask', { TaskId: Response.TaskId });
    };
    expect(await describeOne(most)).toContain('limit of this mock');
    expect(
      (JSON.parse(await describeOne(many)) as { Response: { Callees: [] } }).Response.Callees,
    ).toHaveLength(100_000);
    await expectWell();
  });
});

describe('a hostile body of 10 MB', () => {
  const MEGA = 1_000_000;
  const manyKeys = () => `{${Array.from({ length: 800_000 }, (_, index) => `"a${index}":1`).join()}}`;
  const bodies: [string, () => string, string][] = [
    ['of brackets', () => '['.repeat(5 * MEGA) + ']'.repeat(5 * MEGA), 'levels deep'],
    ['of brackets that never close', () => '{"a":'.repeat(2 * MEGA), 'levels deep'],
    [
      'of brackets in a parameter that is not checked',
      () => small.replace('{', `{"UUI":${'['.repeat(4 * MEGA)}${']'.repeat(4 * MEGA)},`),
      'levels deep',
    ],
    ['of a million keys', manyKeys, 'is not a known name'],
    ['of small objects', () => `{"Callees":[${'{},'.repeat(3 * MEGA)}{}]}`, 'MissingParameter'],
    ['of one text', () => `{"${'x'.repeat(10 * MEGA)}":1}`, 'is not a known name'],
    ['of nothing that is JSON', () => ' '.repeat(10 * MEGA), 'must be JSON'],
  ];

  test('of any kind is refused, one after another', async () => {
    for (const [name, make, says] of bodies) expect(await send(mock.url, make()), name).toContain(says);
    expect((await get('journal')).length).toBeGreaterThan(100);
    await expectWell();
  });

  test('does not delay an end', async () => {
    const body = manyKeys();
    await expectEndDuring(Array.from({ length: 4 }, () => send(mock.url, body)));
  });
});

describe('500 half-open connections', () => {
  const { headers } = signedRequest(small);
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
  const starts: [string, string][] = [
    ['within a head', 'POST / HTTP/1.1\r\nHost: x\r\nX-TC-'],
    ['before a body', `POST / HTTP/1.1\r\n${head.join('')}Content-Length: 10000000\r\n\r\n`],
    [
      'within a body',
      `POST / HTTP/1.1\r\n${head.join('')}Content-Length: 10000000\r\n\r\n${' '.repeat(900_000)}`,
    ],
  ];

  test.each(starts)('%s are carried, and do not delay an end', async (_name, start) => {
    const sockets = await Promise.all(Array.from({ length: 500 }, () => open(start)));
    // Those that were too much were told so; the others are waited for.
    expect(sockets.filter((socket) => !socket.destroyed).length).toBeGreaterThan(100);
    await expectWell();
    for (const socket of sockets) socket.destroy();
  });
});

/** A connection on which this was sent, whatever becomes of it. */
async function open(text: string): Promise<Socket> {
  const socket = connect(Number(new URL(mock.url).port), '127.0.0.1');
  socket.on('error', () => {});
  socket.resume();
  await new Promise((resolve) => {
    socket.once('close', resolve);
    socket.write(text, resolve);
  });
  return socket;
}
