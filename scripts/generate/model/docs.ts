import { allowedBy } from '../../../packages/core/src/params/words.js';
import type { JsonType } from '../../../packages/core/src/rules.js';
import type { Action, Source } from './model.js';
import { boundsOf } from './model.js';
import { atLeastOneOf, isNullable, nameOfType, nullableReference, refName } from '../read/schema.js';
import type { Schema } from '../read/spec.js';

/** Everything that a hover should say about a field: meaning, values, range with unit, source of differences. */
export function describeField(schema: Schema): string {
  const parts = [schema.description ?? '', ...valueNotes(schema)].filter((part) => part !== '');
  return parts.join('\n\n');
}

/** The rules of a field's value, each as one sentence. */
export function valueNotes(schema: Schema): string[] {
  return [
    enumNote(schema),
    rangeNote(schema),
    lengthNote(schema),
    schema.pattern === undefined ? '' : `Format: ${schema['x-pattern-hint'] ?? schema.pattern}.`,
    schema.default === undefined ? '' : `Default: ${JSON.stringify(schema.default)}.`,
    schema['x-only-site'] === undefined ? '' : `Only at the site ${code(schema['x-only-site'])}.`,
    ...orderNotes(schema),
    schema['x-later'] ?? '',
  ].filter((note) => note !== '');
}

/** Said of a rule that no page states. */
const DERIVED = ' (our check)';

function derivedMark(schema: Schema, ...keywords: string[]): string {
  return keywords.some((keyword) => schema['x-derived']?.includes(keyword)) ? DERIVED : '';
}

function enumNote({ enum: values, 'x-enum-meanings': meanings, 'x-open': isOpen }: Schema): string {
  if (values === undefined) return '';
  const named = values.map((value) => {
    const meaning = meanings?.[String(value)];
    return meaning === undefined ? `\`${value}\`` : `\`${value}\` (${meaning})`;
  });
  return `One of ${named.join(', ')}.${isOpen === true ? ' The service may answer others, too.' : ''}`;
}

function rangeNote(schema: Schema): string {
  const { 'x-unit': unit, enum: values } = schema;
  if (unit === 'unix-seconds') return 'Unix time in seconds, UTC (not milliseconds).';
  if (values !== undefined) return '';
  if (schema.minimum !== undefined || schema.maximum !== undefined)
    return allowanceNote(schema, 'minimum', 'maximum');
  if (unit !== undefined) return `Unit: ${unit}.`;
  const { min: least } = boundsOf(schema);
  return least === 0 ? 'An integer that is not negative.' : '';
}

function lengthNote(schema: Schema): string {
  return allowanceNote(schema, 'minItems', 'maxItems') || allowanceNote(schema, 'minLength', 'maxLength');
}

/** What two rules that belong together allow, in the words of the error that a broken one gives; empty if there is neither. */
function allowanceNote(schema: Schema, least: Bound, most: Bound): string {
  if (schema[least] === undefined && schema[most] === undefined) return '';
  const { [least]: from, [most]: to, type, 'x-unit': unit } = schema;
  const words = allowedBy(least, {
    type: type as JsonType,
    [least]: from,
    [most]: to,
    ...(unit && { unit }),
  });
  return `${words[0]!.toUpperCase()}${words.slice(1)}${derivedMark(schema, least, most)}.`;
}

type Bound = 'minimum' | 'maximum' | 'minItems' | 'maxItems' | 'minLength' | 'maxLength';

/** The rules between the fields of a request, each as one sentence. */
export function relationNotes(schema: Schema): string[] {
  const names = atLeastOneOf(schema);
  const together =
    names === undefined ? [] : [`At least one of ${names.map(code).join(' and ')} must be given.`];
  return [...together, ...orderNotes(schema)];
}

/** Which fields of an object must be less than others, each as one sentence. */
function orderNotes(schema: Schema): string[] {
  return (schema['x-ordered'] ?? []).map(
    ([before, after]) => `${code(before)} must be before ${code(after)}${derivedMark(schema, 'x-ordered')}.`,
  );
}

/** The type of a field, as a reader would say it. */
export function typeName(schema: Schema): string {
  const ref = schema.$ref ?? nullableReference(schema);
  const named = ref === undefined ? plainTypeName(schema) : refName(ref);
  return isNullable(schema) ? `${named} or null` : named;
}

function plainTypeName(schema: Schema): string {
  const type = nameOfType(schema);
  if (type === 'array') return `${typeName(schema.items!)}[]`;
  return schema.format === undefined ? type : `${type} (${schema.format})`;
}

export function sourceNote({ title, url, updated }: Source): string {
  const name = url === undefined ? title : `[${title}](${url})`;
  return updated === undefined ? name : `${name}, as of ${updated}`;
}

/** A limit of the service, as a reader would say it. */
export function paceOf({ limit, windowMs }: Action['rateLimit']): string {
  return `${limit} requests per ${windowMs === 1_000 ? 'second' : `${windowMs} ms`}`;
}

export function code(text: string): string {
  return `\`${text}\``;
}

/** A doc comment. Text of the spec cannot end it early. */
export function docComment(lines: readonly string[]): string {
  const text = wrapped(lines.join('\n').replaceAll('*/', '*\\/').split('\n'));
  if (text.length === 1) return `/** ${text[0]} */`;
  return ['/**', ...text.map((line) => ` * ${line}`.trimEnd()), ' */'].join('\n');
}

const COMMENT_WIDTH = 110;

/** Prose is broken into lines. The code of an example, up to the next tag, stays as it is. */
function wrapped(lines: readonly string[]): string[] {
  let isCode = false;
  return lines.flatMap((line) => {
    if (line.startsWith('@')) isCode = line === '@example';
    return isCode ? [line] : wrap(line);
  });
}

/** Breaks a line of prose at spaces. */
function wrap(line: string): string[] {
  const lines = [''];
  for (const word of line.split(' ')) {
    const last = lines.length - 1;
    if (lines[last] === '') lines[last] = word;
    else if (lines[last]!.length + word.length < COMMENT_WIDTH) lines[last] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A declaration under its doc comment. */
export function documented(lines: readonly string[], declaration: string): string {
  return `${docComment(lines)}\n${declaration}`;
}
