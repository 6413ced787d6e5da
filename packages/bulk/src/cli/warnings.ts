import type { AssumedCountry } from '../numbers/index.js';
import { shownText } from '../numbers/index.js';
import type { Warning } from '../input/warnings.js';
import { withoutNumbers } from '../input/warnings.js';
import { count, countOf } from '../count.js';

/** What a person should see before anybody is called. Numbers are masked unless they may be shown. */
export function* warningLines(warnings: readonly Warning[], isWhole: boolean): Generator<string> {
  for (const { message, count: times, columns, samples } of isWhole ? warnings : withoutNumbers(warnings)) {
    const where = columns === undefined ? '' : ` (${columns.map(shownText).join(', ')})`;
    yield `warning: ${times === 1 ? 'once' : `${count(times)} times`}: ${message}${where}`;
    for (const { line, column, sample } of samples) {
      const at = `line ${line}${column === undefined ? '' : `, ${shownText(column)}`}`;
      yield sample === undefined ? `  ${at}` : `  ${at}: ${shownText(sample)}`;
    }
  }
}

/** How many numbers were read: a list that was cut, or that is another, shows by it. */
export function doNotCallText(entries: number): string {
  return `the do-not-call list has ${countOf(entries, 'number')}`;
}

/** As which country numbers without a country code are read. */
export function assumedCountryText({ country, count: without, of }: AssumedCountry): string {
  const says =
    without === 1
      ? 'has no country code; it is read as a number of'
      : 'have no country code; they are read as numbers of';
  return `${count(without)} of ${countOf(of, 'number')} ${says} ${country}`;
}
