import type { Rules } from '../../../packages/core/src/rules.js';
import { documented } from '../model/docs.js';

/** Rules that so many parameters share that they are kept in one place. */
const COMMON: Readonly<Record<string, { doc: string; rules: Rules }>> = {
  integer: {
    doc: 'An integer. JavaScript holds those up to 2^53 - 1 exactly.',
    rules: {
      type: 'integer',
      minimum: Number.MIN_SAFE_INTEGER,
      maximum: Number.MAX_SAFE_INTEGER,
      derived: ['minimum', 'maximum'],
    },
  },
  nonNegative: {
    doc: 'An integer that is not negative. JavaScript holds those up to 2^53 - 1 exactly.',
    rules: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER, derived: ['maximum'] },
  },
};

const nameByText = new Map(
  Object.entries(COMMON).map(([name, { rules }]) => [JSON.stringify(rules), name] as const),
);

/** The module of the rules that many parameters share. */
export function emitCommonRules(): string {
  return [
    `import type { Rules } from '@tccc/core';`,
    ...Object.entries(COMMON).map(([name, { doc, rules }]) =>
      documented([doc], `export const ${name}: Rules = ${JSON.stringify(rules)};`),
    ),
  ].join('\n\n');
}

/** Rules as code, and the names of the common ones in it. */
export function emitRules(rules: Rules): { code: string; names: string[] } {
  const names = new Set<string>();
  const codeOf = (value: unknown): string => {
    // A literal, which bundlers know to have no side effect.
    if (value instanceof RegExp) return String(value);
    if (Array.isArray(value)) return `[${value.map(codeOf).join(', ')}]`;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    const name = nameByText.get(JSON.stringify(value));
    if (name !== undefined) {
      names.add(name);
      return name;
    }
    const fields = Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}: ${codeOf(part)}`);
    return `{ ${fields.join(', ')} }`;
  };
  const code = codeOf(rules);
  return { code, names: [...names].sort() };
}
