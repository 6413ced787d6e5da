import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { BulkInput, ListFile } from '../src/input/input.js';
import type { Plan, PlanOptions } from '../src/plan/plan.js';
import { makePlan } from '../src/plan/plan.js';
import type { PlanRow } from '../src/plan/rows.js';
import { isCalleeRow } from '../src/plan/rows.js';
import type { Columns } from '../src/request/template.js';
import { readTemplate } from '../src/request/template.js';
import { template, temporaryFolder } from './support.js';

export interface Made extends Plan {
  rows: PlanRow[];
  /** Number, UUI and values of the variables of each line that is sent. */
  sent: string[];
  /** Line and reason of each line that is left out. */
  left: string[];
  /** Kind and count of each warning. */
  warned: string[];
}

/** The plan of a list, in short. */
export async function planOf(
  input: BulkInput,
  {
    columns = { Callee: 'phone', UUI: 'id', Variables: { name: 'name' } },
    ...options
  }: Partial<PlanOptions> & { columns?: Columns } = {},
): Promise<Made> {
  const folder = await temporaryFolder();
  const path = join(folder, 'plan');
  const made = await makePlan({
    input,
    path,
    workFolder: join(folder, 'work'),
    limits: { size: 1_000, bytes: 100_000 },
    template: readTemplate({ ...template, columns }),
    ...options,
  });
  const rows = (await readFile(path, 'utf8'))
    .split('\n')
    .slice(0, -1)
    .map((row) => JSON.parse(row) as PlanRow);
  return {
    ...made,
    rows,
    sent: rows
      .filter(isCalleeRow)
      .map(([, , number, { UUI, Variables = [] } = {}]) =>
        [number, UUI ?? '', ...Variables.map(({ Value }) => Value)].join('|'),
      ),
    left: rows.flatMap((row) => (isCalleeRow(row) ? [] : [`${row.line} ${row.leftOut}`])),
    warned: made.warnings.map(({ kind, count }) => `${kind} ${count}`),
  };
}

/** A file that comes in small pieces, so that every line and every character is cut somewhere. */
export function fileOf(text: string | Buffer, options: Omit<ListFile, 'from'> = {}, size = 7): ListFile {
  const bytes = Buffer.from(text as string);
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );
  return { from: Readable.from(pieces, { objectMode: true }), ...options };
}

export const ndjson = (...lines: string[]) => fileOf(lines.join('\n'), { format: 'ndjson' });
