import { mergeConfig } from 'vitest/config';
import { FOLDERS, testsOf } from './vitest.shared.js';

/** What the tests of each package must reach, in percent; `pnpm test:coverage` asks for it, with servers and browsers at hand. */
const gates = (statements: number, branches: number) => ({ statements, branches });
const THRESHOLDS = {
  'packages/core/src/**': gates(96, 94),
  'packages/outbound/src/**': gates(95, 89),
  'packages/mocks/src/**': gates(93, 85),
  'packages/bulk/src/**': gates(86, 81),
  'packages/bulk/src/postgres/**': gates(94, 86),
  'packages/bulk/src/redis/**': gates(97, 92),
  'packages/events/src/**': gates(94, 91),
  'packages/otel/src/**': gates(98, 62),
};

export default mergeConfig(testsOf(...FOLDERS), {
  test: {
    reporters: ['json'],
    outputFile: { json: 'coverage/results.json' },
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**'],
      exclude: ['packages/*/src/generated/**', 'packages/*/src/**/*.d.ts'],
      reporter: ['text', 'text-summary', 'json-summary', 'html'],
      thresholds: THRESHOLDS,
    },
  },
});
