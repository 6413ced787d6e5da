import { meanings, timeZoneNames } from './generated/time-zones.js';
import { editDistance } from '../errors/suggest.js';

/** What is known of the time zones. */
export interface TimeZones {
  /** Whether IANA has the name, letter by letter. */
  has(name: string): boolean;
  /** The names that a text could mean if it is not one itself. */
  meantBy(text: string): readonly string[];
}

const names = timeZoneNames();

/** In small letters, since that is how slips are found. The names themselves are told apart by their letters alone. */
const byPlainName = new Map([...names].map((name) => [plain(name), name]));

export const timeZones: TimeZones = { has: (name) => names.has(name), meantBy };

/** Longest text that is looked at, in characters; the longest name has 32. */
const MAX_LENGTH = 40;

/** How many characters of a slip may be wrong. */
const TOLERANCE = 2;

function meantBy(text: string): readonly string[] {
  if (text.length > MAX_LENGTH) return [];
  const wanted = plain(text);
  const exact = byPlainName.get(wanted);
  if (exact !== undefined) return [exact];
  if (Object.hasOwn(meanings, wanted)) return meanings[wanted]!.split(' ');
  // Etc/GMT+8 is eight hours behind Greenwich; people who write GMT+8 mean eight hours ahead.
  if (/[+-]\d/.test(text)) return [];
  const places = [...names].filter((name) => plain(name.slice(name.lastIndexOf('/') + 1)) === wanted);
  return places.length > 0 ? places : nearest(wanted);
}

/** The name that is nearest; none if two are equally near: then it may be either. */
function nearest(wanted: string): readonly string[] {
  let best: string[] = [];
  let least = TOLERANCE;
  for (const [candidate, name] of byPlainName) {
    if (Math.abs(candidate.length - wanted.length) > least) continue;
    const distance = editDistance(wanted, candidate);
    if (distance > least) continue;
    best = distance < least ? [name] : [...best, name];
    least = distance;
  }
  // In a short text, two wrong characters are not a slip.
  return best.length === 1 && wanted.length > 2 * TOLERANCE + 1 ? best : [];
}

function plain(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '_');
}
