import type { Hide, MockCredentials } from '../common/secrets.js';
import { HIDDEN, SECRET_HEADERS, secretHider } from '../common/secrets.js';
import type { MockRequest } from '../common/protocol.js';
import { header } from '../common/protocol.js';
import type { Recipe } from '../gateway/recipe.js';
import {
  RecipeSigner,
  canonicalHeaders,
  canonicalRequestOf,
  readingsOf,
  stringToSignOf,
} from '../gateway/recipe.js';
import type { Explanation, Finding } from '../common/finding.js';
import { faultsOfForm } from './form.js';
import type { Given, Verified } from './given.js';
import { readDeclared, readGiven } from './given.js';
import { mistakes } from './mistakes.js';

/**
 * Why a signature was refused: what has to be signed, and which of the usual mistakes gives the client's signature. The work is
 * bounded: some thousand signatures at most, and a body of up to 64 KiB written in some other ways, which takes up to about
 * 100 milliseconds.
 */
export function explainSignature(request: MockRequest, verified: Verified): Explanation {
  const declared = readDeclared(header(request, 'authorization'));
  if (declared === undefined) return { diagnosis: [formOf(header(request, 'authorization'))] };
  const given = readGiven(request, declared, verified);
  const hide = secretHider(verified.known);
  const diagnosis = diagnose(given).map(({ mistake, says }) => ({ mistake, says: hide(says) }));
  return { ...whatToSign(given, hide), diagnosis };
}

function formOf(authorization: string | undefined): Finding {
  if ((authorization ?? '') === '')
    return {
      mistake: 'no-authorization',
      says: 'The request has no header Authorization: it is not signed.',
    };
  const says =
    'Authorization must be: TC3-HMAC-SHA256 Credential=<id>/<date>/<service>/tc3_request, SignedHeaders=<names>, Signature=<hex>.';
  return { mistake: 'authorization-form', says };
}

function diagnose(given: Given): Finding[] {
  const seen = [...faultsOfForm(given)];
  const { credentials, seconds } = given;
  if (credentials === undefined || seconds === undefined) return seen;
  const names = new Set(seen.map(({ mistake }) => mistake));
  const reproduced = reproduce(given, credentials);
  // Only the form of the header is left to be wrong.
  if (reproduced === 'as-declared')
    return seen.length > 0 ? seen : [formOf(header(given.request, 'authorization'))];
  if (reproduced !== undefined) return names.has(reproduced.mistake) ? seen : [...seen, reproduced];
  const also = seen.length === 0 ? 'None' : 'Apart from that, none';
  const says = `${also} of the usual mistakes gives this signature. Compare what you sign with the canonical request and the string to sign of the mock, line by line; if they are the same, the secret key is wrong.`;
  return [...seen, { mistake: 'unknown', says }];
}

/** The mistake that gives the client's signature, in what the client declares or in what is right. */
function reproduce(given: Given, credentials: MockCredentials): Finding | 'as-declared' | undefined {
  const signature = hexOf(given.declared.signature);
  const signer = new RecipeSigner();
  const recipes = [...recipesOf(given, credentials)];
  if (recipes.some((recipe) => signer.sign(recipe) === signature)) return 'as-declared';
  for (const { mistake, tries } of mistakes) {
    for (const base of recipes) {
      for (const [change, says] of tries(base, given))
        if (signer.sign({ ...base, ...change }) === signature) return { mistake, says };
    }
  }
  return undefined;
}

/** A signature as lower-case hex, also if it is in Base64, of its bytes or of its hex. */
function hexOf(signature: string): string {
  if (/^[0-9a-f]+$/i.test(signature)) return signature.toLowerCase();
  const bytes = Buffer.from(signature, 'base64');
  const text = bytes.toString('latin1');
  return /^[0-9a-f]{64}$/.test(text) ? text : bytes.toString('hex');
}

/** How to sign the request, in each reading of its headers, with the scope that it declares. */
function* recipesOf(given: Given, { secretKey }: MockCredentials): Generator<Recipe> {
  const { request, declared, timestamp, scope: right, payloadHash } = given;
  const [date, service, end] = declared.scope;
  // A scope of another form is tried as it is; one with parts missing cannot be what was signed.
  const scope =
    declared.scope.length >= 3 ? declared.scope : [date || right[0]!, service ?? right[1]!, end ?? right[2]!];
  const names = declared.names.map((name) => name.trim().toLowerCase());
  const seen = new Set<string>();
  for (const reading of readingsOf(request)) {
    const headers = canonicalHeaders(request, names, reading);
    const key = JSON.stringify(headers);
    if (seen.has(key)) continue;
    seen.add(key);
    yield {
      method: request.method,
      headers,
      signedHeaders: declared.names.join(';'),
      payloadHash,
      timestamp,
      scope,
      secret: `TC3${secretKey}`,
      keyParts: scope,
    };
  }
}

/** What the mock signs in the documented reading, with everything as it should be. */
function whatToSign(
  { request, declared, seconds, scope, payloadHash }: Given,
  hide: Hide,
): Omit<Explanation, 'diagnosis'> {
  const names = [...new Set(declared.names.map((name) => name.trim().toLowerCase()))].sort();
  const [reading] = readingsOf(request);
  const headers = canonicalHeaders(request, names, reading!);
  const parts = { method: request.method, signedHeaders: names.join(';'), payloadHash };
  const canonical = canonicalRequestOf({ ...parts, headers });
  const shown = headers.map(([name, value]) => [name, SECRET_HEADERS.has(name) ? HIDDEN : value] as const);
  const canonicalRequest = hide(canonicalRequestOf({ ...parts, headers: shown }));
  if (seconds === undefined) return { canonicalRequest };
  return {
    canonicalRequest,
    stringToSign: hide(stringToSignOf({ timestamp: String(seconds), scope }, canonical)),
  };
}
