import type { ActionDefinition } from '../action.js';
import type { ServiceClock } from './service-clock.js';
import type { SignedHeaders, SigningKeys } from './tc3.js';
import { Signer, prepareHeaders } from './tc3.js';

const CONTENT_TYPE = 'application/json; charset=utf-8';

/** What is signed. */
export interface RequestToSign {
  readonly definition: Pick<ActionDefinition, 'name' | 'version' | 'service'>;
  /** Host and port, as the Host header has them. */
  readonly host: string;
  readonly payloadHash: string;
  /** Names and values in turn. */
  readonly extraHeaders?: readonly string[];
}

/** Makes the headers of an attempt, at the very moment at which it is sent. */
export class RequestSigner {
  readonly #serviceClock: ServiceClock;
  readonly #fixed: readonly string[];
  readonly #signer = new Signer();
  readonly #prepared = new Map<object, SignedHeaders>();

  /** `fixed` are names and values in turn that every request has. */
  constructor(serviceClock: ServiceClock, fixed: readonly string[]) {
    this.#serviceClock = serviceClock;
    this.#fixed = fixed;
  }

  /** Names and values in turn. The trace id is not signed. */
  sign(request: RequestToSign, { secretId, secretKey, token }: SigningKeys, traceId?: string): string[] {
    const { name, version, service } = request.definition;
    const timestamp = this.#serviceClock.seconds();
    const authorization = this.#signer.authorization({
      secretId,
      secretKey,
      service,
      timestamp,
      payloadHash: request.payloadHash,
      headers: this.#prepare(request),
    });
    const headers = [
      'host',
      request.host,
      'content-type',
      CONTENT_TYPE,
      'x-tc-action',
      name,
      'x-tc-version',
      version,
    ];
    headers.push('x-tc-timestamp', String(timestamp));
    if (traceId !== undefined) headers.push('x-tc-traceid', traceId);
    headers.push('authorization', authorization);
    if (token !== undefined) headers.push('x-tc-token', token);
    headers.push(...this.#fixed, ...(request.extraHeaders ?? []));
    return headers;
  }

  /** The same for every request to one action, of which a client has one host. */
  #prepare({ definition, host }: RequestToSign): SignedHeaders {
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
