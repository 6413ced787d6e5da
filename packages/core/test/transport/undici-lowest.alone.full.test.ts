import { describe, expect, test, vi } from 'vitest';
import { loadUndici } from '../../src/transport/pool/load-undici.js';

// In place of those that are installed. They have no declarations of their own.
// @ts-expect-error As above.
vi.mock('undici/lib/dispatcher/client.js', () => import('undici-lowest/lib/dispatcher/client.js'));
// @ts-expect-error As above.
vi.mock('undici/lib/core/connect.js', () => import('undici-lowest/lib/core/connect.js'));

/** Everything that depends on how undici treats a connection is tested once more, with the lowest version that the range allows. */
describe('over the parts of the lowest undici', async () => {
  test('which are those that are loaded here', async () => {
    const { Client, buildConnector } = await loadUndici();
    const installed = await import('undici');
    // @ts-expect-error As above.
    const lowest = (await import('undici-lowest/lib/dispatcher/client.js')) as { default: unknown };
    expect(Client).toBe(lowest.default);
    expect([Client, buildConnector]).not.toContain(installed.Client);
    expect([Client, buildConnector]).not.toContain(installed.buildConnector);
  });

  await import('./pool.test.js');
  await import('./proxy.test.js');
  await import('./surplus.test.js');
  await import('./surplus-ending.test.js');
  await import('./surplus-retry.test.js');
  await import('./surplus-tls.test.js');
});
