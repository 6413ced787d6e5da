import type { WaySample, ReadingCounts } from '../numbers/index.js';
import { describeWay, maskDigits, maskNumber, shownText } from '../numbers/index.js';
import type { LeftOutCounts } from '../ledger/ledger.js';
import type { BulkReport } from '../run/events.js';
import type { CallingWindow, Forecast } from '../run/forecast.js';
import { assumedCountryText, doNotCallText, warningLines } from './warnings.js';
import { count, countOf } from '../count.js';
import { duration, share } from './words.js';

/** What is told of a plan: of a dry run, or of one that was made. */
export type Told = Forecast &
  Pick<BulkReport, 'lines' | 'leftOut' | 'doNotCallEntries' | 'assumedCountry' | 'warnings'> & {
    readonly callees: number;
    readonly numbers?: ReadingCounts;
  };

/** How many lines are left out, over all reasons. */
export function leftOutTotal(leftOut: LeftOutCounts): number {
  return Object.values(leftOut).reduce((sum, lines) => sum + lines, 0);
}

/** What a person should know before anybody is called, line by line. Numbers are masked unless they may be shown. */
export function* summaryLines(told: Told, isWhole: boolean, hasLeftOutFile: boolean): Generator<string> {
  const { numbers, doNotCallEntries, window, warnings } = told;
  const assumedCountry = numbers?.assumedCountry ?? told.assumedCountry;
  if (window !== undefined) yield windowText(window);
  if (assumedCountry !== undefined) yield assumedCountryText(assumedCountry);
  for (const { way, count: many, samples } of numbers?.ways ?? []) {
    yield `${count(many)} ${describeWay(way)}, such as:`;
    for (const sample of samples) yield `  ${sampleText(sample, isWhole)}`;
  }
  if (doNotCallEntries !== undefined) yield doNotCallText(doNotCallEntries);
  yield* warningLines(warnings, isWhole);
  yield* leftOutLines(told, isWhole, hasLeftOutFile);
}

function* leftOutLines(
  { lines, leftOut, firstLeftOut }: Told,
  isWhole: boolean,
  hasLeftOutFile: boolean,
): Generator<string> {
  const all = leftOutTotal(leftOut);
  if (all === 0) return;
  yield `${count(all)} of ${countOf(lines, 'line')} (${share(all, lines)}) ${all === 1 ? 'is' : 'are'} left out:`;
  for (const [reason, many] of Object.entries(leftOut))
    yield `  ${reason}: ${count(many)} (${share(many, lines)})`;
  for (const { line, leftOut: reason, callee, of } of firstLeftOut) {
    const shown = isWhole ? shownText(callee) : maskNumber(callee);
    const where = of === undefined ? '' : ` (line ${of})`;
    yield `line ${line}: ${reason}${where} ${shown}`.trimEnd();
  }
  const more = all - firstLeftOut.length;
  if (more > 0)
    yield `${countOf(more, 'line')} more ${more === 1 ? 'is' : 'are'} not shown${hasLeftOutFile ? '' : '; --left-out <path> writes all of them to a file'}.`;
}

/** Whether there is time enough to call. */
function windowText({ name, endsAt, leftSeconds, isLongEnough }: CallingWindow): string {
  const time = new Date(endsAt * 1_000).toISOString().replace('.000Z', 'Z');
  if (leftSeconds <= 0) return `warning: ${name} (${time}) has passed: nobody would be called any more.`;
  return isLongEnough
    ? `${name} (${time}) is in ${duration(leftSeconds)}: every request can be sent before it.`
    : `warning: ${name} (${time}) is in ${duration(leftSeconds)}: not every request can be sent before it.`;
}

/** What a text becomes. What was put before its digits is not particular to a person, and is shown. */
function sampleText({ line, given, written }: WaySample, isWhole: boolean): string {
  if (isWhole) return `line ${line}: ${shownText(given)} → ${shownText(written)}`;
  return `line ${line}: ${maskDigits(shownText(given))} → ${maskWritten(given, written)}`;
}

function maskWritten(given: string, written: string): string {
  const digits = given.replaceAll(/\D/g, '');
  let common = 0;
  while (common < digits.length && digits.at(-1 - common) === written.at(-1 - common)) common++;
  const isAdded = common > 4 && written.length > common;
  const added = isAdded ? written.slice(0, written.length - common) : '';
  return added + maskDigits(written.slice(added.length));
}
