import { documented } from '../model/docs.js';
import type { Model } from '../model/model.js';

/** What holds for every action of the product, also for those that the spec does not have. */
export function emitProduct({ service, version, maxRequestBytes, actions }: Model): string {
  const limits = actions.map(({ rateLimit }) => rateLimit);
  // The lowest that any action documents, since nothing is known of the others.
  const rateLimit = limits.reduce((least, one) =>
    one.limit / one.windowMs < least.limit / least.windowMs ? one : least,
  );
  return documented(
    ['What holds for every action; the rate limit is the lowest of those that are documented.'],
    `export const product = ${JSON.stringify({ service, version, maxRequestBytes, rateLimit })} as const;`,
  );
}
