import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { credentialsError } from './errors.js';

/** What came of reading a file. */
export type FileContent =
  | { readonly kind: 'text'; readonly text: string }
  /** Nothing is there, or this user may not even look whether something is. */
  | { readonly kind: 'absent'; readonly why: string };

/** The system has no room at the moment. Waiting helps. */
const PASSING = ['EMFILE', 'ENFILE', 'EAGAIN', 'EBUSY', 'ENOMEM', 'EIO'];

/**
 * Reads a file that may be absent.
 *
 * @throws CredentialsError with code `CredentialsInvalid` if something is there that cannot be read
 */
export async function readTextFile(path: string, what: string): Promise<FileContent> {
  // Most programs never get here.
  const { readFile, stat } = await import('node:fs/promises');
  try {
    await stat(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'absent', why: `${path} does not exist` };
    if (code === 'EACCES' || code === 'EPERM')
      return { kind: 'absent', why: `${path} may not be looked at (${code})` };
    throw unreadable(path, what, code);
  }
  try {
    return { kind: 'text', text: (await readFile(path, 'utf8')).replace(/^\uFEFF/, '') };
  } catch (error) {
    throw unreadable(path, what, codeOf(error));
  }
}

function unreadable(path: string, what: string, code: string): Error {
  const retry = PASSING.includes(code) ? 'after-backoff' : 'never';
  const message = `${what} ${path} cannot be read (${code}). Let this process read it, or remove it.`;
  return credentialsError('CredentialsInvalid', message, { retry });
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? 'unknown error';
}

/** The home of this user; `undefined` if there is none. A relative one would depend on the working directory. */
export function findHome(): string | undefined {
  try {
    const home = homedir();
    return isAbsolute(home) ? home : undefined;
  } catch {
    return undefined; // A user without an entry in the list of users.
  }
}

/**
 * Puts the home of this user in place of a leading `~`, as a shell does.
 *
 * @throws CredentialsError with code `CredentialsInvalid` if there is no home
 */
export function expandHome(path: string): string {
  if (path !== '~' && !/^~[/\\]/.test(path)) return path;
  const home = findHome();
  if (home !== undefined) return join(home, path.slice(1));
  const message = `The path ${path} begins with the home of this user, but this user has none. Give the whole path.`;
  throw credentialsError('CredentialsInvalid', message);
}
