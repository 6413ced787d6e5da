import type { ActionDefinition } from '../action.js';
import type { Call } from '../call/call.js';
import type { ServiceClock } from './service-clock.js';
import type { Credentials } from '../credentials/types.js';
import type { SignedHeaders } from './tc3.js';
import { Signer, prepareHeaders } from './tc3.js';

const CONTENT_TYPE = 'application/json; charset=utf-8';

/** Signs requests: makes the headers of an attempt, at the very moment at which it is sent. */
export class RequestHeaders {
  readonly #serviceClock: ServiceClock;
  readonly #fixed: readonly string[];
  readonly #signer = new Signer();
  readonly #prepared = new Map<ActionDefinition, SignedHeaders>();

  /** `fixed` are names and values in turn that every request has. */
  constructor(serviceClock: ServiceClock, fixed: readonly string[]) {
    this.#serviceClock = serviceClock;
    this.#fixed = fixed;
  }

  /** Names and values in turn. Notes on the call what it was signed with. */
  sign(call: Call, credentials: Credentials): string[] {
    const { name, version, service } = call.definition;
    const { secretId, secretKey, token } = credentials;
    call.credentials = credentials;
    call.clockOffsetMs = this.#serviceClock.offsetMs;
    const timestamp = this.#serviceClock.seconds();
    const authorization = this.#signer.authorization({
      secretId,
      secretKey,
      service,
      timestamp,
      payloadHash: call.payloadHash,
      headers: this.#prepare(call),
    });
    const headers = [
      'host',
      call.host,
      'content-type',
      CONTENT_TYPE,
      'x-tc-action',
      name,
      'x-tc-version',
      version,
    ];
    headers.push('x-tc-timestamp', String(timestamp), 'authorization', authorization);
    if (token !== undefined) headers.push('x-tc-token', token);
    headers.push(...this.#fixed, ...call.extraHeaders);
    return headers;
  }

  /** The same for every request to one action, of which a client has one host. */
  #prepare({ definition, host }: Call): SignedHeaders {
    const known = this.#prepared.get(definition);
    if (known !== undefined) return known;
    const prepared = prepareHeaders([
      ['content-type', CONTENT_TYPE],
      ['host', host],
      ['x-tc-action', definition.name],
    ]);
    this.#prepared.set(definition, prepared);
    return prepared;
  }
}
