import { describe, vi } from 'vitest';
import { testOverUndici } from '../support/over-undici.js';

// In place of those that are installed. They have no declarations of their own.
// @ts-expect-error As above.
vi.mock('undici/lib/dispatcher/client.js', () => import('undici8/lib/dispatcher/client.js'));
// @ts-expect-error As above.
vi.mock('undici/lib/core/connect.js', () => import('undici8/lib/core/connect.js'));

/** With the next major version. */
describe('over the parts of undici 8', async () => {
  // @ts-expect-error As above.
  const { default: client } = (await import('undici8/lib/dispatcher/client.js')) as { default: unknown };
  await testOverUndici(client);
});
