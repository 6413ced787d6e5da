import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  BulkEvent,
  BulkOptions,
  BulkReport,
  BulkTemplate,
  CampaignParams,
  ReportRow,
} from '../src/index.js';
import { reportLines, runBulk } from '../src/index.js';
import type { MockEngine, MockOptions } from '@tccc/mocks';
import { createMock, mockClientOptions } from '@tccc/mocks';
import type { Clock, OutboundClientOptions } from '@tccc/outbound';
import { OutboundClient } from '@tccc/outbound';
import { onTestFinished } from 'vitest';

/** Registers what is to be done at the end of a test. */
export type Register = (close: () => Promise<unknown>) => void;

/**
 * What is to be done at the end of the test that runs, last things first. A hook of this module would be that of the first file alone
 * that imports it: the quick tests of a worker share their modules.
 */
export function atEnd(close: () => Promise<unknown>): void {
  onTestFinished(async () => void (await close()));
}

/** A folder for one test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tccc-bulk-test-'));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A mock, and a client of it. */
export function mockClient(options: MockOptions = {}): { engine: MockEngine; client: OutboundClient } {
  const { engine, clientOptions } = createMock({ seed: 1, ...options });
  const client = new OutboundClient(clientOptions);
  atEnd(() => client.close());
  return { engine, client };
}

/** Another client of a mock. */
export function clientOf(engine: MockEngine, options: Omit<OutboundClientOptions, 'site'>): OutboundClient {
  const client = new OutboundClient({ ...mockClientOptions(engine), ...options } as OutboundClientOptions);
  atEnd(() => client.close());
  return client;
}

export const template: BulkTemplate = {
  action: 'CreateAutoCalloutTask',
  params: { SdkAppId: 1_400_000_000, NotBefore: 1, Callers: ['008602012345678'], IvrId: 8, Name: 'Spring' },
  numbers: { country: 'CN' },
};

export const campaign: CampaignParams = {
  SdkAppId: 1,
  Name: 'n',
  Callers: ['1'],
  SkillGroupId: 1,
  CallOrder: 1,
  Priority: 1,
  ExpectedAbandonRate: 5,
  RetryInterval: 60,
  StartTime: 1,
  EndTime: 9_999_999_999,
};

/** Options that most runs of the tests share. */
export const common: { template: BulkTemplate; chunkSize: number; settleWithinMs: false } = {
  template,
  chunkSize: 10,
  settleWithinMs: false,
};

/** Time that passes only in pauses. */
function fakeClock(): Clock & { waited: number[]; at: number } {
  return {
    waited: [],
    at: 1_000_000,
    now() {
      return this.at;
    },
    monotonic() {
      return this.at;
    },
    schedule(callback, ms) {
      this.waited.push(ms);
      let isOver = false;
      queueMicrotask(() => {
        if (isOver) return;
        this.at += ms;
        callback();
      });
      return () => (isOver = true);
    },
  };
}

/** A mock, a client, a clock, and the place of a ledger. */
export async function setUp(options: MockOptions = {}) {
  const folder = await temporaryFolder();
  return { ...mockClient(options), folder, ledger: join(folder, 'run.ledger'), clock: fakeClock() };
}

/** A number of its own for each index: a mobile number of China, in E.164 form without +. */
export function numberOf(index: number): string {
  return `86138${String(index).padStart(8, '0')}`;
}

export function numbers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `+${numberOf(index)}`);
}

/** A whole run, with everything that it said. */
export async function runAll(options: BulkOptions): Promise<{ events: BulkEvent[]; report: BulkReport }> {
  const run = runBulk(options);
  const events: BulkEvent[] = [];
  for await (const event of run) events.push(event);
  return { events, report: await run.report };
}

export async function rowsOf(ledger: string): Promise<ReportRow[]> {
  const rows: ReportRow[] = [];
  for await (const row of reportLines(ledger)) rows.push(row);
  return rows;
}

/** Every number that the service would call, by the tasks that were created. */
export function calledBy(engine: MockEngine): string[] {
  return engine.created.flatMap(({ params }) => params['Callees'] as string[]);
}

/** Random numbers from 0 up to but not including 1 that depend on nothing but the seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A run of 60 numbers that has stopped after a first request of unknown outcome, with 5 chunks left. */
export async function stoppedRun() {
  const all = await setUp();
  all.engine.faults.add({
    fault: 'internal-error',
    action: 'CreateAutoCalloutTask',
    nth: 1,
    strikes: 'before',
  });
  const { client, ledger } = all;
  await runAll({ ...common, client, ledger, input: numbers(60), maxFailures: 1, concurrency: 1 });
  return all;
}
