import { sha256Hex } from '../../packages/core/src/signing/sha256.js';
import { Signer, prepareHeaders } from '../../packages/core/src/signing/tc3.js';
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

  /** The floor of the transport: the same request, signed once for all calls, and a response that is not parsed. */
  undici: (url) => presignedCall(url, '/'),

  /** The same with a signature that is right, for a server that verifies it. */
  presigned: (url) => presignedCall(url, '/'),

  /** The same for Prism, which knows the virtual path. */
  prism: (url) => presignedCall(url, '/CreateAutoCalloutTask'),
};

function presignedCall(url: string, path: string): Call {
  const pool = new Pool(url, { pipelining: 1, connections: 128 });
  const body = Buffer.from(JSON.stringify(taskWith(1)));
  const headers = presignedHeaders(new URL(url).host, body);
  return () =>
    new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      pool.dispatch(
        { origin: url, path, method: 'POST', headers, body },
        {
          onRequestStart() {},
          onResponseStart: (_controller, status) => {
            if (status !== 200) reject(new Error(`HTTP status ${status}`));
          },
          onResponseData: (_controller, chunk) => void chunks.push(chunk),
          onResponseEnd: () => resolve(Buffer.concat(chunks).toString()),
          onResponseError: (_controller, error) => reject(error),
        },
      );
    });
}

/** The headers of a signed request; good for five minutes at a server that verifies them. */
function presignedHeaders(host: string, body: Buffer): string[] {
  const timestamp = Math.floor(Date.now() / 1000);
  const contentType = 'application/json; charset=utf-8';
  const action = 'CreateAutoCalloutTask';
  const toSign = [
    ['content-type', contentType],
    ['host', host],
    ['x-tc-action', action],
  ] as const;
  const authorization = new Signer().authorization({
    ...credentials,
    service: 'ccc',
    timestamp,
    headers: prepareHeaders(toSign),
    payloadHash: sha256Hex(body),
  });
  const version = ['x-tc-version', '2020-02-10', 'x-tc-timestamp', String(timestamp)];
  return [...toSign.flat(), ...version, 'authorization', authorization];
}
