import { execFile } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MockEngine, MockServer, mockCredentials } from '@tccc/mocks';
import { describe, expect, test } from 'vitest';
import { hasServers, startPostgres, startRedis } from './servers.js';
import { atEnd, temporaryFolder } from './support.js';

const run = promisify(execFile);
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A folder in which the examples of the page run as a user would run them, with the packages as built. */
async function makeFolder(): Promise<string> {
  const folder = await temporaryFolder();
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, '@tccc'), { recursive: true });
  for (const name of ['bullmq', 'pg', 'rate-limiter-flexible', 'redis', '@tccc/outbound'])
    await symlink(here(`../node_modules/${name}`), join(modules, name));
  await symlink(here('..'), join(modules, '@tccc/bulk'));
  await symlink(here('../../events'), join(modules, '@tccc/events'));
  return folder;
}

/** The example that others import. Each that does has its own, since it closes what is in there. */
const SHARED = 'fleet.mjs';

/** @returns its name */
async function writeExample(folder: string, index: number, source: string): Promise<string> {
  const own = source
    .replaceAll("site: 'intl'", 'endpoint: process.env.ENDPOINT')
    .replaceAll(`'./${SHARED}'`, `'./${SHARED}?${index}'`);
  const name = source.startsWith(`// ${SHARED}\n`) ? SHARED : `example${index}.mjs`;
  await writeFile(join(folder, name), own);
  return name;
}

/** Runs the examples in one process, since to load what they use takes longest, and prints what each has printed. */
const ALL = `
  import { format } from 'node:util';
  const outputs = [];
  console.log = (...said) => (outputs[outputs.length - 1] += format(...said) + '\\n');
  for (const name of process.argv.slice(2)) {
    process.env.RUN = /Run (\\w+)/.exec(outputs.join())?.[1];
    outputs.push('');
    await import('./' + name);
  }
  process.stdout.write(JSON.stringify(outputs));
`;

describe.skipIf(!hasServers('redis-server', 'postgresql'))('docs/fleet.md', () => {
  test('has examples that run, one after the other', async () => {
    const [redis, postgres, folder] = await Promise.all([startRedis(), startPostgres(), makeFolder()]);
    atEnd(() => Promise.all([redis.stop(), postgres.stop()]));
    const engine = new MockEngine({ seed: 1 });
    const server = await MockServer.start(engine);
    atEnd(() => server.close());
    const page = await readFile(here('../../../docs/fleet.md'), 'utf8');
    const examples = [...page.matchAll(/^```js\n([\s\S]*?)^```/gm)].map(([, source]) => source!);
    const names = await Promise.all(examples.map((source, index) => writeExample(folder, index, source)));
    await writeFile(join(folder, 'all.mjs'), ALL);
    const env = {
      PATH: process.env['PATH'],
      ENDPOINT: server.url,
      REDIS_URL: redis.url,
      DATABASE_URL: postgres.url,
      TENCENTCLOUD_SECRET_ID: mockCredentials.secretId,
      TENCENTCLOUD_SECRET_KEY: mockCredentials.secretKey,
    };
    const args = ['all.mjs', ...names.filter((name) => name !== SHARED)];
    const { stdout, stderr } = await run(process.execPath, args, { env, cwd: folder });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual([
      expect.stringMatching(/^Task \d+ was created/),
      expect.stringMatching(/^Run \w{8} is planned/),
      expect.stringMatching(/1 sending\n1 accepted\n[\s\S]*1 \S+ accepted\n2 \S+ accepted\n$/),
      expect.stringMatching(/^\w{8} finished\n$/),
      expect.stringMatching(/^1 (pending|reached|not-reached)\n2 \w/),
    ]);
    expect(engine.created).toHaveLength(2);
  });
});
