import type { sdkCodes } from '@tccc/core/internal';

/** What one of the SDK's own codes says. */
interface CodeFact {
  meaning: string;
  outcome: (typeof OUTCOMES)[number] | 'sent';
  retried?: boolean;
}

const OUTCOMES = ['not-executed', 'unknown', 'executed'] as const;

/** One row for each code that the SDK itself makes. */
export function codesTable(codes: typeof sdkCodes): string {
  const rows = Object.entries<Record<string, CodeFact>>(codes).flatMap(([kind, codesOfKind]) =>
    Object.entries(codesOfKind).map(
      ([code, fact]) =>
        `| \`${code}\` | \`${kind}\` | ${fact.meaning} | ${outcomeOf(fact)} | ${retriedOf(fact)} |`,
    ),
  );
  return [
    '| `code` | `kind` | What happened | `outcome` | Retried by the SDK? |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function outcomeOf({ outcome }: CodeFact): string {
  return outcome === 'sent' ? '`unknown` if the request was sent, else `not-executed`' : `\`${outcome}\``;
}

function retriedOf({ outcome, retried = false }: CodeFact): string {
  if (retried) return 'yes, after a pause';
  return outcome === 'unknown' || outcome === 'executed' ? '**never**' : 'no';
}
