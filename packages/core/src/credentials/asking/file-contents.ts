import type { FileHandle } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { CredentialsError } from '../../errors/errors.js';
import { credentialsError } from '../errors.js';

/** What came of reading a file. */
type FileContent =
  | { readonly kind: 'text'; readonly text: string }
  /** Nothing is there, or this user may not even look whether something is. */
  | { readonly kind: 'absent'; readonly why: string };

/** The system has no room at the moment. Waiting helps. */
const PASSING: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'EAGAIN', 'EBUSY', 'ENOMEM', 'EIO']);

/** Longer than any file of credentials, in bytes. */
const MAX_BYTES = 1_048_576;

/**
 * Reads a file that may be absent. Nothing but a file is read: a pipe would be waited for until somebody writes to it, and
 * some devices never end.
 *
 * @throws CredentialsError with code `CredentialsInvalid` if something is there that cannot be read
 */
export async function readTextFile(path: string, what: string): Promise<FileContent> {
  // Most programs never get here.
  const { constants, open, stat } = await import('node:fs/promises');
  try {
    await stat(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'absent', why: `${path} does not exist` };
    if (code === 'EACCES' || code === 'EPERM')
      return { kind: 'absent', why: `${path} cannot be accessed (${code})` };
    throw unreadable(path, what, code);
  }
  let file: FileHandle | undefined;
  try {
    // Opening a pipe waits for a writer, unless it is asked not to. Windows has no such flag, and no such pipes.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const found = await file.stat();
    if (!found.isFile()) throw unfit(path, what, 'is not a file');
    if (found.size > MAX_BYTES) throw unfit(path, what, `is longer than ${MAX_BYTES} bytes`);
    return { kind: 'text', text: (await file.readFile('utf8')).replace(/^\uFEFF/, '') };
  } catch (error) {
    if (error instanceof CredentialsError) throw error;
    throw unreadable(path, what, codeOf(error));
  } finally {
    await file?.close();
  }
}

function unfit(path: string, what: string, fault: string): Error {
  return credentialsError('CredentialsInvalid', `${what} ${path} ${fault}. Name the file, or remove it.`);
}

function unreadable(path: string, what: string, code: string): Error {
  const retry = PASSING.has(code) ? 'after-backoff' : 'never';
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
