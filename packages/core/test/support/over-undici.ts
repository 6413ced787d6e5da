import { expect, test } from 'vitest';
import { loadUndici } from '../../src/transport/pool/load-undici.js';

/**
 * Tests once more all that depends on how undici treats a connection, over the parts of another version; `client` is its
 * `Client`. To be awaited in a `describe` of a file that puts these parts in place of the installed ones.
 */
export async function testOverUndici(client: unknown): Promise<void> {
  test('which are those that are loaded here', async () => {
    const { Client, buildConnector } = await loadUndici();
    const installed = await import('undici');
    expect(Client).toBe(client);
    expect([Client, buildConnector]).not.toContain(installed.Client);
    expect([Client, buildConnector]).not.toContain(installed.buildConnector);
  });

  await import('../transport/pool.test.js');
  await import('../transport/proxy.test.js');
  await import('../transport/surplus.test.js');
  await import('../transport/surplus-ending.test.js');
  await import('../transport/surplus-retry.test.js');
  await import('../transport/surplus-tls.test.js');
}
