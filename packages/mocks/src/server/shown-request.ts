import { HIDDEN, SECRET_HEADERS, secretHider } from '../common/secrets.js';
import type { MockCredentials } from '../common/secrets.js';
import type { KeptRequest } from '../journal/kept-requests.js';
import { restoreRequest } from '../journal/kept-requests.js';

/** A request as it may be shown: no secret is in it. */
export interface ShownRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  /** The body as text, if it is kept. */
  body?: string;
}

/** A request without secrets: tokens, and anything that is the secret of a key pair. */
export function showRequest(kept: KeptRequest, known: readonly MockCredentials[]): ShownRequest {
  const { method, path, headers, body } = restoreRequest(kept);
  const hide = secretHider(known);
  const shown = Object.entries(headers).map(([name, value]) => {
    const text = [value ?? ''].flat().join(', ');
    return [
      name,
      SECRET_HEADERS.has(name) ? HIDDEN : hide(name === 'authorization' ? schemeOnly(text) : text),
    ];
  });
  return {
    method,
    path: hide(path),
    headers: Object.fromEntries(shown) as Record<string, string>,
    ...(kept.body === undefined ? {} : { body: hide(body.toString('utf8')) }),
  };
}

/** A signature is not a secret; what other schemes have may be one. */
function schemeOnly(authorization: string): string {
  return /\bSignature=/i.test(authorization)
    ? authorization
    : authorization.replace(/^\s*(\S{0,40})[^]*$/, `$1 ${HIDDEN}`);
}
