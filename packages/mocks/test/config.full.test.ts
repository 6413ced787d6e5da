import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONFIG_NAMES, readConfig } from '../src/cli/config.js';
import { readCommand } from '../src/cli/options.js';
import { UsageError } from '../src/cli/usage-error.js';
import { startCommand } from './process.js';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');
const schema = JSON.parse(await read('../config.schema.json')) as { properties: object };
const validate = new Ajv2020().compile(schema);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tccc-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileWith(content: unknown): Promise<string> {
  const file = join(folder, 'mock.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const right = [
  {},
  { credentials: [] },
  { $schema: 'config.schema.json', port: 0, host: 'localhost', tls: true, caFile: 'ca.pem' },
  {
    credentials: [
      { secretId: 'AKIDa', secretKey: 'k' },
      { secretId: 'AKIDb', secretKey: 'k', token: 't' },
    ],
  },
  { signatures: 'presence', rateLimit: 'off', newerParameters: 'refuse', listDelayMs: 0, itemMs: 1, seed: 0 },
  { allowedHosts: ['mock.test.svc'] },
  { checks: { ExpectedAbandonRate: 'off' } },
  { rateLimit: 5, journal: { maxEntries: 1, maxBytes: 1 }, entities: {} },
];

const wrong = [
  null,
  [],
  'text',
  { prot: 1 },
  { port: -1 },
  { port: 65_536 },
  { port: '1' },
  { port: 1.5 },
  { host: '' },
  { allowedHosts: 'mock' },
  { allowedHosts: [''] },
  { allowedHosts: ['*'] },
  { tls: 'yes' },
  { caFile: 1 },
  { credentials: [{ secretId: 'a' }] },
  { credentials: [{ secretId: 'a', secretKey: 'k', other: 1 }] },
  { credentials: [{ secretId: 'a', secretKey: 'k', token: 1 }] },
  { signatures: 'maybe' },
  { rateLimit: 0 },
  { rateLimit: 'on' },
  { newerParameters: true },
  { checks: 'off' },
  { checks: { Tries: 'on' } },
  { listDelayMs: -1 },
  { itemMs: 0 },
  { seed: 4_294_967_296 },
  { journal: 1 },
  { journal: { maxEntries: 0 } },
  { entities: { max: 1 } },
  { journal: [] },
  { journal: null },
  { checks: [] },
  { calls: 5 },
  { calls: null },
  { calls: [] },
  { seed: null },
];

describe('the schema and the command', () => {
  test('have the same names', () => {
    expect(Object.keys(schema.properties).sort()).toEqual([...CONFIG_NAMES].sort());
  });

  test.each(right)('take %j', (config) => {
    expect(validate(config)).toBe(true);
    expect(() => readConfig(config)).not.toThrow();
  });

  test.each(wrong)('refuse %j', (config) => {
    expect(validate(config)).toBe(false);
    expect(() => readConfig(config)).toThrow(/^--config/);
  });
});

describe('--config', () => {
  test('gives the options, and the command line counts more', async () => {
    const file = await fileWith({
      port: 1,
      rateLimit: 5,
      seed: 3,
      signatures: 'off',
      journal: { maxEntries: 7 },
    });
    expect(readCommand(['--config', file])).toMatchObject({
      port: 1,
      host: '127.0.0.1',
      tls: false,
      engine: { rateLimit: 5, seed: 3, signatures: 'off', journal: { maxEntries: 7 } },
    });
    expect(
      readCommand(['--config', file, '--port', '2', '--rate-limit', 'off', '--max-bytes', '9']),
    ).toMatchObject({
      port: 2,
      engine: { rateLimit: 'off', seed: 3, journal: { maxEntries: 7, maxBytes: 9 } },
    });
  });

  test.each<[unknown, RegExp]>([
    ['{"secretKey of mine', /must be a file with JSON/],
    [{ rateLimits: 1 }, /rateLimits is not an option; did you mean rateLimit\?/],
    [{ 'secretKey of mine': 1 }, /Unknown option in --config\. Valid options: .*credentials/],
    [
      { credentials: [{ secretId: 'AKIDa', secretKey: ' secretKey of mine' }] },
      /begin or end with white space/,
    ],
    [{ caFile: 'x' }, /needs --tls/],
  ])('%j is refused, and nothing of it is shown', async (content, message) => {
    const says = refusalOf(await fileWith(content));
    expect(says).toMatch(message);
    expect(says).not.toContain('of mine');
  });

  test('a file that is not there is refused', () => {
    expect(refusalOf(join(folder, 'nothing.json'))).toContain(
      'nothing.json cannot be read: there is no such file.',
    );
  });

  /** What the command says of a file; that it ends with it is in cli.full.test.ts. */
  function refusalOf(file: string): string {
    try {
      readCommand(['--config', file]);
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError);
      return (error as Error).message;
    }
    return '';
  }
});

test('the container file starts a command that is there, with options that it takes; so does a file of options', async () => {
  const [file, manifest] = [
    await read('../Containerfile'),
    JSON.parse(await read('../package.json')) as Record<string, never>,
  ];
  const { name, version, bin, engines } = manifest as unknown as {
    name: string;
    version: string;
    bin: object;
    engines: { node: string };
  };
  // A release that raises the version raises it here, too.
  expect(file).toContain(`RUN npm install --global ${name}@${version}\n`);
  const [command, ...args] = JSON.parse(/^ENTRYPOINT (.*)$/m.exec(file)![1]!) as string[];
  expect(Object.keys(bin)).toContain(command);
  expect(readCommand(args)).toMatchObject({ host: '0.0.0.0', port: 8080 });
  expect(/^EXPOSE (\d+)$/m.exec(file)![1]).toBe('8080');
  const [, image] = /^FROM node:(\d+)-slim$/m.exec(file)!;
  expect(Number(image)).toBeGreaterThanOrEqual(Number(/\d+/.exec(engines.node)![0]));
  const [, , check] = JSON.parse(/^HEALTHCHECK --interval=5s CMD (.*)$/m.exec(file)![1]!) as string[];
  await using mock = await startCommand('--config', await fileWith({ seed: 42 }));
  expect(mock.ready).toMatchObject({ ready: true, seed: 42 });
  const [, path] = /:8080(\/[\w/]+)/.exec(check!)!;
  expect((await fetch(mock.url + path)).status).toBe(200);
});

test('the recipe of docs/mock.md for CI starts the mock, and its file of options is right', async () => {
  const page = await read('../../../docs/mock.md');
  const section = page.split('## As a service in CI')[1]!.split('\n## ')[0]!;
  const config = JSON.parse(/^```json\n([^]*?)^```/m.exec(section)![1]!) as object;
  expect([validate(config), readConfig(config)]).toEqual([true, expect.objectContaining({ port: 8080 })]);
  const script = /^```sh\n([^]*?)^```/m.exec(section)![1]!;
  const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
  const here = script.replace(
    'npx -p @tccc/mocks tccc-mock --port 8080',
    `"${process.execPath}" "${cli}" --port 0`,
  );
  const { stdout } = await promisify(execFile)('/bin/sh', ['-ec', `${here}\ncat mock.json; kill $!; wait`], {
    cwd: folder,
  });
  expect([script, JSON.parse(stdout)]).toEqual([
    expect.stringContaining('tccc-mock --port 8080'),
    expect.objectContaining({ ready: true }),
  ]);
});
