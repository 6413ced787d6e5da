import type { OutboundClient, Site } from '@tccc/outbound';
import { sites } from '@tccc/outbound';
import { isLoopback } from '@tccc/outbound/internal';
import { BulkError } from '../errors.js';
import type { Service } from '../ledger/ledger.js';

const NAMES: Readonly<Record<Service, string>> = {
  intl: 'the site intl',
  cn: 'the site cn',
  local: 'this machine',
  other: 'a gateway',
};

/** Who a client calls. */
export function serviceOf({ site, endpoint }: Pick<OutboundClient, 'site' | 'endpoint'>): Service {
  if (endpoint === undefined) return site ?? 'other';
  const { hostname } = new URL(endpoint);
  if (isLoopback(hostname)) return 'local';
  const known = (Object.keys(sites) as Site[]).find((one) => sites[one] === hostname);
  return known ?? 'other';
}

/** What the real run has to have of its own, after a rehearsal. */
const OWN_LEDGER = 'ledger of its own';

/**
 * A ledger says what one service has. With another one, a rehearsal would pass for the real run, and what the first one has
 * would not be found.
 *
 * @param known who has what the ledger sent; undefined if nobody has, or if the ledger does not say
 * @param own what makes another run of the same list
 * @throws BulkError `OtherService`
 */
export function checkService(known: Service | undefined, client: OutboundClient, own = OWN_LEDGER): void {
  const service = serviceOf(client);
  if (known === undefined || known === service || known === 'other' || service === 'other') return;
  const again = 'another run would call everybody again.';
  // What is on this machine may lead to a site. Only after a rehearsal does another ledger call nobody twice.
  const next =
    known === 'local'
      ? `If that was a rehearsal, give the real run a ${own}. If it was a gateway, go on through it: ${again}`
      : `Give what it was sent to: ${again}`;
  throw new BulkError(
    'OtherService',
    `The ledger was sent to ${NAMES[known]}, not to ${NAMES[service]}. Nothing was done. ${next}`,
  );
}
