import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { MockRequest } from './protocol.js';
import { Refusal, header } from './protocol.js';

/** A key pair that the mock knows. */
export interface MockCredentials {
  secretId: string;
  secretKey: string;
  /** If it is given, the request must carry it as X-TC-Token. */
  token?: string;
}

/** How far the timestamp of a request may be from the clock of the service, in seconds. */
const MAX_SKEW_SECONDS = 300;

const SECONDS_PER_DAY = 86_400;

/** Stands in the place of the hash of the body if the body is not signed. */
const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

/** The parts of `TC3-HMAC-SHA256 Credential=<id>/<date>/<service>/tc3_request, SignedHeaders=<names>, Signature=<hex>`. */
const AUTHORIZATION =
  /^TC3-HMAC-SHA256 +Credential=([^/,\s]+)\/(\d{4}-\d{2}-\d{2})\/([^/,\s]+)\/tc3_request, *SignedHeaders=([a-z0-9;-]+), *Signature=([0-9a-f]{64})$/;

interface Authorization {
  secretId: string;
  date: string;
  service: string;
  signedHeaders: string[];
  signature: string;
}

/**
 * Verifies a request's signature from the published algorithm. Written apart from the client's signer on purpose: a
 * mistake in one shows against the other.
 *
 * @returns the credentials that signed it
 * @throws Refusal with the code that the service would answer
 */
export function verifySignature(
  request: MockRequest,
  known: readonly MockCredentials[],
  service: string,
  nowMs: number,
): MockCredentials {
  const authorization = parseAuthorization(header(request, 'authorization'));
  const timestamp = checkTimestamp(header(request, 'x-tc-timestamp'), nowMs);
  const credentials = known.find(({ secretId }) => secretId === authorization.secretId);
  if (credentials === undefined) {
    throw new Refusal('AuthFailure.SecretIdNotFound', 'The SecretId is not found.');
  }
  if ((header(request, 'x-tc-token') ?? '') !== (credentials.token ?? '')) {
    throw new Refusal('AuthFailure.TokenFailure', 'The token of the temporary credentials is wrong.');
  }
  checkScope(authorization, timestamp, service, request);
  checkSignature(request, authorization, timestamp, credentials.secretKey);
  return credentials;
}

function parseAuthorization(value: string | undefined): Authorization {
  const match = AUTHORIZATION.exec(value ?? '');
  if (match === null) {
    throw new Refusal(
      'AuthFailure.InvalidAuthorization',
      value === undefined
        ? 'The header Authorization is missing.'
        : 'The header Authorization must be: TC3-HMAC-SHA256 Credential=<id>/<date>/<service>/tc3_request, SignedHeaders=<names>, Signature=<hex>.',
    );
  }
  const [, secretId, date, service, signedHeaders, signature] = match as unknown as string[];
  return {
    secretId: secretId!,
    date: date!,
    service: service!,
    signedHeaders: signedHeaders!.split(';'),
    signature: signature!,
  };
}

function checkTimestamp(value: string | undefined, nowMs: number): number {
  if (value === undefined || !/^\d{1,12}$/.test(value)) {
    throw new Refusal('InvalidParameter', 'The header X-TC-Timestamp must be Unix seconds.');
  }
  const timestamp = Number(value);
  if (Math.abs(timestamp - nowMs / 1000) > MAX_SKEW_SECONDS) {
    throw new Refusal(
      'AuthFailure.SignatureExpire',
      'The timestamp differs too much from the time of the service.',
    );
  }
  return timestamp;
}

/** The date is the UTC date of the timestamp; the service is the product, or what SDKs make of the host's first label. */
function checkScope(
  { date, service, signedHeaders }: Authorization,
  timestamp: number,
  product: string,
  request: MockRequest,
) {
  const fail = (message: string) => new Refusal('AuthFailure.SignatureFailure', message);
  const expectedDate = utcDateOf(timestamp);
  if (date !== expectedDate)
    throw fail(`The credential scope must have the UTC date of the timestamp, ${expectedDate}.`);
  const firstLabel = (header(request, 'host') ?? '').split('.')[0];
  if (service !== product && service !== firstLabel)
    throw fail(`The credential scope must name the service ${product}.`);
  for (const name of ['content-type', 'host']) {
    if (!signedHeaders.includes(name)) throw fail(`SignedHeaders must include ${name}.`);
  }
  if (signedHeaders.join(';') !== [...signedHeaders].sort().join(';'))
    throw fail('SignedHeaders must be in order.');
}

/** The latest day; nearly every request is of the same. */
let latestDay = { number: 0, date: '1970-01-01' };

/** The date of Unix seconds, such as `2019-02-25`. */
function utcDateOf(timestamp: number): string {
  const number = Math.floor(timestamp / SECONDS_PER_DAY);
  if (latestDay.number !== number) {
    latestDay = { number, date: new Date(timestamp * 1000).toISOString().slice(0, 10) };
  }
  return latestDay.date;
}

function checkSignature(
  request: MockRequest,
  authorization: Authorization,
  timestamp: number,
  secretKey: string,
) {
  const given = Buffer.from(authorization.signature, 'hex');
  const signed = { request, authorization, timestamp, payloadHash: payloadHashOf(request) };
  const key = signingKey(secretKey, authorization);
  let first: Computed | undefined;
  for (const reading of readingsOf(request)) {
    const computed = compute(signed, key, reading);
    if (timingSafeEqual(computed.signature, given)) return;
    first ??= computed;
  }
  const { canonicalRequest, stringToSign } = first!;
  const message = 'The signature does not match. Check the secret key and what was signed.';
  throw new Refusal('AuthFailure.SignatureFailure', message, { canonicalRequest, stringToSign });
}

/** One way to write headers for signing. */
interface Reading {
  host: string;
  /** Whether values keep their case. The documentation has them in lower case; SDKs sign them as they are. */
  keepsCase: boolean;
}

/** The ways that the service is known to take: the documented one first. */
function* readingsOf(request: MockRequest): Generator<Reading> {
  const host = header(request, 'host') ?? '';
  // Some SDKs sign the host without its port.
  const bare = host.replace(/:\d+$/, '');
  for (const keepsCase of [false, true]) {
    yield { host, keepsCase };
    if (bare !== host) yield { host: bare, keepsCase };
  }
}

/** What stands for the body in the signature. SDKs have an option that leaves the body out. */
function payloadHashOf(request: MockRequest): string {
  const isUnsigned = header(request, 'x-tc-content-sha256') === UNSIGNED_PAYLOAD;
  return sha256(isUnsigned ? UNSIGNED_PAYLOAD : request.body);
}

/** The latest signing key; nearly every request has the same. */
let latestKey: { readonly name: string; readonly key: Buffer } | undefined;

function signingKey(secretKey: string, { date, service }: Authorization): Buffer {
  const name = [secretKey, date, service].join('\n');
  if (latestKey?.name === name) return latestKey.key;
  let key: Buffer = Buffer.from(`TC3${secretKey}`);
  for (const part of [date, service, 'tc3_request']) key = createHmac('sha256', key).update(part).digest();
  latestKey = { name, key };
  return key;
}

interface Signed {
  request: MockRequest;
  authorization: Authorization;
  timestamp: number;
  payloadHash: string;
}

interface Computed {
  signature: Buffer;
  canonicalRequest: string;
  stringToSign: string;
}

function compute(
  { request, authorization, timestamp, payloadHash }: Signed,
  key: Buffer,
  { host, keepsCase }: Reading,
): Computed {
  const { date, service, signedHeaders } = authorization;
  const canonicalHeaders = signedHeaders.map((name) => {
    const value = (name === 'host' ? host : (header(request, name) ?? '')).trim();
    // The action is signed in lower case by whoever signs it.
    return `${name}:${keepsCase && name !== 'x-tc-action' ? value : value.toLowerCase()}\n`;
  });
  const canonicalRequest = [
    request.method,
    '/',
    '',
    canonicalHeaders.join(''),
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
  const scope = [date, service, 'tc3_request'].join('/');
  const stringToSign = ['TC3-HMAC-SHA256', timestamp, scope, sha256(canonicalRequest)].join('\n');
  return {
    signature: createHmac('sha256', key).update(stringToSign).digest(),
    canonicalRequest,
    stringToSign,
  };
}

function sha256(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex');
}
