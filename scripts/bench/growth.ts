/** `pnpm bench -- --growth`: how cost grows. */
import { execFileSync } from 'node:child_process';
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
        await asyncRateOf(() => sign(encodeParams(actions.CreateAutoCalloutTask, task, undefined)), 100),
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

/** A spec with this many actions: the two that create, over and over, under other names. */
async function growSpec(copy: Copy, count: number): Promise<void> {
  const path = join(copy.path, 'spec/openapi.yaml');
  const places = [
    ['auto-callout', 'CreateAutoCalloutTask'],
    ['predictive-dialing', 'CreatePredictiveDialingCampaign'],
  ] as const;
  let openapi = await readFile(path, 'utf8');
  for (let number = Object.keys(actions).length; number < count; number++) {
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

async function actionsPlots(): Promise<Plots> {
  const kilobytes: Points = [];
  const seconds: Record<string, Points> = { generate: [], import: [], 'type-check': [] };
  for (const count of [Object.keys(actions).length, 50, 200]) {
    await using copy = await Copy.make();
    await growSpec(copy, count);
    const startedAt = performance.now();
    await writeTree(copy.path, await generate(join(copy.path, 'spec')));
    seconds.generate!.push([count, (performance.now() - startedAt) / 1000]);
    const inPackage = (name: string) => join(copy.path, 'packages', name);
    for (const name of PACKAGES.slice(0, 2)) await compile(inPackage(name));
    kilobytes.push([count, (await bytesIn(join(inPackage('outbound'), 'src/generated'))) / 1e3]);
    seconds.import!.push([count, importSeconds(join(inPackage('outbound'), 'dist/index.js'))]);
    seconds['type-check']!.push([count, typeCheckSeconds(inPackage('outbound'))]);
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
