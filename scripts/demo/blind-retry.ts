import { sha256Hex } from '../../packages/core/src/signing/sha256.js';
import { Signer, prepareHeaders } from '../../packages/core/src/signing/tc3.js';
import { mockCredentials } from '@tccc/mocks';
import { actions } from '@tccc/outbound';

const CONTENT_TYPE = 'application/json; charset=utf-8';

/** What a caller without outcomes gets: an id, and how many requests it took. */
export interface BlindResult {
  taskId: number;
  requests: number;
}

/**
 * Creates a task as clients by hand often do: sign, send, and send again when sending fails. It cannot tell a request
 * that never arrived from one that was executed.
 */
export async function createWithBlindRetry(endpoint: string, params: unknown): Promise<BlindResult> {
  const body = JSON.stringify(params);
  for (let requests = 1; ; requests++) {
    try {
      const response = await fetch(endpoint, { method: 'POST', headers: sign(endpoint, body), body });
      const { Response } = (await response.json()) as { Response: { TaskId: number } };
      return { taskId: Response.TaskId, requests };
    } catch (error) {
      if (requests === 3) throw error;
    }
  }
}

function sign(endpoint: string, body: string): Record<string, string> {
  const { name, version, service } = actions.CreateAutoCalloutTask;
  const { host } = new URL(endpoint);
  const timestamp = Math.floor(Date.now() / 1000);
  const authorization = new Signer().authorization({
    ...mockCredentials,
    service,
    timestamp,
    payloadHash: sha256Hex(body),
    headers: prepareHeaders([
      ['content-type', CONTENT_TYPE],
      ['host', host],
    ]),
  });
  return {
    'content-type': CONTENT_TYPE,
    'x-tc-action': name,
    'x-tc-version': version,
    'x-tc-timestamp': String(timestamp),
    authorization,
  };
}
