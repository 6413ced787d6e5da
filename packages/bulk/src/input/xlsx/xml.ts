import { StringDecoder } from 'node:string_decoder';
import { SaxesParser } from 'saxes';
import { isBulkError } from '../../errors.js';
import { damaged } from './damaged.js';

/** Hears what is in a part: names without their prefix, since some programs write `x:row`. */
export interface XmlHandler {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** How deep elements may lie in each other, and how long one tag or text may be: what a sheet never reaches. */
const MAX_DEPTH = 256;
const MAX_QUIET = 1024 ** 2;

/** Reads XML piece by piece. Neither its memory nor its depth can grow without end, and it knows no entities but those of XML. */
export class XmlReader {
  readonly #what: string;
  readonly #parser: SaxesParser;
  /** Characters since the last tag. */
  #quiet = 0;
  #hasHeard = false;
  #depth = 0;

  constructor(what: string, handler: XmlHandler) {
    this.#what = what;
    const parser = new SaxesParser({ xmlns: false, position: false });
    const { open, text, close } = handler;
    parser.on('opentag', ({ name, attributes }) => {
      this.#hasHeard = true;
      if (++this.#depth > MAX_DEPTH) throw damaged(what, 'its XML is nested too deeply');
      open?.call(handler, localName(name), attributes);
    });
    parser.on('closetag', ({ name }) => {
      this.#depth--;
      close?.call(handler, localName(name));
    });
    if (text !== undefined) {
      parser.on('text', (found) => text.call(handler, found));
      parser.on('cdata', (found) => text.call(handler, found));
    }
    parser.on('doctype', () => {
      throw damaged(what, 'its XML has a document type, which no workbook has');
    });
    parser.on('error', (error) => {
      throw error;
    });
    this.#parser = parser;
  }

  write(piece: string): void {
    this.#hasHeard = false;
    this.#guard(() => this.#parser.write(piece));
    this.#quiet = this.#hasHeard ? 0 : this.#quiet + piece.length;
    if (this.#quiet > MAX_QUIET) throw damaged(this.#what, 'its XML has a tag or a text without an end');
  }

  end(): void {
    this.#guard(() => this.#parser.close());
  }

  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      throw isBulkError(error) ? error : damaged(this.#what, 'its XML cannot be read');
    }
  }
}

function localName(name: string): string {
  // As most are: a cell and its value.
  if (name.length < 3) return name;
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

/** The text of a part. It is UTF-8, unless a byte order mark says UTF-16. */
export async function* textOfPart(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: { write(piece: Buffer): string } | undefined;
  for await (const piece of bytes) {
    decoder ??= decoderFor(piece);
    yield decoder.write(piece);
  }
}

function decoderFor(first: Buffer): { write(piece: Buffer): string } {
  const mark = first.toString('latin1', 0, 2);
  if (mark !== '\xff\xfe' && mark !== '\xfe\xff') return new StringDecoder('utf8');
  const decoder = new TextDecoder(mark === '\xff\xfe' ? 'utf-16le' : 'utf-16be');
  return { write: (piece) => decoder.decode(piece, { stream: true }) };
}

/** Reads a part as a whole. */
export async function readXml(
  what: string,
  bytes: AsyncIterable<Buffer>,
  handler: XmlHandler,
): Promise<void> {
  const reader = new XmlReader(what, handler);
  for await (const piece of textOfPart(bytes)) reader.write(piece);
  reader.end();
}
