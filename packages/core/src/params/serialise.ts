const COMMA = 0x2c;

/** Items of a list that are written at a time. */
const PIECE = 2_000;

/** JSON as bytes, and whether a text in it holds half of a surrogate pair, which UTF-8 cannot carry. */
export interface JsonBytes {
  bytes: Buffer;
  isWellFormed: boolean;
}

/**
 * Serialises plain data. A long list is written piece by piece: as one text, a list of a hundred thousand numbers would
 * need three times the memory, and a fifth more time.
 *
 * @throws RangeError if a text would be longer than a string can be
 */
export function toJsonBytes(value: unknown): JsonBytes {
  if (!holdsLongList(value)) {
    const text = JSON.stringify(value);
    return { bytes: Buffer.from(text), isWellFormed: !holdsLoneSurrogate(text) };
  }
  const writer = new JsonWriter();
  let separator = '{';
  for (const [key, item] of Object.entries(value)) {
    writer.write(`${separator}${JSON.stringify(key)}:`);
    if (isLongList(item)) writer.writeList(item);
    else writer.write(JSON.stringify(item));
    separator = ',';
  }
  writer.write('}');
  return writer.finish();
}

function holdsLongList(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  for (const key in value) if (isLongList((value as Record<string, unknown>)[key])) return true;
  return false;
}

function isLongList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > PIECE;
}

class JsonWriter {
  #bytes = Buffer.allocUnsafe(4_096);
  #length = 0;
  #isWellFormed = true;

  write(text: string): void {
    // No character of a text takes more than three bytes.
    if (this.#bytes.length - this.#length < 3 * text.length) this.#grow(3 * text.length);
    this.#length += this.#bytes.write(text, this.#length);
    this.#isWellFormed &&= !holdsLoneSurrogate(text);
  }

  writeList(list: readonly unknown[]): void {
    // Copied item by item: `JSON.stringify` is slower with a slice of an array that was made with its length.
    const items: unknown[] = [];
    for (let start = 0; start < list.length; start += PIECE) {
      const count = Math.min(PIECE, list.length - start);
      for (let index = 0; index < count; index++) items[index] = list[start + index];
      items.length = count;
      const piece = JSON.stringify(items);
      // The first piece tells how much room the others need.
      if (start === 0) this.#grow((1.1 * Buffer.byteLength(piece) * list.length) / PIECE + 3 * piece.length);
      if (start > 0) this.#length--; // The bracket that ended the piece before.
      const at = this.#length;
      this.write(piece);
      if (start > 0) this.#bytes[at] = COMMA;
    }
  }

  finish(): JsonBytes {
    return { bytes: this.#bytes.subarray(0, this.#length), isWellFormed: this.#isWellFormed };
  }

  #grow(room: number): void {
    const grown = Buffer.allocUnsafe(Math.max(Math.ceil(this.#length + room), this.#bytes.length));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}

/** `JSON.stringify` writes a lone surrogate, and nothing else, as an escape in the range \ud800 to \udfff. */
function holdsLoneSurrogate(json: string): boolean {
  return json.includes('\\ud') && /(?<!\\)(?:\\\\)*\\ud[89a-f][0-9a-f]{2}/.test(json);
}
