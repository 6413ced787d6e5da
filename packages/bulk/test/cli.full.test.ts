import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockEngine, MockServer } from '@tccc/mocks';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { pasted } from '../src/cli/words.js';
import { bulkStatus } from '../src/index.js';
import { SHORT_LIFE, bundled } from '../../core/test/support/bundled.js';
import { runHere } from './command.js';
import { numberOf, template } from './support.js';

const cli = await bundled(new URL('../dist/cli.js', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'tccc-bulk-cli-'));
const engine = new MockEngine({ seed: 1, rateLimit: 'off' });
const server = await MockServer.start(engine);

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

beforeEach(() => engine.reset());

interface Output {
  code: number | null;
  stdout: string;
  stderr: string;
}

function start(...args: string[]) {
  const { TENCENTCLOUD_SECRET_ID: _, ...env } = process.env;
  const child = spawn(process.execPath, [...SHORT_LIFE, cli, ...args], {
    cwd: folder,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const output: Output = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (data: Buffer) => (output.stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output.stderr += data.toString()));
  const end = once(child, 'close').then(([code]) => ({ ...output, code: code as number | null }));
  return { child, end };
}

/** A path in the folder, for commands that run here: a process of its own is only for what is about processes. */
const at = (name: string) => join(folder, name);
const here = (...args: string[]) => runHere(args);
const toMock = ['--endpoint', server.url, '--no-settle'];
const callAtMock = [...toMock, '--yes'];

await writeFile(at('task.json'), JSON.stringify({ ...template, columns: { Callee: 'phone' } }));
const lines = Array.from({ length: 40 }, (_, index) => `+${numberOf(index)}`);
await writeFile(at('list.csv'), `phone\n${[...lines, 'nobody', `+${numberOf(7)}`].join('\n')}\n`);
await writeFile(at('stop.txt'), `+${numberOf(39)}\n`);

describe('tccc-bulk', () => {
  test('--dry-run says what would be sent and left out, shows no whole number, and sends nothing', async () => {
    const options = ['--dry-run', '--chunk-size', '10', '--do-not-call', at('stop.txt')];
    const { code, stdout } = await here('run', at('list.csv'), '--template', at('task.json'), ...options);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^42 lines, 39 numbers would be called; left out: do-not-call 1, not-a-number 1, duplicate 1\.\n4 requests, at least 1 s\. Nothing was sent\.\n/,
    );
    expect(stdout).toContain('line 43: duplicate (line 9) •');
    expect(stdout).not.toContain('1380000');
    expect(engine.journal.size).toBe(0);
  });

  test('run, status, report: from the list to what became of each line', async () => {
    const args = ['--ledger', 'a.ledger', '--chunk-size', '10', ...callAtMock];
    const done = await start('run', 'list.csv', '--template', 'task.json', ...args).end;
    expect([done.code, done.stdout]).toEqual([0, '']);
    expect(done.stderr).toMatch(/100 % · sent 40 · accepted 40 · refused 0 · unknown 0/);
    expect(done.stderr).not.toMatch(/[\u001b\r█░]/);
    expect(engine.createdCount).toBe(4);
    const status = await here('status', '--ledger', at('a.ledger'));
    expect([status.code, status.stdout]).toEqual([
      0,
      expect.stringContaining('accepted            40 numbers in 4 chunks'),
    ]);
    const report = await start('report', '--ledger', 'a.ledger').end;
    const rows = report.stdout.trim().split('\n');
    expect(rows).toHaveLength(43);
    expect(rows[0]).toBe('line,callee,state,id,reason,of,chunk');
    expect(rows[1]).toMatch(/^2,•+0000,accepted,\d+,,,1$/);
    expect(rows.slice(-2)).toEqual([
      '42,••••••,left-out,,not-a-number,,',
      '43,•••••••••••0007,left-out,,duplicate,9,',
    ]);
    const toFile = ['--format', 'json', '--output', at('a.json'), '--show-numbers'];
    await here('report', '--ledger', at('a.ledger'), ...toFile);
    const json = JSON.parse(await readFile(at('a.json'), 'utf8')) as { callee: string }[];
    expect(json[0]).toMatchObject({ line: 2, callee: '008613800000000', state: 'accepted' });
    expect(json).toHaveLength(42);
    for (const name of ['a.json', 'a.ledger', 'a.ledger.plan'])
      expect((await stat(at(name))).mode & 0o077, `only the owner reads ${name}`).toBe(0);
  });

  test('standard input, an unknown chunk, and a person’s word for it', async () => {
    engine.faults.add({
      fault: 'internal-error',
      action: 'CreateAutoCalloutTask',
      nth: 1,
      strikes: 'before',
    });
    const args = [
      '--template',
      'task.json',
      '--ledger',
      'b.ledger',
      '--chunk-size',
      '20',
      '--concurrency',
      '1',
      ...callAtMock,
    ];
    const { child, end } = start('run', '-', ...args);
    child.stdin.end(`phone\n${lines.join('\n')}`);
    const first = await end;
    expect([first.code, first.stderr]).toEqual([
      3,
      expect.stringContaining('To look for 1 unknown chunk: tccc-bulk settle'),
    ]);
    const status = await here('status', '--ledger', at('b.ledger'));
    expect([status.code, status.stdout]).toEqual([
      3,
      expect.stringMatching(/chunk 1: unknown \(InternalError\), 20 numbers, marker tccc-/),
    ]);
    expect((await here('resolve', '1', '--send-again', '--ledger', at('b.ledger'))).code).toBe(0);
    expect((await here('resume', '--ledger', at('b.ledger'), ...toMock)).code).toBe(0);
    expect(engine.createdCount).toBe(2);
    expect((await here('resolve', '1', '--send-again', '--ledger', at('b.ledger'))).code).toBe(1);
  });

  test('settle finds a task whose response was lost, also after a crash, and sends nothing', async () => {
    engine.faults.add({ fault: 'no-answer', action: 'CreateAutoCalloutTask', nth: 2, strikes: 'after' });
    const args = ['--ledger', 'd.ledger', '--chunk-size', '20', '--concurrency', '1', ...callAtMock];
    const { child, end } = start('run', 'list.csv', '--template', 'task.json', ...args);
    while (engine.createdCount < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    const second = await here('resume', '--ledger', at('d.ledger'), ...toMock);
    expect([second.code, second.stderr]).toEqual([
      1,
      expect.stringMatching(/works on the ledger\. \(LedgerInUse\)/),
    ]);
    child.kill('SIGKILL');
    await end;
    const settled = await here('settle', '--ledger', at('d.ledger'), '--endpoint', server.url);
    expect([settled.code, settled.stderr]).toEqual([0, expect.stringContaining('accepted 40')]);
    expect(engine.createdCount).toBe(2);
    expect(engine.calledMoreThanOnce.size).toBe(0);
  });

  test('Ctrl-C finishes what is in flight, says how to resume, and nothing is unknown', async () => {
    engine.faults.add({ fault: 'slow-drip' });
    const args = ['--ledger', 'c.ledger', '--chunk-size', '1', '--concurrency', '2', ...callAtMock];
    const { child, end } = start('run', 'list.csv', '--template', 'task.json', ...args);
    while (engine.createdCount < 4) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGINT');
    const { code, stderr } = await end;
    expect([code, stderr]).toEqual([
      130,
      expect.stringContaining(`To go on: tccc-bulk resume --endpoint ${server.url} --ledger c.ledger`),
    ]);
    const { counts } = await bulkStatus(at('c.ledger'));
    expect([counts.unknown.chunks, counts.sending.chunks]).toEqual([0, 0]);
    expect(counts.accepted.chunks).toBe(engine.createdCount);
    expect(counts.planned.chunks).toBeGreaterThan(0);
    engine.faults.clear();
    expect((await here('resume', '--ledger', at('c.ledger'), ...toMock)).code).toBe(0);
    expect(engine.calledMoreThanOnce.size).toBe(0);
  });

  const isLinux = process.platform === 'linux';
  test.each(isLinux ? ['list.pipe', '-'] : ['-'])(
    'one Ctrl-C ends the wait for a list whose writer pauses: %s',
    async (list) => {
      if (list !== '-') await once(spawn('mkfifo', [list], { cwd: folder }), 'close');
      const { child, end } = start(
        'run',
        list,
        '--template',
        'task.json',
        '--ledger',
        'p.ledger',
        ...callAtMock,
      );
      while (!existsSync(at('p.ledger.work'))) await new Promise((resolve) => setTimeout(resolve, 5));
      child.kill('SIGINT');
      const killed = setTimeout(() => child.kill('SIGKILL'), 10_000);
      expect((await end).code).toBe(130);
      clearTimeout(killed);
      expect(existsSync(at('p.ledger'))).toBe(false);
    },
  );

  test('a terminal that is closed ends a run in order, as Ctrl-C does', async () => {
    engine.faults.add({ fault: 'slow-drip' });
    const args = ['--ledger', 'h.ledger', '--chunk-size', '1', '--concurrency', '2', ...callAtMock];
    const { child, end } = start('run', 'list.csv', '--template', 'task.json', ...args);
    while (engine.createdCount < 4) await new Promise((resolve) => setTimeout(resolve, 5));
    child.stderr.destroy();
    child.kill('SIGHUP');
    expect((await end).code).toBe(130);
    const { counts } = await bulkStatus(at('h.ledger'));
    expect([counts.unknown.chunks, counts.sending.chunks]).toEqual([0, 0]);
    expect(counts.accepted.chunks).toBe(engine.createdCount);
  });

  test('a run whose end has passed calls nobody, and leads to those who were not called', async () => {
    const late = { ...template, params: { ...template.params, NotAfter: 2 }, columns: { Callee: 'phone' } };
    await writeFile(at('late.json'), JSON.stringify(late));
    const args = ['--template', at('late.json'), '--ledger', at('l.ledger'), ...callAtMock];
    const { code, stderr } = await here('run', at('list.csv'), ...args);
    expect([code, stderr]).toEqual([
      4,
      expect.stringContaining(
        `Who was not called (planned), for a list with a later end: tccc-bulk report --show-numbers --ledger ${pasted(at('l.ledger'))}\n`,
      ),
    ]);
    expect(stderr).not.toContain('tccc-bulk resume');
    expect(engine.journal.size).toBe(0);
  });

  test('a run goes on if nobody reads what it says', async () => {
    const args = ['--ledger', 'n.ledger', '--chunk-size', '1', ...callAtMock];
    const { child, end } = start('run', 'list.csv', '--template', 'task.json', ...args);
    child.stderr.destroy();
    expect((await end).code).toBe(0);
    expect(engine.createdCount).toBe(40);
  });

  test('a report that cannot be written, is not read to its end, or would be written over the ledger', async () => {
    const ledger = at('r.ledger');
    const args = ['--ledger', ledger, '--chunk-size', '1', ...callAtMock];
    expect((await here('run', at('list.csv'), '--template', at('task.json'), ...args)).code).toBe(0);
    const full = await here('report', '--ledger', ledger, '--output', '/dev/full');
    expect([full.code, full.stderr]).toEqual([
      1,
      'The output /dev/full cannot be used: the disk is full (ENOSPC). (LedgerUnusable)\n',
    ]);
    const { child, end } = start('report', '--ledger', 'r.ledger');
    child.stdout.destroy();
    expect(await end).toMatchObject({ code: 0, stderr: '' });
    for (const output of [ledger, `${folder}/./r.ledger.plan`]) {
      const { code, stderr } = await here('report', '--ledger', ledger, '--output', output);
      expect([code, stderr]).toEqual([2, expect.stringContaining('must not be the ledger')]);
    }
    expect((await here('report', '--ledger', ledger)).code).toBe(0);
  });

  test('a template with a byte order mark is read, and a list never moves the cursor', async () => {
    const text = await readFile(at('task.json'), 'utf8');
    await writeFile(at('bom.json'), `\ufeff${text}`);
    await writeFile(at('escape.csv'), 'phone\nnobody\u001b[2J\n');
    const args = ['run', at('escape.csv'), '--template', at('bom.json'), '--dry-run'];
    for (const more of [[], ['--show-numbers']]) {
      const { code, stdout } = await here(...args, ...more);
      expect([code, stdout]).toEqual([4, expect.stringMatching(/not-a-number .*\ufffd\[2J\n/)]);
    }
  });

  test.each([
    [
      2,
      ['status', '--ledgr', 'x'],
      /^There is no option "--ledgr"\. Did you mean --ledger\? See tccc-bulk status --help\.\n$/,
    ],
    [1, ['status', '--ledger', 'x'], /^There is no ledger at x\. /],
    [0, ['--help'], /^$/],
  ])('ends with code %i: %j', async (code, args, complaint) => {
    const ended = await runHere(args);
    expect([ended.code, ended.stderr]).toEqual([code, expect.stringMatching(complaint)]);
    expect(ended.stderr).not.toContain('    at ');
  });
});

/** What the commands refuse; what the parser refuses is in command-line.test.ts. */
describe('tccc-bulk refuses', () => {
  const list = ['run', at('list.csv')];
  const task = ['--template', at('task.json')];
  const stop = ['--do-not-call', at('stop.txt')];

  test.each<[number, string[], RegExp]>([
    [2, ['ruin'], /^There is no command "ruin"\. Did you mean run\? See tccc-bulk --help\.\n$/],
    [2, [...list, ...task], /--ledger is required/],
    [2, ['run', 'none.csv', ...task, '--ledger', 'x'], /There is no list at none\.csv/],
    [2, [...list, ...task, '--ledger', 'x'], /--site intl/],
    [2, [...list, '--template', list[1]!, '--ledger', 'x'], /template .* cannot be read: it is not JSON/],
    [2, ['opt-out', '--ledger', 'x'], /--do-not-call is required/],
    [2, ['status', '--ledger', 'x', ...stop], /--do-not-call is not an option of status/],
    [1, ['opt-out', '--ledger', 'x', ...stop], /no ledger/],
    [2, ['resolve', '--send-again', '--ledger', 'x'], /Name the chunks/],
    [2, ['resolve', 'one', '--send-again', '--ledger', 'x'], /Name the chunks/],
    [2, ['resolve', '1e1', '--send-again', '--ledger', 'x'], /Name the chunks/],
    [2, ['report', '--ledger', 'x', '--format', 'xml'], /--format must be csv or json/],
  ])('with code %i: %j', async (code, args, complaint) => {
    const said = await runHere(args);
    expect([said.code, said.stderr]).toEqual([code, expect.stringMatching(complaint)]);
    expect(said.stderr).not.toContain('    at ');
    expect(engine.journal.size).toBe(0);
  });
});
