import { documented } from '../model/docs.js';
import type { Model } from '../model/model.js';

/** How calls end: data, and the names in it as types that are open, since the service may answer others. */
export function emitEndStatuses({ endStatuses }: Model): string {
  const rows = endStatuses.map(({ code, name, direction, meaning, group }) =>
    JSON.stringify({ code, name, direction, meaning, group }),
  );
  return [
    documented(
      ['Word for the end of a call. The service may answer others, too.'],
      `export type EndStatusName = ${union(endStatuses.map(({ name }) => name))};`,
    ),
    documented(
      ['What ends of calls have in common, by our reading. More may come.'],
      `export type EndStatusGroup = ${union(endStatuses.map(({ group }) => group))};`,
    ),
    `/** One way in which a call ends, as the documentation has it. */
export interface EndStatus {
  /** Value of \`EndStatus\`; absent if no source has one. */
  readonly code?: number;
  /** Value of \`EndStatusString\`; absent if no source has one. */
  readonly name?: EndStatusName;
  /** Which calls end so. */
  readonly direction: 'in' | 'out' | 'both';
  readonly meaning: string;
  /** What it has in common with others, by our reading. */
  readonly group: EndStatusGroup;
}`,
    documented(
      [
        'How calls end, as far as it is documented.',
        '',
        'The documentation says that automatic tasks, predictive campaigns and AI calls do not support all of these, and that what the service returns decides.',
      ],
      `export const endStatuses: readonly EndStatus[] = [${rows.join(',\n')}];`,
    ),
  ].join('\n\n');
}

function union(names: readonly (string | undefined)[]): string {
  const known = [...new Set(names)].filter((name) => name !== undefined);
  return [...known.map((name) => JSON.stringify(name)), '(string & {})'].join(' | ');
}
