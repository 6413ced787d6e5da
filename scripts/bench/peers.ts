import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * What is compared with and no contributor needs: installed when it is first asked for, and kept in the folder for
 * temporary files.
 *
 * @returns the folder of the packages
 */
export function installed(name: string, dependencies: Readonly<Record<string, string>>): string {
  const folder = join(tmpdir(), `tccc-bench-${name}`);
  const modules = join(folder, 'node_modules');
  if (Object.keys(dependencies).every((one) => existsSync(join(modules, one)))) return modules;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync('npm', args, { cwd: folder, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${name} could not be installed.`);
  return modules;
}
