import { MockEngine, MockServer, fixtures, mockCredentials } from '@tccc/mocks';
import type { FaultName } from '@tccc/mocks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Example } from '../support/examples.js';
import { ExampleFolder, examplesOf } from '../support/examples.js';
import { pagesOfRepository, readPage } from '../support/pages.js';

const pages = await pagesOfRepository();
const examples = (
  await Promise.all(pages.map(async (page) => examplesOf(page, await readPage(page))))
).flat();

let folder: ExampleFolder;
let complaints: string;
beforeAll(async () => {
  folder = await ExampleFolder.make(examples);
  complaints = await folder.compile();
});
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

const outputs = new Map<Example, ReturnType<typeof runExample>>();

/** The same without a fault, once for all tests. */
function runWell(example: Example): ReturnType<typeof runExample> {
  const ran = outputs.get(example) ?? runExample(example);
  outputs.set(example, ran);
  return ran;
}

const firstOf = (page: string) => examples.find((example) => example.page === page)!;

test('all compile without a change', () => {
  expect(complaints).toBe('');
});

test.concurrent.each(examples)('$page:$line runs', async (example) => {
  expect(example.source, 'Node.js 20 cannot parse it').not.toMatch(/\busing \w+ =/);
  await runWell(example);
});

test('the first call of the README creates a task', async () => {
  const { output, engine } = await runWell(firstOf('README.md'));
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
  const { engine } = await runWell(examples.find(({ source }) => source.includes('const fleetPacer'))!);
  expect(engine.journal.entries.length).toBe(25);
  expect(engine.journal.worstWindow(1000)).toBe(20);
});

test.each([
  ['engine.advance', /^1\n2\n$/],
  ['engine.respond', /^3\n$/],
  ['diagnosis?.[0]', /^AuthFailure\.SignatureFailure\nThe secret key was used with quotes around it\.\n$/],
])('the one of docs/mock.md about %s shows what its comments say', async (source, expected) => {
  const example = examples.find((one) => one.page === 'docs/mock.md' && one.source.includes(source))!;
  expect((await runWell(example)).output).toMatch(expected);
});

test('the one about faults shows what its comment says', async () => {
  const example = examples.find(({ source }) => source.includes('// unknown 1'))!;
  expect((await runWell(example)).output).toBe('unknown 1\n');
});
