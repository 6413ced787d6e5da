import { setImmediate as nextTurn } from 'node:timers/promises';
import { OutboundClient } from '@tccc/outbound';
import { expect, test, vi } from 'vitest';
import { MockEngine, MockServer, fixtureOf, mockCredentials } from '../src/index.js';

/** Longer than a client waits for what follows a refusal. */
const STALL_MS = 40;

/** Keeps the process from everything once the client has read what answers the present request. */
async function stallAfterAnswer(): Promise<void> {
  await nextTurn();
  await nextTurn();
  const until = performance.now() + STALL_MS;
  while (performance.now() < until);
}

test('a success that comes late is seen by a client in the same process, even if that stalls meanwhile', async () => {
  const engine = new MockEngine({ seed: 1 });
  engine.faults.add({ fault: 'refusal-then-success' });
  const server = await MockServer.start(engine);
  const handle = engine.handleStruck.bind(engine);
  vi.spyOn(engine, 'handleStruck').mockImplementation((...given) => {
    void stallAfterAnswer();
    return handle(...given);
  });
  const client = new OutboundClient({
    endpoint: server.url,
    credentials: mockCredentials,
    retry: { maxAttempts: 1 },
  });
  const creation = client.createAutoCalloutTask(fixtureOf('CreateAutoCalloutTask').request);
  await expect(creation).rejects.toMatchObject({ code: 'ForeignResponse', outcome: 'unknown' });
  await client.close();
  await server.close();
});
