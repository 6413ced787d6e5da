import { endStatuses } from '@tccc/outbound';
import type { OptionTable } from '@tccc/outbound/internal';
import { invalidOption, number, readOptions } from '@tccc/outbound/internal';

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

/** They need not add up to anything, so any size will do. */
const SHARE = number({ min: 0, max: 1e12, fallback: 0 });

/** A product whose calls end in no documented way has calls that are answered. */
const ANSWERED: Ending = { code: 1, name: 'ok', isAnswered: true, upTo: 1 };

/** Milliseconds, or numbers that are called at once. */
const whole = (min: number, fallback: number) =>
  number({ min, max: Number.MAX_SAFE_INTEGER, fallback, isInteger: true });

const TABLE = {
  shares: readShares,
  atOnce: whole(1, 1),
  sessionDelayMs: whole(0, 0),
  recordDelayMs: whole(0, 10_000),
} satisfies OptionTable<MockCallOptions>;

/** @throws ConfigurationError that names the option */
export function readCallOptions(option: string, given: MockCallOptions = {}): CallSettings {
  const { shares, ...others } = readOptions(TABLE, given, option, { prefix: `${option}.` });
  return { endings: shares, ...others };
}

/** The ways in which calls end, in the order in which their shares are given. */
function readShares(option: string, given?: Readonly<Record<string, number>>): Ending[] {
  const known = endStatuses.filter((one) => one.direction !== 'in' && one.code !== undefined);
  if (given === undefined && known.length === 0) return [ANSWERED];
  const table = Object.fromEntries(known.map(({ name }) => [name, SHARE]));
  const shares = Object.entries(given ?? DEFAULT_SHARES);
  readOptions(table, given ?? DEFAULT_SHARES, option, { prefix: `${option}.` });
  const total = shares.reduce((sum, [, share]) => sum + share, 0);
  if (!(total > 0)) throw invalidOption(option, 'shares, one of them more than 0');
  let upTo = 0;
  return shares.flatMap(([name, share]) => {
    const { code, group } = known.find((one) => one.name === name)!;
    upTo += share / total;
    return share === 0 ? [] : [{ code: code!, name, isAnswered: group === 'answered', upTo }];
  });
}
