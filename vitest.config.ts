import { mergeConfig } from 'vitest/config';
import { FOLDERS, testsOf } from './vitest.shared.js';

/** What the tests of each package must reach, in percent. A user's machine may lack servers and browsers, so only CI asks for it. */
const gates = (statements: number, branches: number) => ({ statements, branches });
const THRESHOLDS = {
  'packages/core/src/**': gates(90, 82),
  'packages/outbound/src/**': gates(90, 80),
  'packages/mocks/src/**': gates(88, 80),
  'packages/bulk/src/**': gates(88, 80),
  'packages/events/src/**': gates(88, 78),
  'packages/otel/src/**': gates(85, 70),
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
