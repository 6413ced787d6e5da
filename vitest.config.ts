import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (name: string) => fileURLToPath(new URL(`packages/${name}/src/index.ts`, import.meta.url));

export default defineConfig({
  resolve: {
    // Tests run over the sources of all packages, so that coverage counts where one tests another.
    alias: {
      '@tccc/core': source('core'),
      '@tccc/outbound': source('outbound'),
      '@tccc/mocks': source('mocks'),
      '@tccc/bulk': source('bulk'),
    },
  },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'scripts/test/**/*.test.ts'],
    setupFiles: ['packages/core/test/support/seed.ts'],
    testTimeout: 20_000,
    maxConcurrency: 2,
    reporters: ['default', 'json'],
    outputFile: { json: 'coverage/results.json' },
    coverage: {
      provider: 'v8',
      include: ['packages/core/src/**', 'packages/outbound/src/**', 'packages/bulk/src/**'],
      exclude: ['packages/outbound/src/generated/**', 'packages/bulk/src/cli.ts', 'packages/bulk/src/cli/**'],
      reporter: ['text-summary', 'json-summary', 'html'],
      thresholds: { lines: 95 },
    },
  },
});
