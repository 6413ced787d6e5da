/**
 * Hears each record: its fields, the line at which it begins, whether it ends with a bare LF, and how many line breaks it
 * has.
 */
export type OnRecord = (fields: string[], line: number, isBare: boolean, breaks: number) => void;

/** Hears of a field that ends with a quote without a partner, and the line at which its record begins. */
export type OnLoneQuote = (field: string, line: number) => void;

/** A quote at a wrong place: what follows cannot be told apart. */
export class WrongQuote extends Error {
  readonly line: number;
  readonly kind: QuoteFault;

  constructor(line: number, kind: QuoteFault) {
    super('A misplaced quote.');
    this.line = line;
    this.kind = kind;
  }
}

/** What is wrong with a quote: a backslash is before it, as other dialects escape it; it is never closed; or something else. */
export type QuoteFault = 'escaped' | 'open' | 'misplaced';

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;
const BACKSLASH = 92;
const NO_BREAK_SPACE = 0xa0;
const WIDE_SPACE = 0x3000;

/**
 * Cuts CSV text into records, piece by piece (RFC 4180). Lines end with LF or CRLF, or both. Blanks around a field in quotes
 * are dropped, because people type one after each comma; a quote within a field that does not begin with one is text. It is our
 * own parser, because what ends a line depends on the lines around it (see `CsvLayout`), and for its speed: fields without
 * quotes are found by the engine's own search.
 */
export class CsvParser {
  readonly #delimiter: string;
  readonly #onRecord: OnRecord;
  readonly #onLoneQuote: OnLoneQuote | undefined;
  #rest = '';
  /** Line at which the next record begins. */
  line: number;

  constructor(delimiter: string, line: number, onRecord: OnRecord, onLoneQuote?: OnLoneQuote) {
    this.#delimiter = delimiter;
    this.#onRecord = onRecord;
    this.#onLoneQuote = onLoneQuote;
    this.line = line;
  }

  /** How many characters belong to a record that has not ended. */
  get held(): number {
    return this.#rest.length;
  }

  /**
   * Reads a piece of text.
   *
   * @throws WrongQuote
   */
  read(piece: string): void {
    this.#parse(this.#rest + piece, false);
  }

  /** Reads what is left. @throws WrongQuote */
  end(): void {
    if (this.#rest !== '') this.#parse(this.#rest, true);
  }

  #parse(text: string, isEnd: boolean): void {
    let at = 0;
    let quote = text.indexOf('"');
    while (at < text.length) {
      let end = text.indexOf('\n', at);
      if (end === -1) {
        if (!isEnd) break;
        end = text.length;
      }
      if (quote !== -1 && quote < at) quote = text.indexOf('"', at);
      const next = quote === -1 || quote > end ? this.#plain(text, at, end) : this.#quoted(text, at, isEnd);
      if (next === -1) break;
      at = next;
    }
    this.#rest = text.slice(at);
  }

  /** A line without quotes. */
  #plain(text: string, at: number, end: number): number {
    let last = end;
    while (last > at && text.charCodeAt(last - 1) === CR) last--;
    this.#onRecord(
      text.slice(at, last).split(this.#delimiter),
      this.line++,
      last === end && end < text.length,
      0,
    );
    return end + 1;
  }

  /** A record with quotes in it. Returns where the next one begins; -1 if more text is needed. */
  #quoted(text: string, start: number, isEnd: boolean): number {
    const fields: string[] = [];
    const lone: string[] = [];
    const delimiter = this.#delimiter;
    let breaks = 0;
    for (let at = start; ;) {
      let after: number;
      const open = afterBlanks(text, at, delimiter);
      const close = text.charCodeAt(open) === QUOTE ? this.#closeOf(text, open + 1, isEnd) : undefined;
      if (close === -1) return -1;
      const behind = close === undefined ? at : afterBlanks(text, close + 1, delimiter);
      if (close !== undefined && behind === text.length && !isEnd) return -1;
      if (close !== undefined && (isLineEnd(text, behind) || text.startsWith(delimiter, behind))) {
        const field = unquoted(text.slice(open + 1, close));
        fields.push(field);
        breaks += breaksIn(field);
        after = behind;
      } else if (close !== undefined && (open === at || text.slice(open, close).includes('\n'))) {
        const isEscaped = text.charCodeAt(close - 1) === BACKSLASH;
        throw new WrongQuote(this.line + breaks, isEscaped ? 'escaped' : 'misplaced');
      } else {
        const end = text.indexOf('\n', at);
        const next = text.indexOf(delimiter, at);
        if (end === -1 && !isEnd && next === -1) return -1;
        const limit = end === -1 ? text.length : end;
        after = next !== -1 && next < limit ? next : trimmedEnd(text, at, limit);
        const field = text.slice(at, after);
        if (endsAlone(field)) lone.push(field);
        fields.push(field);
      }
      if (after < text.length && text.startsWith(delimiter, after)) {
        at = after + delimiter.length;
        continue;
      }
      let end = after;
      while (text.charCodeAt(end) === CR) end++;
      if (end === text.length && !isEnd) return -1;
      for (const field of lone) this.#onLoneQuote?.(field, this.line);
      this.#onRecord(fields, this.line, end === after && end < text.length, breaks);
      this.line += breaks + 1;
      return end + 1;
    }
  }

  /** Where the quote is that ends a field; -1 if more text is needed. */
  #closeOf(text: string, from: number, isEnd: boolean): number {
    for (let at = from; ; at += 2) {
      at = text.indexOf('"', at);
      if (at === -1) {
        if (isEnd) throw new WrongQuote(this.line, 'open');
        return -1;
      }
      if (at + 1 === text.length && !isEnd) return -1;
      if (text.charCodeAt(at + 1) !== 0x22) return at;
    }
  }
}

function unquoted(field: string): string {
  const text = field.includes('"') ? field.replaceAll('""', '"') : field;
  return text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
}

/** Whether a field without quotes around it ends with a quote that has no partner. */
function endsAlone(field: string): boolean {
  return field.trimEnd().endsWith('"') && field.split('"').length % 2 === 0;
}

function breaksIn(field: string): number {
  let breaks = 0;
  for (let at = field.indexOf('\n'); at !== -1; at = field.indexOf('\n', at + 1)) breaks++;
  return breaks;
}

function trimmedEnd(text: string, from: number, end: number): number {
  let last = end;
  while (last > from && text.charCodeAt(last - 1) === CR) last--;
  return last;
}

/** Whether LF or the end of the text follows, also after CR. */
function isLineEnd(text: string, from: number): boolean {
  let at = from;
  while (text.charCodeAt(at) === CR) at++;
  return at === text.length || text.charCodeAt(at) === LF;
}

/** Where blanks end that surround a quote. */
function afterBlanks(text: string, from: number, delimiter: string): number {
  for (let at = from; ; at++) {
    const code = text.charCodeAt(at);
    const isBlank = code === SPACE || code === TAB || code === NO_BREAK_SPACE || code === WIDE_SPACE;
    if (!isBlank || text.startsWith(delimiter, at)) return at;
  }
}
