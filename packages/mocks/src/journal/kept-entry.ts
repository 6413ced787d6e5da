import type { Explanation } from '../common/finding.js';
import type { ParsedBody } from './body.js';
import { costOfEntry, costOfParsed, costOfText } from './cost.js';
import { Explained } from './explained.js';
import type { Created, EntryHead, JournalEntry } from './entry.js';

/** Parameters in a longer text are never kept in another form, which would take many times the memory. */
const LARGE_TEXT = 8_192;

/** What an explanation takes once it is made, in bytes. */
const EXPLANATION_BYTES = 8_000;

const costOf = (body: ParsedBody) => (isLarge(body.text) ? costOfText(body) : costOfParsed(body.text));

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
      (body === undefined ? 0 : costOf(body)) +
      (explain === undefined ? 0 : EXPLANATION_BYTES + explainBytes);
  }

  /** What readers get: always the same object. */
  get entry(): JournalEntry {
    if (this.#entry === undefined) {
      const item = this.#explain === undefined ? {} : new Explained(this.#explain);
      this.#entry = addParams(Object.assign(item, this.head), this.#text);
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
    this.#created ??= addParams(createdHead(this.head), this.#text) as Created;
    return this.#created;
  }

  entryAsJson(): string {
    return toJson(this.head, this.#text, () => this.entry);
  }

  createdAsJson(): string {
    return toJson(createdHead(this.head), this.#text, () => this.created);
  }
}

function createdHead({ action, createdId, requestId }: EntryHead): Omit<Created, 'params'> {
  return { action, id: createdId!, requestId };
}

function addParams<Item extends object>(item: Item, text: string | undefined): Item & { params?: unknown } {
  if (text === undefined) return item;
  const parse = () => JSON.parse(text) as unknown;
  if (isLarge(text)) return Object.defineProperty(item, 'params', { enumerable: true, get: parse });
  return Object.assign(item, { params: parse() });
}

/** Large parameters need not be parsed to be shown. */
function toJson(head: object, text: string | undefined, whole: () => object): string {
  return isLarge(text) ? `${JSON.stringify(head).slice(0, -1)},"params":${text}}` : JSON.stringify(whole());
}

function isLarge(text = ''): boolean {
  return text.length > LARGE_TEXT;
}
