import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { credentialsError } from './errors.js';

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
