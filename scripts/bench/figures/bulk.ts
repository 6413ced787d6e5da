import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { runBulk } from '@tccc/bulk';
import { MockEngine, MockServer, mockCredentials } from '@tccc/mocks';
import { OutboundClient } from '@tccc/outbound';
import { exactly, interleave, ratioOf, summarise } from '../measure.js';
import { runNode } from '../processes.js';
import type { Figure, Measurement } from '../report.js';

const LIMIT = 20;
const CREATE = 'CreateAutoCalloutTask';
const PARSER = 'papaparse alone';

interface Planned {
  linesPerSecond: number;
  peakBytes: number;
}

/** A list of mobile numbers of China, written in four ways, with customer and name; every hundredth line is a duplicate. */
async function writeList(path: string, lines: number): Promise<void> {
  function* pieces() {
    let piece = 'phone,customer,name\n';
    for (let index = 0; index < lines; index++) {
      const national = `138${String(index % 100 === 50 ? index - 1 : index).padStart(8, '0')}`;
      piece += `${['+86', '0086', '', '86'][index % 4]}${national},C${1e9 + index},"Customer ${index}, Ms"\n`;
      if (piece.length < 65_536) continue;
      yield piece;
      piece = '';
    }
    yield piece;
  }
  await pipeline(Readable.from(pieces()), createWriteStream(path));
}

/** How fast a list is planned, and what it takes. */
async function planning(isQuick: boolean, folder: string): Promise<Measurement[]> {
  const many = isQuick ? 1_000_000 : 10_000_000;
  const [small, middle, large] = ['small', 'middle', 'large'].map((name) => join(folder, `${name}.csv`)) as [
    string,
    string,
    string,
  ];
  await writeList(small, 1_000);
  await writeList(middle, many / 10);
  await writeList(large, many);
  const run = (kind: string, file: string) => runNode<Planned>('starts/bulk-plan.mjs', [kind, file, small]);
  const memory: Record<string, number[]> = { middle: [], large: [] };
  const rates = await interleave(
    {
      plan: async () => {
        const { linesPerSecond, peakBytes } = await run('plan', middle);
        memory['middle']!.push(peakBytes / 1e6);
        return linesPerSecond;
      },
      parser: async () => (await run('parser', middle)).linesPerSecond,
    },
    isQuick ? 2 : 5,
  );
  const long = await run('plan', large);
  memory['large']!.push(long.peakBytes / 1e6);
  const text = (lines: number) => `${lines.toLocaleString('en-US')} lines`;
  const peaks = { middle: summarise(memory['middle']!), large: summarise(memory['large']!) };
  return [
    {
      title: 'Planning',
      unit: 'lines per second',
      sides: [
        { name: text(many / 10), role: 'ours', sample: summarise(rates.plan) },
        { name: text(many), role: 'ours', sample: exactly(long.linesPerSecond) },
        { name: PARSER, role: 'floor', sample: summarise(rates.parser) },
      ],
      comparisons: [
        {
          text: 'share of the lines of papaparse alone',
          value: ratioOf(rates.plan, rates.parser),
          target: '>= 0.55',
          of: PARSER,
        },
      ],
    },
    {
      title: 'Peak memory of the process',
      unit: 'MB',
      sides: [
        { name: text(many), role: 'ours', sample: peaks.large },
        { name: text(many / 10), role: 'ours', sample: peaks.middle },
      ],
      comparisons: [
        {
          text: 'times the memory for ten times the lines',
          value: peaks.large.median / peaks.middle.median,
          target: '<= 1.1',
          of: text(many / 10),
        },
      ],
    },
  ];
}

/** How fast chunks go out, with the ledger on this disk. */
async function sending(isQuick: boolean, folder: string): Promise<Measurement[]> {
  const chunks = isQuick ? 100 : 400;
  const engine = new MockEngine({ seed: 1, rateLimit: 'off' });
  const server = await MockServer.start(engine);
  const client = new OutboundClient({ endpoint: server.url, credentials: mockCredentials });
  function* callees() {
    for (let index = 0; index < 10 * chunks; index++) yield `+86138${String(index).padStart(8, '0')}`;
  }
  const { report } = runBulk({
    client,
    input: callees(),
    template: {
      action: CREATE,
      params: { SdkAppId: 1_400_000_000, NotBefore: 1, Callers: ['008602012345678'], IvrId: 8 },
    },
    chunkSize: 10,
    ledger: join(folder, 'run.ledger'),
  });
  const { counts } = await report;
  if (counts.accepted.chunks !== chunks) throw new Error('Not every chunk was accepted.');
  await client.close();
  await server.close();
  const times = engine.journal.entries.map(({ receivedAtMs }) => receivedAtMs).sort((a, b) => a - b);
  // The first window's worth is free.
  const rate = ((chunks - LIMIT) * 1_000) / (times.at(-1)! - times[0]!);
  const worst = engine.journal.worstWindow(1_000, CREATE);
  return [
    {
      title: 'Sending, each chunk on disk before and after',
      unit: 'chunks per second',
      sides: [
        { name: 'ours', role: 'ours', sample: exactly(rate) },
        { name: 'the limit', role: 'floor', sample: exactly(LIMIT) },
      ],
      comparisons: [
        { text: 'share of the limit', value: rate / LIMIT, target: '>= 0.9', of: 'the limit' },
        { text: 'most chunks in one second', value: worst, target: '<= 20' },
      ],
    },
  ];
}

/** Long lists: planning next to the CSV parser alone, memory, and chunks sent next to the limit. */
export async function bulkFigure(isQuick: boolean): Promise<Figure> {
  const folder = await mkdtemp(join(tmpdir(), 'tccc-bench-bulk-'));
  try {
    const planned = await planning(isQuick, folder);
    return {
      id: 'bulk',
      title: 'A long list: planned, and sent in chunks',
      measurements: [...planned, ...(await sending(isQuick, folder))],
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
