import type { ActionDefinition } from '../action.js';
import type { CallState } from './call-errors.js';
import type { CallEnd } from '../cancellation.js';
import { CallScope } from '../cancellation.js';
import type { Clock } from '../clock.js';
import type { Credentials } from '../credentials/types.js';
import type { CallOptions, Settings } from '../options/options.js';
import { invalidOption } from '../options/checks.js';
import { readCallOptions } from '../options/options.js';
import { encodeParams } from '../params/encode.js';
import { sha256Hex } from '../signing/tc3.js';
import type { ResponseHeaders } from '../transport/dispatcher.js';

/** Everything about one call: what to send, and how far it has come. */
export class Call implements CallState {
  readonly definition: ActionDefinition;
  readonly origin: string;
  readonly body: Buffer;
  readonly extraHeaders: readonly string[];
  readonly scope: CallScope;

  /** Attempts begun: requests handed to the transport. */
  attempts = 0;
  /** Repetitions that the retry budget was charged for. */
  repetitions = 0;
  /** Whether the first byte of the current attempt may have been handed to a socket. */
  isSent = false;
  /** From then to the end of the attempt. */
  isAwaitingResponse = false;
  /** Whether an earlier attempt may have been executed; only where duplicates are risked. */
  mayHaveExecuted = false;
  /** What the latest attempt was signed with, and the time that its response was dated. */
  credentials: Credentials | undefined;
  clockOffsetMs = 0;
  responseDate: string | undefined;
  readonly #clock: Clock;
  #payloadHash: string | undefined;
  #corrected: Set<string> | undefined;
  #begunAt = 0;
  #acquiredAt = 0;

  /** @throws ValidationError, or ConfigurationError for an option of the call */
  constructor(
    definition: ActionDefinition,
    params: unknown,
    options: CallOptions | undefined,
    settings: Settings,
  ) {
    const { signal, deadlineMs, headers, extraParams } = readCallOptions(options, settings);
    this.definition = definition;
    this.origin = settings.endpoint ?? `https://${definition.host}`;
    this.extraHeaders = headers;
    this.body = encodeParams(definition, params, extraParams);
    this.#clock = settings.clock;
    this.scope = openScope(settings.clock, deadlineMs, signal);
  }

  /** @throws CallEnded where the call has to end */
  beginAttempt(isTimed: boolean): void {
    this.scope.check();
    this.isSent = false;
    if (isTimed) this.#begunAt = this.#clock.monotonic();
  }

  /** The attempt has its turn. */
  beginExchange(isTimed: boolean): void {
    this.scope.check();
    this.attempts++;
    if (isTimed) this.#acquiredAt = this.#clock.monotonic();
  }

  /** The transport is about to write the request. */
  onSent(): void {
    this.isSent = true;
    this.isAwaitingResponse = true;
  }

  /** Notes the time of the service, which may be needed to correct the clock. */
  onResponse({ date }: ResponseHeaders): void {
    this.responseDate = typeof date === 'string' ? date : undefined;
  }

  /** How long the latest attempt waited for its turn, and how long it has taken since, in milliseconds. */
  get times(): { waitedMs: number; tookMs: number } {
    const tookMs = this.#clock.monotonic() - this.#acquiredAt;
    return { waitedMs: this.#acquiredAt - this.#begunAt, tookMs };
  }

  /** Made when first needed: what waits in the queue does not need it. */
  get payloadHash(): string {
    this.#payloadHash ??= sha256Hex(this.body);
    return this.#payloadHash;
  }

  /** The corrections that were made for this call already. */
  get corrected(): Set<string> {
    this.#corrected ??= new Set();
    return this.#corrected;
  }

  /** Host and port as the Host header and the signature have them. */
  get host(): string {
    return this.origin.slice(this.origin.indexOf('//') + 2);
  }

  get action(): string {
    return this.definition.name;
  }

  get end(): CallEnd | undefined {
    return this.scope.endReason;
  }
}

function openScope(clock: Clock, deadlineMs: number, signal: AbortSignal | undefined): CallScope {
  try {
    return new CallScope(clock, deadlineMs, signal);
  } catch {
    throw invalidOption('signal', 'an AbortSignal; listening to it threw');
  }
}
