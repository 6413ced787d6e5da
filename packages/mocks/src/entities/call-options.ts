import { endStatuses } from '@tccc/outbound';

/** How simulated calls go. All defaults are assumptions: nothing is documented about any of them. */
export interface MockCallOptions {
  /**
   * How calls end: shares by the word of the table of end statuses, such as `{ ok: 3, notAnswer: 1 }`. They need not add up to 1.
   * Default, an assumption: 40 % `ok`, 28 % `notAnswer`, 9 % `userReject`, 7 % `busy`, 6 % `powerOff`, 4 % `numberNotExist`,
   * 3 % `notInService`, 2 % `voiceMailReached`, 1 % `carrierBlocked`.
   */
  shares?: Readonly<Record<string, number>>;
  /** Numbers that are called at the same time, 1 or more. Default 1. How long each takes is `itemMs`. */
  atOnce?: number;
  /** How long a call is missing in lists of calls once it has begun, in milliseconds, 0 or more. Default 0. */
  sessionDelayMs?: number;
  /** How long the record of a call is missing once it has ended, in milliseconds, 0 or more. Default 10,000. */
  recordDelayMs?: number;
}

/** One way in which calls end, with its share. */
export interface Ending {
  readonly code: number;
  readonly name: string;
  readonly isAnswered: boolean;
  /** Sum of the shares up to this one; the last is 1. */
  readonly upTo: number;
}

/** Options, checked and complete. */
export interface CallSettings {
  readonly endings: readonly Ending[];
  readonly atOnce: number;
  readonly sessionDelayMs: number;
  readonly recordDelayMs: number;
}

const DEFAULT_SHARES: Readonly<Record<string, number>> = {
  ok: 40,
  notAnswer: 28,
  userReject: 9,
  busy: 7,
  powerOff: 6,
  numberNotExist: 4,
  notInService: 3,
  voiceMailReached: 2,
  carrierBlocked: 1,
};

/** A product whose calls end in no documented way has calls that are answered. */
const ANSWERED: Ending = { code: 1, name: 'ok', isAnswered: true, upTo: 1 };

/** @throws Error that names the option */
export function readCallOptions(options: MockCallOptions = {}): CallSettings {
  const { shares, atOnce = 1, sessionDelayMs = 0, recordDelayMs = 10_000, ...others } = options;
  for (const name of Object.keys(others)) throw new Error(`calls has no option ${shown(name)}.`);
  checkCount('calls.atOnce', atOnce, 1);
  checkCount('calls.sessionDelayMs', sessionDelayMs, 0);
  checkCount('calls.recordDelayMs', recordDelayMs, 0);
  return { endings: endingsOf(shares), atOnce, sessionDelayMs, recordDelayMs };
}

function endingsOf(shares: Readonly<Record<string, number>> | undefined): Ending[] {
  const known = endStatuses.filter((one) => one.direction !== 'in' && one.code !== undefined);
  if (shares === undefined && known.length === 0) return [ANSWERED];
  const given = Object.entries(shares ?? DEFAULT_SHARES);
  const total = given.reduce((sum, [, share]) => sum + share, 0);
  let upTo = 0;
  return given.flatMap(([name, share]) => {
    const status = known.find((one) => one.name === name);
    if (status === undefined)
      throw new Error(
        `calls.shares must name ends of outbound calls; ${shown(name)} is not one of: ${known.map((one) => one.name).join(', ')}.`,
      );
    if (!Number.isFinite(share) || share < 0 || !(total > 0))
      throw new Error('calls.shares must be numbers from 0, and one of them more than 0.');
    upTo += share / total;
    const ending = { code: status.code!, name, isAnswered: status.group === 'answered', upTo };
    return share === 0 ? [] : [ending];
  });
}

function shown(name: string): string {
  return /^[A-Za-z]{1,40}$/.test(name) ? name : 'one of the names';
}

function checkCount(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least)
    throw new Error(`${name} must be a whole number from ${least}.`);
}
