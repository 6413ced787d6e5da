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

export type PushSettings = Required<Omit<MockPushOptions, 'username' | 'password'>> & {
  readonly authorization: string | undefined;
  readonly faults: Required<PushFaults>;
};

const FAULTS: Required<PushFaults> = { loss: 0, repeat: 0, duplicate: 0, disorder: 0, late: 0 };

/** @throws Error that names the option, and shows no secret */
export function readPushOptions(options: MockPushOptions): PushSettings {
  const { url, username, password, faults = {}, ...rest } = options;
  if (!/^https?:\/\/[^\s]+$/.test(url ?? '') || !URL.canParse(url))
    throw new Error('push.url must be an address with http or https.');
  if ((username === undefined) !== (password === undefined) || username?.includes(':') === true)
    throw new Error('push.username and push.password need each other, and a user name has no ":".');
  for (const [name, share] of Object.entries(faults)) {
    if (!Object.hasOwn(FAULTS, name))
      throw new Error(`push.faults must name kinds that there are: ${Object.keys(FAULTS).join(', ')}.`);
    if (typeof share !== 'number' || !(share >= 0 && share <= 1))
      throw new Error(`push.faults.${name} must be a share from 0 to 1.`);
  }
  const settings = {
    actions: ['cdr', 'record'] as const,
    delayMs: 2_000,
    repeatMs: 30_000,
    timeoutMs: 5_000,
    disorderMs: 60_000,
    lateMs: 600_000,
    ...rest,
  };
  for (const name of ['delayMs', 'repeatMs', 'timeoutMs', 'disorderMs', 'lateMs'] as const) {
    if (!Number.isSafeInteger(settings[name]) || settings[name] < 0)
      throw new Error(`push.${name} must be a whole number from 0.`);
  }
  const pair = `${username}:${password}`;
  const authorization = username === undefined ? undefined : `Basic ${Buffer.from(pair).toString('base64')}`;
  return { ...settings, url, authorization, faults: { ...FAULTS, ...faults } };
}
