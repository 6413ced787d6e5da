import { parseIfJson } from '../journal/body.js';
import { sha256 } from '../gateway/recipe.js';

/** Longest body that is written again in other ways, in bytes. */
const LONGEST_REWRITTEN = 65_536;

/** Most white space that indentation may add, in characters: a deep value takes it for each of its lines. */
const MOST_INDENTATION = 4 * LONGEST_REWRITTEN;

type Hashes = readonly (readonly [how: string, hash: string])[];

/** By body, because each reading of the headers asks for them. */
const known = new WeakMap<Buffer, Hashes>();

/** The hashes of a body written in other ways, computed once. */
export function hashesOfForms(body: Buffer): Hashes {
  let hashes = known.get(body);
  if (hashes === undefined) {
    hashes = [...bodyForms(body)].map(([how, text]) => [how, sha256(text)] as const);
    known.set(body, hashes);
  }
  return hashes;
}

/** Other ways to write the JSON of a body: what a client may have signed before it serialised the body once more. */
function* bodyForms(body: Buffer): Generator<readonly [how: string, text: string]> {
  if (body.length > LONGEST_REWRITTEN) return;
  const parsed = parseIfJson(body);
  if (parsed === undefined) return;
  const { text, value } = parsed;
  for (const [order, ordered] of [
    ['', value],
    [' with sorted keys', sortKeys(value)],
  ] as const) {
    for (const [spaces, written] of spacings(ordered)) {
      for (const [escapes, escaped] of escapings(written)) yield [`${spaces}${order}${escapes}`, escaped];
    }
  }
  yield ['with a newline at its end', `${text}\n`];
  yield ['without the white space around it', text.trim()];
}

/** With the white space that serialisers put in. */
function* spacings(value: unknown): Generator<readonly [how: string, text: string]> {
  const compact = JSON.stringify(value);
  yield ['without spaces', compact];
  yield ['with spaces after "," and ":"', spaceOut(compact)];
  const levels = levelsOf(compact);
  for (const indent of [2, 4]) {
    if (indent * levels <= MOST_INDENTATION)
      yield [`indented by ${indent} spaces`, JSON.stringify(value, undefined, indent)];
  }
}

/** The levels of all lines that indented JSON would have, together. */
function levelsOf(compact: string): number {
  let [level, sum] = [0, 0];
  for (const [part] of compact.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},]/g)) {
    if (part === '[' || part === '{') level++;
    else if (part === ']' || part === '}') level--;
    if (part.length === 1) sum += level;
  }
  return sum;
}

/** With the characters escaped that serialisers escape. */
function* escapings(text: string): Generator<readonly [how: string, text: string]> {
  yield ['', text];
  const ascii = escape(text, /[^\0-\x7f]/g);
  if (ascii !== text) yield [' in ASCII', ascii];
  const html = escape(text, /[<>&\u2028\u2029]/g);
  if (html !== text) yield [' with <, > and & escaped', html];
  const slashes = text.replaceAll('/', String.raw`\/`);
  if (slashes !== text) yield [' with / escaped', slashes];
}

function escape(text: string, pattern: RegExp): string {
  return text.replaceAll(
    pattern,
    (character) => String.raw`\u` + character.charCodeAt(0).toString(16).padStart(4, '0'),
  );
}

/** A space after each "," and ":" outside strings, as `json.dumps` of Python has it. */
function spaceOut(compact: string): string {
  return compact.replaceAll(/"(?:[^"\\]|\\.)*"|[,:]/g, (part) => (part.length === 1 ? `${part} ` : part));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
}
