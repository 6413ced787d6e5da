import type { RequestToSign } from '../signing/request-signer.js';
import type { Attempt } from './attempt.js';
import type { Call } from './call.js';

/** What is signed of a call for one attempt. `signedHeaders` are names and values in turn. */
export function requestToSign(
  { definition, host, payloadHash, extraHeaders }: Call,
  { traceId }: Attempt,
  signedHeaders: readonly string[],
): RequestToSign {
  return { definition, host, payloadHash, extraHeaders, signedHeaders, traceId };
}
