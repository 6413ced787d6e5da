import { access } from 'node:fs/promises';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { foreignDispatchers } from '../soak/dispatchers.js';
import { PACKAGES } from '../support/copy.js';
import { pagesOfRepository, readPage as read } from '../support/pages.js';
import { root } from '../support/root.js';

const pages = await pagesOfRepository();

/** The relative links of a page: file and anchor. */
async function linksOf(page: string): Promise<{ link: string; file: string; anchor: string }[]> {
  const links = (await read(page)).matchAll(/\]\((?![a-z]+:)([^)\s]+)(?: (?:"[^"]*"|'[^']*'))?\)/g);
  return [...links].map(([, link]) => {
    const [path, anchor] = link!.split('#');
    return { link: link!, file: path === '' ? page : join(dirname(page), path!), anchor: anchor ?? '' };
  });
}

/** The anchor that a heading gets. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

describe('links', () => {
  test.each(pages)('of %s lead somewhere', async (page) => {
    for (const { link, file, anchor } of await linksOf(page)) {
      await expect(access(join(root, file)), link).resolves.toBeUndefined();
      if (anchor === '') continue;
      const headings = [...(await read(file)).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
        anchorOf(heading!),
      );
      expect(headings, link).toContain(anchor);
    }
  });

  test.each([...PACKAGES, 'bulk', 'events'])(
    'of the README of %s stay inside what is published',
    async (name) => {
      const { files } = JSON.parse(await read(`packages/${name}/package.json`)) as { files: string[] };
      for (const { link, file } of await linksOf(`packages/${name}/README.md`)) {
        const inside = normalize(relative(`packages/${name}`, file));
        expect([link, files.some((published) => inside === published)]).toEqual([link, true]);
      }
    },
  );
});

/** A figure of the benchmarks. */
interface Figure {
  id: string;
  measurements: { sides: { role: string; sample: { median: number } }[] }[];
}

describe('the README', () => {
  test('has the commands that run, each on a line of its own', async () => {
    const { packageManager, scripts } = JSON.parse(await read('package.json')) as {
      packageManager: string;
      scripts: Record<string, string>;
    };
    const lines = (await read('README.md')).split('\n');
    for (const script of ['demo', 'test']) {
      expect(lines).toContain(`npx -y ${packageManager} ${script}`);
      expect(scripts).toHaveProperty(script);
    }
  });

  test.each<[string, string, (median: number) => string]>([
    ['Installed, with dependencies', 'size', (megabytes) => `${megabytes.toFixed(1)} MB`],
    [
      'Calls per second, 64 in flight',
      'throughput',
      (calls) => (Math.round(calls / 100) * 100).toLocaleString('en-US'),
    ],
    ['Process start to first response', 'start', (milliseconds) => `${milliseconds.toFixed(0)} ms`],
  ])('has the measured figures: %s', async (label, id, format) => {
    const { figures } = JSON.parse(await read('docs/bench/results.json')) as { figures: Figure[] };
    const { sides } = figures.find((figure) => figure.id === id)!.measurements[0]!;
    const measured = ['ours', 'official'].map((who) =>
      format(sides.find(({ role }) => role === who)!.sample.median),
    );
    const row = (await read('README.md')).split('\n').find((line) => line.startsWith(`| ${label} `))!;
    expect(cellsOf(row)).toEqual([label, ...measured]);
  });

  test('says of each error code what docs/errors.md says', async () => {
    const [readme, errors] = [await read('README.md'), await read('docs/errors.md')];
    const rows = readme
      .split('## When a call fails')[1]!
      .split('## More')[0]!
      .matchAll(/^\| .*`[A-Z].*$/gm);
    let count = 0;
    for (const [row] of rows) {
      const [, codes, became] = cellsOf(row);
      for (const [code] of codes!.matchAll(/`\w+`/g)) {
        // Codes of the SDK are below what became of the request, those of the service on the same line.
        const group = errors.split(/^- /m).find((part) => part.includes(code, part.indexOf(' retried')))!;
        expect([code, group]).toEqual([code, expect.stringContaining(became!.split(';')[0]!)]);
        count++;
      }
    }
    expect(count).toBe(7);
  });
});

/** The cells of the row of a table. */
function cellsOf(row: string): string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

test('docs/pacing.md has the numbers of the sources', async () => {
  const page = await read('docs/pacing.md');
  const constant = async (file: string, name: string) => {
    const [, value] = new RegExp(`^(?:export )?const ${name} = ([\\d_]+);`, 'm').exec(await read(file))!;
    return Number(value!.replaceAll('_', ''));
  };
  const budgets = [...page.matchAll(/^- (\d+) for /gm)].map(([, retries]) => Number(retries));
  const retrier = 'packages/core/src/retry/retrier.ts';
  expect(budgets).toEqual([await constant(retrier, 'FAILURES'), await constant(retrier, 'REFUSALS')]);
  const text = page.replaceAll(/\s+/g, ' ');
  expect([budgets[0], text]).toEqual([10, expect.stringContaining('a client adds is ten requests')]);
  const held = await constant('packages/core/src/pacing/pacer.ts', 'ABANDONED_HOLD_MS');
  expect([held, text]).toEqual([10_000, expect.stringContaining('arrive within ten seconds')]);
});

describe('what stays unseen', () => {
  test('docs/outcomes.md has the time that a server is given to talk first', async () => {
    const connecting = await read('packages/core/src/transport/pool/connecting.ts');
    const [, milliseconds] = /^const GREETING_MS = (\d+);/m.exec(connecting)!;
    expect(await read('docs/outcomes.md')).toContain(`later than ${milliseconds} ms after the connection`);
  });

  test('docs/dispatchers.md names the faults that the harness leaves out, and no others', async () => {
    const section = (await read('docs/dispatchers.md'))
      .split('## What stays unseen')[1]!
      .split('\n## ')[0]!
      .split('A dispatcher that cannot end a request');
    const named = section.map((part) =>
      [...part.matchAll(/^- (`[^:\n]*`)/gm)]
        .flatMap(([, faults]) => [...faults!.matchAll(/[\w-]+/g)].map(([fault]) => fault))
        .sort(),
    );
    const leftOut = (name: string) => foreignDispatchers.find((one) => one.name === name)!.leaveOut;
    const ofAll = [...leftOut('Agent')].sort();
    const ofWrapper = leftOut('a wrapper around fetch').filter((fault) => !ofAll.includes(fault));
    expect(named).toEqual([ofAll, ofWrapper.sort()]);
    for (const { name, leaveOut } of foreignDispatchers)
      for (const fault of leaveOut) expect([...ofAll, ...ofWrapper], name).toContain(fault);
  });
});

describe('CONTRIBUTING', () => {
  test('names scripts that exist', async () => {
    const { scripts } = JSON.parse(await read('package.json')) as { scripts: Record<string, string> };
    const named = [...(await read('CONTRIBUTING.md')).matchAll(/`pnpm (?!exec)([\w:]+)/g)].map(
      ([, name]) => name,
    );
    expect(named.length).toBeGreaterThan(10);
    for (const script of named) expect(Object.keys(scripts)).toContain(script);
  });

  test('"Change the API" names every command that CI runs, in its order', async () => {
    const steps = [
      ...(await read('.ci/run')).matchAll(/^(?:step|without_tools) \$(pnpm .*|test_command)$/gm),
    ];
    const commands = steps.map(([, step]) => (step === 'test_command' ? 'pnpm test' : step));
    const section = (await read('CONTRIBUTING.md'))
      .split('## Change the API')[1]!
      .split('## Change the code')[0]!;
    const named = [...section.matchAll(/^ *\| `(pnpm [^`]+)`/gm)].map(([, command]) => command);
    expect(commands.length).toBeGreaterThan(3);
    expect(named).toEqual(commands);
  });
});
