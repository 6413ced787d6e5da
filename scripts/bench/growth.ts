/** `pnpm bench -- --growth`: how cost grows. */
import { execFileSync } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { actions } from '@tccc/outbound';
import { encodeParams } from '../../packages/core/src/params/encode.js';
import { root } from '../support/root.js';
import { makeProduct } from './actions/product.js';
import { asyncRateOf, summarise } from './measure.js';
import { taskWith } from './params.js';
import { Worker, runNode, startServer } from './processes.js';
import { machine } from './report.js';
import { ourBodySigner } from './figures/signing.js';
import type { Growth } from './plots/draw.js';
import type { Plot } from './plots/lines.js';

type Points = [x: number, y: number][];

type Plots = Record<string, Plot>;

function plotOf(title: string, xLabel: string, yLabel: string, lines: Record<string, Points>): Plot {
  return { title, xLabel, yLabel, lines: Object.entries(lines).map(([name, points]) => ({ name, points })) };
}

async function calleesPlots(): Promise<Plots> {
  const sign = ourBodySigner();
  const perCall: Points = [];
  const perCallee: Points = [];
  for (const callees of [1, 10, 100, 1_000, 10_000, 100_000]) {
    const task = taskWith(callees);
    const rates: number[] = [];
    for (let round = 0; round < 7; round++) {
      rates.push(
        await asyncRateOf(async () => sign(await encodeParams(actions.CreateAutoCalloutTask, task)), 100),
      );
    }
    const each = 1e6 / summarise(rates).median;
    perCall.push([callees, each]);
    perCallee.push([callees, each / callees]);
  }
  const lines = { 'each call': perCall, 'each callee': perCallee };
  return { callees: plotOf('Validate, serialise and sign', 'callees', 'microseconds', lines) };
}

async function inFlightPlots(): Promise<Plots> {
  const server = await startServer();
  const lines: Record<string, Points> = {};
  for (const [kind, name] of [
    ['ours', 'ours'],
    ['undici', 'bare undici'],
  ] as const) {
    const worker = await Worker.start(kind, server.url);
    await worker.run(5_000, 64);
    const points: Points = [];
    for (const inFlight of [1, 4, 16, 64, 256, 512])
      points.push([inFlight, (await worker.run(10_000, inFlight)).callsPerSecond]);
    worker.stop();
    lines[name] = points;
  }
  server.stop();
  const title = 'Calls over kept-alive connections';
  return { 'in-flight': plotOf(title, 'calls in flight', 'calls per second', lines) };
}

async function queuePlots(): Promise<Plots> {
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
  const xLabel = 'calls queued';
  return {
    'queue-memory': plotOf('Memory of calls in the queue', xLabel, 'bytes', { 'each call': bytes }),
    'queue-time': plotOf('Time to put a call into the queue', xLabel, 'microseconds', {
      'each call': micros,
    }),
  };
}

async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function actionsPlots(): Promise<Plots> {
  const kilobytes: Points = [];
  const seconds: Record<string, Points> = { generate: [], import: [], 'type-check': [] };
  for (const count of [Object.keys(actions).length, 50, 200]) {
    await using product = await makeProduct(count);
    seconds.generate!.push([count, product.generateSeconds]);
    kilobytes.push([count, (await bytesIn(join(product.folder, 'src/generated'))) / 1e3]);
    seconds.import!.push([count, importSeconds(product.path)]);
    seconds['type-check']!.push([count, typeCheckSeconds(product.folder)]);
  }
  const xLabel = 'actions in the spec';
  return {
    'actions-size': plotOf('Size of what is generated', xLabel, 'kilobytes', {
      'all generated modules': kilobytes,
    }),
    'actions-time': plotOf('Time to generate, import and type-check', xLabel, 'seconds', seconds),
  };
}

/** How long a fresh process takes to import a module. */
function importSeconds(path: string): number {
  const importing = `const t=performance.now();await import(${JSON.stringify(path)});console.log(performance.now()-t)`;
  const times = Array.from({ length: 7 }, () =>
    Number(execFileSync(process.execPath, ['--input-type=module', '-e', importing]).toString()),
  );
  return summarise(times).median / 1000;
}

function typeCheckSeconds(folder: string): number {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const args = [compiler, '--noEmit', '-p', join(folder, 'tsconfig.build.json')];
  const times = Array.from({ length: 5 }, () => {
    const startedAt = performance.now();
    execFileSync(process.execPath, args, { stdio: 'ignore' });
    return performance.now() - startedAt;
  });
  return summarise(times).median / 1000;
}

/** Measures how cost grows, and prints it. */
export async function measureGrowth(): Promise<Growth> {
  const plots: Plots = {};
  for (const measure of [calleesPlots, inFlightPlots, queuePlots, actionsPlots]) {
    for (const [name, plot] of Object.entries(await measure())) {
      plots[name] = plot;
      console.log(`${plot.title} (${plot.yLabel}, by ${plot.xLabel}):`);
      for (const { name: line, points } of plot.lines)
        console.log(`  ${line}: ${points.map(([x, y]) => `${x} -> ${Number(y.toPrecision(3))}`).join(', ')}`);
    }
  }
  return { machine: machine(), plots };
}
