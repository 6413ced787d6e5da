import { maskNumber } from '../numbers/index.js';
import { optOutBulk } from '../opt-out/opt-out.js';
import { planPathOf } from '../plan/load.js';
import type { ReportRow } from '../run/line-report.js';
import { reportLines } from '../run/line-report.js';
import type { Resolution } from '../run/resolve.js';
import { resolveBulk } from '../run/resolve.js';
import type { BulkStatus } from '../run/status.js';
import { bulkStatus } from '../run/status.js';
import { cell } from './csv-cell.js';
import type { Command, Values } from './options.js';
import { isSameFile } from './same-file.js';
import { UsageError } from './usage-error.js';
import { withHead, writeOut } from './output.js';
import { leftOutText, optOutText } from './progress.js';
import { count, countOf } from '../count.js';

/** `status`, `resolve` and `report`: what needs no service. Each returns the exit code. */
export async function status({ values }: Command): Promise<number> {
  return showStatus(await bulkStatus(values.ledger!));
}

/** Says how far a run has come, and returns the exit code. */
export function showStatus({ job, lines, leftOut, counts, open }: BulkStatus): number {
  console.log(`Job ${job}: ${countOf(lines, 'line')}${leftOutText(leftOut)}`);
  for (const [state, { chunks, callees }] of Object.entries(counts)) {
    if (chunks > 0)
      console.log(
        `${state.padEnd(9)} ${count(callees).padStart(12)} ${callees === 1 ? 'number' : 'numbers'} in ${countOf(chunks, 'chunk')}`,
      );
  }
  for (const chunk of open.slice(0, 100)) {
    const code = 'code' in chunk ? ` (${chunk.code})` : '';
    console.log(
      `chunk ${chunk.chunk}: ${chunk.state}${code}, ${countOf(chunk.callees, 'number')}, marker ${chunk.marker}`,
    );
  }
  if (open.length > 100) console.log(`and ${count(open.length - 100)} more`);
  if (counts.planned.chunks > 0) return 4;
  return open.length > 0 ? 3 : 0;
}

export async function resolve({ values, positionals }: Command): Promise<number> {
  const { chunks, resolution } = readResolution(values, positionals);
  await resolveBulk(values.ledger!, chunks, resolution, trustOf(values));
  return 0;
}

/** What a person says of which chunks. @throws UsageError */
export function readResolution(
  values: Values,
  positionals: readonly string[],
): { chunks: number[]; resolution: Resolution } {
  const { accepted, sendAgain = false } = values;
  if ((accepted === undefined) === !sendAgain)
    throw new UsageError('Give --accepted <task id>, or --send-again.');
  const chunks = positionals.map(Number);
  if (chunks.length === 0 || !positionals.every((text) => /^[1-9]\d{0,7}$/.test(text)))
    throw new UsageError('Name the chunks by their numbers; status has them.');
  if (accepted !== undefined && chunks.length > 1) throw new UsageError('Each chunk has its own task id.');
  return { chunks, resolution: accepted === undefined ? 'send-again' : { accepted } };
}

/** `opt-out`. */
export async function optOut({ values }: Command): Promise<number> {
  const { ledger, doNotCall } = values;
  console.log(optOutText(await optOutBulk(ledger!, doNotCall!, trustOf(values))));
  return 0;
}

function trustOf(values: Values): { trustFileSystem: boolean } {
  return { trustFileSystem: values.trustFileSystem ?? false };
}

export async function report({ values }: Command): Promise<number> {
  const { ledger, output } = values;
  if (output !== undefined && [ledger!, planPathOf(ledger!)].some((path) => isSameFile(path, output)))
    throw new UsageError('--output must not be the ledger or its plan.');
  if (!values.html) return writeReport(reportLines(ledger!), values);
  if (values.reportFormat !== undefined) throw new UsageError('--html and --format exclude each other.');
  const { reportPage } = await import('../report/page.js');
  await writeOut(reportPage(ledger!, values.showNumbers ?? false), output);
  return 0;
}

/** Writes the lines of a report as the options say, and returns the exit code. */
export async function writeReport(rows: AsyncIterable<ReportRow>, values: Values): Promise<number> {
  const { reportFormat = 'csv', showNumbers = false } = values;
  const text = (reportFormat === 'csv' ? csvOf : jsonOf)(shownRows(rows, showNumbers));
  await writeOut(text, values.output);
  return 0;
}

async function* shownRows(rows: AsyncIterable<ReportRow>, isWhole: boolean): AsyncGenerator<ReportRow> {
  for await (const row of rows) yield isWhole ? row : { ...row, callee: maskNumber(row.callee) };
}

function csvOf(rows: AsyncIterable<ReportRow>): AsyncGenerator<string> {
  return withHead(`${COLUMNS.join(',')}\n`, csvLinesOf(rows));
}

async function* csvLinesOf(rows: AsyncIterable<ReportRow>): AsyncGenerator<string> {
  for await (const row of rows) yield csvLine(row);
}

async function* jsonOf(rows: AsyncIterable<ReportRow>): AsyncGenerator<string> {
  let before = '[';
  for await (const row of rows) {
    yield `${before}\n${JSON.stringify(row, COLUMNS)}`;
    before = ',';
  }
  yield before === '[' ? '[]\n' : '\n]\n';
}

const COLUMNS = [
  'line',
  'callee',
  'state',
  'id',
  'reason',
  'of',
  'chunk',
] as const satisfies (keyof ReportRow)[];

function csvLine(row: ReportRow): string {
  return `${COLUMNS.map((name) => cell(row[name] ?? '')).join(',')}\n`;
}
