import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../../core/test/support/free-port.js';
import { eventually } from '../../core/test/support/wait.js';

const program = find('pgbouncer');

/** Whether Debian's package is there; if not, a line says so. */
export function hasPgBouncer(): boolean {
  if (program === undefined) process.stderr.write('Tests are skipped, for want of pgbouncer.\n');
  return program !== undefined;
}

/** A pooler before a PostgreSQL server, that gives a connection for each transaction. */
export async function startPgBouncer(server: number, settings: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'tccc-pgbouncer-'));
  await chmod(folder, 0o755);
  const port = await freePort();
  const all = {
    listen_addr: '127.0.0.1',
    listen_port: String(port),
    unix_socket_dir: '',
    auth_type: 'trust',
    auth_file: join(folder, 'users'),
    pool_mode: 'transaction',
    ...settings,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}`);
  const config = join(folder, 'config');
  await writeFile(join(folder, 'users'), '"postgres" ""\n');
  await writeFile(
    config,
    `[databases]\n* = host=127.0.0.1 port=${server}\n[pgbouncer]\n${lines.join('\n')}\n`,
  );
  // It refuses to run as root.
  const asUser = process.getuid?.() === 0 ? ['-u', 'postgres'] : [];
  const child: ChildProcess = spawn(program!, ['-q', ...asUser, config], { stdio: 'ignore' });
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const ended = once(child, 'exit');
  await answers(url);
  return {
    port,
    url,
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const answers = (url: string): Promise<void> =>
  eventually(async () => {
    const client = new pg.Client(url);
    await client.connect();
    await client.end();
  });

function find(name: string): string | undefined {
  try {
    return execFileSync('sh', ['-c', `PATH=$PATH:/usr/sbin command -v ${name}`])
      .toString()
      .trim();
  } catch {
    return undefined;
  }
}
