import { digitsOf } from '@tccc/outbound/internal';
import type { Created } from './entry.js';

/**
 * Numbers that are called by more than one entry of some creations, as the first of them has it, with how often. With `+` or `00`,
 * with spaces or without, a number is the same.
 */
export function calledTwice(created: readonly Created[]): Map<string, number> {
  const counts = new Map<string, { readonly callee: string; count: number }>();
  for (const callee of created.flatMap(({ params }) => (params.Callees ?? []) as string[])) {
    const digits = digitsOf(callee);
    const known = counts.get(digits);
    if (known === undefined) counts.set(digits, { callee, count: 1 });
    else known.count++;
  }
  const twice = [...counts.values()].filter(({ count }) => count > 1);
  return new Map(twice.map(({ callee, count }) => [callee, count]));
}
