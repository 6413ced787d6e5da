import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apiEntries, apiReport } from '../release/api-report.js';
import { publishedPackages } from '../release/project.js';
import { root } from '../support/root.js';

const entries = (await publishedPackages()).flatMap(apiEntries);

test('every package has an entry', () => {
  expect(entries.map(({ name }) => name).sort()).toEqual(
    ['bulk', 'bulk-bullmq', 'bulk-fleet', 'bulk-postgres', 'bulk-redis']
      .concat([
        'core',
        'core-internal',
        'core-internal-params',
        'events',
        'mocks',
        'mocks-jest',
        'mocks-vitest',
      ])
      .concat(['otel', 'outbound', 'outbound-internal'])
      .sort(),
  );
});

// `TESTS=all pnpm exec vitest run api --update` writes them. A change of one needs a changeset (docs/policy.md).
test.each(entries)('what $name exports is what the snapshot says', async (entry) => {
  const report = await apiReport(entry, entries);
  expect(report.length).toBeGreaterThan(10);
  await expect(report).toMatchFileSnapshot(join(root, 'scripts/release/api', `${entry.name}.txt`));
});
