import { isUtf8 } from 'node:buffer';
import type { Hash } from 'node:crypto';
import { BulkError, isBulkError, reasonOf } from '../errors.js';
import { fileStream } from './file-stream.js';
import { headOf, join } from './head.js';
import { isOle, kindOfOle } from './ole.js';
import { refuseForeign, sniff } from './sniff.js';
import { untilAborted } from './until-aborted.js';

/** Where text comes from: the path of a file, or bytes, such as those of `process.stdin`. */
export type TextSource = string | AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

/** How the bytes of a list are read. */
export interface TextOptions {
  /** What is read, as the subject of a message: `The list`. */
  what: string;
  encoding: string | undefined;
  /** Whether a person can name the encoding. @default true */
  canName?: boolean;
  /** Hears in which encoding it is read. */
  onEncoding?: (encoding: string) => void;
  /** Hears every byte. */
  hash?: Hash;
}

/**
 * The text of a file or stream. A byte order mark decides about the encoding; else it is the one that is named, or UTF-8. What is
 * not valid in it is refused: a name with other letters in it than it had would be read to people. So is what is not text.
 *
 * @throws BulkError `InvalidInput` that says what it is instead, and what to do
 */
export async function* textOf(source: TextSource, options: TextOptions): AsyncGenerator<string> {
  const { what, hash } = options;
  const named = options.encoding === undefined ? undefined : canonical(options.encoding);
  const { head, rest } = await headOf(bytesOf(source, what));
  const found = sniff(head);
  if (found.kind === 'xls' && isOle(head)) throw refuseForeign(what, await kindOfOle(join(head, rest)));
  if (found.kind !== 'text') throw refuseForeign(what, found.kind);
  const encoding = found.encoding ?? named ?? 'utf-8';
  // In UTF-16, half of the bytes of a plain text are NUL.
  if (!encoding.startsWith('utf-16') && head.includes(0)) throw refuseForeign(what, 'binary');
  options.onEncoding?.(encoding);
  const decoder = new TextDecoder(encoding, { fatal: true });
  const read = (bytes?: Uint8Array) => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      throw notIn(options, encoding, bytes);
    }
  };
  const watch = encoding === named && !encoding.startsWith('utf') ? new Utf8Watch() : undefined;
  let held = '';
  for await (const bytes of join(head, rest)) {
    hash?.update(bytes);
    watch?.add(bytes);
    const text = held + read(bytes);
    if (text.includes('\0')) throw refuseForeign(what, 'binary');
    const end = text.endsWith(END_OF_FILE) ? text.length - 1 : text.length;
    held = text.slice(end);
    if (end > 0) yield text.slice(0, end);
  }
  const last = read();
  if (watch?.isUtf8 === true) throw isUtf8Instead(what, encoding);
  if (last !== '') yield held + last;
}

/** What programs of DOS write behind the last character of a text. */
const END_OF_FILE = '\u001a';

/** So many letters of two bytes in a row are not UTF-8 by chance. */
const CERTAIN = 8;

/**
 * Whether bytes are UTF-8 throughout, and not only by chance. Chinese names of an even number of characters make sense in
 * GB18030 as well, but another one.
 */
class Utf8Watch {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #isValid = true;
  #letters = 0;

  get isUtf8(): boolean {
    return this.#isValid && this.#letters >= CERTAIN;
  }

  add(bytes: Uint8Array): void {
    if (!this.#isValid) return;
    try {
      const text = this.#decoder.decode(bytes, { stream: true });
      if (this.#letters >= CERTAIN) return;
      // One of three bytes is as certain: the bytes of other encodings do not come in threes of its kind.
      this.#letters += /[\u0800-\uffff]/.test(text) ? CERTAIN : (text.match(/[\u0080-\u07ff]/g)?.length ?? 0);
    } catch {
      this.#isValid = false;
    }
  }
}

function isUtf8Instead(what: string, encoding: string): BulkError {
  return new BulkError(
    'InvalidInput',
    `${what} is UTF-8, not ${encoding}: names would come out wrong. Leave out the encoding, or name utf-8.`,
  );
}

/** The bytes of a source, whatever it gives. @param signal ends the reading of a file; a stream has its own end */
export async function* bytesOf(
  source: TextSource,
  what: string,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of typeof source === 'string'
      ? untilAborted(fileStream(source), signal)
      : source) {
      if (typeof piece === 'string') yield Buffer.from(piece);
      else if (piece instanceof Uint8Array) yield piece;
      else
        throw new BulkError(
          'InvalidInput',
          `${what} cannot be read: its stream gives no bytes, but ${kindOf(piece)}.`,
        );
    }
  } catch (error) {
    if (isBulkError(error)) throw error;
    throw new BulkError('InvalidInput', `${what} cannot be read: ${reasonOf(error)}.`, error);
  }
}

/** The subject of messages about a source: with its path, if it has one. */
export function named(what: string, source: TextSource): string {
  return typeof source === 'string' ? `${what} ${source}` : what;
}

/** What a value is, for a message. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value !== 'object') return typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`;
  const name = (Object.getPrototypeOf(value) as { constructor?: { name?: string } } | null)?.constructor
    ?.name;
  return name === undefined || name === 'Object' ? 'an object' : `a ${name}`;
}

/** The encoding of a label. GBK is read as GB18030, of which it is a part: on some versions of Node.js, GBK has letters less. */
function canonical(label: string): string {
  try {
    const { encoding } = new TextDecoder(label.trim());
    return encoding === 'gbk' ? 'gb18030' : encoding;
  } catch {
    throw new BulkError('InvalidOption', 'The encoding is unknown. Give one such as utf-8 or gb18030.');
  }
}

/** Says what the bytes are instead, if that is clear. */
function notIn(
  { what, canName = true }: TextOptions,
  encoding: string,
  bytes: Uint8Array | undefined,
): BulkError {
  const guess = bytes === undefined ? undefined : guessOf(encoding, bytes);
  const advice =
    guess === undefined
      ? 'Name its encoding, such as gb18030 (--encoding), or save it as UTF-8.'
      : `It seems to be ${guess.name}: name that (--encoding ${guess.label}), or save it as UTF-8.`;
  return new BulkError(
    'InvalidInput',
    `${what} cannot be read: it is not ${encoding}. ${canName ? advice : 'Save it as UTF-8.'}`,
  );
}

function guessOf(encoding: string, bytes: Uint8Array): { name: string; label: string } | undefined {
  if (encoding !== 'utf-8') return isUtf8(bytes) ? { name: 'UTF-8', label: 'utf-8' } : undefined;
  if (isLikeGbk(bytes)) return { name: 'GBK or GB18030', label: 'gb18030' };
  return undefined;
}

/**
 * Whether bytes look like Chinese in GBK: valid, and mostly two bytes from 0x81 on, which text of Western Europe does not
 * have.
 */
function isLikeGbk(bytes: Uint8Array): boolean {
  let pairs = 0;
  let others = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at]! < 0x80) continue;
    const next = bytes[at + 1] ?? 0xff;
    if (next >= 0x80) pairs++;
    else others++;
    at++;
  }
  // A piece may end in the middle of a character.
  const text = new TextDecoder('gb18030').decode(bytes, { stream: true });
  return pairs > 0 && pairs >= 4 * others && !text.includes('\ufffd');
}
