import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { interleave, ratioOf, summarise } from '../measure.js';
import { runNode } from '../processes.js';
import type { Figure } from '../report.js';
import { writeWorkbook } from '../workbook.js';

const EXCELJS = 'exceljs, stream';
const BARE = 'yauzl and saxes alone';

interface Read {
  rows: number;
  rowsPerSecond: number;
  peakBytes: number;
}

/** The reader of sheets as it is built: what the package exports plans the list as well. */
async function bundledReader(folder: string): Promise<string> {
  const outfile = join(folder, 'reader.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('../../../packages/bulk/src/input/xlsx/open.ts', import.meta.url))],
    ...{ bundle: true, platform: 'node', format: 'esm', target: 'node20.19', outfile },
    // The libraries are CommonJS, and require what Node.js has.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  return outfile;
}

/** A workbook as Excel writes it, read next to exceljs's stream and next to the libraries alone; memory at ten times the rows. */
export async function xlsxFigure(isQuick: boolean): Promise<Figure> {
  const folder = await mkdtemp(join(tmpdir(), 'tccc-bench-xlsx-'));
  try {
    const rows = { small: 1_000, middle: 100_000, large: 1_000_000 };
    const path = (name: keyof typeof rows) => join(folder, `${name}.xlsx`);
    for (const name of ['small', 'middle', 'large'] as const) await writeWorkbook(path(name), rows[name]);
    const reader = await bundledReader(folder);
    const run = async (kind: string, name: keyof typeof rows) => {
      const read = await runNode<Read>('starts/xlsx-read.mjs', [kind, path(name), path('small'), reader]);
      if (read.rows !== rows[name] + 1) throw new Error(`${kind} has read ${read.rows} rows.`);
      return read;
    };
    const memory: number[] = [];
    const ours = async () => {
      const { rowsPerSecond, peakBytes } = await run('ours', 'middle');
      memory.push(peakBytes / 1e6);
      return rowsPerSecond;
    };
    const rateOf = (kind: string) => async () => (await run(kind, 'middle')).rowsPerSecond;
    const rates = await interleave(
      { ours, exceljs: rateOf('exceljs'), bare: rateOf('bare') },
      isQuick ? 2 : 5,
    );
    const long = [await run('ours', 'large'), await run('ours', 'large'), await run('ours', 'large')];
    const peaks = { middle: summarise(memory), large: summarise(long.map((read) => read.peakBytes / 1e6)) };
    const text = (name: keyof typeof rows) => `${rows[name].toLocaleString('en-US')} rows`;
    return {
      id: 'xlsx',
      title: 'A workbook, read row by row',
      measurements: [
        {
          title: `${text('middle')} with texts of their own`,
          unit: 'rows per second of processor time',
          sides: [
            { name: 'ours', role: 'ours', sample: summarise(rates.ours) },
            { name: EXCELJS, role: 'peer', sample: summarise(rates.exceljs) },
            { name: BARE, role: 'floor', sample: summarise(rates.bare) },
            {
              name: `ours, ${text('large')}`,
              role: 'ours',
              sample: summarise(long.map((read) => read.rowsPerSecond)),
            },
          ],
          comparisons: [
            {
              text: 'times the rows of exceljs',
              value: ratioOf(rates.ours, rates.exceljs),
              target: '>= 1.5',
              of: EXCELJS,
            },
            {
              text: 'share of the libraries alone',
              value: ratioOf(rates.ours, rates.bare),
              target: '>= 0.8',
              of: BARE,
            },
          ],
        },
        {
          title: 'Peak memory of the process',
          unit: 'MB',
          sides: [
            { name: text('large'), role: 'ours', sample: peaks.large },
            { name: text('middle'), role: 'ours', sample: peaks.middle },
          ],
          comparisons: [
            {
              text: 'times the memory for ten times the rows',
              value: peaks.large.median / peaks.middle.median,
              target: '<= 1.2',
              of: text('middle'),
            },
          ],
        },
      ],
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
