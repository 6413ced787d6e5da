import { mergeConfig } from 'vitest/config';
import { FOLDERS, testsOf } from './vitest.shared.js';

/** What the tests of each package must reach, in percent. A user's machine may lack servers and browsers, so only CI asks for it. */
const gates = (statements: number, branches: number) => ({ statements, branches });
const THRESHOLDS = {
  'packages/core/src/**': gates(97, 94),
  'packages/outbound/src/**': gates(96, 90),
  'packages/mocks/src/**': gates(94, 85),
  'packages/bulk/src/**': gates(87, 82),
  'packages/bulk/src/postgres/**': gates(95, 87),
  'packages/bulk/src/redis/**': gates(97, 93),
  'packages/events/src/**': gates(95, 92),
  'packages/otel/src/**': gates(98, 64),
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
      thresholds: process.env['COVERAGE'] === 'gate' ? THRESHOLDS : {},
    },
  },
});
