import type { ActionDefinition } from '../action.js';
import { CancelScope } from '../cancellation.js';
import type { Clock } from '../clock.js';
import { invalidOption } from '../checks.js';
import { isTcccError } from '../errors/guards.js';
import type { CallOptions, CallSettings } from '../options/call-options.js';
import { readCallOptions } from '../options/call-options.js';
import type { ResponseHook } from '../options/observe-options.js';
import type { Settings } from '../options/settings.js';
import { encodeParams } from '../params/encode.js';
import type { RetryPolicy } from '../retry/policy.js';
import { sha256Hex } from '../signing/sha256.js';

/** One call: what to send, to whom, and for how long to try. The same for all its attempts. */
export class Call {
  readonly definition: ActionDefinition;
  readonly origin: string;
  readonly body: Buffer;
  readonly extraHeaders: readonly string[];
  /** Total time of the call, in milliseconds. */
  readonly deadlineMs: number;
  readonly scope: CancelScope;
  /** In place of the client's. */
  readonly retry: RetryPolicy | undefined;
  readonly onResponse: ResponseHook | undefined;
  #payloadHash: string | undefined;

  private constructor(
    definition: ActionDefinition,
    body: Buffer,
    { signal, deadlineMs, headers, retry, onResponse }: CallSettings,
    { endpoint, clock }: Settings,
  ) {
    this.definition = definition;
    this.origin = endpoint ?? originOf(definition);
    this.extraHeaders = headers;
    this.deadlineMs = deadlineMs;
    this.body = body;
    this.retry = retry;
    this.onResponse = onResponse;
    this.scope = openScope(clock, deadlineMs, signal);
  }

  /**
   * Reads all that the caller gave, once and now. A promise only if something has to be loaded to check it.
   *
   * @throws ValidationError, or ConfigurationError for an option of the call; the promise rejects with it
   */
  static prepare(
    definition: ActionDefinition,
    params: unknown,
    options: CallOptions | undefined,
    settings: Settings,
  ): Call | Promise<Call> {
    const parameters = () => Object.keys(definition.rules().properties ?? {});
    const given = readCallOptions(options, settings.deadlineMs, parameters, settings.retry);
    const open = (body: Buffer) => new Call(definition, body, given, settings);
    const body = encodeParams(definition, params, given);
    return body instanceof Promise ? body.then(open) : open(body);
  }

  get action(): string {
    return this.definition.name;
  }

  /** Host and port as the Host header and the signature have them. */
  get host(): string {
    return this.origin.slice(this.origin.indexOf('//') + 2);
  }

  /** Made when first needed: what waits in the queue does not need it. */
  get payloadHash(): string {
    this.#payloadHash ??= sha256Hex(this.body);
    return this.#payloadHash;
  }
}

/** Kept: a text that is put together for each call would be put into one piece and hashed wherever it is looked up. */
const origins = new WeakMap<object, string>();

/** Where an action is sent without the option `endpoint`. */
export function originOf(definition: Pick<ActionDefinition, 'host'>): string {
  const known = origins.get(definition);
  if (known !== undefined) return known;
  const origin = `https://${definition.host}`;
  origins.set(definition, origin);
  return origin;
}

function openScope(clock: Clock, deadlineMs: number, signal: AbortSignal | undefined): CancelScope {
  try {
    return new CancelScope(clock, deadlineMs, signal);
  } catch (error) {
    if (isTcccError(error)) throw error;
    throw invalidOption('signal', 'an AbortSignal; listening to it threw');
  }
}
