/// <reference types="node" preserve="true" />
import { expect } from '@jest/globals';
import type { MockMatchers } from './kit/matchers.js';
import { mockMatchers } from './kit/matchers.js';

export type { MockMatchers } from './kit/matchers.js';

expect.extend(mockMatchers as unknown as Parameters<typeof expect.extend>[0]);

// For `expect` of @jest/globals.
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends MockMatchers<R> {}
}

// For the global `expect`, whose types come from @types/jest.
declare global {
  namespace jest {
    interface Matchers<R, T = {}> extends MockMatchers<R> {}
  }
}
