import type { OutboundClientOptions } from '@tccc/outbound';
import { OutboundClient } from '@tccc/outbound';
import type { Values } from './options.js';
import { UsageError } from './usage-error.js';

/** Key pair that the mock knows unless it was told others. */
const MOCK_CREDENTIALS = { secretId: 'AKIDmock', secretKey: 'mock-secret-key' };

/** The client that the command line asks for. @throws UsageError */
export function clientFor(
  { site, endpoint }: Values,
  own: Pick<OutboundClientOptions, 'pacing'> = {},
): OutboundClient {
  return new OutboundClient({ ...optionsFor(site, endpoint), ...own });
}

/** A client that only checks a template. */
export function checkingClient(): OutboundClient {
  return new OutboundClient({ endpoint: 'http://127.0.0.1:9', credentials: MOCK_CREDENTIALS });
}

function optionsFor(site: Values['site'], endpoint: string | undefined): OutboundClientOptions {
  if ((site === undefined) === (endpoint === undefined))
    throw new UsageError('Give --site intl, --site cn, or --endpoint.');
  if (endpoint === undefined) return { site: site! };
  const isMock = /^https?:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?\/?$/.test(endpoint);
  const hasCredentials = ['TENCENTCLOUD_SECRET_ID', 'TENCENTCLOUD_SECRETID'].some(
    (name) => process.env[name],
  );
  return { endpoint, ...(isMock && !hasCredentials && { credentials: MOCK_CREDENTIALS }) };
}
