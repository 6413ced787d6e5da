import { HmacKey } from './hmac.js';
import {
  canonicalHeaders,
  canonicalRequestOf,
  payloadHashOf,
  readingsOf,
  signingKeyOf,
  stringToSignOf,
  utcDateOf,
} from './recipe.js';
import type { MockRequest } from '../common/protocol.js';
import type { MockCredentials } from '../common/secrets.js';
import { Refusal, header } from '../common/protocol.js';

/** How signatures are verified. */
export interface SignatureSettings {
  readonly signatures: 'strict' | 'presence' | 'off';
  /** The key pairs that the mock knows. */
  readonly credentials: readonly MockCredentials[];
  readonly clock: { now(): number };
}

/** How far the timestamp of a request may be from the clock of the service, in seconds. */
export const MAX_SKEW_SECONDS = 300;

/** The parts of `TC3-HMAC-SHA256 Credential=<id>/<date>/<service>/tc3_request, SignedHeaders=<names>, Signature=<hex>`. */
const AUTHORIZATION =
  /^TC3-HMAC-SHA256 +Credential=([^/,\s]+)\/(\d{4}-\d{2}-\d{2})\/([^/,\s]+)\/tc3_request, *SignedHeaders=([a-z0-9;-]+), *Signature=([0-9a-f]{64})$/;

interface Authorization {
  secretId: string;
  date: string;
  service: string;
  signedHeaders: string;
  /** The same as a list. */
  names: string[];
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
    signedHeaders: signedHeaders!,
    names: signedHeaders!.split(';'),
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
  { date, service, names }: Authorization,
  timestamp: number,
  product: string,
  request: MockRequest,
) {
  const fail = (message: string) => new Refusal('AuthFailure.SignatureFailure', message);
  const expectedDate = utcDateOf(timestamp);
  if (date !== expectedDate)
    throw fail(`The credential scope must have the UTC date of the timestamp, ${expectedDate}.`);
  if (service !== product && service !== firstLabelOf(request))
    throw fail(`The credential scope must name the service ${product}.`);
  for (const name of ['content-type', 'host']) {
    if (!names.includes(name)) throw fail(`SignedHeaders must include ${name}.`);
  }
  if (names.some((name, index) => name < names[index - 1]!)) throw fail('SignedHeaders must be in order.');
}

/** The first label of the host, which SDKs take for the name of the service. */
export function firstLabelOf(request: MockRequest): string {
  return (header(request, 'host') ?? '').split('.')[0]!;
}

function checkSignature(
  request: MockRequest,
  { date, service, signedHeaders, names, signature }: Authorization,
  timestamp: number,
  secretKey: string,
) {
  const key = signingKey(secretKey, date, service);
  const fixed = {
    method: request.method,
    signedHeaders,
    payloadHash: payloadHashOf(request),
    timestamp: String(timestamp),
    scope: [date, service, 'tc3_request'],
  };
  for (const reading of readingsOf(request)) {
    const headers = canonicalHeaders(request, names, reading);
    const canonical = canonicalRequestOf({ ...fixed, headers });
    if (key.sign(stringToSignOf(fixed, canonical)) === signature) return;
  }
  const message = 'The signature does not match. Check the secret key and what was signed.';
  throw new Refusal('AuthFailure.SignatureFailure', message);
}

/** The latest signing key; nearly every request has the same. */
let latest: { secretKey: string; date: string; service: string; key: HmacKey } | undefined;

function signingKey(secretKey: string, date: string, service: string): HmacKey {
  const isLatest = latest?.date === date && latest.service === service && latest.secretKey === secretKey;
  if (!isLatest) {
    const keyParts = [date, service, 'tc3_request'];
    const key = new HmacKey(signingKeyOf({ secret: `TC3${secretKey}`, keyParts }));
    latest = { secretKey, date, service, key };
  }
  return latest!.key;
}
