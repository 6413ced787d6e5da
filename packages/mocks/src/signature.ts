import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { MockRequest } from './protocol.js';
import { Refusal, header } from './protocol.js';

/** A key pair that the mock knows. */
export interface MockCredentials {
  secretId: string;
  secretKey: string;
  /** Where given, the request must carry it as X-TC-Token. */
  token?: string;
}

/** How far the timestamp of a request may be from the clock of the service, in seconds. */
const MAX_SKEW_SECONDS = 300;

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
      'The Authorization header is missing or malformed.',
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
    throw new Refusal('InvalidParameter', 'X-TC-Timestamp must be Unix seconds.');
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
  const expectedDate = new Date(timestamp * 1000).toISOString().slice(0, 10);
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

function checkSignature(
  request: MockRequest,
  authorization: Authorization,
  timestamp: number,
  secretKey: string,
) {
  const host = header(request, 'host') ?? '';
  const given = Buffer.from(authorization.signature, 'hex');
  const payloadHash = sha256(request.body);
  const key = signingKey(secretKey, authorization);
  const attempt = (signedHost: string) =>
    compute(request, authorization, timestamp, key, payloadHash, signedHost);
  const first = attempt(host);
  if (timingSafeEqual(first.signature, given)) return;
  // Some SDKs sign the host without its port.
  if (timingSafeEqual(attempt(host.replace(/:\d+$/, '')).signature, given)) return;
  const { canonicalRequest, stringToSign } = first;
  const message = 'The signature does not match. Check the secret key and what was signed.';
  throw new Refusal('AuthFailure.SignatureFailure', message, { canonicalRequest, stringToSign });
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

function compute(
  request: MockRequest,
  { date, service, signedHeaders }: Authorization,
  timestamp: number,
  key: Buffer,
  payloadHash: string,
  host: string,
) {
  const canonicalHeaders = signedHeaders.map((name) => {
    const value = name === 'host' ? host : (header(request, name) ?? '');
    return `${name}:${value.trim().toLowerCase()}\n`;
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
  const stringToSign = ['TC3-HMAC-SHA256', timestamp, scope, sha256(Buffer.from(canonicalRequest))].join(
    '\n',
  );
  return {
    signature: createHmac('sha256', key).update(stringToSign).digest(),
    canonicalRequest,
    stringToSign,
  };
}

function sha256(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
