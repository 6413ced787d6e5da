import { expect, test } from 'vitest';
import { runBulkDemo } from '../demo/bulk-scenes.js';

test('the demo of a long list: a crash, a resume, a late opt-out, and nobody is called twice', async () => {
  const lines: string[] = [];
  const { called, twice, reported, accepted, calledAfterOptOut } = await runBulkDemo((line) =>
    lines.push(line),
  );
  expect([twice, reported, accepted]).toEqual([0, 5_000, called]);
  expect(called).toBeGreaterThan(4_800);
  expect(calledAfterOptOut).toBe(0);
  const text = lines.join('\n');
  expect(text).toContain('Killed (SIGKILL).');
  expect(text).toMatch(/To look for \d+ unknown chunks/);
  expect(text, 'what failed before it was executed').toMatch(/Chunk \d+ could not be settled \(NotFound\)/);
  expect(text).toMatch(/resolve \d+ --send-again/);
  expect(text, 'what the service has is found without a person').not.toContain('--accepted');
  expect(text).toContain('3 numbers opted out; 2 are left out from now on; 1 came too late');
  expect(text, 'two of the list, two that came late').toMatch(/left-out: do-not-call +4/);
  expect(text).toMatch(/left-out: duplicate +\d/);
  expect(text, 'no number is shown').not.toMatch(/138\d{8}/);
});
