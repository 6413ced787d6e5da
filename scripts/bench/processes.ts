import type { ChildProcess } from 'node:child_process';
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPESCRIPT = ['--expose-gc', '--import', 'tsx'];

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** The server of `server.ts`, in a process of its own. */
export async function startServer(): Promise<{ url: string; stop(): void }> {
  const child = fork(pathOf('server.ts'), { execArgv: TYPESCRIPT });
  const [url] = (await once(child, 'message')) as [string];
  return { url, stop: () => child.disconnect() };
}

/** What a worker measured over one run. */
export interface Run {
  callsPerSecond: number;
  /** CPU time of the worker's process per call, in microseconds. */
  cpuMicros: number;
  /** Latency of each call, in milliseconds; only with one call in flight. */
  latencies: number[];
}

/** A client of one kind in a process of its own. */
export class Worker {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(kind: string, url: string): Promise<Worker> {
    const child = fork(pathOf('worker.ts'), [kind, url], { execArgv: TYPESCRIPT });
    await once(child, 'message');
    return new Worker(child);
  }

  async run(calls: number, inFlight: number): Promise<Run> {
    this.#child.send({ calls, inFlight });
    const [run] = (await once(this.#child, 'message')) as [Run];
    return run;
  }

  stop(): void {
    this.#child.disconnect();
  }
}

/** Runs plain Node.js, of another version if `node` names one, to its end and gives back what it printed as JSON. */
export async function runNode<T>(
  file: string,
  args: readonly string[],
  flags: readonly string[] = [],
  { node = process.execPath, env = {} }: { node?: string; env?: Record<string, string> } = {},
): Promise<T> {
  const child = spawn(node, [...flags, isAbsolute(file) ? file : pathOf(file), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${code}`);
  return JSON.parse(output) as T;
}
