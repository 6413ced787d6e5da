import { createHook } from 'node:async_hooks';
import { expect, test } from 'vitest';
import { eventually } from '../../core/test/support/wait.js';
import { FileLedger } from '../src/index.js';
import { keepThreadsAwake } from '../src/keep-awake.js';
import { atEnd, stoppedRun } from './support.js';

/** Counts the file operations that timers start. */
function startedByTimers(): { count: number } {
  const seen = { count: 0 };
  const timers = new Set<number>();
  const hook = createHook({
    init(id, type, trigger) {
      if (type === 'Timeout') timers.add(id);
      if (type === 'FSREQCALLBACK' && timers.has(trigger)) seen.count++;
    },
  });
  hook.enable();
  atEnd(async () => void hook.disable());
  return seen;
}

test('a file operation starts again and again, until that is ended', async () => {
  const seen = startedByTimers();
  const end = keepThreadsAwake();
  await eventually(() => expect(seen.count).toBeGreaterThan(1));
  end();
});

test('a process that holds a ledger starts one even if it has nothing to do', async () => {
  const { ledger } = await stoppedRun();
  const seen = startedByTimers();
  const held = await FileLedger.open(ledger);
  await eventually(() => expect(seen.count).toBeGreaterThan(0));
  await held.close();
});
