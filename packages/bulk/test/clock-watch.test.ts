import { expect, test } from 'vitest';
import { ClockWatch } from '../src/redis/clock-watch.js';

const WINDOW_MS = 1_000;

/** Answers, each a millisecond after its question, and after each: how long the log is not trusted. */
function watch(...answers: { at: number; server: number; tookMs?: number }[]): number[] {
  const clock = new ClockWatch();
  return answers.map(({ at, server, tookMs = 1 }) => {
    clock.see(server, at - tookMs, at, WINDOW_MS);
    return clock.untrustedMs(at, WINDOW_MS);
  });
}

test('who asks for the first time waits a window', () => {
  expect(new ClockWatch().untrustedMs(5, WINDOW_MS)).toBe(0);
  expect(
    watch({ at: 0, server: 77_000 }, { at: 400, server: 77_400 }, { at: 1_000, server: 78_000 }),
  ).toEqual([1_000, 600, 0]);
});

test('a clock that is stepped forward is not trusted for a window', () => {
  const even = [0, 500, 1_000, 1_500].map((at) => ({ at, server: at }));
  for (const step of [30, 500, 2_000])
    expect(watch(...even, { at: 1_600, server: 1_600 + step }, { at: 2_000, server: 2_000 + step })).toEqual([
      1_000, 500, 0, 0, 1_000, 600,
    ]);
});

test('answers that come late are no step, nor is a clock that is set back', () => {
  expect(
    watch(
      { at: 0, server: 0 },
      { at: 1_200, server: 1_000, tookMs: 300 },
      { at: 1_300, server: 1_300 },
    ).slice(1),
  ).toEqual([0, 0]);
  expect(watch({ at: 0, server: 5_000 }, { at: 1_200, server: 4_000 }).at(1)).toBe(0);
});

test('a clock that goes too fast is noticed, though each answer differs by little', () => {
  const answers = Array.from({ length: 60 }, (_, index) => ({ at: index * 50, server: index * 54 }));
  expect(watch(...answers).filter((waitMs) => waitMs === 0)).toEqual([]);
});

test('after five minutes without a word it is not known any more', () => {
  expect(watch({ at: 0, server: 0 }, { at: 299_000, server: 299_000 }).at(1)).toBe(0);
  expect(watch({ at: 0, server: 0 }, { at: 301_000, server: 301_000 }).at(1)).toBe(1_000);
});
