import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MockOptions } from '@tccc/mocks';
import { MockEngine, MockServer } from '@tccc/mocks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestServer } from './servers.js';
import { runHere } from './command.js';
import { hasServers, startPostgres, startRedis } from './servers.js';
import { atEnd, calledBy, numberOf, template, temporaryFolder } from './support.js';
import { SHORT_LIFE, bundled } from '../../core/test/support/bundled.js';
import { eventually } from '../../core/test/support/wait.js';

const cli = await bundled(new URL('../dist/cli.js', import.meta.url));

let schemas = 0;

describe.skipIf(!hasServers('redis-server', 'postgresql'))('tccc-bulk fleet', () => {
  let redis: TestServer;
  let postgres: TestServer;
  beforeAll(async () => {
    [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
  });
  afterAll(() => Promise.all([redis.stop(), postgres.stop()]));

  /** A folder with a list, a mock, and commands: `start` gives one a process of its own. */
  async function setUp(count: number, options: MockOptions = {}) {
    const folder = await temporaryFolder();
    const engine = new MockEngine({ seed: 1, ...options });
    const server = await MockServer.start(engine);
    atEnd(() => server.close());
    const list = Array.from({ length: count }, (_, index) => `+${numberOf(index)}`);
    await writeFile(join(folder, 'list.csv'), `phone\n${[...list, 'nobody'].join('\n')}\n`);
    await writeFile(join(folder, 'task.json'), JSON.stringify({ ...template, columns: { Callee: 'phone' } }));
    const schema = `cli_${schemas++}`;
    const environment: Record<string, string> = { DATABASE_URL: postgres.url, REDIS_URL: redis.url };
    const start = (...args: string[]) => {
      const { TENCENTCLOUD_SECRET_ID: _, ...own } = process.env;
      const child = spawn(process.execPath, [...SHORT_LIFE, cli, 'fleet', ...args, '--schema', schema], {
        cwd: folder,
        env: { ...own, ...environment },
      });
      const output = { code: null as number | null, stdout: '', stderr: '' };
      child.stdout.on('data', (data: Buffer) => (output.stdout += data.toString()));
      child.stderr.on('data', (data: Buffer) => (output.stderr += data.toString()));
      const end = once(child, 'close').then(([code]) => ({ ...output, code: code as number | null }));
      return { child, end };
    };
    const run = (...args: string[]) => runHere(['fleet', ...args, '--schema', schema], environment);
    const plan = async () => {
      const files = [join(folder, 'list.csv'), '--template', join(folder, 'task.json')];
      const planned = await run('plan', ...files, '--chunk-size', '2');
      expect(planned.code, planned.stderr).toBe(0);
      return { ...planned, id: planned.stdout.trim() };
    };
    const toMock = ['--endpoint', server.url, '--settle-within', '0'];
    return { folder, engine, environment, start, run, plan, toMock, list };
  }

  test('two terminals send one list, at the rate of the service', async () => {
    const { engine, start, run, plan, toMock, list } = await setUp(100);
    const { id, stderr } = await plan();
    expect(id).toMatch(/^[0-9a-f]{8}$/);
    expect(stderr).toContain('101 lines; left out: not-a-number 1');
    expect(stderr).toContain('100 numbers in 50 requests will be sent');
    const before = await run('status', id);
    expect([before.code, before.stdout]).toEqual([
      4,
      expect.stringContaining('planned            100 numbers'),
    ]);
    const ends = await Promise.all([1, 2].map(() => start('join', id, ...toMock, '--plain').end));
    for (const { code, stderr: said } of ends)
      expect([code, said]).toEqual([0, expect.stringContaining('100 %')]);
    expect(calledBy(engine)).toHaveLength(list.length);
    expect(engine.calledMoreThanOnce).toEqual(new Map());
    expect(engine.journal.worstWindow(1_000, 'CreateAutoCalloutTask')).toBeLessThanOrEqual(20);
    expect((await run('status', id)).code).toBe(0);
    const again = await plan();
    expect([again.id, again.stderr]).toEqual([id, expect.stringContaining('is there already')]);
    const { stdout } = await run('report', id);
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      'line,callee,state,id,reason,of,chunk',
      expect.stringMatching(/^2,•+0000,accepted,\d+,,,1$/),
    ]);
    expect(stdout).toContain('102,••••••,left-out,,not-a-number,,');
  }, 300_000);

  test('stopped in one terminal, a run goes on in others; opt-outs come late; a person settles, resolves and reports', async () => {
    const { folder, engine, start, run, plan, toMock } = await setUp(30, { rateLimit: 'off' });
    const { id } = await plan();
    const limited = ['--limit', '2', '--concurrency', '1'];
    const first = start('join', id, ...toMock, ...limited);
    await eventually(() => expect(engine.created.length).toBeGreaterThan(1));
    first.child.kill('SIGINT');
    const stopped = await first.end;
    expect([stopped.code, stopped.stderr]).toEqual([
      130,
      expect.stringContaining(`fleet join ${id} --go-on`),
    ]);

    await writeFile(join(folder, 'late.txt'), `+${numberOf(29)}\n+${numberOf(0)}\n`);
    const late = await run('opt-out', id, '--do-not-call', join(folder, 'late.txt'));
    expect(late.stdout).toContain('1 is left out from now on; 1 came too late');
    await writeFile(join(folder, 'later.txt'), `+${numberOf(28)}\n`);

    engine.faults.add({ fault: 'reset-before-create', nth: 1 });
    const joined = ['join', id, ...toMock, '--no-settle'];
    const before = engine.journal.size;
    const second = start(...joined, '--do-not-call', 'later.txt', '--concurrency', '1');
    // It opts out before its first request; until then, nobody else may send.
    await eventually(() => expect(engine.journal.size).toBeGreaterThan(before));
    const [one, two] = await Promise.all([second.end, run(...joined)]);
    expect([one.code, two.code]).toEqual([3, 3]);
    expect(one.stderr).toContain('1 number opted out');
    expect(one.stderr).toContain(`fleet settle ${id}`);

    const open = await run('status', id);
    const chunk = /^chunk (\d+): unknown/m.exec(open.stdout)![1]!;
    expect(open.code).toBe(3);
    expect((await run('settle', id, ...toMock)).code).toBe(3);
    expect((await run('resolve', id, chunk)).code).toBe(2);
    expect((await run('resolve', id, chunk, '--send-again')).code).toBe(0);
    expect((await run('join', id, ...toMock)).code).toBe(0);
    expect(engine.calledMoreThanOnce).toEqual(new Map());
    const called = calledBy(engine);
    expect(called).toHaveLength(28);
    for (const index of [28, 29]) expect(called).not.toContain(`00${numberOf(index)}`);
    const output = join(folder, 'report.json');
    const { code } = await run('report', id, '--format', 'json', '--output', output, '--show-numbers');
    expect(code).toBe(0);
    const rows = JSON.parse(await readFile(output, 'utf8')) as { state: string }[];
    expect(rows.filter(({ state }) => state === 'accepted')).toHaveLength(28);
    expect(rows).toHaveLength(31);
  }, 300_000);

  test('what has stopped a run for all lets nobody join, until somebody says that it goes on', async () => {
    const { engine, environment, run, plan, toMock } = await setUp(4, { rateLimit: 'off' });
    const { id } = await plan();
    Object.assign(environment, { TENCENTCLOUD_SECRET_ID: 'AKIDother', TENCENTCLOUD_SECRET_KEY: 'x' });
    const refused = await run('join', id, ...toMock);
    for (const name of ['ID', 'KEY']) delete environment[`TENCENTCLOUD_SECRET_${name}`];
    expect(refused.code).toBe(4);
    expect((await run('join', id, ...toMock)).code).toBe(4);
    expect((await run('status', id)).stdout).toContain('Stopped: ');
    expect((await run('join', id, ...toMock, '--go-on')).code).toBe(0);
    expect(calledBy(engine)).toHaveLength(4);
  });

  test('what is missing or wrong is named, without a password, and nothing is sent', async () => {
    const { engine, plan, toMock } = await setUp(4);
    const { id } = await plan();
    const secret = 'pass-word';
    const cases: [string[], Record<string, string>, number, RegExp][] = [
      [[], {}, 2, /Say what to do/],
      [['join'], { DATABASE_URL: postgres.url }, 2, /Name the run/],
      [['join', id, ...toMock], {}, 2, /--database, or set DATABASE_URL/],
      [['join', id, ...toMock], { DATABASE_URL: postgres.url }, 2, /--redis, or set REDIS_URL/],
      [['join', id, '--ledger', 'x'], {}, 2, /--ledger is not an option of fleet join/],
      [['status', id, '--database', `mysql://u:${secret}@x/y`], {}, 2, /--database must be a URL/],
      [['status', 'nothing'], { DATABASE_URL: postgres.url }, 1, /no ledger of this run/],
      [
        ['join', id, ...toMock, '--redis', `redis://u:${secret}@127.0.0.1:${redis.port}`],
        { DATABASE_URL: postgres.url },
        1,
        /Redis refuses/,
      ],
      [
        ['status', id],
        { DATABASE_URL: `postgres://u:${secret}@127.0.0.1:${postgres.port}/x` },
        1,
        /\(28000\)|\(3D000\)/,
      ],
    ];
    for (const [args, env, code, message] of cases) {
      const ended = await runHere(['fleet', ...args], env);
      expect([ended.code, ended.stderr]).toEqual([code, expect.stringMatching(message)]);
      expect(ended.stderr + ended.stdout).not.toContain(secret);
    }
    expect((await runHere(['fleet', '--help'])).stdout).toContain('one list that many machines send');
    expect(engine.created).toEqual([]);
  });
});
