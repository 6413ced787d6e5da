/// <reference types="node" preserve="true" />
// How parameters are checked, for the mock, tests and benchmarks. Any release may change it.
export { suggestName } from './errors/suggest.js';
export type { DataFault, Fault, Path, RuleFault } from './params/fault.js';
export { textOf, toIssue } from './params/issues.js';
export type { CheckContext } from './params/validator.js';
export { findFaults } from './params/validator.js';
