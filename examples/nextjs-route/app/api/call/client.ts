import { OutboundClient } from '@tccc/outbound';

const registry = globalThis as { tcccClient?: OutboundClient };

/** One client for the process: in development, Next.js loads this module again after each change. */
export function client(): OutboundClient {
  const { TCCC_ENDPOINT: endpoint } = process.env;
  registry.tcccClient ??= new OutboundClient(endpoint === undefined ? { site: 'intl' } : { endpoint });
  return registry.tcccClient;
}
