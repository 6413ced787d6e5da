import { actions } from '@tccc/outbound';
import type { Checked, OptionTable } from '@tccc/outbound/internal';
import { invalidOption, methods, number, numberIfGiven, oneOf, readOptions } from '@tccc/outbound/internal';
import type { MockCredentials } from '../common/secrets.js';
import type { MockCallOptions } from '../entities/call-options.js';
import { readCallOptions } from '../entities/call-options.js';
import type { EntityLimits } from '../entities/store.js';
import type { JournalLimits } from '../journal/journal.js';
import { DEFAULT_LIMITS } from '../journal/journal.js';

/** The key pair that a mock knows unless it is given others. Real ones never begin like this. */
export const mockCredentials: MockCredentials = { secretId: 'AKIDmock', secretKey: 'mock-secret-key' };

/** Options of a mock. */
export interface MockOptions {
  /** The key pairs that it knows. Default: `mockCredentials`. */
  credentials?: readonly MockCredentials[];
  /**
   * Makes the ids of what is created, and random faults, the same in each run. Request ids differ all the same, since the
   * service never gives one twice. Default: a random one; see `engine.seed`.
   */
  seed?: number;
  /** Whether signatures are verified (`strict`), must only be there (`presence`), or do not matter (`off`). Default `strict`. */
  signatures?: 'strict' | 'presence' | 'off';
  /** Requests that each action takes per window and account, or `off`. Default: the documented limit of each action. */
  rateLimit?: number | 'off';
  /**
   * What becomes of parameters that were documented after the pages that this package follows, those that a client passes
   * by `extraParams`: `accept` takes them unchecked, as the service of today should; `refuse` is the strict edition of the
   * pages, which answers `UnknownParameter`. Default `accept`.
   */
  newerParameters?: 'accept' | 'refuse';
  /**
   * Parameters that it takes unchecked, whatever the action: `{ ExpectedAbandonRate: 'off' }`. For what the service of today
   * takes and the pages that this package follows do not, as with the option `checks` of a call. Default: none.
   */
  checks?: Readonly<Record<string, 'off'>>;
  /** How much it remembers. Default: 100,000 requests in 64 MiB. */
  journal?: JournalLimits;
  /** How many of the things that were created it keeps to show and to change. Default: 100,000 in 64 MiB. */
  entities?: EntityLimits;
  /**
   * How long what was created is missing in lists, in milliseconds, 0 or more. It can be looked up by its id at once.
   * Default 0.
   */
  listDelayMs?: number;
  /** How long something that runs takes for one item, such as one number, in milliseconds, 1 or more. Default 30,000. */
  itemMs?: number;
  /** How the calls of tasks and campaigns go. Default: some are answered, some are not. */
  calls?: MockCallOptions;
  /** Source of time. Default: this machine. */
  clock?: { now(): number; monotonic(): number };
}

const A_YEAR_MS = 31_536_000_000;

/** Requests, things, or bytes. */
const count = (fallback: number) => number({ min: 1, max: 1e12, fallback, isInteger: true });

const limitsTable = {
  maxEntries: count(DEFAULT_LIMITS.maxEntries),
  maxBytes: count(DEFAULT_LIMITS.maxBytes),
} satisfies OptionTable<JournalLimits & EntityLimits>;

const readLimits = (name: string, given: JournalLimits | EntityLimits = {}) =>
  readOptions(limitsTable, given, name, { prefix: `${name}.` });

/** Every option of a mock: what it must be, and what holds if it is left out. A file of options is read by it, too. */
export const mockTable = {
  credentials: readCredentials,
  seed: numberIfGiven({ min: 0, max: 2 ** 32 - 1, isInteger: true }),
  signatures: oneOf(['strict', 'presence', 'off'], 'strict'),
  rateLimit: (name, given: number | 'off' | undefined) => {
    if (given === undefined || given === 'off' || (Number.isSafeInteger(given) && given > 0)) return given;
    throw invalidOption(name, "an integer from 1, or 'off'", given);
  },
  newerParameters: oneOf(['accept', 'refuse'], 'accept'),
  checks: readChecks,
  journal: readLimits,
  entities: readLimits,
  listDelayMs: number({ min: 0, max: A_YEAR_MS, fallback: 0, isInteger: true }),
  // About as long as a short call takes.
  itemMs: number({ min: 1, max: A_YEAR_MS, fallback: 30_000, isInteger: true }),
  calls: readCallOptions,
  clock: (name, given: MockOptions['clock']) =>
    readClock(name, given) ?? { now: () => Date.now(), monotonic: () => performance.now() },
} satisfies OptionTable<MockOptions>;

const readClock = methods<NonNullable<MockOptions['clock']>>(
  ['now', 'monotonic'],
  'an object with the methods now and monotonic',
);

/** Options, checked and complete. */
export type MockSettings = Checked<typeof mockTable>;

/** @throws ConfigurationError that names the option, and shows no secret */
export function readMockOptions(options: MockOptions): MockSettings {
  return readOptions(mockTable, options, 'options');
}

/** Key pairs that no request can match are a mistake, which would show as a wrong signature later. */
function readCredentials(
  name: string,
  given: readonly MockCredentials[] = [mockCredentials],
): readonly MockCredentials[] {
  if (!Array.isArray(given) || !given.every(isKeyPair))
    throw invalidOption(name, 'a list of objects with secretId, secretKey and, if they are temporary, token');
  const ids = new Set<string>();
  for (const { secretId, secretKey, token } of given) {
    if (!/^[!-~]+$/.test(secretId) || /[/,]/.test(secretId))
      throw invalidOption('secretId', 'visible ASCII without "/" and ",", or no signature can name it');
    if (ids.has(secretId))
      throw invalidOption('secretId', 'different for each key pair; the second can never match');
    ids.add(secretId);
    if (secretKey === '' || secretKey.trim() !== secretKey)
      throw invalidOption('secretKey', 'a non-empty string that does not begin or end with white space');
    if (token !== undefined && !/^[!-~]+$/.test(token))
      throw invalidOption('token', 'visible ASCII, or no header can carry it');
  }
  return given;
}

function isKeyPair(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { secretId, secretKey, token, ...others } = value as Record<string, unknown>;
  const texts = token === undefined ? [secretId, secretKey] : [secretId, secretKey, token];
  return Object.keys(others).length === 0 && texts.every((one) => typeof one === 'string');
}

/**
 * The names of the parameters that are not checked. A name that no action has is a slip, and would leave the check on
 * without a word.
 */
function readChecks(option: string, checks: Readonly<Record<string, string>> = {}): ReadonlySet<string> {
  const known = Object.values(actions).flatMap(({ rules }) => Object.keys(rules().properties ?? {}));
  const off = oneOf(['off']);
  const table = Object.fromEntries([...new Set(known)].map((name) => [name, off]));
  const given = readOptions(table, checks, option, { prefix: `${option}.` });
  return new Set(Object.keys(given).filter((name) => given[name] !== undefined));
}
