import { afterEach, expect, test, vi } from 'vitest';
import { clientFor, closeClients } from './support/client.js';
import { TestServer, createThing, credentials } from './support/service.js';

afterEach(closeClients);

// In a file of its own: what a test loads late after the modules are reset does not fit what it loaded before.
test('two copies of the package in one process share one pacer', async () => {
  await using server = await TestServer.start();
  const busy = { ...createThing, rateLimit: { limit: 1, windowMs: 60_000 } };
  await clientFor(server).call(busy, { Name: 'x' });
  vi.resetModules();
  const copy = await import('../src/client.js');
  const client = new copy.ServiceClient({ credentials, endpoint: server.url, pacing: { maxQueue: 0 } });
  await expect(client.call(busy, { Name: 'x' })).rejects.toMatchObject({ code: 'QueueFull' });
  await client.close();
});
