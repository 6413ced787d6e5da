import { actions } from '@tccc/outbound';
import type { MockCredentials } from '../common/secrets.js';
import type { CallSettings, MockCallOptions } from '../entities/call-options.js';
import { readCallOptions } from '../entities/call-options.js';
import type { EntityLimits } from '../entities/store.js';
import type { JournalLimits } from '../journal/journal.js';
import { DEFAULT_LIMITS } from '../journal/journal.js';

/** The key pair that a mock knows unless it is given others. Real ones never begin like this. */
export const mockCredentials: MockCredentials = { secretId: 'AKIDmock', secretKey: 'mock-secret-key' };

/** About as long as a short call takes. */
const DEFAULT_ITEM_MS = 30_000;

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
  /** How long what was created is missing in lists, in milliseconds, 0 or more. It can be looked up by its id at once. Default 0. */
  listDelayMs?: number;
  /** How long something that runs takes for one item, such as one number, in milliseconds, 1 or more. Default 30,000. */
  itemMs?: number;
  /** How the calls of tasks and campaigns go. Default: some are answered, some are not. */
  calls?: MockCallOptions;
  /** Source of time. Default: this machine. */
  clock?: { now(): number; monotonic(): number };
}

/** Options, checked and complete. */
export interface MockSettings extends Required<
  Omit<MockOptions, 'seed' | 'rateLimit' | 'checks' | 'journal' | 'entities' | 'calls'>
> {
  /** Names of parameters that are not checked. */
  unchecked: ReadonlySet<string>;
  rateLimit: number | 'off' | undefined;
  journal: Required<JournalLimits>;
  entities: Required<EntityLimits>;
  calls: CallSettings;
}

/** @throws Error that names the option, and no secret */
export function readMockOptions(options: MockOptions): MockSettings {
  const settings: MockSettings = {
    credentials: options.credentials ?? [mockCredentials],
    signatures: options.signatures ?? 'strict',
    rateLimit: options.rateLimit,
    newerParameters: options.newerParameters ?? 'accept',
    unchecked: readChecks(options.checks ?? {}),
    journal: { ...DEFAULT_LIMITS, ...options.journal },
    entities: { ...DEFAULT_LIMITS, ...options.entities },
    listDelayMs: options.listDelayMs ?? 0,
    itemMs: options.itemMs ?? DEFAULT_ITEM_MS,
    calls: readCallOptions(options.calls),
    clock: options.clock ?? { now: () => Date.now(), monotonic: () => performance.now() },
  };
  checkCredentials(settings.credentials);
  checkChoice('signatures', settings.signatures, ['strict', 'presence', 'off']);
  checkChoice('newerParameters', settings.newerParameters, ['accept', 'refuse']);
  const { rateLimit } = settings;
  if (rateLimit !== undefined && rateLimit !== 'off') checkCount('rateLimit', rateLimit);
  checkCount('journal.maxEntries', settings.journal.maxEntries);
  checkCount('journal.maxBytes', settings.journal.maxBytes);
  checkCount('entities.maxEntries', settings.entities.maxEntries);
  checkCount('entities.maxBytes', settings.entities.maxBytes);
  checkCount('listDelayMs', settings.listDelayMs, 0);
  checkCount('itemMs', settings.itemMs);
  return settings;
}

/** Key pairs that no request can match are a mistake, which would show as a wrong signature later. */
function checkCredentials(known: readonly MockCredentials[]): void {
  const ids = new Set<string>();
  for (const { secretId, secretKey, token } of known) {
    if (!/^[!-~]+$/.test(secretId) || /[/,]/.test(secretId))
      throw new Error('A secretId must be visible ASCII without "/" and ",", or no signature can name it.');
    if (ids.has(secretId))
      throw new Error('Two key pairs have the same secretId; the second can never match.');
    ids.add(secretId);
    if (secretKey === '' || secretKey.trim() !== secretKey)
      throw new Error('A secretKey must not be empty, nor begin or end with white space.');
    if (token !== undefined && !/^[!-~]+$/.test(token))
      throw new Error('A token must be visible ASCII, or no header can carry it.');
  }
}

/** A name that no action has is a slip, and would leave the check on without a word. */
function readChecks(checks: Readonly<Record<string, string>>): ReadonlySet<string> {
  const known = new Set(Object.values(actions).flatMap(({ rules }) => Object.keys(rules().properties ?? {})));
  for (const [name, value] of Object.entries(checks)) {
    if (!known.has(name))
      throw new Error(`checks must name parameters of the actions; ${shown(name)} is not one of them.`);
    checkChoice(`checks.${name}`, value, ['off']);
  }
  return new Set(Object.keys(checks));
}

function shown(name: string): string {
  return /^[A-Za-z]{1,40}$/.test(name) ? name : 'one of the names';
}

function checkChoice(name: string, value: string, choices: readonly string[]): void {
  if (!choices.includes(value)) throw new Error(`${name} must be one of: ${choices.join(', ')}.`);
}

function checkCount(name: string, value: number, least = 1): void {
  if (!Number.isSafeInteger(value) || value < least)
    throw new Error(`${name} must be a whole number from ${least}.`);
}
