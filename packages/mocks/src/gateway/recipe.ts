import { createHmac, hash } from 'node:crypto';
import type { MockRequest } from '../common/protocol.js';
import { header } from '../common/protocol.js';

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
  /** Change the canonical request, its hash in lower-case hex, and the string to sign. Default: nothing changes. */
  readonly writeCanonical?: (canonical: string) => string;
  readonly writeHash?: (hash: string, canonical: string) => string;
  readonly writeText?: (text: string) => string;
  /** Makes the next key of the one before, and the signature of the last key. Default: HMAC-SHA256. */
  readonly step?: Mac;
  readonly last?: Mac;
}

/** What a key makes of a text. */
export type Mac = (key: Buffer, text: string) => Buffer;

/** How header values are written for signing. */
export interface Reading {
  host: string;
  /** Whether values keep their case. The documentation has them in lower case; SDKs sign them as they are. */
  keepsCase: boolean;
}

/** The ways that the service is known to take: the documented one first. */
export function* readingsOf(request: MockRequest): Generator<Reading> {
  const host = header(request, 'host') ?? '';
  yield { host, keepsCase: false };
  // Some SDKs sign the host without its port.
  const bare = host.replace(/:\d+$/, '');
  if (bare !== host) yield { host: bare, keepsCase: false };
  yield { host, keepsCase: true };
  if (bare !== host) yield { host: bare, keepsCase: true };
}

/** The headers of a request as they are signed. */
export function canonicalHeaders(
  request: MockRequest,
  names: readonly string[],
  { host, keepsCase }: Reading,
): Recipe['headers'] {
  return names.map((name) => {
    const value = (name === 'host' ? host : (header(request, name) ?? '')).trim();
    // Signers sign the action in lower case.
    return [name, keepsCase && name !== 'x-tc-action' ? value : value.toLowerCase()];
  });
}

export function canonicalRequestOf({ method, headers, signedHeaders, payloadHash }: CanonicalParts): string {
  let lines = '';
  for (const [name, value] of headers) lines += `${name}:${value}\n`;
  return `${method}\n/\n\n${lines}\n${signedHeaders}\n${payloadHash}`;
}

export function stringToSignOf(parts: StringParts, canonicalRequest: string): string {
  return textOf(parts, sha256(canonicalRequest));
}

function textOf({ timestamp, scope }: StringParts, canonicalHash: string): string {
  return `TC3-HMAC-SHA256\n${timestamp}\n${scope.join('/')}\n${canonicalHash}`;
}

export function signingKeyOf({ secret, keyParts, step = hmacSha256 }: KeyParts): Buffer {
  let key: Buffer = Buffer.from(secret);
  for (const part of keyParts) key = step(key, part);
  return key;
}

export const hmacSha256: Mac = (key, text) => createHmac('sha256', key).update(text).digest();

/** Makes signatures by many recipes that are alike: what several of them share is computed once. */
export class RecipeSigner {
  readonly #keys = new Map<string, Buffer>();
  readonly #hashes = new Map<string, string>();

  /** The signature that somebody makes who follows this recipe, as lower-case hex. */
  sign(recipe: Recipe): string {
    const { writeCanonical = same, writeHash = same, writeText = same, last = hmacSha256 } = recipe;
    const canonical = writeCanonical(canonicalRequestOf(recipe));
    const canonicalHash = computed(this.#hashes, canonical, () => sha256(canonical));
    const text = writeText(textOf(recipe, writeHash(canonicalHash, canonical)));
    return last(this.#keyOf(recipe), text).toString('hex');
  }

  #keyOf(recipe: Recipe): Buffer {
    const { secret, keyParts, step } = recipe;
    if (step !== undefined) return signingKeyOf(recipe);
    return computed(this.#keys, [secret, ...keyParts].join('\n'), () => signingKeyOf(recipe));
  }
}

function same(text: string): string {
  return text;
}

function computed<Value>(known: Map<string, Value>, name: string, compute: () => Value): Value {
  let value = known.get(name);
  if (value === undefined) known.set(name, (value = compute()));
  return value;
}

export function sha256(data: Buffer | string): string {
  return hash('sha256', data, 'hex');
}

type CanonicalParts = Pick<Recipe, 'method' | 'headers' | 'signedHeaders' | 'payloadHash'>;
type StringParts = Pick<Recipe, 'timestamp' | 'scope'>;
type KeyParts = Pick<Recipe, 'secret' | 'keyParts' | 'step'>;

/** Stands in the place of the hash of the body if the body is not signed. */
const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

/** What represents the body in the signature. SDKs have an option that leaves the body out. */
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
