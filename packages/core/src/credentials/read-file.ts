import { credentialsError } from './errors.js';

/** What came of reading a file. */
export type FileContent =
  | { readonly kind: 'text'; readonly text: string }
  /** Nothing is there, or this user may not even look whether something is. */
  | { readonly kind: 'absent'; readonly why: string };

/** The system has no room at the moment. Waiting helps. */
const PASSING: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'EAGAIN', 'EBUSY', 'ENOMEM', 'EIO']);

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
  const retry = PASSING.has(code) ? 'after-backoff' : 'never';
  const message = `${what} ${path} cannot be read (${code}). Let this process read it, or remove it.`;
  return credentialsError('CredentialsInvalid', message, { retry });
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? 'unknown error';
}
