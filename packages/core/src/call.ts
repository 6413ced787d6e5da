import type { ActionDefinition } from './action.js';
import type { CallState } from './call-errors.js';
import type { CallEnd } from './call-scope.js';
import { CallScope } from './call-scope.js';
import type { Credentials } from './credentials/types.js';
import type { CallOptions, Settings } from './options.js';
import { checkCallOptions, checkDeadline, checkHeaders } from './options.js';
import { encodeParams } from './params.js';
import type { Correction } from './retry.js';
import { sha256Hex } from './tc3.js';

/** Everything about one call: what to send, and how far it has come. */
export class Call implements CallState {
  readonly definition: ActionDefinition;
  readonly origin: string;
  /** Host and port as the Host header and the signature have them. */
  readonly host: string;
  readonly body: Buffer;
  readonly payloadHash: string;
  readonly extraHeaders: readonly string[];
  readonly scope: CallScope;

  /** Attempts begun: requests handed to the transport. */
  attempts = 0;
  /** Repetitions that the retry budget was charged for. */
  repetitions = 0;
  /** Whether the request of the current attempt is under way. */
  isInFlight = false;
  /** Whether an earlier attempt may have been executed; only where duplicates are risked. */
  mayHaveExecuted = false;
  readonly corrected = new Set<Correction>();
  /** What the latest attempt was signed with, and the time that its reply was dated. */
  credentials: Credentials | undefined;
  clockOffsetMs = 0;
  replyDate: string | undefined;

  /** @throws ValidationError, or ConfigurationError for an option of the call */
  constructor(definition: ActionDefinition, params: unknown, options: CallOptions, settings: Settings) {
    checkCallOptions(options);
    const deadlineMs = checkDeadline(options.deadlineMs, settings.deadlineMs);
    this.definition = definition;
    this.origin = settings.endpoint ?? `https://${definition.host}`;
    this.host = this.origin.slice(this.origin.indexOf('//') + 2);
    this.extraHeaders = checkHeaders(options.headers);
    this.body = encodeParams(definition, params, options.extraParams);
    this.payloadHash = sha256Hex(this.body);
    this.scope = new CallScope(settings.clock, deadlineMs, options.signal);
  }

  get action(): string {
    return this.definition.name;
  }

  get end(): CallEnd | undefined {
    return this.scope.endReason;
  }
}
