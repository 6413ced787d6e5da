import { fileURLToPath } from 'node:url';
import type { TestProjectConfiguration, ViteUserConfig } from 'vitest/config';
// The main process needs it as much as those that run the tests.
import './packages/core/test/support/keep-awake.js';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const source = (name: string, entry = 'index') => path(`packages/${name}/src/${entry}.ts`);

/** Folders with tests. */
export const FOLDERS = [
  'packages/core',
  'packages/outbound',
  'packages/mocks',
  'packages/bulk',
  'packages/events',
  'packages/otel',
  'scripts',
  'site',
];

/** `TESTS=all` adds the exhaustive tests: the files named `*.full.test.ts`. */
export const runsAll = process.env['TESTS'] === 'all';

/** How the tests of these folders run. */
export function testsOf(...folders: readonly string[]): ViteUserConfig {
  return {
    test: {
      projects: KINDS.slice(0, runsAll ? undefined : 1).map((kind) => projectOf(folders, kind)),
      maxWorkers: '100%',
      // A run after the first reads what the sources became; to transform them takes longer than most files of tests.
      experimental: { fsModuleCache: true },
      reporters: [
        'default',
        path('scripts/support/left-out-reporter.ts'),
        path('scripts/support/hang-reporter.ts'),
      ],
    },
  };
}

/** Kinds of tests: quick ones, exhaustive ones, and those of them that need a process for each file. Each is a project. */
const KINDS = ['quick', 'full', 'alone'] as const;

const FILES = {
  quick: '!(*.full).test.ts',
  full: '!(*.alone).full.test.ts',
  alone: '*.alone.full.test.ts',
};

function projectOf(folders: readonly string[], kind: (typeof KINDS)[number]): TestProjectConfiguration {
  return {
    root: path('.'),
    resolve: {
      // Tests run over the sources of all packages, so that they need no build, and coverage counts where one tests another.
      alias: {
        '@tccc/core/internal-params': source('core', 'internal-params'),
        '@tccc/core/internal': source('core', 'internal'),
        '@tccc/outbound/internal': source('outbound', 'internal'),
        '@tccc/core': source('core'),
        '@tccc/outbound': source('outbound'),
        '@tccc/mocks': source('mocks'),
        '@tccc/bulk': source('bulk'),
        '@tccc/otel': source('otel'),
        '@tccc/events': source('events'),
      },
    },
    test: {
      name: kind,
      include: folders.map((folder) => `${folder}/test/**/${FILES[kind]}`),
      // Loading the sources once for each process, and not once for each file or folder, is half of the time.
      isolate: kind === 'alone',
      // A process works for one project: they take turns, so that none is started anew for each file.
      sequence: { groupOrder: KINDS.indexOf(kind) },
      globalSetup: kind === 'quick' ? [] : [path('packages/core/test/support/run-folder.ts')],
      setupFiles: [
        path('packages/core/test/support/keep-awake.ts'),
        path('packages/core/test/support/seed.ts'),
        path('packages/core/test/support/fresh-pacer.ts'),
        path('packages/core/test/support/warnings.ts'),
      ],
      // No test waits for real time, so one that still runs after this hangs. A busy machine may take long.
      testTimeout: kind === 'quick' ? 120_000 : 600_000,
      hookTimeout: kind === 'quick' ? 120_000 : 600_000,
    },
  };
}
