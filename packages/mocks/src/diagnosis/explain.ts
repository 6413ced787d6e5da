import { actions } from '@tccc/outbound';
import type { JournalEntry } from '../journal/entry.js';
import type { KeptRequest } from '../journal/kept-requests.js';
import { restoreRequest } from '../journal/kept-requests.js';
import type { MockRequest } from '../common/protocol.js';
import { payloadHashOf } from '../gateway/recipe.js';
import type { SignatureSettings } from '../gateway/signature.js';
import type { Explanation } from '../common/finding.js';
import type { Verified } from './given.js';
import { explainAction, explainParams } from './params.js';
import { explainSignature } from './signature.js';

/** How to find out what is wrong with a request, if the mock can help with it. Nothing is found out yet. */
export function howToExplain(
  { code, action, issues }: Pick<JournalEntry, 'code' | 'action' | 'issues'>,
  { request, service }: { request: MockRequest; service?: string },
  kept: KeptRequest,
  { signatures, credentials, clock }: SignatureSettings,
): (() => Explanation) | undefined {
  if (issues !== undefined) return () => ({ diagnosis: explainParams(issues) });
  if (code === 'InvalidAction') return () => ({ diagnosis: [explainAction(action, Object.keys(actions))] });
  if (service === undefined || signatures !== 'strict') return undefined;
  const verified = { known: credentials, product: service, nowMs: clock.now() };
  // The body itself, if it is kept, says what represents it.
  return explainLater(
    kept,
    kept.body === undefined ? { ...verified, payloadHash: payloadHashOf(request) } : verified,
  );
}

/** Knows nothing of the request but what is kept of it, so that nothing else stays in memory. */
function explainLater(kept: KeptRequest, verified: Verified): () => Explanation {
  return () => explainSignature(restoreRequest(kept), verified);
}
