import { Worker } from 'node:worker_threads';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { Bundle } from '../support/bundle.js';

/** A replacement that changes nothing. */
const NOTHING = {
  module: 'core/src/action.ts',
  name: 'findErrorFact',
  becomes: '(original, ...args) => original(...args)',
};

test('in several threads at the same time, the harness finds no lie', { timeout: 300_000 }, async () => {
  await using bundle = await Bundle.make('scripts/soak/find-lie.ts', NOTHING);
  const found = await Promise.all(
    [0.3, 0.9].map(async (settleShare) => {
      const given = JSON.stringify({ settleShare, batches: 3 });
      const worker = new Worker(bundle.path, { argv: [given], stdout: true });
      return JSON.parse(await text(worker.stdout)) as { lies: number; text: string };
    }),
  );
  for (const { lies, text: report } of found) expect(lies, report).toBe(0);
});
