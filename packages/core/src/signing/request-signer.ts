import type { ActionDefinition } from '../action.js';
import type { ServiceClock } from './service-clock.js';
import type { SignedHeaders, SigningKeys } from './tc3.js';
import { Signer, prepareHeaders } from './tc3.js';

const CONTENT_TYPE = 'application/json; charset=utf-8';

/** What is signed. */
export interface RequestToSign {
  readonly definition: ActionDefinition;
  /** Host and port, as the Host header has them. */
  readonly host: string;
  readonly payloadHash: string;
  /** Value of the X-TC-TraceId header, which is not signed. */
  readonly traceId: string;
  /** Names and values in turn. */
  readonly extraHeaders: readonly string[];
  /** The same for headers that are signed, too. */
  readonly signedHeaders: readonly string[];
}

/** Makes the headers of an attempt, at the very moment at which it is sent. */
export class RequestSigner {
  readonly #serviceClock: ServiceClock;
  readonly #fixed: readonly string[];
  readonly #signer = new Signer();
  readonly #prepared = new Map<ActionDefinition, SignedHeaders>();

  /** `fixed` are names and values in turn that every request has. */
  constructor(serviceClock: ServiceClock, fixed: readonly string[]) {
    this.#serviceClock = serviceClock;
    this.#fixed = fixed;
  }

  /** Names and values in turn. */
  sign(request: RequestToSign, { secretId, secretKey, token }: SigningKeys): string[] {
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
    headers.push('x-tc-timestamp', String(timestamp), 'x-tc-traceid', request.traceId);
    headers.push('authorization', authorization);
    if (token !== undefined) headers.push('x-tc-token', token);
    headers.push(...this.#fixed, ...request.extraHeaders, ...request.signedHeaders);
    return headers;
  }

  /** The same for every request to one action, of which a client has one host. */
  #prepare(request: RequestToSign): SignedHeaders {
    const { definition, signedHeaders } = request;
    if (signedHeaders.length > 0) return prepareMore(request);
    const known = this.#prepared.get(definition);
    if (known !== undefined) return known;
    const prepared = prepareHeaders(basic(request));
    this.#prepared.set(definition, prepared);
    return prepared;
  }
}

function basic({ definition, host }: RequestToSign): [name: string, value: string][] {
  return [
    ['content-type', CONTENT_TYPE],
    ['host', host],
    ['x-tc-action', definition.name],
  ];
}

/** With headers of one request: signed names are in ascending order. */
function prepareMore(request: RequestToSign): SignedHeaders {
  const { signedHeaders } = request;
  const names = signedHeaders.filter((_, index) => index % 2 === 0);
  const more = names.map((name, index): [string, string] => [name, signedHeaders[2 * index + 1]!]);
  return prepareHeaders([...basic(request), ...more].sort(([one], [other]) => (one < other ? -1 : 1)));
}
