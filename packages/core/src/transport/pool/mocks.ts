import { SetupFailure } from '../failures.js';

/** Where each version of undici shares the global dispatcher with all copies of it. */
const SHARED = [1, 2].map((version) => Symbol.for(`undici.globalDispatcher.${version}`));

/**
 * Refuses to go to the real service while undici's global dispatcher is a mock: the test that set it would call people,
 * since it serves only `fetch` and undici's own functions. Asked for each attempt, for a test may set it at any time.
 *
 * @throws SetupFailure
 */
export function refuseIfMocked(): void {
  const shared = globalThis as Record<symbol, { isMockActive?: boolean } | undefined>;
  for (const place of SHARED)
    if (shared[place]?.isMockActive === true) throw new SetupFailure('mock', MOCKED);
}

const MOCKED =
  'the global dispatcher of undici is a MockAgent, which does not see requests of this client: they would reach the real service. Use createMock() of @tccc/mocks, or give the MockAgent as the option dispatcher. If you do want the real service, give new Agent() of undici.';
