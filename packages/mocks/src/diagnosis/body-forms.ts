/** Longest body that is written again in other ways, in bytes. */
export const LONGEST_REWRITTEN = 65_536;

/** Other ways to write the JSON of a body: what a client may have signed before it serialised the body once more. */
export function* bodyForms(body: Buffer): Generator<readonly [how: string, text: string]> {
  if (body.length > LONGEST_REWRITTEN) return;
  const text = body.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch {
    return;
  }
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
  for (const indent of [2, 4])
    yield [`indented by ${indent} spaces`, JSON.stringify(value, undefined, indent)];
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
