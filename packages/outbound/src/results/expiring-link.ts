const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/**
 * A link to a recording or to its text. The service signs such links, and they expire: fetch what is behind one within 24 hours,
 * and do not store it. So nothing writes it by itself: `JSON.stringify`, `console.log` and string templates show only that there is
 * one. Read `url` to use it.
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

/** A copy of what came, with each link marked as one that expires. */
export function withMarkedLinks(value: unknown, isLink = false): unknown {
  if (typeof value === 'string') return isLink && value !== '' ? new ExpiringLink(value) : value;
  if (Array.isArray(value)) return value.map((item) => withMarkedLinks(item, isLink));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value);
  return Object.fromEntries(fields.map(([name, field]) => [name, withMarkedLinks(field, LINK.test(name))]));
}
