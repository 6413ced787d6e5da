import type { OutboundClient, Site } from '@tccc/outbound';
import { sites } from '@tccc/outbound';
import { BulkError } from '../errors.js';
import type { Service } from '../ledger/ledger.js';

const NAMES: Readonly<Record<Service, string>> = {
  intl: 'the site intl',
  cn: 'the site cn',
  local: 'this machine, as for a rehearsal',
  other: 'a gateway',
};

/** Who a client calls. */
export function serviceOf({ site, endpoint }: Pick<OutboundClient, 'site' | 'endpoint'>): Service {
  if (endpoint === undefined) return site ?? 'other';
  const { hostname } = new URL(endpoint);
  if (/^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(hostname)) return 'local';
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
  // Only after a rehearsal does another ledger call nobody twice.
  const next =
    known === 'local'
      ? `After a rehearsal, give the real run a ${own}.`
      : 'Give what it was sent to: another run would call everybody again.';
  throw new BulkError(
    'OtherService',
    `The ledger was sent to ${NAMES[known]}: ${NAMES[service]} has nothing of it. Nothing was done. ${next}`,
  );
}
