import { secretHider } from '../common/secrets.js';
import type { MockRequest } from '../common/protocol.js';
import { Refusal, header } from '../common/protocol.js';
import type { SignatureSettings } from './signature.js';
import { verifySignature } from './signature.js';

/**
 * Who sent a request: its secret id, or an empty text if that does not matter and is not known.
 *
 * @throws Refusal
 */
export function accountOf(
  request: MockRequest,
  service: string,
  { signatures, credentials, clock }: SignatureSettings,
): string {
  if (signatures === 'strict') return verifySignature(request, credentials, service, clock.now()).secretId;
  const authorization = header(request, 'authorization') ?? '';
  const given = idIn(authorization);
  const isKnown = credentials.some((one) => one.secretId === given);
  // Somebody may have mixed up the secret key and the secret id.
  const secretId = isKnown ? given : idIn(secretHider(credentials)(authorization));
  if (signatures === 'presence' && secretId === '') {
    throw new Refusal(
      'AuthFailure.InvalidAuthorization',
      'The Authorization header is missing or malformed.',
    );
  }
  // A copy: a part of a string keeps the whole of it in memory.
  return Buffer.from(secretId).toString();
}

function idIn(authorization: string): string {
  return /Credential=([^/]{1,256})\//.exec(authorization)?.[1] ?? '';
}
