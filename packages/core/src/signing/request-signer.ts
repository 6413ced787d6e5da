import type { ActionDefinition } from '../action.js';
import type { ServiceClock } from './service-clock.js';
import type { HeadersToSign, SignedHeaders, SigningKeys } from './tc3.js';
import { Signer, prepareHeaders } from './tc3.js';

const CONTENT_TYPE = 'application/json; charset=utf-8';

const NONE: readonly string[] = [];

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

  /** Names and values in turn. The trace id is not signed; `more` headers are, and replace those of the same name. */
  sign(
    request: RequestToSign,
    { secretId, secretKey, token }: SigningKeys,
    traceId?: string,
    more?: ReadonlyMap<string, string>,
  ): string[] {
    const { name, version, service } = request.definition;
    const timestamp = this.#serviceClock.seconds();
    const authorization = this.#signer.authorization({
      secretId,
      secretKey,
      service,
      timestamp,
      payloadHash: request.payloadHash,
      headers: more === undefined ? this.#prepare(request) : prepareHeaders(withMore(request, more)),
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
    const { extraHeaders = NONE } = request;
    headers.push(...this.#fixed, ...(more === undefined ? extraHeaders : without(more, extraHeaders)));
    if (more !== undefined) for (const [header, value] of more) headers.push(header, value);
    return headers;
  }

  /** The same for every request to one action, of which a client has one host. */
  #prepare(request: RequestToSign): SignedHeaders {
    const { definition } = request;
    const known = this.#prepared.get(definition);
    if (known !== undefined) return known;
    const prepared = prepareHeaders(alwaysSigned(request));
    this.#prepared.set(definition, prepared);
    return prepared;
  }
}

function alwaysSigned({ definition, host }: RequestToSign): HeadersToSign {
  return [
    ['content-type', CONTENT_TYPE],
    ['host', host],
    ['x-tc-action', definition.name],
  ];
}

/** With headers of one request: signed names are in ascending order. */
function withMore(request: RequestToSign, more: ReadonlyMap<string, string>): HeadersToSign {
  return [...alwaysSigned(request), ...more].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Of `headers`, names and values in turn, those that `more` has not: a header that comes twice has another signature. */
function without(more: ReadonlyMap<string, string>, headers: readonly string[]): readonly string[] {
  return headers.filter((_, index) => !more.has(headers[index - (index % 2)]!));
}
