import { format } from 'node:util';
import { vi } from 'vitest';
import { main } from '../src/cli/main.js';

/** What a command line has said, and its exit code. */
export interface Said {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Variables that the command line heeds, and that a machine may have set. */
const HEEDED = [
  'DATABASE_URL',
  'REDIS_URL',
  ...['SECRET_ID', 'SECRET_KEY', 'SECRETID', 'SECRETKEY'].map((name) => `TENCENTCLOUD_${name}`),
];

/** Runs a command line of `tccc-bulk` in this process, which costs far less than a process of its own. One at a time. */
export async function runHere(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Said> {
  const said: Said = { code: null, stdout: '', stderr: '' };
  const hear = (stream: 'stdout' | 'stderr', method: 'log' | 'error') => [
    vi.spyOn(process[stream], 'write').mockImplementation((text) => ((said[stream] += String(text)), true)),
    vi
      .spyOn(console, method)
      .mockImplementation((...given) => void (said[stream] += `${format(...given)}\n`)),
  ];
  const spies = [...hear('stdout', 'log'), ...hear('stderr', 'error')];
  for (const name of HEEDED) vi.stubEnv(name, env[name]);
  try {
    said.code = await main(args, '1.2.3');
  } finally {
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
  return said;
}
