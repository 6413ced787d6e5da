import { interleave, ratioOf, summarise } from '../measure.js';
import { runNode, startServer } from '../processes.js';
import type { Figure } from '../report.js';

interface FirstResponse {
  ms: number;
  rss: number;
}

const OFFICIAL = 'official SDK, ccc module only';

const LEAST = 'floor: undici alone, signed by hand';

type Kind = 'bare' | 'ours' | 'least' | 'official' | 'international';

async function firstResponses(rounds: number): Promise<Record<Kind, FirstResponse[]>> {
  const server = await startServer();
  const responses: Record<Kind, FirstResponse[]> = {
    bare: [],
    ours: [],
    least: [],
    official: [],
    international: [],
  };
  const measure = (kind: Kind) => async () => {
    const response = await runNode<FirstResponse>('starts/first-response.mjs', [kind, server.url]);
    responses[kind].push(response);
    return response.ms;
  };
  await interleave(
    {
      bare: measure('bare'),
      ours: measure('ours'),
      least: measure('least'),
      official: measure('official'),
      international: measure('international'),
    },
    rounds,
  );
  server.stop();
  for (const list of Object.values(responses)) list.shift();
  return responses;
}

/** From process start to the first response, and the memory that is resident then; bare Node.js is taken off both. */
export async function startFigure(isQuick: boolean): Promise<Figure> {
  const responses = await firstResponses(isQuick ? 9 : 21);
  const beyondBare = (kind: Kind, of: keyof FirstResponse) =>
    responses[kind].map((response, index) => response[of] - responses.bare[index]![of]);
  const megabytes = (values: number[]) => summarise(values.map((value) => value / 2 ** 20));
  return {
    id: 'start',
    title: 'Process start to first response, beyond bare Node.js',
    measurements: [
      {
        title: 'Time to the first response',
        unit: 'milliseconds',
        sides: [
          { name: 'ours', role: 'ours', sample: summarise(beyondBare('ours', 'ms')) },
          { name: OFFICIAL, role: 'official', sample: summarise(beyondBare('official', 'ms')) },
          { name: LEAST, role: 'floor', sample: summarise(beyondBare('least', 'ms')) },
          {
            name: 'official, international edition',
            role: 'official',
            sample: summarise(beyondBare('international', 'ms')),
          },
          {
            name: 'bare Node.js (taken off above)',
            role: 'floor',
            sample: summarise(responses.bare.map(({ ms }) => ms)),
          },
        ],
        comparisons: [
          {
            text: 'share of the official start',
            value: ratioOf(beyondBare('ours', 'ms'), beyondBare('official', 'ms')),
            target: '<= 0.55',
            of: OFFICIAL,
          },
        ],
      },
      {
        title: 'Resident memory after one call',
        unit: 'MiB',
        sides: [
          { name: 'ours', role: 'ours', sample: megabytes(beyondBare('ours', 'rss')) },
          { name: OFFICIAL, role: 'official', sample: megabytes(beyondBare('official', 'rss')) },
          { name: LEAST, role: 'floor', sample: megabytes(beyondBare('least', 'rss')) },
        ],
        comparisons: [
          {
            text: 'share of the official memory',
            value: ratioOf(beyondBare('ours', 'rss'), beyondBare('official', 'rss')),
            target: '<= 0.85',
            of: OFFICIAL,
          },
        ],
      },
    ],
    note: 'Resident memory varies with when V8 compiles the parser of undici to machine code: about 10 MiB before or after the reading.',
  };
}

/** Memory of calls that wait for their turn. */
export async function queueFigure(isQuick: boolean): Promise<Figure> {
  const bytes: number[] = [];
  for (let round = 0; round < (isQuick ? 3 : 7); round++) {
    bytes.push(
      (await runNode<{ bytes: number }>('starts/queued-memory.mjs', ['10000'], ['--expose-gc'])).bytes,
    );
  }
  return {
    id: 'queue',
    title: '10,000 calls in the queue',
    measurements: [
      {
        title: 'Memory of a call that waits',
        unit: 'bytes',
        sides: [{ name: 'ours', role: 'ours', sample: summarise(bytes) }],
        comparisons: [{ text: 'bytes per queued call', value: summarise(bytes).median, target: '<= 1400' }],
      },
    ],
  };
}
