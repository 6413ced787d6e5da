/// <reference types="node" preserve="true" />
import { test as base, expect } from 'vitest';
import { MockEngine } from './engine/engine.js';
import type { MockClientOptions } from './kit/kit.js';
import { mockClientOptions } from './kit/kit.js';
import type { MockMatchers } from './kit/matchers.js';
import { mockMatchers } from './kit/matchers.js';
import type { MockOptions } from './engine/options.js';
import { MockServer } from './server/server.js';

export type { MockMatchers } from './kit/matchers.js';

/** The mock of one test: its own port, journal and tasks. */
export interface TestMock {
  engine: MockEngine;
  server: MockServer;
  /** Where it listens. */
  url: string;
  /** For `new OutboundClient`. */
  clientOptions: MockClientOptions;
}

/** What a test can take. */
export interface MockFixtures {
  mock: TestMock;
  /** Options of the mock; `test.extend({ mockOptions: { … } })` sets others. Nothing is limited unless they say so. */
  mockOptions: MockOptions;
}

/**
 * `test` of Vitest with a mock for each test that takes one; tests may run at the same time. The mock is closed after the test.
 *
 * @example
 * test('calls', async ({ mock }) => {
 *   await using client = new OutboundClient(mock.clientOptions);
 * });
 */
export const test = base.extend<MockFixtures>({
  mockOptions: {},
  mock: async ({ mockOptions }, use) => {
    const engine = new MockEngine({ rateLimit: 'off', ...mockOptions });
    const server = await MockServer.start(engine);
    await use({ engine, server, url: server.url, clientOptions: mockClientOptions(engine, server) });
    await server.close();
  },
});

expect.extend(mockMatchers as Parameters<typeof expect.extend>[0]);

declare module 'vitest' {
  // eslint-disable-next-line typescript/no-explicit-any -- the declaration of Vitest has it so
  interface Matchers<T = any> extends MockMatchers<void> {}
}
