import { interleave, ratioOf, summarise } from '../measure.js';
import type { Run } from '../processes.js';
import { Worker, startServer } from '../processes.js';
import type { Figure, Measurement, Role } from '../report.js';

const IN_FLIGHT = 64;

type Kind = 'ours' | 'least' | 'undici' | 'official';
const KINDS: readonly Kind[] = ['ours', 'official', 'least', 'undici'];

/** Runs each client in turn, each in a process of its own, against one server in another. */
async function runAll(
  rounds: number,
  calls: Record<Kind, number>,
  inFlight: number,
): Promise<Record<Kind, Run[]>> {
  const server = await startServer();
  const workers = {} as Record<Kind, Worker>;
  for (const kind of KINDS) workers[kind] = await Worker.start(kind, server.url);
  const runs: Record<Kind, Run[]> = { ours: [], least: [], undici: [], official: [] };
  const measure = (kind: Kind) => async () => {
    const run = await workers[kind].run(calls[kind], inFlight);
    runs[kind].push(run);
    return run.callsPerSecond;
  };
  await interleave(
    {
      ours: measure('ours'),
      least: measure('least'),
      undici: measure('undici'),
      official: measure('official'),
    },
    rounds,
  );
  for (const worker of Object.values(workers)) worker.stop();
  server.stop();
  for (const kind of KINDS) runs[kind].shift(); // The first round warms up.
  return runs;
}

const NAMES: Record<Kind, string> = {
  ours: 'ours',
  official: 'official SDK',
  least: 'floor: undici, signed and parsed',
  undici: 'floor: bare undici',
};
const ROLES: Record<Kind, Role> = { ours: 'ours', official: 'official', least: 'floor', undici: 'floor' };

const sidesOf = (valuesOf: (kind: Kind) => number[]) =>
  KINDS.map((kind) => ({ name: NAMES[kind], role: ROLES[kind], sample: summarise(valuesOf(kind)) }));

/** Throughput over kept-alive connections, and what each call costs this process. */
export async function throughputFigure(isQuick: boolean): Promise<Figure> {
  const calls = isQuick
    ? { ours: 8_000, least: 12_000, undici: 12_000, official: 1_500 }
    : { ours: 30_000, least: 40_000, undici: 40_000, official: 5_000 };
  const runs = await runAll(isQuick ? 5 : 9, calls, IN_FLIGHT);
  const rates = (kind: Kind) => runs[kind].map(({ callsPerSecond }) => callsPerSecond);
  const cpu = (kind: Kind) => runs[kind].map(({ cpuMicros }) => cpuMicros);
  return {
    id: 'throughput',
    title: `Calls over kept-alive connections, ${IN_FLIGHT} in flight, validated, signed and paced`,
    measurements: [
      {
        title: 'Calls',
        unit: 'per second',
        sides: sidesOf(rates),
        comparisons: [
          {
            text: 'times the calls of the official SDK',
            value: ratioOf(rates('ours'), rates('official')),
            target: '>= 6',
            of: NAMES.official,
          },
        ],
      },
      {
        title: 'CPU time of the client',
        unit: 'microseconds per call',
        sides: sidesOf(cpu),
        comparisons: [
          {
            text: 'times the CPU of bare undici',
            value: ratioOf(cpu('ours'), cpu('undici')),
            target: '<= 1.25',
            of: NAMES.undici,
          },
          {
            text: 'times the CPU of undici, signed and parsed',
            value: ratioOf(cpu('ours'), cpu('least')),
            target: '<= 1.5',
            of: NAMES.least,
          },
        ],
      },
    ],
  };
}

/** Latency of one call at a time. */
export async function latencyFigure(isQuick: boolean): Promise<Figure> {
  const each = isQuick ? 1_500 : 5_000;
  const runs = await runAll(
    isQuick ? 3 : 7,
    { ours: each, least: each, undici: each, official: Math.ceil(each / 3) },
    1,
  );
  const quantile = (kind: Kind, share: number) =>
    runs[kind].map(
      ({ latencies }) => latencies.toSorted((a, b) => a - b)[Math.floor(share * latencies.length)]!,
    );
  const measurement = (name: string, title: string, share: number, target: string): Measurement => ({
    title,
    unit: 'milliseconds',
    sides: sidesOf((kind) => quantile(kind, share)),
    comparisons: [
      {
        text: `times bare undici, ${name}`,
        value: ratioOf(quantile('ours', share), quantile('undici', share)),
        target,
        of: NAMES.undici,
      },
      {
        text: `times undici, signed and parsed, ${name}`,
        value: ratioOf(quantile('ours', share), quantile('least', share)),
        target: '<= 1.5',
        of: NAMES.least,
      },
    ],
  });
  return {
    id: 'latency',
    title: 'Latency of one call, idle client',
    measurements: [
      measurement('median', 'Median', 0.5, '<= 1.12'),
      measurement('99th percentile', '99th percentile', 0.99, '<= 1.15'),
    ],
  };
}
