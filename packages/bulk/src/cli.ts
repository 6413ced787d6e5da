#!/usr/bin/env node
import { createRequire } from 'node:module';
import { isTcccError } from '@tccc/outbound';
import { optOut, report, resolve, status } from './cli/reading.js';
import { FLEET_COMMANDS, FLEET_USAGE } from './cli/fleet.js';
import type { Command } from './cli/options.js';
import { USAGE, UsageError, readCommand } from './cli/options.js';
import { outliveReaders } from './cli/output.js';
import { results } from './cli/results.js';
import { resume, run, settle } from './cli/sending.js';
import { isBulkError } from './errors.js';

const COMMANDS: Readonly<Record<string, (command: Command) => Promise<number>>> = {
  ...{ run, resume, status, settle, resolve, report, results, 'opt-out': optOut },
  ...FLEET_COMMANDS,
  help: () => print(USAGE),
  'fleet help': () => print(FLEET_USAGE),
  version: () => print((createRequire(import.meta.url)('../package.json') as { version: string }).version),
};

function print(text: string): Promise<number> {
  console.log(text);
  return Promise.resolve(0);
}

async function main(): Promise<number> {
  const command = readCommand(process.argv.slice(2));
  return COMMANDS[command.name]!(command);
}

/** What went wrong, without a stack. */
function explain(error: unknown): number {
  if (error instanceof UsageError) {
    console.error(`${error.message} See tccc-bulk --help.`);
    return 2;
  }
  if (isBulkError(error) || isTcccError(error)) {
    console.error(`${error.message} (${error.code})`);
    if (error.code === 'Stopped') return 130;
    return ['InvalidOption', 'InvalidTemplate'].includes(error.code) ? 2 : 1;
  }
  console.error(error);
  return 1;
}

outliveReaders();
main()
  .catch(explain)
  .then((code) => {
    // The code of a pipe that was closed early must not hide this one.
    process.exitCode = code;
  });
