import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFile } from '../bundles.js';
import { interleave, ratioOf, summarise } from '../measure.js';
import { installed } from '../peers.js';
import { runNode, startServer } from '../processes.js';
import type { Figure, Measurement, Side } from '../report.js';

/** Major versions of Node.js. */
const VERSIONS = ['22', '24'];

const OFFICIAL = 'official SDK';
const CACHED = 'ours, with the compile cache of Node.js';

const KINDS = ['bare', 'ours', 'cached', 'official', 'fetch'] as const;
type Kind = (typeof KINDS)[number];

const SIDES: Readonly<Record<Exclude<Kind, 'bare'>, Omit<Side, 'sample'>>> = {
  ours: { name: 'ours', role: 'ours' },
  cached: { name: CACHED, role: 'ours' },
  official: { name: OFFICIAL, role: 'official' },
  fetch: { name: 'signed by hand, and fetch', role: 'floor' },
};

interface FirstResponse {
  ms: number;
  rss: number;
}

/** Process start to first response of programs that are one file each, as in a serverless function; bare Node.js is taken off. */
export async function coldFigure(isQuick: boolean): Promise<Figure> {
  const folder = await mkdtemp(join(tmpdir(), 'tccc-bench-cold-'));
  const server = await startServer();
  try {
    for (const name of ['bare', 'ours', 'official', 'fetch'])
      await bundleFile(join(import.meta.dirname, `../cold/${name}.mjs`), join(folder, `${name}.cjs`));
    const measurements: Measurement[] = [];
    for (const version of VERSIONS) {
      const node = join(installed(`node-${version}`, { node: version }), 'node/bin/node');
      const responses = await firstResponses(node, folder, server.url, isQuick ? 5 : 21);
      measurements.push(...measurementsOf(version, responses));
    }
    return { id: 'cold', title: 'Cold start in one file, beyond bare Node.js', measurements };
  } finally {
    server.stop();
    await rm(folder, { recursive: true });
  }
}

async function firstResponses(
  node: string,
  folder: string,
  url: string,
  rounds: number,
): Promise<Record<Kind, FirstResponse[]>> {
  const responses: Record<Kind, FirstResponse[]> = {
    bare: [],
    ours: [],
    cached: [],
    official: [],
    fetch: [],
  };
  const measure = (kind: Kind) => async () => {
    const file = join(folder, `${kind === 'cached' ? 'ours' : kind}.cjs`);
    const env = kind === 'cached' ? { NODE_COMPILE_CACHE: join(folder, 'cache') } : {};
    const response = await runNode<FirstResponse>(file, [url], ['--no-warnings'], { node, env });
    responses[kind].push(response);
    return response.ms;
  };
  const sides = Object.fromEntries(KINDS.map((kind) => [kind, measure(kind)]));
  await interleave(sides as Record<Kind, () => Promise<number>>, rounds);
  for (const list of Object.values(responses)) list.shift();
  return responses;
}

function measurementsOf(version: string, responses: Record<Kind, FirstResponse[]>): Measurement[] {
  const beyondBare = (kind: Kind, of: keyof FirstResponse) =>
    responses[kind].map((response, index) => response[of] - responses.bare[index]![of]);
  const sidesOf = (of: keyof FirstResponse, unit: number) =>
    Object.entries(SIDES).map(([kind, side]) => ({
      ...side,
      sample: summarise(beyondBare(kind as Kind, of).map((value) => value / unit)),
    }));
  const shareOf = (kind: Kind, of: keyof FirstResponse) =>
    ratioOf(beyondBare(kind, of), beyondBare('official', of));
  const what = `with Node.js ${version}`;
  return [
    {
      title: `Time to the first response, ${what}`,
      unit: 'milliseconds',
      sides: sidesOf('ms', 1),
      comparisons: [
        {
          text: `share of the official start, ${what}`,
          value: shareOf('ours', 'ms'),
          target: '<= 0.55',
          of: OFFICIAL,
        },
        {
          text: `share of the official start, ${what} and its compile cache`,
          value: shareOf('cached', 'ms'),
          target: '<= 0.4',
          of: OFFICIAL,
          side: CACHED,
        },
      ],
    },
    {
      title: `Resident memory after one call, ${what}`,
      unit: 'MiB',
      sides: sidesOf('rss', 2 ** 20),
      comparisons: [
        {
          text: `share of the official memory, ${what}`,
          value: shareOf('ours', 'rss'),
          target: '<= 0.85',
          of: OFFICIAL,
        },
      ],
    },
  ];
}
