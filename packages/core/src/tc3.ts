import { createHmac, hash } from 'node:crypto';

/** What a signature is made of. */
export interface SigningInput {
  secretId: string;
  secretKey: string;
  /** Product name in the credential scope, for example `cvm`. */
  service: string;
  /** Unix seconds; the same number goes into the X-TC-Timestamp header, and the UTC date of the scope comes from it. */
  timestamp: number;
  /** The headers to sign, names in lower case and in ascending order. */
  headers: readonly (readonly [name: string, value: string])[];
  /** Lower-case hexadecimal SHA-256 of the body; see {@link sha256Hex}. */
  payloadHash: string;
}

const ALGORITHM = 'TC3-HMAC-SHA256';

/** Lower-case hexadecimal SHA-256. */
export function sha256Hex(data: string | Buffer): string {
  return hash('sha256', data, 'hex');
}

/** The request as the signature sees it: always a POST to `/` without a query. */
export function canonicalRequest({
  headers,
  payloadHash,
}: Pick<SigningInput, 'headers' | 'payloadHash'>): string {
  let lines = '';
  let names = '';
  for (const [name, value] of headers) {
    lines += `${name}:${value.trim().toLowerCase()}\n`;
    names += names === '' ? name : `;${name}`;
  }
  return `POST\n/\n\n${lines}\n${names}\n${payloadHash}`;
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

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

interface CachedKey {
  readonly secretKey: string;
  readonly day: number;
  readonly service: string;
  readonly scope: string;
  readonly key: Buffer;
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
    const signature = createHmac('sha256', key).update(text).digest('hex');
    const names = input.headers.map(([name]) => name).join(';');
    return `${ALGORITHM} Credential=${input.secretId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  }

  #keyFor({ secretKey, service, timestamp }: SigningInput): CachedKey {
    const day = Math.floor(timestamp / SECONDS_A_DAY);
    const known = this.#keys.find((k) => k.day === day && k.secretKey === secretKey && k.service === service);
    if (known !== undefined) return known;
    const date = utcDate(timestamp);
    const key = deriveKey(secretKey, date, service);
    const cached = { secretKey, day, service, scope: credentialScope(date, service), key };
    this.#keys = [cached, ...this.#keys.slice(0, MAX_KEYS - 1)];
    return cached;
  }
}
