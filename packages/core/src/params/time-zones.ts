import type { TimeZones } from './time-zone-names.js';

let known: TimeZones | undefined;

/** The time zones if they have been loaded. */
export function knownTimeZones(): TimeZones | undefined {
  return known;
}

/** Loads the time zones. Most programs never name one, so they are apart. Undefined if a bundle has left them out. */
export async function loadTimeZones(): Promise<TimeZones | undefined> {
  try {
    known ??= (await import('./time-zone-names.js')).timeZones;
  } catch {
    // Then what Node.js knows has to do.
  }
  return known;
}
