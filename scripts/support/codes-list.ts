import type { sdkCodes } from '@tccc/core/internal';

/** What one of the SDK's own codes says. */
interface CodeFact {
  meaning: string;
  outcome: 'not-executed' | 'unknown' | 'executed' | 'sent';
  retried?: boolean;
}

/** Every code that the SDK itself makes, below its class and what became of the request. */
export function codesList(codes: typeof sdkCodes): string {
  return Object.entries<Record<string, CodeFact>>(codes)
    .flatMap(([kind, codesOfKind]) => {
      const facts = Object.entries(codesOfKind);
      return [...new Set(facts.map(([, fact]) => becameOf(fact)))].flatMap((became) => [
        `- \`${classOf(kind)}\`: ${became}`,
        ...facts
          .filter(([, fact]) => becameOf(fact) === became)
          .map(([code, { meaning }]) => `  - \`${code}\`: ${meaning}`),
      ]);
    })
    .join('\n');
}

/** The class of the errors of a kind. */
export function classOf(kind: string): string {
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}Error`;
}

function becameOf({ outcome, retried = false }: CodeFact): string {
  if (outcome === 'sent') return '`unknown` if the request was sent, else `not-executed`; not retried';
  if (retried) return `\`${outcome}\`, retried after a pause`;
  return `\`${outcome}\`, ${outcome === 'not-executed' ? 'not' : '**never**'} retried`;
}
