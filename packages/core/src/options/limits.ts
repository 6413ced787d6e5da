import type { NumberLimits } from '../checks.js';
import { checkNumber } from '../checks.js';

const A_DAY_MS = 86_400_000;

/** Every option that is a number. The comments of the options and the docs say the same; a test compares them. */
export const limits = {
  deadlineMs: { min: 1, max: A_DAY_MS, fallback: 60_000 },
  attemptTimeoutMs: { min: 1, max: A_DAY_MS, fallback: 30_000 },
  connectTimeoutMs: { min: 1, max: A_DAY_MS, fallback: 5_000 },
  keepAliveMs: { min: 1, max: 55_000, fallback: 30_000 },
  maxConnections: { min: 1, max: 10_000, fallback: 128, isInteger: true },
  maxResponseBytes: { min: 1_024, max: 104_857_600, fallback: 1_048_576, isInteger: true },
  'pacing.limit': { min: 1, max: 1_000_000, isInteger: true },
  'pacing.maxQueue': { min: 0, max: 1_000_000, fallback: 10_000, isInteger: true },
  'retry.maxAttempts': { min: 1, max: 10, fallback: 3, isInteger: true },
  'retry.baseMs': { min: 0, max: A_DAY_MS, fallback: 500 },
  'retry.capMs': { min: 0, max: A_DAY_MS, fallback: 10_000 },
} as const satisfies Record<string, NumberLimits>;

/** Name of an option that is a number. */
export type NumberOption = keyof typeof limits;

/** Checks an option of the table; `undefined` stands for the default. */
export function checkLimit(name: NumberOption, value: number | undefined): number {
  return checkNumber(name, value, limits[name]);
}

/** A deadline may also be `Infinity`. */
export function checkDeadline(value: number | undefined): number {
  return value === Infinity ? Infinity : checkLimit('deadlineMs', value);
}
