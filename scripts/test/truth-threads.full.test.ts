import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { Bundle } from '../support/bundle.js';
import { root } from '../support/root.js';

/** A replacement that changes nothing. */
const NOTHING = {
  module: 'core/src/action.ts',
  name: 'findErrorFact',
  becomes: '(original, ...args) => original(...args)',
};

test('in several threads at the same time, the harness finds no lie', { timeout: 300_000 }, async () => {
  await using bundle = await Bundle.make('scripts/soak/find-lie.ts', [NOTHING]);
  const given = [0.3, 0.9].map((settleShare) => JSON.stringify({ settleShare, batches: 4 }));
  const program = join(root, 'scripts/soak/in-threads.mjs');
  const child = spawn(process.execPath, [program, bundle.path, ...given], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines = (await text(child.stdout)).split('\n');
  expect(lines).toHaveLength(given.length);
  for (const line of lines) {
    const { lies, text: report } = JSON.parse(line) as { lies: number; text: string };
    expect(lies, report).toBe(0);
  }
});
