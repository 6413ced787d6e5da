import { expect, test } from 'vitest';
import type { Call } from '../src/call/call.js';
import { History } from '../src/call/attempt.js';
import { RunningCalls } from '../src/call/running.js';

function start(count: number) {
  const running = new RunningCalls();
  const calls = Array.from({ length: count }, () => new History({} as Call));
  for (const call of calls) running.add(call);
  return { running, calls, underWay: () => [...running].map((call) => calls.indexOf(call)).toSorted() };
}

test('calls end in any order, and the others are still under way', () => {
  const { running, calls, underWay } = start(5);
  let left = [0, 1, 2, 3, 4];
  for (const ended of [1, 4, 0, 3, 2]) {
    running.delete(calls[ended]!);
    left = left.filter((index) => index !== ended);
    expect(underWay()).toEqual(left);
    expect(running.size).toBe(left.length);
  }
});

test('a call that ends while all are looked at hides none', () => {
  const { running, calls } = start(3);
  const seen: number[] = [];
  for (const call of running) {
    seen.push(calls.indexOf(call));
    running.delete(call);
  }
  expect(seen).toEqual([0, 1, 2]);
});
