import type { ParsedBody } from './body.js';
import type { WrongParameter } from '../common/finding.js';

/** What an entry takes in addition to its texts: its object, its numbers, its places in lists, the creation next to it. */
const ENTRY_BYTES = 600;

/** What one fault of the parameters takes in addition to its texts. */
const ISSUE_BYTES = 200;

/** What a parsed value takes in addition to its text: the largest is an object, which has room for four fields. */
const VALUE_BYTES = 64;

/** The parts of an entry whose size is not fixed. */
interface Kept {
  action: string;
  secretId: string;
  scriptError?: string;
  issues?: readonly WrongParameter[];
}

/** About how much memory an entry takes without its parameters, in bytes, on the high side. */
export function costOfEntry(entry: Kept): number {
  const { action, secretId, scriptError = '', issues = [] } = entry;
  let characters = action.length + secretId.length + scriptError.length;
  for (const { path, message } of issues) characters += path.length + message.length;
  return ENTRY_BYTES + 2 * characters + ISSUE_BYTES * issues.length;
}

/** About how much memory parameters take as a text: one byte a character if it is ASCII, else two. */
export function costOfText({ text, bytes }: Omit<ParsedBody, 'value'>): number {
  return bytes === text.length ? bytes : 2 * text.length;
}

/** About how much memory they take once they are parsed. */
export function costOfParsed(text: string): number {
  let values = 1;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    // , : [ {
    if (code === 0x2c || code === 0x3a || code === 0x5b || code === 0x7b) values++;
  }
  return 2 * text.length + VALUE_BYTES * values;
}
