/// <reference types="node" preserve="true" />
// For the packages of this repository. Any release may change it.
export { systemClock } from '@tccc/core/internal';
export type { RuleFault } from '@tccc/core/internal-params';
export { findFaults, textOf, toIssue } from '@tccc/core/internal-params';
