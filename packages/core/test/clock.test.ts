import { describe, expect, test, vi } from 'vitest';
import { MAX_TIMER_MS, systemClock } from '../src/clock.js';
import { ServiceClock } from '../src/signing/service-clock.js';
import { FakeClock } from './support/fake-clock.js';

describe('ServiceClock', () => {
  const dateHeader = (ms: number) => new Date(ms).toUTCString();

  test('corrects a clock that is hours off, once for all calls', () => {
    const clock = new FakeClock();
    const service = new ServiceClock(clock);
    const threeHours = 3 * 3_600_000;
    expect(service.correct(dateHeader(clock.now() + threeHours), 0)).toBe(true);
    expect(service.seconds()).toBe(Math.floor((clock.now() + threeHours) / 1000));
    const offset = service.offsetMs;
    // Another call that was signed before the correction: worth another attempt, but nothing new is learnt.
    expect(service.correct(dateHeader(clock.now() + threeHours + 1000), 0)).toBe(true);
    expect(service.offsetMs).toBe(offset);
  });

  test('sees no use in another attempt if the clock was right', () => {
    const clock = new FakeClock();
    const service = new ServiceClock(clock);
    expect(service.correct(dateHeader(clock.now() + 1000), 0)).toBe(false);
    expect(service.correct('not a date', 0)).toBe(false);
    expect(service.correct(undefined, 0)).toBe(false);
    expect(service.offsetMs).toBe(0);
  });
});

describe('systemClock', () => {
  test('schedules, cancels, and does not overflow the timers of Node.js', async () => {
    vi.useFakeTimers();
    const ran: string[] = [];
    systemClock.schedule(() => ran.push('a'), 5.2);
    systemClock.schedule(() => ran.push('b'), 5)();
    systemClock.schedule(() => ran.push('far'), 10 * MAX_TIMER_MS);
    vi.advanceTimersByTime(5);
    expect(ran).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(ran).toEqual(['a']);
    vi.useRealTimers();
    expect(systemClock.monotonic()).toBeGreaterThan(0);
    const before = Date.now();
    const now = systemClock.now();
    expect(before <= now && now <= Date.now()).toBe(true);
  });
});
