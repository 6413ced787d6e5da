import type { DryRun } from '../run/dry-run.js';
import type { WaySample } from '../numbers/index.js';
import { describeWay, maskDigits, maskNumber, shownText } from '../numbers/index.js';
import { duration } from './progress.js';
import { assumedCountryText, doNotCallText, warningLines } from './warnings.js';
import { count } from './words.js';

/** What a dry run has found, line by line. Numbers are masked unless they may be shown. */
export function* dryRunLines(plan: DryRun, isWhole: boolean): Generator<string> {
  yield `${count(plan.requests)} requests, at least ${duration(plan.seconds)}. Nothing was sent.`;
  const { assumedCountry } = plan.numbers;
  if (assumedCountry !== undefined) yield assumedCountryText(assumedCountry);
  for (const { way, count: numbers, samples } of plan.numbers.ways) {
    yield `${count(numbers)} ${describeWay(way)}, such as:`;
    for (const sample of samples) yield `  ${sampleText(sample, isWhole)}`;
  }
  if (plan.doNotCallEntries !== undefined) yield doNotCallText(plan.doNotCallEntries);
  yield* warningLines(plan.warnings, isWhole);
  for (const { line, leftOut, callee, of } of plan.firstLeftOut) {
    const shown = isWhole ? shownText(callee) : maskNumber(callee);
    const where = of === undefined ? '' : ` (line ${of})`;
    yield `line ${line}: ${leftOut}${where} ${shown}`.trimEnd();
  }
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
