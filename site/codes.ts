import { sdkCodes } from '@tccc/core/internal';
import * as outbound from '@tccc/outbound';

interface Fact {
  meaning?: string;
  outcome: string;
  retry?: string | undefined;
}

/** What some actions say of a code in the same way. */
interface Variant extends Fact {
  meaning: string;
  actions: string[];
}

const UNKNOWN =
  'Outcome: `unknown`; for an action that only reads, `not-executed`. ' +
  'What was to be created may exist: [find out](./after-the-call.md) before you call again, with the option `settle`, or with the method `settle…` and the marker. ' +
  'An action that is [safe or idempotent](./after-the-call.md#look-up-pause-resume-stop) may be called again.';

const LOOK_LATER =
  'Outcome: `unknown`. It may exist. Keep `marker`, and look again later with the method `settle…`, or in the console, before you call again: ' +
  '[after an unknown outcome](./after-the-call.md#after-an-unknown-outcome).';

const EFFECT: Record<string, string> = {
  'not-executed':
    'Outcome: `not-executed`. Nothing was done, and nobody is called. Correct the cause if there is one, and call again.',
  unknown: UNKNOWN,
  executed: 'Outcome: `executed`. It exists. Take its id from the error (`digits`), and do not call again.',
  sent: `If nothing was sent, the outcome is \`not-executed\`: nothing was done. Else: ${UNKNOWN}`,
};

/** Codes that need another advice than their outcome gives. */
const ADVICE: Record<string, string> = {
  NotFound: LOOK_LATER,
  NoLookup: LOOK_LATER,
  Cancelled: LOOK_LATER,
  FoundTwice:
    'Outcome: `unknown`. Do not call again. Look at each of `ids` in the console, and stop what is there twice: [after an unknown outcome](./after-the-call.md#after-an-unknown-outcome).',
};

const RETRY: Record<string, string> = {
  'after-backoff':
    'The SDK tries again by itself after a pause; you see the error once its attempts, its budget or the deadline are used up.',
  'after-clock-correction':
    'The SDK learns the time of the service from the response, and tries again by itself.',
  'after-credential-refresh': 'The SDK fetches the credentials anew, and tries again by itself.',
};

const RETRY_IF_REPEATABLE = 'The SDK tries again by itself only if the action is safe or idempotent.';

/** The page that says more, by the code, what it begins with, or its kind. */
const MORE: Record<string, string> = {
  InvalidParams: 'What each action takes: [reference](../packages/outbound/REFERENCE.md).',
  InvalidOption: 'What there is: [options](./options.md).',
  TransportUnavailable: 'See [bundling](./bundling.md).',
  ClientClosed: 'See [shut down gracefully](./shutdown.md).',
  ProxyFailed: 'See [proxies](./proxy.md).',
  AuthFailure: 'See [credentials](./credentials.md).',
  RequestLimitExceeded: 'See [pacing](./pacing.md).',
  credentials: 'See [credentials](./credentials.md#when-a-source-fails).',
  pacing: 'See [pacing](./pacing.md).',
};

/** A section for each code: what it means, and what to do. Its heading is the anchor that `error.docs` leads to. */
export async function codeSections(): Promise<string> {
  return [
    '## Every code of the SDK',
    'The `outcome` of the error itself counts: if an earlier attempt of the call may have been executed, it is `unknown` whatever the code.',
    ...ownSections(),
    '## Every code of the service',
    'Here, too, the `outcome` of the error itself counts.',
    '### A code that is not listed',
    text(
      'The action does not document it; but a subcode of `AuthFailure` or `RequestLimitExceeded` is as its code.',
      UNKNOWN,
    ),
    ...(await serviceSections()),
  ].join('\n\n');
}

function ownSections(): string[] {
  return Object.entries<Record<string, Fact & { retried?: boolean }>>(sdkCodes).flatMap(([kind, codes]) =>
    Object.entries(codes).map(([code, { retried, meaning = '', outcome }]) => {
      const retry = retried === true ? 'after-backoff' : 'never';
      const more = MORE[code] ?? MORE[kind];
      return `### ${code}\n\n${text(`Kind \`${kind}\`.`, sentence(meaning), effectOf(code, { outcome, retry }), more)}`;
    }),
  );
}

async function serviceSections(): Promise<string[]> {
  const definitions = Object.entries(outbound.actions);
  const known = new Map<string, Variant[]>();
  for (const [name, definition] of definitions) {
    const meanings = (await definition.meanings?.()) ?? {};
    for (const [code, fact] of Object.entries<Fact>(definition.errors())) {
      const variants = known.get(code) ?? [];
      const meaning = fact.meaning ?? meanings[code];
      if (meaning === undefined) throw new Error(`No meaning of ${code} for ${name}.`);
      const same = variants.find((one) => one.meaning === meaning && one.outcome === fact.outcome);
      if (same === undefined) variants.push({ ...fact, meaning, actions: [name] });
      else same.actions.push(name);
      known.set(code, variants);
    }
  }
  return [...known]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([code, variants]) => `### ${code}\n\n${serviceText(code, variants, definitions.length)}`);
}

function serviceText(code: string, variants: readonly Variant[], allActions: number): string {
  const more = MORE[code.split('.')[0]!];
  const isForAll = variants.flatMap(({ actions }) => actions).length === allActions;
  const [first] = variants;
  if (isForAll && variants.length === 1)
    return text('Kind `service`.', sentence(first!.meaning), effectOf(code, first!), more);
  const outcomes = [...new Set(variants.map(({ outcome }) => outcome))];
  const parts = outcomes.map((outcome) => {
    const those = variants.filter((one) => one.outcome === outcome);
    const lines = those.map(({ actions, meaning }) => `- ${listed(actions)}: ${sentence(meaning)}`);
    const retry = those.find((one) => (one.retry ?? 'never') !== 'never')?.retry;
    return `${lines.join('\n')}\n\n${effectOf(code, { outcome, retry })}`;
  });
  const others = isForAll
    ? undefined
    : 'Other actions do not document this code: from them, its outcome is `unknown`, unless they only read.';
  return ['Kind `service`. It means:', ...parts, text(others, more)].filter(Boolean).join('\n\n');
}

function effectOf(code: string, { outcome, retry = 'never' }: Fact): string {
  const again = outcome === 'unknown' && retry !== 'never' ? RETRY_IF_REPEATABLE : RETRY[retry];
  return text(ADVICE[code] ?? EFFECT[outcome], again);
}

function listed(actions: readonly string[]): string {
  return actions.map((name) => `\`${name}\``).join(', ');
}

function sentence(meaning: string): string {
  return /[.!?]$/.test(meaning) ? meaning : `${meaning}.`;
}

function text(...sentences: readonly (string | undefined)[]): string {
  return sentences.filter(Boolean).join(' ');
}
