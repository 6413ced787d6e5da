import { followedByAnother } from '../response/read.js';
import type { Attempt, History } from './attempt.js';
import { claimsNothing } from './facts.js';

/**
 * What an attempt failed with. A refusal that says that nothing was done has to be followed by a silence: if it was another
 * request's, the real response comes meanwhile. Neither the end of the call nor any option makes it shorter.
 */
export async function judge(
  thrown: unknown,
  silence: Promise<void> | undefined,
  { exchange }: Attempt,
  { idempotency }: History,
): Promise<unknown> {
  if (silence === undefined || !claimsNothing(thrown) || idempotency === 'safe') return thrown;
  await silence;
  return exchange?.hasSurplus ? followedByAnother() : thrown;
}
