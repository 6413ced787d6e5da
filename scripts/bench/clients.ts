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

  /** What no client can do without: each request is serialised and signed, and its response is parsed. */
  least(url) {
    const pool = new Pool(url, { pipelining: 1, connections: 128 });
    const sign = signing(new URL(url).host);
    const task = taskWith(1);
    return async () => {
      const body = Buffer.from(JSON.stringify(task));
      const text = await dispatched(pool, url, '/', sign(body), body);
      return (JSON.parse(text) as { Response: { TaskId: number } }).Response.TaskId;
    };
  },

  /** The same with a signature that is right, for a server that verifies it. */
  presigned: (url) => presignedCall(url, '/'),

  /** The same for Prism, which knows the virtual path. */
  prism: (url) => presignedCall(url, '/CreateAutoCalloutTask'),
};

function presignedCall(url: string, path: string): Call {
  const pool = new Pool(url, { pipelining: 1, connections: 128 });
  const body = Buffer.from(JSON.stringify(taskWith(1)));
  const headers = signing(new URL(url).host)(body);
  return () => dispatched(pool, url, path, headers, body);
}

function dispatched(
  pool: Pool,
  origin: string,
  path: string,
  headers: string[],
  body: Buffer,
): Promise<string> {
  return new Promise((resolve, reject) => {
    pool.dispatch({ origin, path, method: 'POST', headers, body }, new Response(resolve, reject));
  });
}

/** A class, since tsx names each function of a literal, which would cost as much as some of what is measured. */
class Response {
  readonly #resolve: (text: string) => void;
  readonly #reject: (error: Error) => void;
  readonly #chunks: Buffer[] = [];

  constructor(resolve: (text: string) => void, reject: (error: Error) => void) {
    this.#resolve = resolve;
    this.#reject = reject;
  }

  onRequestStart(): void {}

  onResponseStart(_controller: unknown, status: number): void {
    if (status !== 200) this.#reject(new Error(`HTTP status ${status}`));
  }

  onResponseData(_controller: unknown, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#resolve(Buffer.concat(this.#chunks).toString());
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#reject(error);
  }
}

/** Gives the headers of requests that are signed now; they are good for five minutes at a server that verifies them. */
function signing(host: string): (body: Buffer) => string[] {
  const signer = new Signer();
  const toSign = [
    ['content-type', 'application/json; charset=utf-8'],
    ['host', host],
    ['x-tc-action', 'CreateAutoCalloutTask'],
  ] as const;
  const [headers, sent] = [prepareHeaders(toSign), [...toSign.flat(), 'x-tc-version', '2020-02-10']];
  return (body) => {
    const timestamp = Math.floor(Date.now() / 1000);
    const payloadHash = sha256Hex(body);
    const authorization = signer.authorization({
      ...credentials,
      service: 'ccc',
      timestamp,
      headers,
      payloadHash,
    });
    return [...sent, 'x-tc-timestamp', String(timestamp), 'authorization', authorization];
  };
}
