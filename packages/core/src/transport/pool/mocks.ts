import { SetupFailure } from '../failures.js';

/**
 * Refuses to connect to the real service while undici's global dispatcher is a mock: the test that set it would call people,
 * since it serves only `fetch` and undici's own functions.
 *
 * @throws SetupFailure
 */
export function refuseIfMocked(): void {
  if ([1, 2].some((version) => dispatcherOf(version)?.isMockActive === true))
    throw new SetupFailure('mock', MOCKED);
}

const MOCKED =
  'the global dispatcher of undici is a MockAgent, which does not see requests of this client: they would reach the real service. Use createMock() of @tccc/mocks, or give the MockAgent as the option dispatcher. If you do want the real service, give new Agent() of undici.';

/** The global dispatcher, as each version of undici shares it with all copies. */
function dispatcherOf(version: number): { isMockActive?: boolean } | undefined {
  return (globalThis as Record<symbol, { isMockActive?: boolean } | undefined>)[
    Symbol.for(`undici.globalDispatcher.${version}`)
  ];
}
