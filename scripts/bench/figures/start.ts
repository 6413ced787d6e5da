import { interleave, ratioOf, summarise } from '../measure.js';
import { runNode, startServer } from '../processes.js';
import type { Figure } from '../report.js';

interface FirstResponse {
  ms: number;
  rss: number;
}

type Kind = 'bare' | 'ours' | 'official' | 'international';

async function firstResponses(rounds: number): Promise<Record<Kind, FirstResponse[]>> {
  const server = await startServer();
  const responses: Record<Kind, FirstResponse[]> = { bare: [], ours: [], official: [], international: [] };
  const measure = (kind: Kind) => async () => {
    const response = await runNode<FirstResponse>('starts/first-response.mjs', [kind, server.url]);
    responses[kind].push(response);
    return response.ms;
  };
  await interleave(
    {
      bare: measure('bare'),
      ours: measure('ours'),
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
    unit: 'milliseconds; MiB resident',
    sides: [
      { name: 'bare Node.js (taken off below)', sample: summarise(responses.bare.map(({ ms }) => ms)) },
      { name: 'ours', sample: summarise(beyondBare('ours', 'ms')) },
      { name: 'official SDK, its ccc module only', sample: summarise(beyondBare('official', 'ms')) },
      { name: 'official SDK, international edition', sample: summarise(beyondBare('international', 'ms')) },
      { name: 'ours: resident after one call', sample: megabytes(beyondBare('ours', 'rss')) },
      { name: 'official: resident after one call', sample: megabytes(beyondBare('official', 'rss')) },
    ],
    comparisons: [
      {
        text: 'share of the official start',
        value: ratioOf(beyondBare('ours', 'ms'), beyondBare('official', 'ms')),
        target: '<= 0.65',
      },
      {
        text: 'share of the official memory',
        value: ratioOf(beyondBare('ours', 'rss'), beyondBare('official', 'rss')),
        target: '<= 1',
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
    unit: 'bytes per call',
    sides: [{ name: 'ours', sample: summarise(bytes) }],
    comparisons: [{ text: 'bytes per queued call', value: summarise(bytes).median, target: '<= 2048' }],
  };
}
