import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { SHORT_LIFE, bundled } from '../../core/test/support/bundled.js';

const cli = await bundled(new URL('../dist/cli.js', import.meta.url));

/** The mock as a process of its own. */
export interface MockProcess extends AsyncDisposable {
  child: ChildProcess;
  url: string;
  /** The line that it printed. */
  ready: Record<string, unknown>;
  output: () => { stdout: string; stderr: string };
}

/** Starts the command, whatever becomes of it. */
function spawnCommand(...args: string[]) {
  const child = spawn(process.execPath, [...SHORT_LIFE, cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  return { child, output: () => output };
}

/** Runs the command to its end. */
export async function runCommand(...args: string[]) {
  const { child, output } = spawnCommand(...args);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...output() };
}

/** Starts the command and waits until it is ready. */
export async function startCommand(...args: string[]): Promise<MockProcess> {
  const { child, output } = spawnCommand(...args);
  const ended = once(child, 'close').then(() => Promise.reject(new Error(output().stderr)));
  while (!output().stdout.includes('\n')) await Promise.race([once(child.stdout, 'data'), ended]);
  ended.catch(() => {});
  const ready = JSON.parse(output().stdout.split('\n')[0]!) as { url: string };
  return {
    child,
    ready: { ...ready },
    url: ready.url,
    output,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended.catch(() => {});
    },
  };
}

/** Asks a mock to end, and says how it ended. */
export async function terminate({ child }: MockProcess): Promise<unknown[]> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  return ended;
}

/** The most memory that a process has had, in MiB; undefined if this system does not tell. */
export async function peakMib({ child }: MockProcess): Promise<number | undefined> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
  const [, kib] = /VmHWM:\s+(\d+)/.exec(status) ?? [];
  return kib === undefined ? undefined : Number(kib) / 1024;
}
