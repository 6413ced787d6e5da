import { SetupFailure } from '../failures.js';

/**
 * Refuses to go to the real service while undici's global dispatcher is a mock: the test that set it would call people,
 * since it serves only `fetch` and undici's own functions. Asked for each attempt, for a test may set it at any time.
 *
 * @throws SetupFailure
 */
export function refuseIfMocked(): void {
  const shared = globalThis as Record<symbol, { isMockActive?: boolean } | undefined>;
  // Where versions of undici share it with all copies.
  const isMocked = [1, 2].some(
    (version) => shared[Symbol.for(`undici.globalDispatcher.${version}`)]?.isMockActive,
  );
  if (isMocked) throw new SetupFailure('mock', MOCKED);
}

const MOCKED =
  'the global MockAgent does not see this client: it would call the real service. Use createMock() of @tccc/mocks, or give an agent as the option dispatcher.';
