import type { NumberLimits } from '../../packages/core/src/checks.js';
import { clientTable, pacingTable, retryTable } from '../../packages/core/src/options/settings.js';
import type { Group, Option } from './options.js';

type Options = Record<Group, Option[]>;

/** What a comment says about the range of a number; what follows it in the same sentence may limit or explain it. */
const RANGE = /\b(An integer from|From) (\d[\d,]*) to (\d[\d,]*\b)([^.]*)\./g;

/** The tables that the SDK checks options by. */
const TABLES: Record<Group, Readonly<Record<string, unknown>>> = {
  OutboundClientOptions: clientTable,
  PacingOptions: pacingTable,
  RetryOptions: retryTable,
  CallOptions: clientTable,
};

/** The names of the options of a group that are numbers. */
export function numbersOf(group: Group): string[] {
  return Object.keys(TABLES[group]).filter((name) => limitsIn(TABLES[group][name]) !== undefined);
}

/** The bounds and the default of an option that is a number. */
export function limitsOf(group: Group, { name }: Option): NumberLimits {
  return limitsIn(TABLES[group][name])!;
}

function limitsIn(check: unknown): NumberLimits | undefined {
  return (check as { limits?: NumberLimits }).limits;
}

/** The same as the comment of the option has to say it. */
export function rangeInWords({ min, max, isInteger }: NumberLimits): string {
  return `${isInteger ? 'An integer from' : 'From'} ${grouped(min)} to ${grouped(max)}`;
}

/** Every range that a comment states. */
export function rangesOf({ comment }: Option): string[] {
  return [...comment.matchAll(RANGE)].map(([, kind, min, max]) => `${kind} ${min} to ${max}`);
}

export function grouped(value: number): string {
  return value.toLocaleString('en-US');
}

/** The page that lists every option with all that its comment says. */
export function optionsPage(options: Options): string {
  return [
    PREFACE,
    section('Of a client', OF_A_CLIENT, 'OutboundClientOptions', options),
    section('Pacing', OF_PACING, 'PacingOptions', options),
    section('Retries', OF_RETRIES, 'RetryOptions', options),
    section('Of a call', OF_A_CALL, 'CallOptions', options),
  ].join('\n\n');
}

const PREFACE = `# Options

A wrong option, or one that is not listed here, is refused at once with \`InvalidOption\`. Names that end in \`Ms\` are times in milliseconds.`;

const OF_A_CLIENT =
  '`new OutboundClient({ … })`. `ServiceClient` of `@tccc/core` has the same options, but no `site`.';
const OF_PACING = '`pacing: { … }` of a client. [pacing.md](pacing.md) says how to choose.';
const OF_RETRIES =
  '`retry: { … }` of a client. [errors.md](errors.md#retries) says what is retried, and how much.';
const OF_A_CALL =
  'The second argument of each method: `client.createAutoCalloutTask(task, { deadlineMs: 5_000 })`. A creation also ' +
  'takes `settle`: [what to do after `unknown`](after-the-call.md).';

function section(heading: string, intro: string, group: Group, options: Options): string {
  return [`## ${heading}`, '', intro, '', ...options[group].map((option) => item(group, option))].join('\n');
}

function item(group: Group, option: Option): string {
  const parts = [`${valuesOf(group, option)}.`, meaningOf(option), defaultOf(option)];
  return `- \`${option.name}\`: ${parts.filter(Boolean).join(' ')}`;
}

function valuesOf(group: Group, option: Option): string {
  if (option.type === 'number') {
    const { min, max, isInteger } = limitsOf(group, option);
    const tail = [...option.comment.matchAll(RANGE)][0]?.[4] ?? '';
    return `${isInteger ? 'integer, ' : ''}${grouped(min)} to ${grouped(max)}${tail}`;
  }
  const texts = option.choices.map((choice) => `'${choice}'`);
  return texts.length > 0 ? texts.map(asCode).join(' or ') : asCode(option.type);
}

/**
 * The comment without what stands elsewhere: the range, and the unit, which the name has. A choice, or one word, is no
 * example.
 */
function meaningOf({ type, choices, comment, example }: Option): string {
  const meaning = type === 'number' ? comment.replace(RANGE, '').replaceAll(/ {2,}/g, ' ').trim() : comment;
  const text = meaning.replaceAll(', in milliseconds', '');
  const isPlain = choices.length > 0 || /^(\w+)$/.test(example ?? '');
  return example === undefined || isPlain ? text : `${text} Example: ${asCode(example)}.`;
}

function defaultOf({ default: fallback = 'none' }: Option): string {
  return /^none(:|$)/.test(fallback) ? '' : `Default: ${codeIn(fallback)}.`;
}

/** Code in a default is written as code: a text in quotes, or a member of an object. */
function codeIn(fallback: string): string {
  return /^('.*'|[A-Z]\w*\.\w+)$/.test(fallback) ? asCode(fallback) : fallback;
}

function asCode(text: string): string {
  return `\`${text}\``;
}
