import { createHash, timingSafeEqual } from 'node:crypto';

/** A user name and a password, as they are set in the console. */
export interface BasicCredentials {
  readonly username: string;
  readonly password: string;
}

/**
 * A check of the header `Authorization`. It takes the same time whatever is wrong: digests are compared, of all pairs, and
 * none is left out after another has matched.
 */
export function basicCheck(list: readonly BasicCredentials[]): (header: string | undefined) => boolean {
  const known = list.map(({ username, password }) => digest(`${username}:${password}`));
  return (header = '') => {
    const encoded = /^Basic +([A-Za-z0-9+/=_-]{1,4096}) *$/i.exec(header)?.[1] ?? '';
    const given = digest(Buffer.from(encoded, 'base64').toString('utf8'));
    let isKnown = false;
    for (const one of known) isKnown = timingSafeEqual(one, given) || isKnown;
    return isKnown;
  };
}

/** @throws TypeError that names the option, and shows no value */
export function checkCredentials(list: unknown): asserts list is readonly BasicCredentials[] {
  if (!Array.isArray(list) || list.length === 0)
    throw new TypeError("credentials must be a list of { username, password }, or 'none'.");
  for (const one of list as (Partial<BasicCredentials> | null)[]) {
    const isText = [one?.username, one?.password].every((text) => typeof text === 'string' && text !== '');
    if (!isText || one!.username!.includes(':'))
      throw new TypeError(
        'Each of credentials must have a username without ":" and a password, both non-empty strings.',
      );
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
