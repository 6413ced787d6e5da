import type { Model, Source } from './model.js';
import { atLeastOneOf, boundsOf } from './model.js';
import type { Schema } from './spec.js';

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
    schema['x-later'] ?? '',
  ].filter((note) => note !== '');
}

function enumNote({ enum: values, 'x-enum-meanings': meanings }: Schema): string {
  if (values === undefined) return '';
  const named = values.map((value) => {
    const meaning = meanings?.[String(value)];
    return meaning === undefined ? `\`${value}\`` : `\`${value}\` (${meaning})`;
  });
  return `One of ${named.join(', ')}.`;
}

function rangeNote(schema: Schema): string {
  const { 'x-unit': unit, enum: values } = schema;
  if (unit === 'unix-seconds') return 'Unix time in seconds, UTC (not milliseconds).';
  if (values !== undefined) return '';
  const { min, max } = { min: schema.minimum, max: schema.maximum };
  const suffix = unit === undefined ? '' : ` ${unit}`;
  if (min !== undefined && max !== undefined) return `Range: ${min} to ${max}${suffix}.`;
  if (min !== undefined) return `At least ${min}${suffix}.`;
  if (max !== undefined) return `At most ${max}${suffix}.`;
  if (unit !== undefined) return `Unit: ${unit}.`;
  const { min: least } = boundsOf(schema);
  return least === 0 ? 'An integer that is not negative.' : '';
}

function lengthNote({ minItems, maxItems, minLength, maxLength }: Schema): string {
  const items = minItems === undefined && maxItems === undefined ? '' : `Items: ${span(minItems, maxItems)}.`;
  const length =
    minLength === undefined && maxLength === undefined ? '' : `Length: ${span(minLength, maxLength)}.`;
  return [items, length].filter((note) => note !== '').join(' ');
}

function span(min: number | undefined, max: number | undefined): string {
  if (max === undefined) return `at least ${min}`;
  return min === undefined ? `at most ${max}` : `${min} to ${max}`;
}

/** The rules between the fields of a request, each as one sentence. */
export function relationNotes(schema: Schema): string[] {
  const names = atLeastOneOf(schema);
  const together =
    names === undefined ? [] : [`At least one of ${names.map(code).join(' and ')} must be given.`];
  const ordered = (schema['x-ordered'] ?? []).map(
    ([before, after]) => `${code(before)} must be before ${code(after)}.`,
  );
  return [...together, ...ordered];
}

/** The type of a field, as a reader would say it. */
export function typeName(schema: Schema, model: Model): string {
  if (schema.$ref !== undefined) return schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
  if (schema.type === 'array') return `${typeName(schema.items ?? {}, model)}[]`;
  return Array.isArray(schema.type) ? schema.type.join(' or ') : (schema.type ?? 'any');
}

export function sourceNote({ title, url, updated }: Source): string {
  const name = url === undefined ? title : `[${title}](${url})`;
  return updated === undefined ? name : `${name}, as of ${updated}`;
}

export function code(text: string): string {
  return `\`${text}\``;
}

/** A doc comment. Text of the spec cannot end it early. */
export function docComment(lines: readonly string[]): string {
  const text = lines.join('\n').replaceAll('*/', '*\\/').split('\n').flatMap(wrap);
  if (text.length === 1) return `/** ${text[0]} */`;
  return ['/**', ...text.map((line) => ` * ${line}`.trimEnd()), ' */'].join('\n');
}

const COMMENT_WIDTH = 110;

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
