// Generated from spec/ by `pnpm generate`. Do not edit.

import type { Rules } from '@tccc/core';

/** An integer. JavaScript holds those up to 2^53 - 1 exactly. */
export const integer: Rules = {
  type: 'integer',
  minimum: -9007199254740991,
  maximum: 9007199254740991,
  derived: ['minimum', 'maximum'],
};

/** An integer that is not negative. JavaScript holds those up to 2^53 - 1 exactly. */
export const nonNegative: Rules = {
  type: 'integer',
  minimum: 0,
  maximum: 9007199254740991,
  derived: ['maximum'],
};
