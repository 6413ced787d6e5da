import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Product } from '../actions/product.js';
import { makeProduct } from '../actions/product.js';
import type { Sample } from '../measure.js';
import { exactly, interleave, ratioOf, summarise } from '../measure.js';
import { runNode, startServer } from '../processes.js';
import type { Figure, Measurement } from '../report.js';
import { root } from '../../support/root.js';

/** The two that create, all that are documented, and a product as large as the largest of the cloud. */
const COUNTS = [2, 15, 200];

/** Fifteen actions may cost what fifteen are of two. */
const ITS_PART = '<= 7.5';

const nameOf = (actions: number) => `${actions} actions`;

/** What it costs to have more actions than one calls. */
export async function actionsFigure(isQuick: boolean): Promise<Figure> {
  const products: Product[] = [];
  try {
    for (const count of COUNTS) products.push(await makeProduct(count));
    return await compare(products, isQuick ? 7 : 21);
  } finally {
    for (const product of products) await product[Symbol.asyncDispose]();
  }
}

async function compare(products: readonly Product[], rounds: number): Promise<Figure> {
  const { imports, responses } = await starts(products, rounds);
  const bundles = await Promise.all(products.map(bundledKilobytes));
  const tests = [testSeconds('^Create'), testSeconds('')];
  const [few, all, many] = COUNTS.map(nameOf) as [string, string, string];
  return {
    id: 'actions',
    title: 'What many actions cost',
    measurements: [
      measurement(
        'Time to generate',
        'seconds',
        products.map(({ generateSeconds }) => exactly(generateSeconds)),
        {
          text: 'seconds to generate 200 actions',
          value: products[2]!.generateSeconds,
          target: '<= 10',
          side: many,
        },
      ),
      measurement(
        'Time to compile the package',
        'seconds',
        products.map(({ buildSeconds }) => exactly(buildSeconds)),
        {
          text: 'times that of two actions, with all that are documented',
          value: products[1]!.buildSeconds / products[0]!.buildSeconds,
          target: ITS_PART,
          of: few,
          side: all,
        },
      ),
      measurement(
        'Time to test what the spec makes, those that create alone and all',
        'seconds',
        tests.map(exactly),
        {
          text: 'times the tests of two actions, with all that are documented',
          value: tests[1]! / tests[0]!,
          target: ITS_PART,
          of: few,
          side: all,
        },
      ),
      measurement('Time to import', 'milliseconds', imports.map(summarise), {
        text: 'times the import of two actions, with 200',
        value: ratioOf(imports[2]!, imports[0]!),
        target: '<= 1.5',
        of: few,
        side: many,
      }),
      measurement('Import and first response', 'milliseconds', responses.map(summarise), {
        text: 'times the first response of two actions, with all that are documented',
        value: ratioOf(responses[1]!, responses[0]!),
        target: '<= 1.1',
        of: few,
        side: all,
      }),
      measurement('Bundle of a program that calls one action', 'kB', bundles.map(exactly), {
        text: 'times the bundle of one of two actions, with 200',
        value: bundles[2]! / bundles[0]!,
        target: '<= 1.05',
        of: few,
        side: many,
      }),
    ],
  };
}

function measurement(
  title: string,
  unit: string,
  samples: Sample[],
  ...comparisons: Measurement['comparisons']
): Measurement {
  const sides = samples.map((sample, index) => ({
    name: nameOf(COUNTS[index]!),
    role: 'ours' as const,
    sample,
  }));
  return { title, unit, sides, comparisons };
}

/** The tests that the spec makes for each action: its examples, the boundaries of its fields, a call from end to end. */
function testSeconds(names: string): number {
  const startedAt = performance.now();
  const files = ['packages/mocks/test/actions.test.ts', 'packages/mocks/test/fixtures.test.ts'];
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = ['run', ...files, '--coverage.enabled=false', '-t', names];
  execFileSync(process.execPath, [vitest, ...args], { cwd: root, stdio: 'ignore' });
  return (performance.now() - startedAt) / 1000;
}

/** Each in a process of its own, in turns. */
async function starts(
  products: readonly Product[],
  rounds: number,
): Promise<{ imports: number[][]; responses: number[][] }> {
  const server = await startServer();
  const responses: number[][] = products.map(() => []);
  const sides = products.map(({ actions, path }, index) => {
    const measure = async () => {
      const started = await runNode<{ importMs: number; responseMs: number }>('starts/imported.mjs', [
        path,
        server.url,
      ]);
      responses[index]!.push(started.responseMs);
      return started.importMs;
    };
    return [nameOf(actions), measure] as const;
  });
  const imports = await interleave(Object.fromEntries(sides), rounds);
  server.stop();
  for (const list of responses) list.shift();
  return { imports: Object.values(imports), responses };
}

async function bundledKilobytes({ path }: Product): Promise<number> {
  const contents = `
    import { ServiceClient } from '@tccc/core';
    import { CreateAutoCalloutTask } from ${JSON.stringify(path)};
    export const call = (params) => new ServiceClient({}).call(CreateAutoCalloutTask, params);
  `;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    external: ['undici', 'undici/*'],
    write: false,
    logLevel: 'silent',
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length / 1e3;
}
