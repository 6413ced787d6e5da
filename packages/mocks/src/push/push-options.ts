import type { Checked, OptionTable } from '@tccc/outbound/internal';
import { invalidOption, number, readOptions, text } from '@tccc/outbound/internal';

/** What goes wrong with pushes: for each kind the share of pushes, from 0 to 1. Default 0. */
export interface PushFaults {
  /** Never sent. The documentation says that it happens. */
  loss?: number;
  /** Sent once more under the same id although it was acknowledged, as if the acknowledgement had been lost. */
  repeat?: number;
  /** Sent once more under another id. Whether the service does that is not documented. */
  duplicate?: number;
  /** Sent up to `disorderMs` later than others that ended after it. */
  disorder?: number;
  /** Sent `lateMs` later. */
  late?: number;
}

/** Where the mock pushes to, and how. */
export interface MockPushOptions {
  /** An address of yours, http or https, of your receiver. The query says what is pushed. */
  url: string;
  /** User name and password of basic authentication. Default: none. */
  username?: string;
  password?: string;
  /** What is pushed. Default: `cdr` and `record`. */
  actions?: readonly ('cdr' | 'record')[];
  /** How long after the end of a call, in milliseconds. Default, an assumption: 2,000. */
  delayMs?: number;
  /** Between two attempts, in milliseconds. Default, an assumption: 30,000. */
  repeatMs?: number;
  /** How long an answer may take, in milliseconds. Default, an assumption: 5,000. */
  timeoutMs?: number;
  /** How long `disorder` and `late` delay, in milliseconds. Defaults 60,000 and 600,000. */
  disorderMs?: number;
  lateMs?: number;
  faults?: PushFaults;
}

const milliseconds = (fallback: number) =>
  number({ min: 0, max: Number.MAX_SAFE_INTEGER, fallback, isInteger: true });

const SHARE = number({ min: 0, max: 1, fallback: 0 });

const FAULTS = {
  loss: SHARE,
  repeat: SHARE,
  duplicate: SHARE,
  disorder: SHARE,
  late: SHARE,
} satisfies OptionTable<PushFaults>;

const TABLE = {
  url: (name, given: string | undefined) => {
    if (typeof given === 'string' && /^https?:\/\/[^\s]+$/.test(given) && URL.canParse(given)) return given;
    throw invalidOption(name, 'an address with http or https');
  },
  username: text(/^[^:]*$/, 'a text without ":"'),
  password: text(/[^]*/, 'a text'),
  actions: (name, given: MockPushOptions['actions'] = ['cdr', 'record']) => {
    if (Array.isArray(given) && given.every((one) => one === 'cdr' || one === 'record')) return given;
    throw invalidOption(name, "a list of 'cdr' and 'record'");
  },
  delayMs: milliseconds(2_000),
  repeatMs: milliseconds(30_000),
  timeoutMs: milliseconds(5_000),
  disorderMs: milliseconds(60_000),
  lateMs: milliseconds(600_000),
  faults: (name, given: PushFaults = {}) => readOptions(FAULTS, given, name, { prefix: `${name}.` }),
} satisfies OptionTable<MockPushOptions>;

/** Options, checked and complete. */
export type PushSettings = Omit<Checked<typeof TABLE>, 'username' | 'password'> & {
  readonly authorization: string | undefined;
};

/** @throws ConfigurationError that names the option, and shows no secret */
export function readPushOptions(given: MockPushOptions): PushSettings {
  const { username, password, ...settings } = readOptions(TABLE, given, 'push', { prefix: 'push.' });
  if ((username === undefined) !== (password === undefined))
    throw invalidOption('push', 'given both username and password, or neither, since they need each other');
  const pair = `${username}:${password}`;
  const authorization = username === undefined ? undefined : `Basic ${Buffer.from(pair).toString('base64')}`;
  return { ...settings, authorization };
}
