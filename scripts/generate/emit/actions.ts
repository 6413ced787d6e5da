import { documented } from '../model/docs.js';
import type { Model } from '../model/model.js';

/** The table of all actions, in a module of its own: a program that does not ask for it does not carry every action. */
export function emitActions({ actions }: Model): string {
  const codes = actions.map(({ name }) => `${name}ErrorCode`);
  return [
    actions
      .flatMap(({ name, file }) => [
        `import type { ${name}ErrorCode } from './${file}.js';`,
        `import { ${name} } from './${file}.js';`,
      ])
      .join('\n'),
    documented(
      [
        'Every action, by name.',
        '',
        'A program that uses it carries the rules and error codes of all actions. Import one action to carry one.',
      ],
      `export const actions = { ${actions.map(({ name }) => name).join(', ')} } as const;`,
    ),
    documented(['Name of an action.'], `export type ActionName = keyof typeof actions;`),
    documented(
      ['An error code that is documented for any action. The service may answer others, too.'],
      `export type ErrorCode = ${codes.join(' | ')};`,
    ),
  ].join('\n\n');
}
