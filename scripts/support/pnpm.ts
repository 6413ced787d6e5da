import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './root.js';

let found: Promise<string> | undefined;

/** The program of the pnpm that runs this process, or else of the one that the root's package.json names. */
export function findPnpm(): Promise<string> {
  return (found ??= findOnce());
}

async function findOnce(): Promise<string> {
  const { npm_execpath: own = '' } = process.env;
  if (/^pnpm(\.exe)?$/.test(basename(own))) return own;
  const { packageManager } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    packageManager: string;
  };
  const where = ['--dir', root, 'exec', process.execPath, '-p', 'process.env.npm_execpath'];
  // In the folder of a project, npx first reads what is installed there, which takes longer than all the rest.
  const { stdout } = await promisify(execFile)('npx', ['-y', packageManager, ...where], { cwd: tmpdir() });
  // It may install first, and say so.
  return stdout.trim().split('\n').at(-1)!;
}
