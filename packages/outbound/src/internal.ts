/// <reference types="node" preserve="true" />
// For the packages of this repository. Any release may change it.
export type { Checked, NumberCheck, OptionCheck, OptionTable } from '@tccc/core/internal';
export {
  ABANDONED_HOLD_MS,
  asGiven,
  boolean,
  checkSignal,
  clock,
  func,
  invalidOption,
  isLoopback,
  methods,
  number,
  numberIfGiven,
  oneOf,
  parseJson,
  readOptions,
  text,
  systemClock,
} from '@tccc/core/internal';
export type { RuleFault } from '@tccc/core/internal-params';
export { findFaults, suggestName, textOf, toIssue } from '@tccc/core/internal-params';
export { commonMeanings } from './generated/common-meanings.js';
export { digitsOf } from './results/numbers.js';
/** What a shell has to source to complete the commands of a program. It is loaded late, since a shell asks once. */
export async function loadCompletionScript(
  shell: string | undefined,
  program: string,
): Promise<string | undefined> {
  const { completionScript } = await import('./command-line/completion-scripts.js');
  return completionScript(shell, program);
}
