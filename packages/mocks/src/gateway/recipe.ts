import { createHash, createHmac } from 'node:crypto';
import type { MockRequest } from '../protocol.js';
import { header } from '../protocol.js';

/** Everything that goes into a signature, so that each part can be made in another way. */
export interface Recipe {
  readonly method: string;
  /** The canonical headers, in the order in which they are signed. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The names that are signed, as one text. */
  readonly signedHeaders: string;
  readonly payloadHash: string;
  /** What the string to sign has as the time. */
  readonly timestamp: string;
  /** What the string to sign has as the scope: date, service and `tc3_request`. */
  readonly scope: readonly string[];
  /** What the signing key is made of: the secret with its prefix, and the parts of the scope. */
  readonly secret: string;
  readonly keyParts: readonly string[];
  /** Writes the hash of the canonical request. Default: in lower case. */
  readonly writeHash?: (hash: string) => string;
}

/** How header values are written for signing. */
export interface Reading {
  host: string;
  /** Whether values keep their case. The documentation has them in lower case; SDKs sign them as they are. */
  keepsCase: boolean;
}

/** The ways that the service is known to take: the documented one first. */
export function* readingsOf(request: MockRequest): Generator<Reading> {
  const host = header(request, 'host') ?? '';
  // Some SDKs sign the host without its port.
  const bare = host.replace(/:\d+$/, '');
  for (const keepsCase of [false, true]) {
    yield { host, keepsCase };
    if (bare !== host) yield { host: bare, keepsCase };
  }
}

/** The headers of a request as they are signed. */
export function canonicalHeaders(
  request: MockRequest,
  names: readonly string[],
  { host, keepsCase }: Reading,
): Recipe['headers'] {
  return names.map((name) => {
    const value = (name === 'host' ? host : (header(request, name) ?? '')).trim();
    // The action is signed in lower case by whoever signs it.
    return [name, keepsCase && name !== 'x-tc-action' ? value : value.toLowerCase()];
  });
}

export function canonicalRequestOf({ method, headers, signedHeaders, payloadHash }: CanonicalParts): string {
  const lines = headers.map(([name, value]) => `${name}:${value}\n`).join('');
  return [method, '/', '', lines, signedHeaders, payloadHash].join('\n');
}

export function stringToSignOf(parts: StringParts, canonicalRequest: string): string {
  return textOf(parts, sha256(canonicalRequest));
}

function textOf({ timestamp, scope, writeHash }: StringParts, hash: string): string {
  return ['TC3-HMAC-SHA256', timestamp, scope.join('/'), writeHash?.(hash) ?? hash].join('\n');
}

export function signingKeyOf({ secret, keyParts }: KeyParts): Buffer {
  let key: Buffer = Buffer.from(secret);
  for (const part of keyParts) key = createHmac('sha256', key).update(part).digest();
  return key;
}

/** Makes signatures by many recipes that are alike: what several of them share is computed once. */
export class RecipeSigner {
  readonly #keys = new Map<string, Buffer>();
  readonly #hashes = new Map<string, string>();

  /** The signature that somebody makes who follows this recipe, as lower-case hex. */
  sign(recipe: Recipe): string {
    const { secret, keyParts } = recipe;
    const key = computed(this.#keys, [secret, ...keyParts].join('\n'), () => signingKeyOf(recipe));
    const canonical = canonicalRequestOf(recipe);
    const hash = computed(this.#hashes, canonical, () => sha256(canonical));
    return createHmac('sha256', key).update(textOf(recipe, hash)).digest('hex');
  }
}

function computed<Value>(known: Map<string, Value>, name: string, compute: () => Value): Value {
  let value = known.get(name);
  if (value === undefined) known.set(name, (value = compute()));
  return value;
}

export function sha256(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex');
}

type CanonicalParts = Pick<Recipe, 'method' | 'headers' | 'signedHeaders' | 'payloadHash'>;
type StringParts = Pick<Recipe, 'timestamp' | 'scope' | 'writeHash'>;
type KeyParts = Pick<Recipe, 'secret' | 'keyParts'>;

/** Stands in the place of the hash of the body if the body is not signed. */
const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

/** What stands for the body in the signature. SDKs have an option that leaves the body out. */
export function payloadHashOf(request: MockRequest): string {
  const isUnsigned = header(request, 'x-tc-content-sha256') === UNSIGNED_PAYLOAD;
  return sha256(isUnsigned ? UNSIGNED_PAYLOAD : request.body);
}

const SECONDS_PER_DAY = 86_400;

/** The latest day; nearly every request is of the same. */
let latestDay = { number: 0, date: '1970-01-01' };

/** The UTC date of Unix seconds, such as `2019-02-25`. */
export function utcDateOf(timestamp: number): string {
  const number = Math.floor(timestamp / SECONDS_PER_DAY);
  if (latestDay.number !== number) {
    latestDay = { number, date: new Date(timestamp * 1000).toISOString().slice(0, 10) };
  }
  return latestDay.date;
}
