#!/usr/bin/env node
import { createRequire } from 'node:module';
import { isTcccError } from '@tccc/outbound';
import { PROGRAM, runCommandLine } from './cli/command-line.js';
import { FLEET_ACTIONS } from './cli/fleet.js';
import { inspect } from './cli/inspect.js';
import type { Action, CommandName } from './cli/options.js';
import { outliveReaders } from './cli/output.js';
import { optOut, report, resolve, status } from './cli/reading.js';
import { results } from './cli/results.js';
import { plan, resume, run, send, settle } from './cli/sending.js';
import { UsageError } from './cli/usage-error.js';
import { isBulkError } from './errors.js';

const ACTIONS: Readonly<Record<CommandName, Action>> = {
  run,
  plan,
  send,
  inspect,
  resume,
  status,
  settle,
  resolve,
  report,
  results,
  'opt-out': optOut,
  ...FLEET_ACTIONS,
};

/** What went wrong, without a stack. */
function explain(error: unknown): number {
  if (error instanceof UsageError) {
    const help = error.command === undefined ? PROGRAM : `${PROGRAM} ${error.command}`;
    console.error(`${error.message} See ${help} --help.`);
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

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

outliveReaders();
runCommandLine(process.argv.slice(2), ACTIONS, version)
  .catch(explain)
  .then((code) => {
    // The code of a pipe that was closed early must not hide this one.
    process.exitCode = code;
  });
