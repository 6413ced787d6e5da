import { beforeEach } from 'vitest';

// A server may get the port that another had a moment ago. Then the slots that calls to that have left would be taken for its own.
beforeEach(() => {
  delete (globalThis as Record<symbol, unknown>)[Symbol.for('@tccc/core.pacer.1')];
});
