import { sdkCodes } from '@tccc/core';
import * as outbound from '@tccc/outbound';

interface Fact {
  meaning: string;
  outcome: string;
  retry?: string;
  subcodes?: boolean;
}

const WHAT_TO_DO: Record<string, string> = {
  'not-executed':
    'Nothing was created, and nobody is called. Correct the cause if there is one, and call again.',
  unknown:
    'It may exist. [Find out](./after-the-call.md) before you call again: with the option `settle`, or with the method `settle…` and the marker.',
  executed: 'It exists. Take its id from the error (`digits`), and do not call again.',
  sent: 'If the request was sent, the outcome is `unknown`: [find out](./after-the-call.md) before you call again. Else nothing was created.',
};

const RETRY: Record<string, string> = {
  'after-backoff': 'The SDK tries again after a pause, within its budget.',
  'after-clock-correction': 'The SDK learns the time of the service from the response, and tries again.',
  'after-credential-refresh': 'The SDK fetches the credentials anew, and tries again.',
};

/** A section for each code: what it means, and what to do. Its heading is the anchor that `error.docs` leads to. */
export function codeSections(): string {
  const own = Object.entries<Record<string, Fact & { retried?: boolean }>>(sdkCodes).flatMap(
    ([kind, codes]) =>
      Object.entries(codes).map(([code, { retried, ...fact }]) =>
        section(code, `Kind \`${kind}\``, { ...fact, retry: retried === true ? 'after-backoff' : 'never' }),
      ),
  );
  const known = new Map<string, { fact: Fact; actions: string[] }[]>();
  for (const [name, definition] of Object.entries(outbound.actions)) {
    for (const [code, fact] of Object.entries(definition.errors() as Record<string, Fact>)) {
      const variants = known.get(code) ?? [];
      const same = variants.find((one) => JSON.stringify(one.fact) === JSON.stringify(fact));
      if (same === undefined) variants.push({ fact, actions: [name] });
      else same.actions.push(name);
      known.set(code, variants);
    }
  }
  const service = [...known]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([code, variants]) => {
      const texts = variants.map(({ fact, actions }) =>
        variants.length === 1
          ? textOf(fact)
          : `For ${actions.map((name) => `\`${name}\``).join(', ')}: ${textOf(fact)}`,
      );
      return `### ${code}\n\nKind \`service\`. ${texts.join('\n\n')}`;
    });
  return ['## Every code of the SDK', ...own, '## Every code of the service', ...service].join('\n\n');
}

function section(code: string, kind: string, fact: Fact): string {
  return `### ${code}\n\n${kind}. ${textOf(fact)}`;
}

function textOf({ meaning, outcome, retry = 'never' }: Fact): string {
  const said = /[.!?]$/.test(meaning) ? meaning : `${meaning}.`;
  const shown = outcome === 'sent' ? '`unknown` or `not-executed`' : `\`${outcome}\``;
  return [`${said} Outcome: ${shown}.`, WHAT_TO_DO[outcome], RETRY[retry]].filter(Boolean).join(' ');
}
