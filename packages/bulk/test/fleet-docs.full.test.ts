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

describe.skipIf(!hasServers('redis-server', 'postgresql'))('docs/fleet.md', () => {
  test('has examples that run, one after the other', async () => {
    const [redis, postgres, folder] = await Promise.all([startRedis(), startPostgres(), makeFolder()]);
    atEnd(() => Promise.all([redis.stop(), postgres.stop()]));
    const engine = new MockEngine({ seed: 1 });
    const server = await MockServer.start(engine);
    atEnd(() => server.close());
    const page = await readFile(here('../../../docs/fleet.md'), 'utf8');
    const examples = [...page.matchAll(/^```js\n([\s\S]*?)^```/gm)].map(([, source]) => source!);
    const outputs: string[] = [];
    for (const [index, source] of examples.entries()) {
      const [, module] = /^\/\/ (\S+\.mjs)\n/.exec(source) ?? [];
      const file = join(folder, module ?? `example${index}.mjs`);
      await writeFile(file, source.replaceAll("site: 'intl'", 'endpoint: process.env.ENDPOINT'));
      if (module !== undefined) continue; // Examples import it.
      const env = {
        PATH: process.env['PATH'],
        ENDPOINT: server.url,
        RUN: /Run (\w+)/.exec(outputs.join())?.[1],
        REDIS_URL: redis.url,
        DATABASE_URL: postgres.url,
        TENCENTCLOUD_SECRET_ID: mockCredentials.secretId,
        TENCENTCLOUD_SECRET_KEY: mockCredentials.secretKey,
      };
      const { stdout, stderr } = await run(process.execPath, [file], { env, cwd: folder });
      expect(stderr).toBe('');
      outputs.push(stdout);
    }
    expect(outputs).toEqual([
      expect.stringMatching(/^Task \d+ was created/),
      expect.stringMatching(/^Run \w{8} is planned/),
      expect.stringMatching(/1 sending\n1 accepted\n[\s\S]*1 \S+ accepted\n2 \S+ accepted\n$/),
      expect.stringMatching(/^\w{8} finished\n$/),
      expect.stringMatching(/^1 (pending|reached|not-reached)\n2 \w/),
    ]);
    expect(engine.created).toHaveLength(2);
  });
});
