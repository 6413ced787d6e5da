import { invalidOption } from '../checks.js';

/** Names and values, as an object, a `Headers`, a `Map`, or pairs. */
export type HeadersLike = Readonly<Record<string, string>> | Iterable<readonly [name: string, value: string]>;

/** Headers that decide what is signed, how the message is framed, or where it goes. */
const RESERVED_HEADERS =
  /^(host|authorization|content-.*|transfer-encoding|connection|keep-alive|upgrade|expect|te|trailer|proxy-.*|accept-encoding|x-tc-.*)$/;

/** Names and values in turn; `what` names them in messages. A header that could break the signature or the request is refused. */
export function readHeaders(headers: unknown, what = 'headers'): readonly string[] {
  return pairsOf(headers, what).flatMap(([name, value]) => {
    const lower = typeof name === 'string' ? name.toLowerCase() : '';
    if (!/^[a-z0-9!#$%&'*+.^_`|~-]{1,128}$/.test(lower))
      throw invalidOption(what, 'an object of valid header names');
    if (RESERVED_HEADERS.test(lower))
      throw invalidOption(what, `without ${safeHeader(lower)}, which the SDK sets itself`);
    if (typeof value !== 'string' || !/^[\t\x20-\x7e]*$/.test(value)) {
      throw invalidOption(what, 'an object whose values are printable ASCII texts');
    }
    return [lower, value];
  });
}

/** What `Headers`, `Map` and lists of pairs have in common is that they are gone through; they have no names of their own. */
function pairsOf(headers: unknown, what: string): readonly (readonly [name: unknown, value: unknown])[] {
  const expected = 'an object of names and values, a Headers, a Map, or pairs';
  if (typeof headers !== 'object' || headers === null) throw invalidOption(what, expected, headers);
  if (!(Symbol.iterator in headers)) return Object.entries(headers);
  return Array.from(headers as Iterable<unknown>, (pair) => {
    if (!Array.isArray(pair) || pair.length !== 2) throw invalidOption(what, expected);
    return [pair[0], pair[1]] as const;
  });
}

/** A name that could hold a number is not shown. */
function safeHeader(name: string): string {
  return /^[a-z-]{1,40}$/.test(name) ? name : 'a name beginning with x-tc- or content-';
}
