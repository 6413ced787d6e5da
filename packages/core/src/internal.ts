/// <reference types="node" preserve="true" />
// For the packages of this repository, its tests and its benchmarks. Any release may change it.
export {
  checkKnownOptions,
  checkNumber,
  checkSignal,
  invalidOption,
  isLoopback,
  readSafely,
} from './checks.js';
export { nextTurn, systemClock } from './clock.js';
export { sdkCodes } from './errors/codes.js';
export { followSignal } from './follow-signal.js';
export type { Checked, NumberCheck, OptionCheck, OptionTable } from './option-table.js';
export {
  asGiven,
  boolean,
  func,
  methods,
  number,
  numberIfGiven,
  oneOf,
  readOptions,
  text,
} from './option-table.js';
export { checkCallOptions } from './options/call-options.js';
export { checkClientOptions, clock } from './options/settings.js';
export { ABANDONED_HOLD_MS } from './pacing/pacer.js';
export { realTime } from './real-time.js';
export { checkParams } from './params/encode.js';
export { toPlainData } from './params/plain-data.js';
export { parseJson } from './response/json.js';
