import { HmacKey, hmac } from './hmac.js';
import { sha256Hex } from './sha256.js';

/** The headers to sign, names in lower case and in ascending order. */
export type HeadersToSign = readonly (readonly [name: string, value: string])[];

/** Headers as a canonical request has them. They are the same for every request to one action, so they are made once. */
export interface SignedHeaders {
  /** The names, as the Authorization header lists them. */
  readonly names: string;
  /** The canonical request up to the hash of the body. */
  readonly canonicalHead: string;
}

/** Whose signature it is. */
export interface SigningKeys {
  readonly secretId: string;
  readonly secretKey: string;
  /** Sent along with the signature; only temporary keys have one. */
  readonly token?: string;
}

/** What a signature is made of. */
export interface SigningInput extends Pick<SigningKeys, 'secretId' | 'secretKey'> {
  /** Product name in the credential scope, for example `cvm`. */
  service: string;
  /** Unix seconds; the same number goes into the X-TC-Timestamp header, and the UTC date of the scope comes from it. */
  timestamp: number;
  headers: SignedHeaders;
  /** Lower-case hexadecimal SHA-256 of the body; see {@link sha256Hex}. */
  payloadHash: string;
}

const ALGORITHM = 'TC3-HMAC-SHA256';

/** Prepares headers for signing: always those of a POST to `/` without a query. */
export function prepareHeaders(headers: HeadersToSign): SignedHeaders {
  const names = headers.map(([name]) => name).join(';');
  const lines = headers.map(([name, value]) => `${name}:${value.trim().toLowerCase()}\n`).join('');
  return { names, canonicalHead: `POST\n/\n\n${lines}\n${names}\n` };
}

/** The request as the signature sees it. */
export function canonicalRequest({
  headers,
  payloadHash,
}: Pick<SigningInput, 'headers' | 'payloadHash'>): string {
  return headers.canonicalHead + payloadHash;
}

/** The text that is signed. */
export function stringToSign(timestamp: number, scope: string, canonical: string): string {
  return `${ALGORITHM}\n${timestamp}\n${scope}\n${sha256Hex(canonical)}`;
}

/** Date, service and the fixed end of a credential scope. */
export function credentialScope(date: string, service: string): string {
  return `${date}/${service}/tc3_request`;
}

/** The UTC date of Unix seconds, as `YYYY-MM-DD`. */
export function utcDate(timestamp: number): string {
  return new Date(timestamp * 1000).toISOString().slice(0, 10);
}

/** The signing key of one secret, UTC date and service. */
export function deriveKey(secretKey: string, date: string, service: string): Buffer {
  return hmac(hmac(hmac(`TC3${secretKey}`, date), service), 'tc3_request');
}

interface CachedKey {
  readonly secretKey: string;
  readonly day: number;
  readonly service: string;
  readonly scope: string;
  readonly key: HmacKey;
}

/** How many derived keys a signer keeps: a few pairs of credentials around midnight. */
const MAX_KEYS = 8;

const SECONDS_A_DAY = 86_400;

/**
 * Signs requests with TC3-HMAC-SHA256. Derived keys are kept, newest first, so that signing costs two hashes and one
 * HMAC; they never leave the instance.
 */
export class Signer {
  #keys: CachedKey[] = [];

  /** The value of the Authorization header. */
  authorization(input: SigningInput): string {
    const { key, scope } = this.#keyFor(input);
    const text = stringToSign(input.timestamp, scope, canonicalRequest(input));
    const signature = key.sign(text);
    const { secretId, headers } = input;
    return `${ALGORITHM} Credential=${secretId}/${scope}, SignedHeaders=${headers.names}, Signature=${signature}`;
  }

  #keyFor({ secretKey, service, timestamp }: SigningInput): CachedKey {
    const day = Math.floor(timestamp / SECONDS_A_DAY);
    for (const known of this.#keys) {
      if (known.day === day && known.secretKey === secretKey && known.service === service) return known;
    }
    const date = utcDate(timestamp);
    const key = new HmacKey(deriveKey(secretKey, date, service));
    const cached = { secretKey, day, service, scope: credentialScope(date, service), key };
    this.#keys = [cached, ...this.#keys.slice(0, MAX_KEYS - 1)];
    return cached;
  }
}
