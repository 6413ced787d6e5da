import { docComment, documented } from '../model/docs.js';
import type { Model } from '../model/model.js';

/** The sites of the service. */
export function emitSites({ sites }: Model): string {
  const rows = sites.map(({ name, host, description }) => `${docComment([description])}\n${name}: '${host}'`);
  return [
    documented(
      ['Hosts of the service, by site.'],
      `export const sites = {\n${rows.join(',\n')},\n} as const;`,
    ),
    documented(
      ['One of the separate sites of the service. An account belongs to one of them.'],
      `export type Site = keyof typeof sites;`,
    ),
  ].join('\n\n');
}
