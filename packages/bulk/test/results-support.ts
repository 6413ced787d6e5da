import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { MockEngine, MockOptions } from '@tccc/mocks';
import { createMock } from '@tccc/mocks';
import { OutboundClient } from '@tccc/outbound';
import type { ReceiverOptions } from '../../events/src/index.js';
import { createReceiver } from '../../events/src/index.js';
import type { FleetLedgers } from '../src/fleet.js';
import { joinFleet, planFleet } from '../src/fleet.js';
import type { BulkCallee, ResultRow } from '../src/index.js';
import { runBulk } from '../src/index.js';
import { atEnd, common, template, temporaryFolder } from './support.js';

/** Seconds since the Unix epoch at the start of a test's time. */
export const NOW = 1_800_000_000;

/** What is sent from a time on, for long enough. */
export function callTemplate(start = NOW): typeof template {
  const params = { ...template.params, NotBefore: start, NotAfter: start + 50_000_000 };
  return { ...template, params } as typeof template;
}

/** Pushes as the tests receive them. */
export const pushAccess = { username: 'u', password: 'p' };

/** A mock whose time a test moves, and a client that lives in the same time. */
export function callMock(options: MockOptions = {}, start = NOW) {
  const time = { s: start };
  const now = () => time.s * 1_000;
  const mock = createMock({
    ...{ seed: 1, signatures: 'presence', itemMs: 1_000, calls: { atOnce: 5 } },
    ...{ clock: { now, monotonic: () => 0 }, ...options },
  });
  const client = new OutboundClient({ ...mock.clientOptions, clock: { ...mock.clientOptions.clock, now } });
  atEnd(() => client.close());
  return { client, engine: mock.engine, time };
}

/** A list that was sent from this machine. */
export async function sentList(
  lines: readonly (string | BulkCallee)[],
  options: MockOptions = {},
  more: object = {},
  start = NOW,
) {
  const all = callMock(options, start);
  const ledger = join(await temporaryFolder(), 'run.ledger');
  const given = {
    ...common,
    template: callTemplate(start),
    client: all.client,
    ledger,
    input: lines,
    ...more,
  };
  await runBulk(given).report;
  return { ...all, ledger };
}

/** A list that a fleet has sent. */
export async function sentByFleet(
  ledgers: FleetLedgers,
  client: OutboundClient,
  input: readonly string[],
  { chunkSize = 10, start = NOW } = {},
): Promise<string> {
  const { run } = await planFleet({ ledgers, client, input, template: callTemplate(start), chunkSize });
  await joinFleet({ ledgers, run, client, settleWithinMs: false }).report;
  return run;
}

export async function rowsFrom(results: AsyncIterable<ResultRow>): Promise<ResultRow[]> {
  const rows: ResultRow[] = [];
  for await (const row of results) rows.push(row);
  return rows;
}

/** A receiver of pushes on a port. @returns its address */
export async function startReceiver(onEvent: ReceiverOptions['onEvent']): Promise<string> {
  const { SdkAppId } = template.params as { SdkAppId: number };
  const receiver = createReceiver({ credentials: [pushAccess], sdkAppId: SdkAppId, onEvent });
  const server = createServer((request, response) => void receiver.node(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(async () => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/tccc`;
}

/** Ids of the calls that have ended. */
export function endedSessions(engine: MockEngine): string[] {
  return [...engine.endedCalls(() => 0)].map(({ record }) => String(record['SessionId']));
}

/** Ids of the calls that records were asked for. */
export function sessionsAsked(engine: MockEngine): string[] {
  return engine
    .calls('DescribeTelCdr')
    .flatMap(({ params }) => (params as { SessionIds: string[] }).SessionIds);
}

/** The same ledgers, with nobody who has received a push or asked for anything before. */
export function withoutRecords(ledgers: FleetLedgers): FleetLedgers {
  const records = { keep: async () => {}, of: async () => undefined };
  return {
    records,
    create: (given) => ledgers.create(given),
    open: (run) => ledgers.open(run),
    close: async () => {},
  };
}
