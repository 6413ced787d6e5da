import type { Explanation } from '../common/finding.js';
import type { ParsedBody } from './body.js';
import { costOfEntry, costOfParams } from './cost.js';
import { Explained } from './explained.js';
import type { Created, EntryHead, JournalEntry } from './journal.js';

/** Parameters in a longer text are never kept in another form, which would take many times the memory. */
const LARGE_TEXT = 8_192;

/** What an explanation takes once it is made, in bytes. */
const EXPLANATION_BYTES = 8_000;

/** An entry as it is kept: its parameters are the text that came, which is parsed once somebody reads the entry. */
export class KeptEntry {
  readonly head: EntryHead;
  /** About how much memory it takes, in bytes, on the high side, in whichever form. */
  readonly bytes: number;
  readonly #text: string | undefined;
  #explain: (() => Explanation) | undefined;
  #entry: JournalEntry | undefined;
  #created: Created | undefined;

  /** @param explain how to find out what is wrong with it, if the mock can; `explainBytes` is what that holds in memory */
  constructor(head: EntryHead, body?: ParsedBody, explain?: () => Explanation, explainBytes = 0) {
    this.head = head;
    this.#text = body?.text;
    this.#explain = explain;
    this.bytes =
      costOfEntry(head) +
      (body === undefined ? 0 : costOfParams(body, this.#isLarge)) +
      (explain === undefined ? 0 : EXPLANATION_BYTES + explainBytes);
  }

  /** What readers get: always the same object. */
  get entry(): JournalEntry {
    if (this.#entry === undefined) {
      const item = this.#explain === undefined ? {} : new Explained(this.#explain);
      this.#entry = this.#addParams(Object.assign(item, this.head));
      this.#explain = undefined;
    }
    return this.#entry;
  }

  /** The entry, if it can be explained. */
  get explained(): Explained | undefined {
    if (this.#explain === undefined && !(this.#entry instanceof Explained)) return undefined;
    return this.entry as JournalEntry & Explained;
  }

  /** What the request created, if it did. */
  get created(): Created {
    this.#created ??= this.#addParams(this.#createdHead) as Created;
    return this.#created;
  }

  entryAsJson(): string {
    return this.#toJson(this.head, () => this.entry);
  }

  createdAsJson(): string {
    return this.#toJson(this.#createdHead, () => this.created);
  }

  get #createdHead(): Omit<Created, 'params'> {
    const { action, createdId, requestId } = this.head;
    return { action, id: createdId!, requestId };
  }

  get #isLarge(): boolean {
    return (this.#text?.length ?? 0) > LARGE_TEXT;
  }

  #addParams<Item extends object>(item: Item): Item & { params?: unknown } {
    const text = this.#text;
    if (text === undefined) return item;
    const parse = () => JSON.parse(text) as unknown;
    if (this.#isLarge) return Object.defineProperty(item, 'params', { enumerable: true, get: parse });
    return Object.assign(item, { params: parse() });
  }

  /** Those of a large one need not be parsed to be shown. */
  #toJson(head: object, whole: () => object): string {
    if (!this.#isLarge) return JSON.stringify(whole());
    return `${JSON.stringify(head).slice(0, -1)},"params":${this.#text}}`;
  }
}
