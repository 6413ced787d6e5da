import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs of the machine that some exhaustive tests need, and where they are; undefined if they are missing. */
export const tools = {
  'redis-server': onPath('redis-server'),
  postgresql: postgresFolder(),
  // The shell shows pages with the same engine, and needs a third of the time that the whole browser takes.
  chromium: onPath('chromium-headless-shell') ?? onPath('chromium'),
  curl: onPath('curl'),
  openssl: onPath('openssl'),
};

export type Tool = keyof typeof tools;

/** The names of the tools that are not there, of these or of all. */
export function missingTools(names = Object.keys(tools) as Tool[]): Tool[] {
  return names.filter((name) => tools[name] === undefined);
}

function onPath(program: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

/** Debian keeps the programs of the server outside the path, by version. */
function postgresFolder(): string | undefined {
  const initdb = onPath('initdb');
  if (initdb !== undefined) return join(initdb, '..');
  const versions = '/usr/lib/postgresql';
  if (!existsSync(versions)) return undefined;
  const newest = readdirSync(versions).sort((one, other) => Number(other) - Number(one))[0];
  const folder = join(versions, newest ?? '', 'bin');
  return isExecutable(join(folder, 'initdb')) ? folder : undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
