import type { Clock, Credentials, DispatcherLike } from '@tccc/outbound';
import { Agent } from 'undici';
import { MockDispatcher } from '../server/dispatcher.js';
import { MockEngine } from '../engine/engine.js';
import type { MockOptions } from '../engine/options.js';
import { realTime } from '../common/real-time.js';
import type { MockServer } from '../server/server.js';

/** Options that bind a client to one mock. Add your own, or put others in their place. */
export interface MockClientOptions {
  dispatcher?: DispatcherLike;
  /** Of the server; a name that nothing looks up for a mock within this process. */
  endpoint: string;
  credentials: Credentials;
  /** None: calls neither wait nor share a pacer with other tests. */
  pacing: false;
  /** Makes the pauses before retries as short as they can be. */
  random: () => number;
  clock: Clock;
}

/** A mock of its own, and the options for its clients. */
export interface Mock {
  engine: MockEngine;
  clientOptions: MockClientOptions;
}

/**
 * The clock of this machine. Of what a test fakes, only the wall clock counts: it is what requests are signed with, and the
 * mock reads the same one.
 */
const clock: Clock = {
  now: () => Date.now(),
  monotonic: realTime.monotonic,
  schedule(callback, delayMs, inBackground = false) {
    const timer = realTime.setTimeout(callback, Math.min(Math.ceil(delayMs), 2_147_483_647));
    if (inBackground) timer.unref();
    return () => realTime.clearTimeout(timer);
  },
};

const clocks = new WeakMap<MockEngine, Clock>();

/** One for each mock, for clients of one clock share a pacer. */
function clockOf(engine: MockEngine): Clock {
  const own = clocks.get(engine) ?? { ...clock };
  clocks.set(engine, own);
  return own;
}

/**
 * A mock for one test: nothing is paced or limited, so that tests are instant, and nothing is shared with other tests.
 *
 * @example
 * const { engine, clientOptions } = createMock({ seed: 1 });
 * const client = new OutboundClient(clientOptions);
 */
export function createMock(options: MockOptions = {}): Mock {
  const engine = new MockEngine({ rateLimit: 'off', ...options });
  return { engine, clientOptions: mockClientOptions(engine) };
}

/**
 * Options for clients of a mock: within this process, or over HTTP or HTTPS if a server is given. Calls do not wait for
 * a pacer, retries hardly pause, and fake timers do not stop them.
 *
 * @example
 * const client = new OutboundClient(mockClientOptions(engine, server));
 */
export function mockClientOptions(engine: MockEngine, server?: MockServer): MockClientOptions {
  const [{ secretId, secretKey, token } = { secretId: 'AKIDany', secretKey: 'any' }] = engine.credentials;
  return {
    ...wayTo(engine, server),
    credentials: { secretId, secretKey, ...(token === undefined ? {} : { token }) },
    pacing: false,
    random: () => 0,
    clock: clockOf(engine),
  };
}

/** The dispatcher answers itself, so the name is never looked up. */
const IN_PROCESS = 'http://mock.localhost';

function wayTo(engine: MockEngine, server: MockServer | undefined) {
  if (server === undefined) return { endpoint: IN_PROCESS, dispatcher: new MockDispatcher(engine) };
  const { url: endpoint, ca } = server;
  return ca === undefined ? { endpoint } : { endpoint, dispatcher: new Agent({ connect: { ca } }) };
}
