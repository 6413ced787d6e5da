import type { FixtureCase } from '../generated/fixtures.js';

/**
 * The documented request with one change: a request that is right, or breaks the one rule that `change.fault` names.
 *
 * @example
 * for (const { request, cases } of fixtures)
 *   for (const change of cases) console.log(applyFixtureCase(request, change), change.fault);
 */
export function applyFixtureCase(
  request: Readonly<Record<string, unknown>>,
  change: FixtureCase,
): Record<string, unknown> {
  const [name] = change.path as readonly [string];
  const { [name]: _old, ...rest } = request;
  return 'value' in change ? { ...rest, [name]: change.value } : rest;
}
