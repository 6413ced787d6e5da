const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/**
 * A link to a recording or to its text. The service signs such links, and they expire: fetch what is behind one within 24
 * hours, and do not store it. So nothing writes it by itself: `JSON.stringify`, `console.log` and string templates show
 * only that there is one. Read `url` to use it.
 *
 * @example
 * const answer = await fetch(link.url);
 */
export class ExpiringLink {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** The link itself. */
  get url(): string {
    return this.#url;
  }

  toString(): string {
    return '[link that expires]';
  }

  toJSON(): string {
    return this.toString();
  }

  [INSPECT](): string {
    return this.toString();
  }
}

/** Fields that hold links, in records, participants and pushes. */
const LINK = /^(Custom)?RecordURL$|^(Voicemail)?Asr(Url|URL)$|^VoicemailRecordURL$/;

/** What is nested deeper than this is left out: no record is, and a copy must not fill the stack. */
const DEEPEST = 32;

/**
 * A copy of what came, with each link marked as one that expires.
 *
 * @example
 * JSON.stringify(markLinks({ RecordURL: 'https://example.com/secret' })); // without the link
 */
export function markLinks(value: unknown): unknown {
  return copyOf(value, false, 0);
}

function copyOf(value: unknown, isLink: boolean, depth: number): unknown {
  if (typeof value === 'string') return isLink && value !== '' ? new ExpiringLink(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return undefined;
  if (Array.isArray(value)) return value.map((item) => copyOf(item, isLink, depth + 1));
  const fields = Object.entries(value);
  return Object.fromEntries(fields.map(([name, field]) => [name, copyOf(field, LINK.test(name), depth + 1)]));
}
