import { mergeConfig } from 'vitest/config';
import { FOLDERS, testsOf } from './vitest.shared.js';

export default mergeConfig(testsOf(...FOLDERS), {
  test: {
    reporters: ['json'],
    outputFile: { json: 'coverage/results.json' },
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**'],
      exclude: ['packages/*/src/generated/**', 'packages/*/src/**/*.d.ts'],
      reporter: ['text', 'text-summary', 'json-summary', 'html'],
    },
  },
});
