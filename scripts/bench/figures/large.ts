import { actions } from '@tccc/outbound';
import { encodeParams } from '../../../packages/core/src/params/encode.js';
import { asyncRateOf, interleave, ratioOf, summarise } from '../measure.js';
import { officialSigner } from '../official.js';
import { taskWith } from '../params.js';
import { runNode } from '../processes.js';
import type { Figure } from '../report.js';
import { FLOOR, ourBodySigner, signingFloor } from './signing.js';

const MANY = 100_000;
const OFFICIAL = 'official SDK (does not validate)';

/** One request with 100,000 callees: validation and serialisation are all that counts here. */
export async function largeFigure(isQuick: boolean): Promise<Figure> {
  const task = taskWith(MANY);
  const sign = ourBodySigner();
  const [floor, official] = [signingFloor(), officialSigner()];
  const ms = isQuick ? 120 : 400;
  const rates = await interleave(
    {
      ours: () => asyncRateOf(async () => sign(await encodeParams(actions.CreateAutoCalloutTask, task)), ms),
      floor: () => asyncRateOf(() => floor(task), ms),
      official: () => asyncRateOf(() => official(task), ms),
    },
    isQuick ? 7 : 15,
  );
  const memory: number[] = [];
  for (let round = 0; round < 5; round++)
    memory.push(
      (
        await runNode<{ times: number }>(
          'starts/large-memory.mjs',
          [],
          ['--expose-gc', '--max-semi-space-size=1', '--import', 'tsx'],
        )
      ).times,
    );
  return {
    id: 'large',
    title: 'Validate, serialise and sign, 100,000 callees',
    measurements: [
      {
        title: 'Requests made ready',
        unit: 'per second',
        sides: [
          { name: 'ours', role: 'ours', sample: summarise(rates.ours) },
          { name: OFFICIAL, role: 'official', sample: summarise(rates.official) },
          { name: FLOOR, role: 'floor', sample: summarise(rates.floor) },
        ],
        comparisons: [
          {
            text: 'times the official SDK',
            value: ratioOf(rates.ours, rates.official),
            target: '>= 8',
            of: OFFICIAL,
          },
          {
            text: 'share of the floor',
            value: ratioOf(rates.ours, rates.floor),
            target: '>= 0.92',
            of: FLOOR,
          },
        ],
      },
      {
        title: 'Peak memory',
        unit: 'times the body',
        sides: [{ name: 'ours', role: 'ours', sample: summarise(memory) }],
        comparisons: [
          { text: 'peak memory, times the body', value: summarise(memory).median, target: '<= 1.5' },
        ],
      },
    ],
  };
}
