import { execFile } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { dirname, join, normalize, relative } from 'node:path';
import { promisify } from 'node:util';
import { MockEngine, MockServer, fixtures, mockCredentials } from '@tccc/mocks';
import type { FaultName } from '@tccc/mocks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PACKAGES } from '../support/copy.js';
import { root } from '../support/root.js';
import { foreignDispatchers } from '../soak/dispatchers.js';
import type { Example } from '../support/examples.js';
import { ExampleFolder, examplesOf } from '../support/examples.js';

const run = promisify(execFile);
const read = (page: string) => readFile(join(root, page), 'utf8');

/** Every page of the repository, also one that is not committed yet. */
const listing = await run('git', ['ls-files', '-co', '--exclude-standard', '*.md'], { cwd: root });
const pages = listing.stdout.trim().split('\n');
const examples = (await Promise.all(pages.map(async (page) => examplesOf(page, await read(page))))).flat();

/** The relative links of a page: file and anchor. */
async function linksOf(page: string): Promise<{ link: string; file: string; anchor: string }[]> {
  const links = (await read(page)).matchAll(/\]\((?![a-z]+:)([^)\s]+)\)/g);
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

  test.each([...PACKAGES, 'bulk'])('of the README of %s stay inside what is published', async (name) => {
    const { files } = JSON.parse(await read(`packages/${name}/package.json`)) as { files: string[] };
    for (const { link, file } of await linksOf(`packages/${name}/README.md`)) {
      const inside = normalize(relative(`packages/${name}`, file));
      expect([link, files.some((published) => inside === published)]).toEqual([link, true]);
    }
  });
});

describe('examples', () => {
  let folder: ExampleFolder;
  let complaints: string;
  beforeAll(async () => {
    folder = await ExampleFolder.make(examples);
    complaints = await folder.compile();
  }, 60_000);
  afterAll(() => folder[Symbol.asyncDispose]());

  /** Runs an example against a mock of its own. */
  async function runExample(
    example: Example,
    fault?: FaultName,
  ): Promise<{ output: string; engine: MockEngine }> {
    const engine = new MockEngine({ seed: 1 });
    if (fault !== undefined) engine.faults.add({ fault });
    // What the examples of the reference look up is not there, so the mock answers them as documented.
    for (const { action, result } of example.page.endsWith('REFERENCE.md') ? fixtures : [])
      engine.respond(action, () => result as never);
    const server = await MockServer.start(engine);
    try {
      const { stdout, stderr } = await folder.run(examples.indexOf(example), server.url, {
        TENCENTCLOUD_SECRET_ID: mockCredentials.secretId,
        TENCENTCLOUD_SECRET_KEY: mockCredentials.secretKey,
      });
      expect(stderr).toBe('');
      return { output: stdout, engine };
    } finally {
      await server.close();
    }
  }

  const firstOf = (page: string) => examples.find((example) => example.page === page)!;

  test('all compile without a change', () => {
    expect(complaints).toBe('');
  });

  test.each(examples)('$page:$line runs', async (example) => {
    expect(example.source, 'Node.js 20 cannot parse it').not.toMatch(/\busing \w+ =/);
    await runExample(example);
  });

  test('the first call of the README creates a task', async () => {
    const { output, engine } = await runExample(firstOf('README.md'));
    expect(output).toMatch(/^Task \d+ was created\.\n$/);
    expect(engine.created.length).toBe(1);
  });

  test.each<[FaultName, RegExp]>([
    ['text-id', /^Task \d+ was created/],
    ['internal-error', /^The task may exist \(InternalError, request [\w-]+\)/],
    ['unsafe-id', /^The task exists, with the id 9007199254740993\./],
    ['token-refused', /^Nobody is called \(AuthFailure\.TokenFailure\)/],
  ])('the one of docs/errors.md tells %s apart', async (fault, expected) => {
    expect((await runExample(firstOf('docs/errors.md'), fault)).output).toMatch(expected);
  });

  test('the pacer of docs/pacing.md makes the calls wait, and none is refused', async () => {
    const { output, engine } = await runExample(
      examples.find(({ source }) => source.includes('class FleetPacer'))!,
    );
    expect(output).toBe('25 tasks were created.\n');
    expect(engine.journal.entries.length).toBe(25);
    expect(engine.journal.worstWindow(1000)).toBe(20);
  });

  test.each([
    ['engine.advance', /^1\n2\n$/],
    ['engine.respond', /^3\n$/],
    ['diagnosis?.[0]', /^AuthFailure\.SignatureFailure\nThe secret key was used with quotes around it\.\n$/],
  ])('the one of docs/mock.md about %s shows what its comments say', async (source, expected) => {
    const example = examples.find((one) => one.page === 'docs/mock.md' && one.source.includes(source))!;
    expect((await runExample(example)).output).toMatch(expected);
  });

  test('the one about faults shows what its comment says', async () => {
    const example = examples.find(({ source }) => source.includes('// unknown 1'))!;
    expect((await runExample(example)).output).toBe('unknown 1\n');
  });
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
      const [, codes, outcome, retried] = cellsOf(row);
      for (const [code] of codes!.matchAll(/`\w+`/g)) {
        const full = errors.split('\n').find((line) => line.startsWith('|') && line.includes(code))!;
        const [outcomeThere, retriedThere] = cellsOf(full).slice(-2);
        expect([code, outcome, retried!.split(';')[0]]).toEqual([code, outcomeThere, retriedThere]);
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
    const [, value] = new RegExp(`^const ${name} = ([\\d_]+);`, 'm').exec(await read(file))!;
    return Number(value!.replaceAll('_', ''));
  };
  const budgets = [...page.matchAll(/^\| (\d+) +\|/gm)].map(([, retries]) => Number(retries));
  const retrier = 'packages/core/src/retry/retrier.ts';
  expect(budgets).toEqual([await constant(retrier, 'FAILURES'), await constant(retrier, 'REFUSALS')]);
  expect([budgets[0], page]).toEqual([10, expect.stringContaining('a client adds is ten requests')]);
  const held = await constant('packages/core/src/pacing/local-pacer.ts', 'ABANDONED_HOLD_MS');
  expect([held, page]).toEqual([10_000, expect.stringContaining('arrive within ten seconds')]);
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
      [...part.matchAll(/^\|.*?\| `([\w-]+)` +\|/gm)].map(([, fault]) => fault!).sort(),
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

  test('tests run each time, as it says', async () => {
    const [, task] = /"\/\/#test:all": (\{[\s\S]*?\})/.exec(await read('turbo.json'))!;
    expect(JSON.parse(task!)).toMatchObject({ cache: false });
    expect(await read('CONTRIBUTING.md')).toContain('runs all tests each time');
  });

  test('"Change the API" names every command that CI runs, in its order', async () => {
    const steps = [...(await read('.ci/run')).matchAll(/^step \$(pnpm .*|test_command)$/gm)];
    const commands = steps.map(([, step]) => (step === 'test_command' ? 'pnpm test' : step));
    const section = (await read('CONTRIBUTING.md'))
      .split('## Change the API')[1]!
      .split('## Change the code')[0]!;
    const named = [...section.matchAll(/^ *\| `(pnpm [^`]+)`/gm)].map(([, command]) => command);
    expect(commands.length).toBeGreaterThan(3);
    expect(named).toEqual(commands);
  });
});
