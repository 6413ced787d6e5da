// Generated from spec/ by `pnpm generate`. Do not edit.

import type { Rules } from '@tccc/core';

/** An integer. JavaScript holds those up to 2^53 - 1 exactly. */
export const integer: Rules = {
  type: 'integer',
  range: { min: -9007199254740991, max: 9007199254740991, derived: ['min', 'max'] },
};

/** An integer that is not negative. JavaScript holds those up to 2^53 - 1 exactly. */
export const nonNegative: Rules = {
  type: 'integer',
  range: { min: 0, max: 9007199254740991, derived: ['max'] },
};
