/// <reference types="node" preserve="true" />
// For the packages of this repository. Any release may change it.
export type { ParamsFault } from '@tccc/core/internal';
export { findFaults, systemClock } from '@tccc/core/internal';
