import { folded } from '../input/find-column.js';
import type { Job } from '../ledger/ledger.js';
import type { Columns } from '../request/template.js';
import type { ResultRow } from '../results/row.js';
import { cell } from './csv-cell.js';

type Column = (row: ResultRow) => string | number | undefined;

/**
 * The lines that may be called again, as a list that the same template can read. What is final is kept by now, so that this
 * pass hardly asks for anything.
 */
export async function* retryLines(
  { template }: Pick<Job, 'template'>,
  rows: AsyncIterable<ResultRow>,
  isWanted: (row: ResultRow) => boolean,
): AsyncGenerator<string> {
  const columns = retryColumns(template.columns ?? { Callee: 'Callee' });
  yield `${[...columns.keys()].map(cell).join(',')}\n`;
  for await (const row of rows) {
    if (isWanted(row)) yield `${[...columns.values()].map((read) => cell(read(row) ?? '')).join(',')}\n`;
  }
}

/** The columns of the template, and for a person why somebody is called again, unless the template has such a column itself. */
function retryColumns({ Callee, UUI, Variables = {} }: Columns): Map<string, Column> {
  const columns = new Map<string, Column>();
  columns.set(Callee, ({ callee }) => callee);
  const add = (name: string, read: Column) => {
    if (name !== Callee) columns.set(name, read);
  };
  for (const [key, column] of Object.entries(Variables))
    add(column, ({ attributes }) => attributes?.Variables?.find((one) => one.Key === key)?.Value);
  if (UUI !== undefined) add(UUI, ({ attributes }) => attributes?.UUI);
  const taken = new Set(Array.from(columns.keys(), folded));
  const reason: Column = ({ endName, group, reason: why, state }) => endName ?? group ?? why ?? state;
  if (!taken.has('line')) columns.set('line', ({ line }) => line);
  if (!taken.has('reason')) columns.set('reason', reason);
  return columns;
}
