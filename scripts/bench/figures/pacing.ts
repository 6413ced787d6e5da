import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OutboundClient } from '@tccc/outbound';
import { seededRandom } from '../../../packages/mocks/src/common/random.js';
import { worstWindow } from '../../../packages/mocks/src/common/rate-window.js';
import { credentials, nextResponse, taskWith } from '../params.js';
import { exactly } from '../measure.js';
import type { Figure } from '../report.js';

const LIMIT = 20;
const THEORY = 'theory by response: 20 / (1 s + trip)';

interface Paced {
  worstSecond: number;
  callsPerSecond: number;
  /** Mean time from sending to response, in seconds. */
  roundTrip: number;
}

/** Sends calls through a network whose each way takes 15 to 115 ms, and counts at the far end of it. */
async function paced(mode: 'response' | 'send', calls: number): Promise<Paced> {
  const arrivals: number[] = [];
  let travel = 0;
  const random = seededRandom(1);
  const delay = () => 15 + random() * 100;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const [up, down] = [delay(), delay()];
      travel += up + down;
      setTimeout(() => {
        arrivals.push(performance.now());
        setTimeout(() => response.end(nextResponse()), down);
      }, up);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new OutboundClient({ endpoint, credentials, pacing: { mode }, deadlineMs: Infinity });
  const task = taskWith(1);
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: calls }, () => client.createAutoCalloutTask(task)));
  const seconds = (performance.now() - startedAt) / 1000;
  await client.close();
  server.close();
  return {
    worstSecond: worstWindow(arrivals, 1000),
    callsPerSecond: calls / seconds,
    roundTrip: travel / calls / 1000,
  };
}

/** What pacing costs and what it gives, over a network that delays. */
export async function pacingFigure(isQuick: boolean): Promise<Figure> {
  const calls = isQuick ? 120 : 400;
  const [byResponse, bySend] = await Promise.all([paced('response', calls), paced('send', calls)]);
  // The first window's worth of calls is free, and the last one is over when its responses are there.
  const windows = calls / LIMIT;
  const theory = calls / ((windows - 1) * (1 + byResponse.roundTrip) + byResponse.roundTrip);
  return {
    id: 'pacing',
    title: `Pacing of ${calls} calls, round trip 30 to 230 ms`,
    measurements: [
      {
        title: 'Most in any one second at the service',
        unit: 'calls',
        sides: [
          { name: 'by response', role: 'ours', sample: exactly(byResponse.worstSecond) },
          { name: 'by send', role: 'ours', sample: exactly(bySend.worstSecond) },
        ],
        comparisons: [
          { text: 'most in one second, by response', value: byResponse.worstSecond, target: '<= 20' },
        ],
      },
      {
        title: 'Rate',
        unit: 'calls per second',
        sides: [
          { name: 'by response', role: 'ours', sample: exactly(byResponse.callsPerSecond) },
          { name: 'by send', role: 'ours', sample: exactly(bySend.callsPerSecond) },
          { name: THEORY, role: 'floor', sample: exactly(theory) },
        ],
        comparisons: [
          {
            text: 'share of the theoretical rate, by response',
            value: byResponse.callsPerSecond / theory,
            target: '>= 0.97',
            of: THEORY,
          },
        ],
      },
    ],
  };
}
