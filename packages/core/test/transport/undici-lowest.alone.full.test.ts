import { describe, vi } from 'vitest';
import { testOverUndici } from '../support/over-undici.js';

// In place of those that are installed. They have no declarations of their own.
// @ts-expect-error As above.
vi.mock('undici/lib/dispatcher/client.js', () => import('undici-lowest/lib/dispatcher/client.js'));
// @ts-expect-error As above.
vi.mock('undici/lib/core/connect.js', () => import('undici-lowest/lib/core/connect.js'));

/** With the lowest version that the range allows. */
describe('over the parts of the lowest undici', async () => {
  // @ts-expect-error As above.
  const { default: client } = (await import('undici-lowest/lib/dispatcher/client.js')) as {
    default: unknown;
  };
  await testOverUndici(client);
});
