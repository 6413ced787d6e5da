/** `pnpm bench -- --growth`: how cost grows, as plots in `docs/bench`. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { actions } from '@tccc/outbound';
import { encodeParams } from '../../packages/core/src/params/encode.js';
import { Copy, PACKAGES, compile } from '../support/copy.js';
import { root } from '../support/root.js';
import { generate } from '../generate/generate.js';
import { writeTree } from '../generate/tree.js';
import { asyncRateOf, summarise } from './measure.js';
import { taskWith } from './params.js';
import { Worker, runNode, startServer } from './processes.js';
import { machine } from './report.js';
import { ourBodySigner } from './figures/signing.js';
import type { Plot } from './svg.js';
import { toSvg } from './svg.js';

type Points = [x: number, y: number][];

async function calleesPlot(): Promise<Plot> {
  const sign = ourBodySigner();
  const micros: Points = [];
  const perCallee: Points = [];
  for (const callees of [1, 10, 100, 1_000, 10_000, 100_000]) {
    const task = taskWith(callees);
    const rates: number[] = [];
    for (let round = 0; round < 7; round++) {
      rates.push(
        await asyncRateOf(() => sign(encodeParams(actions.CreateAutoCalloutTask, task, undefined)), 100),
      );
    }
    const each = 1e6 / summarise(rates).median;
    micros.push([callees, each]);
    perCallee.push([callees, each / callees]);
  }
  const lines = [
    { name: 'microseconds per call', points: micros },
    { name: 'microseconds per callee', points: perCallee },
  ];
  return { title: 'Validate, serialise and sign', xLabel: 'callees', yLabel: 'microseconds', lines };
}

async function inFlightPlot(): Promise<Plot> {
  const server = await startServer();
  const lines = [];
  for (const kind of ['ours', 'undici']) {
    const worker = await Worker.start(kind, server.url);
    await worker.run(5_000, 64);
    const points: Points = [];
    for (const inFlight of [1, 4, 16, 64, 256, 512])
      points.push([inFlight, (await worker.run(10_000, inFlight)).callsPerSecond]);
    worker.stop();
    lines.push({ name: kind === 'ours' ? 'ours' : 'bare undici', points });
  }
  server.stop();
  return {
    title: 'Calls over kept-alive connections',
    xLabel: 'calls in flight',
    yLabel: 'calls per second',
    lines,
  };
}

async function queuePlot(): Promise<Plot> {
  const bytes: Points = [];
  const micros: Points = [];
  for (const queued of [10, 100, 1_000, 10_000, 100_000]) {
    const result = await runNode<{ bytes: number; micros: number }>(
      'starts/queued-memory.mjs',
      [String(queued)],
      ['--expose-gc'],
    );
    // Of a few calls, garbage collection says more than the calls themselves.
    if (queued >= 1_000) bytes.push([queued, result.bytes]);
    micros.push([queued, result.micros]);
  }
  const lines = [
    { name: 'bytes per call', points: bytes },
    { name: 'microseconds per call to queue', points: micros },
  ];
  return { title: 'Calls in the queue', xLabel: 'calls queued', yLabel: 'per call', lines };
}

/** A spec with this many actions: the documented ones, over and over, under other names. */
async function growSpec(copy: Copy, count: number): Promise<void> {
  const path = join(copy.path, 'spec/openapi.yaml');
  const places = [
    ['auto-callout', 'CreateAutoCalloutTask'],
    ['predictive-dialing', 'CreatePredictiveDialingCampaign'],
  ] as const;
  let openapi = await readFile(path, 'utf8');
  for (let number = 2; number < count; number++) {
    const [folder, original] = places[number % 2]!;
    const name = `${original}N${number}`;
    const action = await readFile(join(copy.path, `spec/${folder}/${original}.yaml`), 'utf8');
    await writeFile(join(copy.path, `spec/${folder}/${name}.yaml`), action.replaceAll(original, name));
    openapi += `  /${name}:\n    $ref: ${folder}/${name}.yaml\n`;
  }
  await writeFile(path, openapi);
}

async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function actionsPlot(): Promise<Plot> {
  const lines = [
    'generated kilobytes',
    'seconds to generate',
    'milliseconds to import',
    'milliseconds to type-check',
  ].map((name) => ({ name, points: [] as Points }));
  for (const count of [2, 10, 50, 200]) {
    await using copy = await Copy.make();
    await growSpec(copy, count);
    const startedAt = performance.now();
    await writeTree(copy.path, await generate(join(copy.path, 'spec')));
    const generateSeconds = (performance.now() - startedAt) / 1000;
    const inPackage = (name: string) => join(copy.path, 'packages', name);
    for (const name of PACKAGES.slice(0, 2)) await compile(inPackage(name));
    const typeCheck = timesOf(5, process.execPath, [
      join(root, 'node_modules/typescript/bin/tsc'),
      '--noEmit',
      '-p',
      join(inPackage('outbound'), 'tsconfig.build.json'),
    ]);
    const importing = `const t=performance.now();await import(${JSON.stringify(join(inPackage('outbound'), 'dist/index.js'))});console.log(performance.now()-t)`;
    const imports = Array.from({ length: 7 }, () =>
      Number(execFileSync(process.execPath, ['--input-type=module', '-e', importing]).toString()),
    );
    const values = [
      (await bytesIn(join(inPackage('outbound'), 'src/generated'))) / 1e3,
      generateSeconds,
      summarise(imports).median,
      typeCheck,
    ];
    values.forEach((value, index) => lines[index]!.points.push([count, value]));
  }
  return { title: 'Actions in the spec', xLabel: 'actions', yLabel: 'as named', lines };
}

/** Median wall time of a command, in milliseconds. */
function timesOf(runs: number, command: string, args: readonly string[]): number {
  const times = Array.from({ length: runs }, () => {
    const startedAt = performance.now();
    execFileSync(command, args, { stdio: 'ignore' });
    return performance.now() - startedAt;
  });
  return summarise(times).median;
}

/** Measures every plot and writes it to `docs/bench`. */
export async function writeGrowth(): Promise<void> {
  const folder = join(root, 'docs/bench');
  mkdirSync(folder, { recursive: true });
  const plots = { callees: calleesPlot, 'in-flight': inFlightPlot, queue: queuePlot, actions: actionsPlot };
  const data: Record<string, Plot> = {};
  for (const [name, make] of Object.entries(plots)) {
    const plot = await make();
    data[name] = plot;
    writeFileSync(join(folder, `${name}.svg`), toSvg(plot));
    console.log(`${plot.title}:`);
    for (const { name: line, points } of plot.lines)
      console.log(`  ${line}: ${points.map(([x, y]) => `${x} -> ${Number(y.toPrecision(3))}`).join(', ')}`);
  }
  writeFileSync(
    join(folder, 'growth.json'),
    `${JSON.stringify({ machine: machine(), plots: data }, null, 2)}\n`,
  );
}
