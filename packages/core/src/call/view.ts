import { identityOf } from '../identity.js';
import type { Settings } from '../options/settings.js';

/**
 * What a client sees when it reads, as a text to compare: the service, the account, and all that decides whether and how a
 * response comes. Objects of the caller's own are compared by identity.
 */
export function describeView(settings: Settings, host: string, account: string): string {
  const { endpoint = host, dispatcher, clock, pacing, fixedHeaders, retry } = settings;
  const { attemptTimeoutMs, connectTimeoutMs, maxConnections, maxResponseBytes } = settings;
  const paced = pacing === false ? false : { ...pacing, pacer: identityOf(pacing.pacer) };
  return JSON.stringify([
    endpoint,
    account,
    identityOf(dispatcher),
    identityOf(clock),
    fixedHeaders,
    retry,
    paced,
    attemptTimeoutMs,
    connectTimeoutMs,
    maxConnections,
    maxResponseBytes,
  ]);
}
