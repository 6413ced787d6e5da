import { describe, expect, test, vi } from 'vitest';
import { loadUndici } from '../../src/transport/pool/load-undici.js';

// In place of those that are installed. They have no declarations of their own.
// @ts-expect-error As above.
vi.mock('undici/lib/dispatcher/client.js', () => import('undici8/lib/dispatcher/client.js'));
// @ts-expect-error As above.
vi.mock('undici/lib/core/connect.js', () => import('undici8/lib/core/connect.js'));

/** Everything that depends on how undici treats a connection is tested once more, with the next major version. */
describe('over the parts of undici 8', async () => {
  test('which are those that are loaded here', async () => {
    const { Client, buildConnector } = await loadUndici();
    const undici7 = await import('undici');
    // @ts-expect-error As above.
    const undici8 = (await import('undici8/lib/dispatcher/client.js')) as { default: unknown };
    expect(Client).toBe(undici8.default);
    expect([Client, buildConnector]).not.toContain(undici7.Client);
    expect([Client, buildConnector]).not.toContain(undici7.buildConnector);
  });

  await import('./pool.test.js');
  await import('./proxy.test.js');
  await import('./surplus.test.js');
  await import('./surplus-ending.test.js');
  await import('./surplus-retry.test.js');
  await import('./surplus-tls.test.js');
});
