import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type {
  AnyTcccError,
  CallOptions,
  CreateAutoCalloutTaskRequest,
  OutboundClientOptions,
} from '@tccc/outbound';
import { OutboundClient, isTcccError } from '@tccc/outbound';
import { describe, expect, test } from 'vitest';
import type { FaultKind, FaultName } from '../src/index.js';
import {
  FaultPlan,
  MockDispatcher,
  MockEngine,
  MockServer,
  faultKinds,
  mockCredentials,
} from '../src/index.js';
import type { OutcomeRow } from './outcome-table.js';
import { outcomeTable } from './outcome-table.js';
import { exampleOf } from './support.js';
import { FakeClock } from '../../core/test/support/fake-clock.js';
import { eventually } from '../../core/test/support/wait.js';

const task = exampleOf('CreateAutoCalloutTask') as object as CreateAutoCalloutTaskRequest;
const kindOf = (fault: FaultName): FaultKind => faultKinds[fault];

/** Sends one call and says how it ended. */
async function callOnce(options: OutboundClientOptions): Promise<AnyTcccError | undefined> {
  await using client = new OutboundClient({ credentials: mockCredentials, random: () => 0, ...options });
  return (await callWith(client)).error;
}

/** The id that a call gave, or why it gave none. */
async function callWith(
  client: OutboundClient,
  params: CreateAutoCalloutTaskRequest = task,
  options: CallOptions = {},
): Promise<{ id?: number; error?: AnyTcccError }> {
  try {
    const { TaskId } = await client.createAutoCalloutTask(params, options);
    return { id: TaskId };
  } catch (error) {
    if (isTcccError(error)) return { error };
    throw error;
  }
}

function expectRow(
  error: AnyTcccError | undefined,
  { fault: _fault, outcome, kind, code, attempts }: OutcomeRow,
): void {
  const seen = {
    outcome: error?.outcome ?? 'success',
    kind: error?.kind ?? '-',
    code: error?.code ?? '-',
    attempts: error?.attempts ?? 1,
  };
  expect(seen).toEqual({ outcome, kind, code, attempts });
}

/** The rows of the faults that the mock can show, once for each way in which they can strike. */
const served = outcomeTable.flatMap((row) => {
  if (!Object.hasOwn(faultKinds, row.fault)) return [];
  const { strikes } = kindOf(row.fault as FaultName);
  return (strikes === 'either' ? (['before', 'after'] as const) : [strikes]).map(
    (when) => [row.fault, when, row] as const,
  );
});

describe('the truth about every fault', () => {
  test('the table has a row for every fault of the mock', () => {
    expect(outcomeTable.map(({ fault }) => fault).sort()).toEqual(
      [...Object.keys(faultKinds), 'refused', 'unknown-host', 'connect-timeout', 'tls-failure'].sort(),
    );
  });

  test.each(served)('%s, which strikes %s the creation', async (fault, strikes, row) => {
    const engine = new MockEngine({ seed: 1, rateLimit: 'off' });
    await using server = await MockServer.start(engine);
    const isLate = row.code === 'ResponseTimeout';
    const clock = new FakeClock(Date.now());
    await using client = new OutboundClient({
      endpoint: server.url,
      credentials: mockCredentials,
      ...(isLate ? { clock } : {}),
      random: () => 0.1, // Pauses of 50 ms, which begin before and end after what comes late.
    });
    const { at, leastBytes = 0, strikes: ways } = kindOf(fault as FaultName);
    // A fault that strikes connections needs a new one; the others are shown on one that has been used.
    if (at !== 'connection') await callWith(client);
    engine.faults.add({ fault: fault as FaultName, ...(ways === 'either' ? { strikes } : {}) });
    const [created, asked] = [engine.created.length, engine.journal.size];
    const called = callWith(client, { ...task, Description: 'x'.repeat(leastBytes) });
    if (isLate) {
      await eventually(() => expect(engine.journal.size).toBe(asked + 1));
      await clock.advance(30_000);
    }
    const { id, error } = await called;
    expectRow(error, row);
    if (error === undefined) expect(id, 'which creation it reports').toBe(engine.created.at(-1)!.id);
    if (leastBytes > 0) return; // The client hangs up, and the service may or may not have read all.
    expect(engine.created.length - created, 'what the service did').toBe(strikes === 'after' ? 1 : 0);
    if (at === undefined) expect(engine.journal.size - asked, 'how often it was asked').toBe(row.attempts);
  });

  const networkRow = (fault: OutcomeRow['fault']) => outcomeTable.find((row) => row.fault === fault)!;

  test('refused', async () => {
    const engine = new MockEngine();
    await using server = await MockServer.start(engine);
    await server.refuse();
    expectRow(await callOnce({ endpoint: server.url }), networkRow('refused'));
    await server.accept();
    expect(await callOnce({ endpoint: server.url }), 'and it works again').toBeUndefined();
    await server.refuse();
  });

  test('unknown host', async () => {
    expectRow(
      await callOnce({ endpoint: 'http://nobody.invalid', allowHttp: true }),
      networkRow('unknown-host'),
    );
  });

  test('connect timeout', async () => {
    const silent = createServer((socket) => socket.on('error', () => {}).resume());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const endpoint = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    expectRow(await callOnce({ endpoint, connectTimeoutMs: 50 }), networkRow('connect-timeout'));
    silent.close();
  });

  test('TLS failure', async () => {
    await using server = await MockServer.start(new MockEngine());
    expectRow(await callOnce({ endpoint: server.brokenTlsUrl }), networkRow('tls-failure'));
  });

  test('the page docs/outcomes.md has each of them once', async () => {
    const lists = Object.entries(REPORTS).flatMap(([heading, isOf]) => [
      `## ${heading}`,
      '',
      ...listOf(outcomeTable.filter(isOf)),
      '',
    ]);
    const counts = outcomeTable.map((row) => Object.values(REPORTS).filter((isOf) => isOf(row)).length);
    expect(new Set(counts), 'each fault is in one list').toEqual(new Set([1]));
    const page = [...PREFACE, ...lists, ...EPILOGUE].join('\n');
    await expect(page).toMatchFileSnapshot('../../../docs/outcomes.md');
  });
});

describe('a refusal whose own success comes during the pause', () => {
  /** Shows the fault to one call, during whose pause of 100 ms something happens. */
  async function lieTo(meanwhile: (controller: AbortController, client: OutboundClient) => void) {
    const engine = new MockEngine({ seed: 1, rateLimit: 'off' });
    await using server = await MockServer.start(engine);
    await using client = new OutboundClient({
      endpoint: server.url,
      credentials: mockCredentials,
      random: () => 0.2,
    });
    engine.faults.add({ fault: 'refusal-then-success' });
    const controller = new AbortController();
    const called = callWith(client, task, { signal: controller.signal });
    await eventually(() => expect(engine.created).toHaveLength(1));
    meanwhile(controller, client);
    const { error } = await called;
    expect(engine.created).toHaveLength(1);
    return error;
  }

  test('is seen even if the call is aborted then', async () => {
    const error = await lieTo((controller) => setTimeout(() => controller.abort(), 50));
    expect(error).toMatchObject({ code: 'ForeignResponse', outcome: 'unknown' });
  });

  test('is seen even if the client is closed then', async () => {
    const error = await lieTo((_controller, client) => setTimeout(() => void client.close(), 50));
    expect(error).toMatchObject({ code: 'ForeignResponse', outcome: 'unknown' });
  });

  test('is seen even if the process is busy for the rest of the pause', async () => {
    const busyMs = 250;
    const error = await lieTo(() => {
      // From a time at which the refusal has been read, but nothing else.
      setTimeout(() => {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, busyMs);
      }, 1);
    });
    expect(error).toMatchObject({ code: 'ForeignResponse', outcome: 'unknown' });
  });
});

const NETWORK: Record<string, string> = {
  refused: 'the connection is refused',
  'unknown-host': 'the host name cannot be resolved',
  'connect-timeout': 'connecting takes too long',
  'tls-failure': 'the TLS handshake fails',
};

/** The faults, those with the same code together; the code itself once. */
function listOf(rows: readonly OutcomeRow[]): string[] {
  const codes = [...new Set(rows.map(({ code }) => code))];
  return codes.flatMap((code) => {
    const faults = rows.filter((row) => row.code === code).map(({ fault }) => faultAndMeaning(fault, code));
    if (code === '-') return faults.map((fault) => `- ${fault}`);
    if (faults.length === 1) return [`- \`${code}\` for ${faults[0]!}`];
    return [`- \`${code}\` for`, ...faults.map((fault) => `  - ${fault}`)];
  });
}

/** A fault and what happens, unless it is only that the service answers with this code. */
function faultAndMeaning(fault: OutcomeRow['fault'], code: string): string {
  const meaning = Object.hasOwn(faultKinds, fault) ? kindOf(fault as FaultName).meaning : NETWORK[fault]!;
  return `\`${fault}\`${meaning === `the service answers ${code}` ? '' : `: ${meaning}`}`;
}

/** The lists of the page, and what is in each. */
const REPORTS: Record<string, (row: OutcomeRow) => boolean> = {
  Success: ({ outcome }) => outcome === 'success',
  '`not-executed`, and retried after a pause': (row) => isRefused(row) && row.attempts > 2,
  '`not-executed`, and retried once': (row) => isRefused(row) && row.attempts === 2,
  '`not-executed`, and not retried': (row) => isRefused(row) && row.attempts === 1,
  '`unknown`, and never retried': ({ outcome, attempts }) => outcome === 'unknown' && attempts === 1,
  '`executed`, and never retried': ({ outcome, attempts }) => outcome === 'executed' && attempts === 1,
};

const isRefused = ({ outcome }: OutcomeRow) => outcome === 'not-executed';

const PREFACE = [
  '# What a call reports, fault by fault',
  '',
  '<!-- generated: by packages/mocks/test/outcomes.test.ts -->',
  '',
  'Success means exactly one creation, with its id; `not-executed` means certainly none. If neither is certain, the outcome is `unknown`, and',
  'the call is not repeated.',
  '',
  'Below is what a client with default options reports for each [fault of the mock](mock.md#faults) and of the network: the',
  '[code](errors.md), the fault, and what happens, unless the service simply answers with that code. A test per fault compares this with what',
  'the service really did, both ways if the fault can strike before or after the creation: the client cannot tell which.',
  '',
];

const EPILOGUE = [
  '## What still cannot be seen',
  '',
  'Something between you and the service may send a response that is not the service’s. The client recognises it by a request id seen before,',
  'by another request’s trace id, by the age that a cache states, and by bytes that come while no request is under way. If none of these shows',
  'it, a report can be wrong. Tests (`packages/core/test/transport/unseen.test.ts`) show what remains; the client cannot see:',
  '',
  '- what follows a refusal that ends the call, if it comes after the silence of 25 ms that follows every refusal. If the refusal was false, the',
  '  call reports `not-executed`, although it was executed.',
  '- what follows a refusal that is tried again, if it comes when the retry has been sent: after that silence, the pause, and the wait for a turn',
  '  and for a connection. The call reports what the retry says; there can be two creations. (If it comes on another connection than the',
  '  retry, and before its response, the call reports `unknown`.)',
  '- what comes in a later packet on a connection that the server ends (`Connection: close`) with a false refusal. The same follows.',
  '- that a response was on its way before the request, if it comes after it, later than 2 ms after the connection was made. The call reports',
  '  what it says, if its request id is new.',
  '- that a surplus response does not belong to the next request, if it comes after it on the same connection. That next call reports what it',
  '  says, if its request id is new.',
  '',
  'The silence is real time on the refusal’s connection, whatever the options, and the next request on it waits too. A call that only reads',
  'does not wait: its outcome is certain.',
  '',
  'A process remembers the latest 131,072 to 262,144 request ids of each service; those of a service on this machine, such as a mock, only until',
  'its last client closes. A copy of an older response, or of one that another process or thread received, is recognised only by its trace id.',
  'You are shown the request id of the body; the header `X-TC-RequestId` counts only if the body has none.',
  '',
  'With a dispatcher of your own, [more remains unseen](dispatchers.md#what-stays-unseen).',
  '',
];

describe('installing faults', () => {
  const plan = () => new FaultPlan(() => 0.5);

  test('by number, by action, by chance; and they can be removed', () => {
    const faults = plan();
    const remove = faults.add({ fault: 'html', action: 'A', nth: [2, 3] });
    faults.add({ fault: 'empty', probability: 0.5 });
    faults.add({ fault: 'null', probability: 0.6, action: 'B' });
    const struck = (action: string) => faults.next(action, 0)?.name;
    expect([struck('A'), struck('B'), struck('A'), struck('A'), struck('A')]).toEqual([
      undefined,
      'null',
      'html',
      'html',
      undefined,
    ]);
    remove();
    expect(struck('A')).toBeUndefined();
    faults.clear();
    expect(struck('B')).toBeUndefined();
  });

  test('by number on the server, too', async () => {
    const engine = new MockEngine({ seed: 1 });
    await using server = await MockServer.start(engine);
    engine.faults.add({ fault: 'internal-error', nth: 2 });
    const codes = [];
    for (let call = 0; call < 3; call++) codes.push((await callOnce({ endpoint: server.url }))?.code);
    expect(codes).toEqual([undefined, 'InternalError', undefined]);
  });

  test('a rule that makes no sense is refused', () => {
    expect(() => plan().add({ fault: 'nonsense' as FaultName })).toThrow(
      /no fault "nonsense". There are: reset-at-once/,
    );
    expect(() => plan().add({ fault: 'html', probability: 2 })).toThrow(/from 0 to 1/);
    expect(() => plan().add({ fault: 'reset-after-create', strikes: 'before' })).toThrow(
      /always strikes after/,
    );
  });

  test('a way in without sockets refuses faults that it could only imitate', () => {
    const engine = new MockEngine();
    expect(() => new MockDispatcher(engine)).not.toThrow();
    expect(() => engine.faults.add({ fault: 'reset-after-create' })).toThrow(/needs sockets. Use MockServer/);
    expect(() => engine.faults.add({ fault: 'internal-error' })).not.toThrow();
    const other = new MockEngine();
    other.faults.add({ fault: 'no-answer' });
    expect(() => new MockDispatcher(other)).toThrow(/needs sockets/);
  });

  test('a fault does not save a request that is wrong anyway', async () => {
    const engine = new MockEngine();
    engine.faults.add({ fault: 'html', strikes: 'after' });
    const dispatcher = new MockDispatcher(engine);
    const error = await callOnce({
      site: 'intl',
      dispatcher,
      credentials: { ...mockCredentials, secretKey: 'wrong' },
    });
    expect(error).toMatchObject({ code: 'AuthFailure.SignatureFailure', outcome: 'not-executed' });
  });
});
