import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { root } from './root.js';

/** Every page of the repository, including those not committed yet. */
export async function pagesOfRepository(): Promise<string[]> {
  const args = ['ls-files', '-co', '--exclude-standard', '*.md'];
  const { stdout } = await promisify(execFile)('git', args, { cwd: root });
  return stdout.trim().split('\n');
}

/** The text of a page. */
export function readPage(page: string): Promise<string> {
  return readFile(join(root, page), 'utf8');
}

/** A page, as `pnpm format` leaves it. */
export async function formatPage(page: string, text: string): Promise<string> {
  const filepath = join(root, page);
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}

/** A page of which some parts, each between two markers, are made. The rest is written by hand and stays as it is. */
export async function pageWith(page: string, parts: Record<string, string>): Promise<string> {
  let text = await readPage(page);
  for (const [part, made] of Object.entries(parts)) text = withPart(text, part, made);
  return formatPage(page, text);
}

function withPart(text: string, part: string, made: string): string {
  const [begin, end] = [`<!-- generated: ${part} -->`, `<!-- end of ${part} -->`];
  const [before, rest = ''] = text.split(begin);
  const [, after] = rest.split(end);
  if (after === undefined) throw new Error(`The page has no part "${part}".`);
  return `${before}${begin}\n\n${made}\n\n${end}${after}`;
}
