import { OutboundClient } from '@tccc/outbound';
import { Pool } from 'undici';
import { officialClient } from './official.js';
import { credentials, taskWith } from './params.js';

/** Performs one call. */
export type Call = () => Promise<unknown>;

/** The clients that are compared, by name; each sends the same request, with one callee. */
export const clients: Record<string, (url: string) => Call> = {
  /** Everything on, with the limit lifted so high that only the ledger's own cost is left. */
  ours(url) {
    const client = new OutboundClient({ endpoint: url, credentials, pacing: { limit: 1_000_000 } });
    const task = taskWith(1);
    return () => client.createAutoCalloutTask(task);
  },

  official(url) {
    const client = officialClient(url);
    const task = taskWith(1);
    return () => client.CreateAutoCalloutTask(task);
  },

  /** The floor of the transport: the same request, signed once for all calls, and a reply that is not parsed. */
  undici(url) {
    const pool = new Pool(url, { pipelining: 1, connections: 128 });
    const body = Buffer.from(JSON.stringify(taskWith(1)));
    const headers = presignedHeaders(new URL(url).host);
    return () =>
      new Promise((resolve, reject) => {
        const chunks: Buffer[] = [];
        pool.dispatch(
          { origin: url, path: '/', method: 'POST', headers, body },
          {
            onRequestStart() {},
            onResponseStart() {},
            onResponseData: (_controller, chunk) => void chunks.push(chunk),
            onResponseEnd: () => resolve(Buffer.concat(chunks).toString()),
            onResponseError: (_controller, error) => reject(error),
          },
        );
      });
  },
};

/** The headers of a signed request, of the length that they have. */
function presignedHeaders(host: string): string[] {
  const headers = {
    host,
    'content-type': 'application/json; charset=utf-8',
    'x-tc-action': 'CreateAutoCalloutTask',
    'x-tc-version': '2020-02-10',
    'x-tc-timestamp': '1700000000',
    authorization: `TC3-HMAC-SHA256 Credential=AKIDbenchmark/2023-11-14/ccc/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=${'0'.repeat(64)}`,
  };
  return Object.entries(headers).flat();
}
