import type { ActionDefinition, ActionName } from '@tccc/outbound';
import { actions } from '@tccc/outbound';
import { fixtures } from '../generated/fixtures.js';
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
export function hashesOfForms(body: Buffer, action: string): Hashes {
  let hashes = known.get(body);
  if (hashes === undefined) {
    hashes = [...bodyForms(body, action)].map(([how, text]) => [how, sha256(text)] as const);
    known.set(body, hashes);
  }
  return hashes;
}

/** Other ways to write the JSON of a body: what a client may have signed before it serialised the body once more. */
function* bodyForms(body: Buffer, action: string): Generator<readonly [how: string, data: string | Buffer]> {
  if (body.length > LONGEST_REWRITTEN) return;
  const parsed = parseIfJson(body);
  if (parsed === undefined) return;
  const { text, value } = parsed;
  const seen = new Set<string>();
  for (const [order, ordered] of orders(value, action)) {
    const compact = JSON.stringify(ordered);
    if (seen.has(compact)) continue;
    seen.add(compact);
    for (const [spaces, written] of spacings(ordered, compact)) {
      for (const [escapes, escaped] of escapings(written)) yield [`${spaces}${order}${escapes}`, escaped];
    }
  }
  yield ['with a newline at its end', `${text}\n`];
  yield ['with a Windows line end at its end', `${text}\r\n`];
  yield ['without the white space around it', text.trim()];
  yield ['with a byte order mark before it', `\uFEFF${text}`];
  yield ['with Windows line ends', text.replaceAll(/\r?\n/g, '\r\n')];
  yield ['with line ends of one newline', text.replaceAll('\r\n', '\n')];
  yield ['as a JSON string in JSON', JSON.stringify(text)];
  yield ['URL-encoded', encodeURIComponent(text)];
  yield ['in Latin-1', Buffer.from(text, 'latin1')];
  yield ['in UTF-16', Buffer.from(text, 'utf16le')];
  yield ['as an empty object', '{}'];
}

/** The orders of keys that serialisers have. */
function* orders(value: unknown, action: string): Generator<readonly [how: string, ordered: unknown]> {
  yield ['', value];
  for (const names of ordersOf(action)) yield [' with its keys in another order', orderLike(value, names)];
  yield [' with sorted keys', sortKeys(value, 'all', compareCodes)];
  yield [' with sorted keys', sortKeys(value, 'first', compareCodes)];
  yield [' with keys that are sorted whatever their case', sortKeys(value, 'all', compareLetters)];
  yield [
    ' with its keys in another order, sorted backwards',
    sortKeys(value, 'all', (a, b) => compareCodes(b, a)),
  ];
}

/** The orders of the parameters of an action in the documentation: in its table, and in its example. */
function ordersOf(action: string): string[][] {
  if (!Object.hasOwn(actions, action)) return [];
  const definition: ActionDefinition = actions[action as ActionName];
  const example = fixtures.find((one) => one.action === action)?.request ?? {};
  return [Object.keys(definition.rules().properties ?? {}), Object.keys(example)];
}

function orderLike(value: unknown, names: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const fields = value as Record<string, unknown>;
  const first = names.filter((name) => Object.hasOwn(fields, name)).map((name) => [name, fields[name]]);
  return { ...(Object.fromEntries(first) as object), ...fields };
}

type Compare = (a: string, b: string) => number;
const compareCodes: Compare = (a, b) => (a < b ? -1 : 1);
const compareLetters: Compare = (a, b) => compareCodes(a.toLowerCase(), b.toLowerCase());

/** With the white space that serialisers put in. */
function* spacings(value: unknown, compact: string): Generator<readonly [how: string, text: string]> {
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

function sortKeys(value: unknown, levels: 'all' | 'first', compare: Compare): unknown {
  const inner = (one: unknown) => (levels === 'all' ? sortKeys(one, levels, compare) : one);
  if (Array.isArray(value)) return value.map(inner);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => compare(a, b));
  return Object.fromEntries(entries.map(([key, one]) => [key, inner(one)]));
}
