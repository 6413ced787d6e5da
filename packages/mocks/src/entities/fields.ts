import { costOfParsed, costOfText } from '../journal/cost.js';

/** A field whose JSON is longer than this is kept as JSON, which takes a fraction of the memory. */
export const LONG_TEXT = 1_024;

/** Some parameters of a request, for as long as an entity lives. */
export class Fields {
  readonly #short = new Map<string, unknown>();
  readonly #long = new Map<string, string>();
  /** About how much memory they take, in bytes, on the high side. */
  readonly bytes: number = 0;

  constructor(params: Readonly<Record<string, unknown>>, names: ReadonlySet<string>) {
    for (const name of names) {
      if (!Object.hasOwn(params, name)) continue;
      const text = JSON.stringify(params[name]);
      const isLong = text.length > LONG_TEXT;
      if (isLong) this.#long.set(name, text);
      // A copy: a reader of the journal may change it.
      else this.#short.set(name, JSON.parse(text));
      this.bytes += isLong ? costOfText({ text, bytes: Buffer.byteLength(text) }) : costOfParsed(text);
    }
  }

  /** Undefined if there is no such field. A long one is parsed each time that it is read. */
  get(name: string): unknown {
    const text = this.#long.get(name);
    return text === undefined ? this.#short.get(name) : (JSON.parse(text) as unknown);
  }

  get names(): string[] {
    return [...this.#short.keys(), ...this.#long.keys()];
  }

  /** Names of those that are not long. */
  get shortNames(): string[] {
    return [...this.#short.keys()];
  }
}
