/**
 * Sends requests through the pacer over a link that stalls: what was abandoned on it arrives later, all at once. Prints
 * as JSON whether the service ever counted more requests in a window than the limit. The time is simulated.
 */
import { LocalPacer } from '../../packages/core/src/pacing/local-pacer.js';
import { FakeClock } from '../../packages/core/test/support/fake-clock.js';
import { seededRandom } from '../../packages/mocks/src/common/random.js';
import { worstWindow } from '../../packages/mocks/src/common/rate-window.js';

const LIMIT = 20;
const WINDOW_MS = 1_000;
const REQUESTS = 400;

/** After this time nobody waits for a response any more, in milliseconds. */
const TIMEOUT_MS = 1_000;

/** The link lets through what has piled up on it once in this time, in milliseconds. */
const STALL_MS = 10_000;

const STALLED_SHARE = 0.3;

const clock = new FakeClock();
const pacer = new LocalPacer(clock);
const random = seededRandom(1);
const arrivals: number[] = [];

async function send(): Promise<void> {
  const slot = await pacer.acquire({
    action: 'CreateAutoCalloutTask',
    key: 'k',
    mode: 'response',
    limit: LIMIT,
    windowMs: WINDOW_MS,
    maxQueue: REQUESTS,
    remainingMs: Infinity,
    cancellation: { signal: new AbortController().signal, onCancel: () => {}, offCancel: () => {} },
  });
  slot.sent?.();
  const isStalled = random() < STALLED_SHARE;
  const arrivesInMs = isStalled ? STALL_MS - (clock.monotonic() % STALL_MS) : 15 + 100 * random();
  const isAbandoned = arrivesInMs > TIMEOUT_MS;
  clock.schedule(() => void arrivals.push(clock.monotonic()), arrivesInMs);
  clock.schedule(
    () => slot.release(isAbandoned ? 'abandoned' : 'answered'),
    isAbandoned ? TIMEOUT_MS : arrivesInMs + 15 + 100 * random(),
  );
}

for (let request = 0; request < REQUESTS; request++) void send();
await clock.advance(1_000_000);

const most = worstWindow(arrivals, WINDOW_MS);
const text = `${arrivals.length} of ${REQUESTS} requests arrived, at most ${most} within ${WINDOW_MS} ms; the limit is ${LIMIT}`;
console.log(JSON.stringify({ lies: most > LIMIT || arrivals.length < REQUESTS ? 1 : 0, text }));
