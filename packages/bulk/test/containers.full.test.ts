import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { link, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { MockEngine, MockServer } from '@tccc/mocks';
import { describe, expect, test } from 'vitest';
import { SHORT_LIFE, bundled } from '../../core/test/support/bundled.js';
import { bulkStatus, optOutBulk, resumeBulk } from '../src/index.js';
import { atEnd, calledBy, mockClient, numberOf, numbers, template, temporaryFolder } from './support.js';

const cli = [process.execPath, ...SHORT_LIFE, await bundled(new URL('../dist/cli.js', import.meta.url))];

/** Another container on the same machine: its own processes and network, the same name and disk. */
const CONTAINER = ['unshare', '--pid', '--net', '--uts', '--fork', '--mount-proc'];

const hasContainers = spawnSync(CONTAINER[0]!, [...CONTAINER.slice(1), 'true']).status === 0;

function start(command: readonly string[]) {
  const child = spawn(command[0]!, command.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (output += data.toString()));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
  atEnd(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, ended };
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** The way to the service. Once it has created three tasks, its responses wait until `open()`. */
async function gateTo(engine: MockEngine) {
  const server = await MockServer.start(engine);
  const held: (() => void)[] = [];
  let isOpen = false;
  const gate = createServer((near) => {
    const far = connect(Number(new URL(server.url).port), '127.0.0.1');
    near.on('data', (bytes: Buffer) => far.write(bytes));
    far.on('data', (bytes: Buffer) => {
      if (isOpen || engine.createdCount < 3) near.write(bytes);
      else held.push(() => near.write(bytes));
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const)
      one.on('error', () => {}).on('close', () => other.destroy());
  });
  gate.listen(0, '127.0.0.1');
  await once(gate, 'listening');
  atEnd(async () => {
    gate.close();
    await server.close();
  });
  return {
    url: `http://127.0.0.1:${(gate.address() as AddressInfo).port}`,
    open() {
      isOpen = true;
      for (const pass of held.splice(0)) pass();
    },
  };
}

/** A run by a process that has sent a few requests, and waits for the responses. */
async function goingOn() {
  const folder = await temporaryFolder();
  const ledger = join(folder, 'run.ledger');
  const engine = new MockEngine({ seed: 1, rateLimit: 'off' });
  const gate = await gateTo(engine);
  await writeFile(join(folder, 'list.csv'), `phone\n${numbers(40).join('\n')}\n`);
  const task = join(folder, 'task.json');
  await writeFile(task, JSON.stringify({ ...template, columns: { Callee: 'phone' } }));
  const service = ['--endpoint', gate.url, '--no-settle', '--plain'];
  const first = start([
    ...cli,
    'run',
    join(folder, 'list.csv'),
    '--template',
    task,
    '--ledger',
    ledger,
    '--chunk-size',
    '1',
    '--concurrency',
    '2',
    '--yes',
    ...service,
  ]);
  await until(() => engine.createdCount >= 3);
  const resume = (path = ledger) => [...cli, 'resume', '--ledger', path, ...service];
  return { folder, ledger, engine, gate, first, resume };
}

async function refused(command: readonly string[]): Promise<void> {
  const { code, output } = await start(command).ended;
  expect([code, output]).toEqual([1, expect.stringContaining('(LedgerInUse)')]);
}

/** The first process is not disturbed, and nobody is called twice. */
async function finishes({ first, gate, engine }: Awaited<ReturnType<typeof goingOn>>) {
  gate.open();
  expect((await first.ended).code).toBe(0);
  expect(engine.calledMoreThanOnce.size).toBe(0);
  expect(calledBy(engine)).toHaveLength(40);
}

describe('while a process works on a ledger', () => {
  test.runIf(hasContainers)(
    'one in another container with the same host name is refused',
    async () => {
      const run = await goingOn();
      const before = await readFile(run.ledger, 'utf8');
      await refused([...CONTAINER, ...run.resume()]);
      expect((await readFile(run.ledger, 'utf8')).startsWith(before)).toBe(true);
      await finishes(run);
    },
    60_000,
  );

  test('one that comes through a hard link in another folder is refused', async () => {
    // It is watched for two seconds until the first one renews its lease.
    const run = await goingOn();
    const elsewhere = join(run.folder, 'elsewhere');
    await mkdir(elsewhere);
    await link(run.ledger, join(elsewhere, 'run.ledger'));
    await refused(run.resume(join(elsewhere, 'run.ledger')));
    await finishes(run);
  });

  test('one that comes by its new name is refused, and the first one sends nothing more', async () => {
    const { engine, gate, first, resume, ledger } = await goingOn();
    first.child.kill('SIGSTOP');
    await rename(ledger, `${ledger}.new`);
    await rename(`${ledger}.plan`, `${ledger}.new.plan`);
    await refused(resume(`${ledger}.new`));
    const created = engine.createdCount;
    gate.open();
    first.child.kill('SIGCONT');
    const { code, output } = await first.ended;
    expect([code, output]).toEqual([1, expect.stringContaining('renamed')]);
    expect(engine.createdCount).toBeLessThanOrEqual(created + 2);
    const { code: second } = await start(resume(`${ledger}.new`)).ended;
    // A response may have come before the first one saw that the ledger was gone, and been written to it.
    const { counts } = await bulkStatus(`${ledger}.new`);
    expect(second).toBe(counts.unknown.chunks === 0 ? 0 : 3);
    expect(counts.planned.chunks).toBe(0);
    expect(engine.calledMoreThanOnce.size).toBe(0);
  });

  test('one that was suspended holds it still, and goes on once it may', async () => {
    const run = await goingOn();
    run.first.child.kill('SIGSTOP');
    await refused(run.resume());
    run.first.child.kill('SIGCONT');
    await finishes(run);
  });

  test('once it was killed, another one goes on without a wait', async () => {
    const { engine, gate, first, resume, ledger } = await goingOn();
    first.child.kill('SIGKILL');
    await first.ended;
    gate.open();
    const { output } = await start(resume()).ended;
    expect(output).not.toContain('sign of life');
    const { counts } = await bulkStatus(ledger);
    expect(counts.planned.chunks).toBe(0);
    expect(engine.calledMoreThanOnce.size).toBe(0);
  });

  test('a number that is opted out by another process is not called from then on', async () => {
    const { engine, gate, first, ledger, folder } = await goingOn();
    const list = join(folder, 'late.txt');
    await writeFile(list, `+${numberOf(38)}\n+${numberOf(39)}\n+${numberOf(0)}\n`);
    const { code, output } = await start([...cli, 'opt-out', '--ledger', ledger, '--do-not-call', list])
      .ended;
    expect([code, output]).toEqual([
      0,
      '3 numbers opted out; 2 are left out from now on; 1 came too late and may have been called; 0 are not in what the run calls.\n',
    ]);
    gate.open();
    expect((await first.ended).code).toBe(0);
    expect(calledBy(engine)).toHaveLength(38);
    expect(calledBy(engine)).not.toContain(`00${numberOf(39)}`);
    expect((await bulkStatus(ledger)).leftOut).toEqual({ 'do-not-call': 2 });
  });
});

test('a ledger that was taken over while its process was suspended: what it wakes up to is not sent', async () => {
  const { engine, gate, first, ledger, folder } = await goingOn();
  first.child.kill('SIGSTOP');
  gate.open();
  // As on another machine, where its socket is not to be seen: here, it is gone.
  const { client } = mockClient();
  const socket = (await readFile(ledger, 'utf8')).match(/"lease":"([0-9a-f]+)"/)![1]!;
  await rename(join(folder, `tccc-bulk-${socket}.sock`), join(folder, 'gone'));
  const { counts } = await resumeBulk({ client, ledger, settleWithinMs: false }).report;
  expect(counts.planned.chunks).toBe(0);
  const created = engine.createdCount;
  first.child.kill('SIGCONT');
  const { code, output } = await first.ended;
  expect([code, output]).toEqual([1, expect.stringContaining('LedgerInUse')]);
  // What the first one had claimed is unknown, and what it had sent by then is all that it has sent.
  expect(engine.createdCount - created).toBeLessThanOrEqual(2);
  expect((await bulkStatus(ledger)).counts.unknown.chunks).toBeLessThanOrEqual(2);
  await expect(optOutBulk(ledger, [`+${numberOf(1)}`])).resolves.toMatchObject({ late: 1 });
  expect((await stat(ledger)).mode & 0o077).toBe(0);
});
