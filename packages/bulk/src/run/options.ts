import type { OutboundClient } from '@tccc/outbound';
import type { Checked, OptionTable } from '@tccc/outbound/internal';
import { asGiven, boolean, clock, methods, number } from '@tccc/outbound/internal';
import type { Clock } from '../clock.js';
import { BulkError } from '../errors.js';
import { abortSignal, checkValue, copied, required, someText } from '../options.js';
import type { BulkInput } from '../input/input.js';
import type { ChunkLimits } from '../plan/chunker.js';
import type { DoNotCall } from '../plan/do-not-call.js';
import { bytesAround } from './send.js';
import type { BulkTemplate, Template } from '../request/template.js';

/** How a list is cut into chunks, and what is left out of it. */
export interface PlanningOptions {
  /** The list. */
  input: BulkInput;
  /** What to send for every chunk. */
  template: BulkTemplate;
  /**
   * Numbers in a chunk, which is one request and one task. An integer from 1 to 100,000. If the outcome of a request is
   * unknown, it is so for all numbers of its chunk.
   *
   * @default 1,000
   */
  chunkSize?: number;
  /**
   * Longest request, in bytes. From 1,024 to the limit of the action.
   *
   * @default the limit of the action: 10 MiB
   */
  chunkBytes?: number;
  /** Numbers that must not be called: a text file with one on each line, or the numbers. */
  doNotCall?: DoNotCall;
  /**
   * Whether names and other values may have characters for private use in them (Unicode). Without it, a list with one is refused:
   * there is no telling how they are read out.
   *
   * @default false
   */
  allowPrivateUse?: boolean;
  /** A name for the run. Give another one to call the same list once more. */
  name?: string;
}

/** How chunks are sent. */
export interface SendingOptions {
  client: OutboundClient;
  /** Path of the ledger. The plan, with the phone numbers, is in the same folder (`.plan`). */
  ledger: string;
  /**
   * Whether you make sure that only one process works on the ledger. Only then may it be on a file system that other machines may
   * share (NFS, SMB, FUSE and so on), where two processes cannot be kept apart for certain.
   *
   * @default false: such a file system is refused with `LedgerUnusable`
   */
  trustFileSystem?: boolean;
  /**
   * Requests in flight. An integer from 1 to 1,000. The client paces them; a few keep the allowed rate, and each one may
   * become `unknown` if the process dies.
   *
   * @default 8
   */
  concurrency?: number;
  /**
   * Failures in a row after which the run stops: requests of unknown outcome, and pauses for lack of a connection or of
   * capacity.
   *
   * @default 10
   */
  maxFailures?: number;
  /**
   * How long chunks of unknown outcome are looked for at the end of a run, each, in milliseconds; `false` for not at all.
   *
   * @default 60,000
   */
  settleWithinMs?: number | false;
  /** Ends the run: requests in flight are finished, nothing else is sent. */
  signal?: AbortSignal;
  /** Source of time; for tests. */
  clock?: Clock;
}

/** What numbers these may be. The command line has the same. */
export const RANGES = {
  chunkSize: { min: 1, max: 100_000 },
  chunkBytes: { min: 1_024 },
  concurrency: { min: 1, max: 1_000 },
  settleWithinMs: { min: 0, max: 86_400_000 },
} as const;

/** Every option that plans; what it must be, and what holds if it is left out. */
export const planningTable = {
  input: required(copied<BulkInput>),
  template: required(copied<BulkTemplate>),
  chunkSize: number({ ...RANGES.chunkSize, fallback: 1_000, isInteger: true }),
  chunkBytes: asGiven<number>, // Its limit is that of the action.
  doNotCall: copied<DoNotCall>,
  allowPrivateUse: boolean,
  name: someText,
} satisfies OptionTable<PlanningOptions>;

/** The client that sends, and what ends it. */
export const clientTable = {
  client: required(methods<OutboundClient>(['reserve', 'request'], 'an OutboundClient')),
  signal: abortSignal,
} satisfies OptionTable<Pick<SendingOptions, 'client' | 'signal'>>;

/** Where the ledger is. */
export const ledgerTable = {
  ledger: required(someText),
  trustFileSystem: boolean,
} satisfies OptionTable<Pick<SendingOptions, 'ledger' | 'trustFileSystem'>>;

const settleWithinMs = number({ ...RANGES.settleWithinMs, fallback: 60_000, isInteger: true });

/** How fast, for how long, and by which clock. */
export const paceTable = {
  concurrency: number({ ...RANGES.concurrency, fallback: 8, isInteger: true }),
  maxFailures: number({ min: 1, max: 1_000_000, fallback: 10, isInteger: true }),
  settleWithinMs: (name: string, given: number | false | undefined) =>
    given === false ? false : settleWithinMs(name, given),
  clock,
} satisfies OptionTable<Pick<SendingOptions, 'concurrency' | 'maxFailures' | 'settleWithinMs' | 'clock'>>;

/** Every option that sends. */
export const sendingTable = {
  ...clientTable,
  ...ledgerTable,
  ...paceTable,
} satisfies OptionTable<SendingOptions>;

/** How a list is cut into chunks, checked and complete. */
export type PlanSettings = Checked<typeof planningTable> & Checked<typeof clientTable>;

/** How chunks are sent, checked and complete. */
export type SendSettings = Checked<typeof paceTable>;

/** Sizes of chunks: what a request has room for apart from what all of them share. */
export function readLimits(
  { chunkSize, chunkBytes }: Pick<Checked<typeof planningTable>, 'chunkSize' | 'chunkBytes'>,
  template: Template,
): ChunkLimits {
  const most = template.creator.definition.maxRequestBytes;
  const limits = { ...RANGES.chunkBytes, max: most, fallback: most, isInteger: true };
  const bytes = checkValue(number(limits), 'chunkBytes', chunkBytes) - bytesAround(template);
  if (bytes < 1)
    throw new BulkError('InvalidTemplate', 'The parameters alone are longer than a request may be.');
  return { size: chunkSize, bytes };
}
