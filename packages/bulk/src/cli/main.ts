import { isTcccError } from '@tccc/outbound';
import { isBulkError } from '../errors.js';
import { keepThreadsAwake } from '../keep-awake.js';
import { PROGRAM, runCommandLine } from './command-line.js';
import { FLEET_ACTIONS } from './fleet.js';
import { inspect } from './inspect.js';
import type { Action, CommandName } from './options.js';
import { optOut, report, resolve, status } from './reading.js';
import { results } from './results.js';
import { plan, resume, run, send, settle } from './sending.js';
import { UsageError } from './usage-error.js';

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

/** Does what a command line says, and says what went wrong. @returns the exit code */
export async function main(args: readonly string[], version: string): Promise<number> {
  const endWaking = keepThreadsAwake();
  try {
    return await runCommandLine(args, ACTIONS, version);
  } catch (error) {
    return explain(error);
  } finally {
    endWaking();
  }
}

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
