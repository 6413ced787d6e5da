import type { OutboundClient } from '@tccc/outbound';
import type { Clock } from '../clock.js';
import { systemClock } from '../clock.js';
import { BulkError } from '../errors.js';
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
  /** A name for the run. Give another one to send the same list by the same template once more. */
  name?: string;
}

/** How chunks are sent. */
export interface SendingOptions {
  client: OutboundClient;
  /** Path of the ledger. The plan, with the phone numbers, is in the same folder (`.plan`). */
  ledger: string;
  /**
   * Whether you see to it that only one process works on the ledger. Only then may it be on a file system that other machines may
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
   * Failures in a row after which the run stops: requests of unknown outcome, and pauses for want of a connection or of
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

/** Sending, checked and complete. */
export interface SendSettings {
  readonly concurrency: number;
  readonly maxFailures: number;
  readonly settleWithinMs: number | false;
  readonly clock: Clock;
}

/** @throws BulkError that names the option */
export function readSendSettings(options: Omit<SendingOptions, 'client' | 'ledger'>): SendSettings {
  const { concurrency = 8, maxFailures = 10, settleWithinMs = 60_000, clock = systemClock } = options;
  checkInteger('concurrency', concurrency, 1, 1_000);
  checkInteger('maxFailures', maxFailures, 1, 1_000_000);
  if (settleWithinMs !== false) checkInteger('settleWithinMs', settleWithinMs, 0, 86_400_000);
  return { concurrency, maxFailures, settleWithinMs, clock };
}

/** Sizes of chunks: what a request has room for apart from what all of them share. */
export function readLimits(
  options: Pick<PlanningOptions, 'chunkSize' | 'chunkBytes'>,
  template: Template,
): ChunkLimits {
  const most = template.creator.definition.maxRequestBytes;
  const { chunkSize = 1_000, chunkBytes = most } = options;
  checkInteger('chunkSize', chunkSize, 1, 100_000);
  checkInteger('chunkBytes', chunkBytes, 1_024, most);
  const bytes = chunkBytes - bytesAround(template);
  if (bytes < 1)
    throw new BulkError('InvalidTemplate', 'The parameters alone are longer than a request may be.');
  return { size: chunkSize, bytes };
}

function checkInteger(name: string, value: number, least: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  const range = `${least.toLocaleString('en-US')} to ${most.toLocaleString('en-US')}`;
  throw new BulkError('InvalidOption', `${name} must be an integer from ${range}.`);
}
