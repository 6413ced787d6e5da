// For the mock, which takes nothing of core at run time but this. Any release may change it.
export type { ParamsFault } from '@tccc/core/internal';
export { findFaults } from '@tccc/core/internal';
