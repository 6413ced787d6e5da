import type { Delivery } from './delivery.js';

/** Why there is no complete response. `overtaken`: the real response to an earlier attempt has come meanwhile. */
export type ExchangeFailureKind =
  'network' | 'timeout' | 'cancelled' | 'too-large' | 'replay' | 'surplus' | 'overtaken';

/** Thrown if there is no complete response. */
export class ExchangeFailure extends Error {
  readonly kind: ExchangeFailureKind;
  readonly #delivery: Readonly<Delivery>;

  constructor(kind: ExchangeFailureKind, delivery: Readonly<Delivery>, cause?: unknown) {
    super(kind, { cause });
    this.kind = kind;
    this.#delivery = delivery;
  }

  /** Whether the first byte may have been handed to a socket; false is certain. */
  get sent(): boolean {
    return this.#delivery.isSent;
  }
}

type SetupFailureKind = 'load' | 'proxy' | 'mock';

/** Thrown if the client's own connections cannot be set up. Its message shows nothing of a proxy's URL. */
export class SetupFailure extends Error {
  /**
   * `load`: undici could not be loaded. `proxy`: a variable of the environment holds no URL of a proxy. `mock`: a mock is active
   * that would not be asked.
   */
  readonly kind: SetupFailureKind;
  /** The variable, for `proxy`. */
  readonly variable: string | undefined;

  constructor(kind: SetupFailureKind, message: string, details: { variable?: string; cause?: unknown } = {}) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.variable = details.variable;
  }
}

/** A failure before there was a connection, by a code of ours. */
export function connectError(code: string, message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { code });
}

/** What is known of a proxy that makes no way to the service. Nothing of its URL, which may hold a password. */
export interface ProxyFacts {
  /** The variable of the environment that names it. */
  readonly variable: string;
  /** Status of its response, if it gave one. */
  readonly status?: number | undefined;
}

/** A proxy cannot be passed. Its code is the one of the system, if there is one. */
export class ProxyFailure extends Error {
  readonly code: string;
  readonly proxy: ProxyFacts;

  constructor(code: string, proxy: ProxyFacts, cause?: unknown) {
    super('There is no way through the proxy.', { cause });
    this.code = code;
    this.proxy = proxy;
  }
}
