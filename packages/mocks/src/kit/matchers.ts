import type { ActionDefinition } from '@tccc/outbound';
import { actions } from '@tccc/outbound';
import type { MockEngine } from '../engine/engine.js';

/** What the matchers look at: an engine, or something that has one, such as what `createMock` gives. */
export type MockLike = MockEngine | { readonly engine: MockEngine };

/** What Vitest and Jest give a matcher as `this`. */
interface MatcherContext {
  equals(one: unknown, other: unknown): boolean;
}

interface Verdict {
  pass: boolean;
  message: () => string;
}

/**
 * Matchers for `expect.extend`, of Vitest or Jest. `@tccc/mocks/vitest` installs them. No message has a phone number.
 *
 * Each throws an Error if the mock has forgotten what it would have to look at.
 */
export const mockMatchers = {
  /** Something was created, with these parameters among its own. Asymmetric matchers may take the place of values. */
  toHaveCreatedTask(this: MatcherContext, mock: MockLike, params: Record<string, unknown> = {}): Verdict {
    const { created } = complete(engineOf(mock));
    const wrongIn = (given: Record<string, unknown>) =>
      Object.keys(params).filter((name) => !this.equals(given[name], params[name]));
    const wrong = created.map((one) => wrongIn(one.params));
    const nearest = wrong.reduce(
      (best, names) => (names.length < best.length ? names : best),
      Object.keys(params),
    );
    const pass = wrong.some((names) => names.length === 0);
    const found =
      created.length === 0
        ? 'nothing was created'
        : `${created.length} were created; the nearest differs in ${nearest.join(', ')}`;
    return {
      pass,
      message: () =>
        pass ? 'Expected no such task, but one was created.' : `Expected a task to be created, but ${found}.`,
    };
  },

  /** No number is in two creations, or twice in one. */
  toHaveNoDuplicateCallees(mock: MockLike): Verdict {
    const { size } = complete(engineOf(mock)).calledMoreThanOnce;
    return {
      pass: size === 0,
      message: () =>
        size === 0
          ? 'Expected some number to be called more than once, but none was.'
          : `Expected no number to be called more than once, but ${size} ${size === 1 ? 'was' : 'were'}; engine.calledMoreThanOnce has them.`,
    };
  },

  /**
   * In no window, such as no second, did more requests of one action arrive than the limit.
   *
   * @param limit default: the documented limit of each action
   */
  toStayWithinRate(mock: MockLike, limit?: number): Verdict {
    const { journal } = engineOf(mock);
    if (journal.worstWindowFrom > 1)
      throw new Error('The mock has forgotten when the first requests arrived.');
    const definitions: ActionDefinition[] = Object.values(actions);
    const over = definitions.flatMap(({ name, rateLimit }) => {
      const most = limit ?? rateLimit.limit;
      const worst = journal.worstWindow(rateLimit.windowMs, name);
      return worst > most ? [`${name}: ${worst} in ${rateLimit.windowMs} ms, the limit is ${most}`] : [];
    });
    return {
      pass: over.length === 0,
      message: () =>
        over.length === 0
          ? 'Expected more requests than the limit, but there were not.'
          : `Expected requests to stay within the limit. ${over.join('; ')}.`,
    };
  },
};

/** The matchers as `expect(mock)` has them. */
export interface MockMatchers<Result = unknown> {
  /** Something was created, with these parameters among its own. */
  toHaveCreatedTask(params?: Record<string, unknown>): Result;
  /** No number is in two creations, or twice in one. */
  toHaveNoDuplicateCallees(): Result;
  /** In no window did more requests of one action arrive than the limit; by default the documented one. */
  toStayWithinRate(limit?: number): Result;
}

function engineOf(mock: MockLike): MockEngine {
  return 'engine' in mock ? mock.engine : mock;
}

function complete(engine: MockEngine): MockEngine {
  if (engine.created.length === engine.createdCount) return engine;
  throw new Error(
    'The mock has forgotten the first creations. Raise journal.maxEntries or journal.maxBytes.',
  );
}
