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
