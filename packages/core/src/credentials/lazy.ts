import type * as Fetchers from './asking.js';
import type { CredentialContext, Credentials } from './types.js';

/** How a source asks for credentials. */
type Fetch = (context: CredentialContext) => Promise<Credentials>;

/** A source whose code is loaded when it is first asked: a client with fixed credentials never loads it. */
export function lazily(choose: (fetch: typeof Fetchers) => Fetch): Fetch {
  let fetch: Fetch | undefined;
  return async (context) => {
    fetch ??= choose(await import('./asking.js'));
    return fetch(context);
  };
}
