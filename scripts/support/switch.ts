import type { ModuleReplacement } from './bundle.js';

/**
 * Replacements of functions and methods that a program switches on one at a time: the one whose place in the list is
 * `globalThis.replacement`.
 */
export function switched(replacements: readonly ModuleReplacement[]): ModuleReplacement[] {
  const parts = new Map<string, { module: string; name: string; choices: string[] }>();
  for (const [place, { module, name, becomes }] of replacements.entries()) {
    const key = `${module} ${name}`;
    const part = parts.get(key) ?? { module, name, choices: [] };
    part.choices.push(`${place}: ${becomes}`);
    parts.set(key, part);
  }
  return [...parts.values()].map(({ module, name, choices }) => ({
    module,
    name,
    becomes: `(original, ...args) => {
      const chosen = { ${choices.join(',\n')} }[globalThis.replacement];
      return chosen === undefined ? original(...args) : chosen(original, ...args);
    }`,
  }));
}
