import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { maskNumber } from '../numbers.js';
import type { ReportRow } from '../report.js';
import { reportLines } from '../report.js';
import { resolveBulk } from '../resolve.js';
import { bulkStatus } from '../status.js';
import type { Command } from './options.js';
import { UsageError, choiceOf } from './options.js';
import { count, leftOutText } from './progress.js';

/** `status`, `resolve` and `report`: what needs no service. Each returns the exit code. */
export async function status({ values }: Command): Promise<number> {
  const { job, lines, leftOut, counts, open } = await bulkStatus(values.ledger!);
  console.log(`Job ${job}: ${count(lines)} lines${leftOutText(leftOut)}`);
  for (const [state, { chunks, callees }] of Object.entries(counts)) {
    if (chunks > 0)
      console.log(`${state.padEnd(9)} ${count(callees).padStart(12)} numbers in ${count(chunks)} chunks`);
  }
  for (const chunk of open.slice(0, 100)) {
    const code = 'code' in chunk ? ` (${chunk.code})` : '';
    console.log(
      `chunk ${chunk.chunk}: ${chunk.state}${code}, ${count(chunk.callees)} numbers, marker ${chunk.marker}`,
    );
  }
  if (open.length > 100) console.log(`and ${count(open.length - 100)} more`);
  if (counts.planned.chunks > 0) return 4;
  return open.length > 0 ? 3 : 0;
}

export async function resolve({ values, positionals }: Command): Promise<number> {
  const { accepted, 'send-again': sendAgain, ledger } = values;
  if ((accepted === undefined) === !sendAgain)
    throw new UsageError('Give --accepted <task id>, or --send-again.');
  const chunks = positionals.map(Number);
  if (chunks.length === 0 || !chunks.every((chunk) => Number.isSafeInteger(chunk) && chunk > 0))
    throw new UsageError('Name the chunks by their numbers; status has them.');
  if (accepted !== undefined && chunks.length > 1)
    throw new UsageError('Each chunk has a task id of its own.');
  await resolveBulk(ledger!, chunks, accepted === undefined ? 'send-again' : { accepted });
  return 0;
}

export async function report({ values }: Command): Promise<number> {
  const format = choiceOf('format', values.format, ['csv', 'json']) ?? 'csv';
  const output =
    values.output === undefined ? process.stdout : createWriteStream(values.output, { mode: 0o600 });
  const write = async (text: string) => {
    if (!output.write(text)) await once(output, 'drain');
  };
  let isFirst = true;
  await write(format === 'csv' ? `${COLUMNS.join(',')}\n` : '[');
  for await (const row of reportLines(values.ledger!)) {
    const shown = values['show-numbers'] ? row : { ...row, callee: maskNumber(row.callee) };
    if (format === 'csv') await write(csvLine(shown));
    else await write(`${isFirst ? '' : ','}\n${JSON.stringify(shown)}`);
    isFirst = false;
  }
  if (format === 'json') await write('\n]\n');
  if (output !== process.stdout) {
    output.end();
    await finished(output);
  }
  return 0;
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

/** A text from the list must not become a formula in whatever opens the report. */
function cell(value: string | number): string {
  const text =
    typeof value === 'string' && /^[=@\t\r]|^[+-](?!\d+$)/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
