import { afterEach, describe, expect, test } from 'vitest';
import { CancelScope } from '../../src/cancellation.js';
import type { Clock } from '../../src/clock.js';
import { systemClock } from '../../src/clock.js';
import { busyServer } from '../support/busy-server.js';
import { closePools, failed, openPool, send, textOf } from '../support/exchanges.js';
import { RawServer } from '../support/raw-server.js';
import { eventually, turns } from '../support/wait.js';

afterEach(closePools);

/** A clock whose timers are all due at once, when a test says so. */
function dueClock() {
  const due: (() => void)[] = [];
  const schedule = (callback: () => void) => {
    due.push(callback);
    return () => {};
  };
  const fire = () => {
    for (const callback of due) callback();
  };
  return { clock: { ...systemClock, schedule } satisfies Clock, fire };
}

describe('a response that came while the process stood still counts, though', () => {
  test.each([
    ['the time of the attempt', Infinity],
    ['the time of the call', 1_000],
    ['the time of the call, which waited before', 1_000, true],
  ])('%s is over before it is read', async (_name, deadlineMs, hasWaited = false) => {
    await using server = await busyServer();
    const { clock, fire } = dueClock();
    const scope = new CancelScope(clock, deadlineMs, undefined);
    if (hasWaited) await scope.race(Promise.resolve());
    const stand = () => {
      server.stand(1);
      fire();
    };
    // As soon as it has been written.
    const exchange = server.send({ clock, scope, onSent: () => queueMicrotask(stand) });
    expect(await textOf(exchange)).toBe('1');
  });

  test('the time of the call is over before it is read, and the call is not ended after it', async () => {
    await using server = await busyServer();
    const { clock, fire } = dueClock();
    const scope = new CancelScope(clock, 1_000, undefined);
    const stand = () => {
      server.stand(1);
      fire();
    };
    await server.send({ clock, scope, onSent: () => queueMicrotask(stand) }).response;
    await turns(3);
    expect(scope.cancelReason).toBeUndefined();
  });
});

test('a response that has not come when the time is over does not', async () => {
  let requests = 0;
  await using server = await RawServer.start((socket) => socket.once('data', () => requests++));
  const { clock, fire } = dueClock();
  const exchange = send(await openPool(), server.url, 'x', { clock });
  await eventually(() => expect(requests).toBe(1));
  fire();
  expect(await failed(exchange)).toMatchObject({ kind: 'timeout', sent: true });
});
