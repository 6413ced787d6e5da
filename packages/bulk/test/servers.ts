import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rename, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../core/test/support/free-port.js';
import { runFolder } from '../../core/test/support/run-folder.js';
import { missingTools, tools } from '../../core/test/support/tools.js';
import { eventually } from '../../core/test/support/wait.js';

const run = promisify(execFile);

/** PostgreSQL refuses to run as root. */
const isRoot = process.getuid?.() === 0;

/** A real server in a folder of its own, on a free port of the loopback interface. */
export interface TestServer {
  readonly port: number;
  readonly url: string;
  /** Ends it in the hardest way. */
  kill(): Promise<void>;
  /** Starts it again, with what it has on disk, if it keeps anything. */
  start(): Promise<void>;
  /** Ends it for good. */
  stop(): Promise<void>;
}

/** Whether the servers are there; tests that need one that is missing are skipped. */
export function hasServers(...servers: readonly ('redis-server' | 'postgresql')[]): boolean {
  return missingTools([...servers]).length === 0;
}

export async function startRedis(own: readonly string[] = []): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'tccc-redis-'));
  const port = await freePort();
  let child: ChildProcess;
  let ended: Promise<unknown>;
  const start = async () => {
    const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--dir', folder];
    child = spawn(tools['redis-server']!, [...settings, '--maxmemory-policy', 'noeviction', ...own], {
      stdio: 'ignore',
    });
    ended = once(child, 'exit');
    await redisAnswers(port);
  };
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  await start();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    kill,
    start,
    stop: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function startPostgres(own: readonly string[] = []): Promise<TestServer> {
  const folder = await folderForPostgres(tmpdir());
  const port = await freePort();
  const data = join(folder, 'data');
  await asPostgres('cp', '-a', await newData(), data);
  const call = (...settings: string[]) =>
    asPostgres(join(tools.postgresql!, 'pg_ctl'), '-D', data, '-w', ...settings);
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=off -c full_page_writes=off ${own.join(' ')}`;
  const start = async () => void (await call('-l', join(folder, 'log'), '-o', settings, 'start'));
  const kill = async () => void (await call('-m', 'immediate', 'stop'));
  await start();
  return {
    port,
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    kill,
    start,
    stop: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The data of a server that nobody has used. To make them takes longer than many a test, so a run makes them once. */
async function newData(): Promise<string> {
  const shared = runFolder();
  const place = join(shared, 'postgres');
  if (existsSync(place)) return place;
  await chmod(shared, 0o755);
  const made = await folderForPostgres(shared);
  const settings = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'];
  await asPostgres(join(tools.postgresql!, 'initdb'), '-D', made, ...settings);
  // Unless another process was faster.
  await rename(made, place).catch(() => rm(made, { recursive: true }));
  return place;
}

async function folderForPostgres(parent: string): Promise<string> {
  const folder = await mkdtemp(join(parent, 'tccc-postgres-'));
  if (isRoot) await run('chown', ['postgres', folder]);
  return folder;
}

function asPostgres(...command: readonly string[]): Promise<unknown> {
  const [program, ...args] = isRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command;
  return run(program!, args, { cwd: tmpdir() });
}

/** Resolves once it does; the client of Redis takes longer to load than the server to start. */
const redisAnswers = (port: number): Promise<void> =>
  eventually(async () => {
    const socket = connect(port, '127.0.0.1');
    socket.write('PING\r\n');
    await once(socket, 'data').finally(() => socket.destroy());
  });
