import { expect, test } from 'vitest';
import { runBulkDemo } from '../demo/bulk-scenes.js';

test('the demo of a long list: a crash, a resume, and nobody is called twice', async () => {
  const lines: string[] = [];
  const { called, twice, reported, accepted } = await runBulkDemo((line) => lines.push(line));
  expect([twice, reported, accepted]).toEqual([0, 5_000, called]);
  expect(called).toBeGreaterThan(4_800);
  const text = lines.join('\n');
  expect(text).toContain('Killed (SIGKILL).');
  expect(text).toMatch(/To look for \d+ unknown chunks/);
  expect(text, 'what failed before it was executed is not in the list').toContain(
    'Chunk 6 could not be settled (NotFound).',
  );
  expect(text, 'the other lost responses are settled').not.toContain('Chunk 3 could not');
  expect(text).toContain('resolve 6 --send-again');
  expect(text).toMatch(/left-out: duplicate +\d/);
  expect(text, 'no number is shown').not.toMatch(/138\d{8}/);
}, 60_000);
