import { format } from 'prettier';
import { code, paceOf, relationNotes, sourceNote, typeName, valueNotes } from '../model/docs.js';
import type { Action, Model } from '../model/model.js';
import type { Idempotency, Schema, SpecError } from '../read/spec.js';

/**
 * The reference page of the API. It is written as it is, with tables that are not aligned: to align them takes a
 * formatter seconds, and most of the page would be blanks.
 */
export async function emitReference(model: Model): Promise<string> {
  const sections = await Promise.all(model.actions.map((action) => actionSection(action, model)));
  const text = [
    '# Reference',
    `${model.title}. ${model.summary} API version ${model.version}.`,
    model.description,
    [
      'Names are those of the wire. Times on the wire are Unix seconds.',
      `A request body has at most ${model.maxRequestBytes} bytes (${sourceNote(model.maxRequestBytesSource)}).`,
    ].join('\n'),
    ['| Site | Host | |', '| --- | --- | --- |', ...model.sites.map(siteRow)].join('\n'),
    ['| Action | Method | What it does |', '| --- | --- | --- |', ...model.actions.map(indexRow)].join('\n'),
    ...sections,
    '## Data types',
    ...Object.entries(model.types).map(([name, type]) => typeSection(name, type, model)),
    ...endStatusSection(model),
    '## Error codes of every action',
    'Outcome `not-executed`: it is certain that nothing was done; so it is for every code of an action that is safe. Outcome `unknown`: the request may have been executed.',
    errorTable(model.commonErrors, model, readCommon),
    'A code that is not listed has the outcome `unknown`.',
  ];
  return `${text.join('\n\n')}\n`;
}

function indexRow({ name, method, summary }: Action): string {
  return `| [${name}](#${name.toLowerCase()}) | \`client.${method}(params, options?)\` | ${cell(summary)} |`;
}

function siteRow({ name, host, description }: Model['sites'][number]): string {
  return `| ${code(name)} | ${code(host)} | ${cell(description)} |`;
}

const IDEMPOTENCY: Readonly<Record<Idempotency, string>> = {
  none: 'no. A repeated request has an effect of its own, so a call whose outcome is `unknown` is not repeated',
  safe: 'safe. The call changes nothing, so it is repeated after a failure',
  idempotent:
    'idempotent. Several identical requests have the effect of one, so a call whose outcome is `unknown` is repeated; a refusal then says nothing of the first',
};

async function actionSection(action: Action, model: Model): Promise<string> {
  const { rateLimit, request, result } = action;
  const relations = relationNotes(request).map((note) => `- ${note}`);
  return [
    `## ${action.name}`,
    action.description,
    [
      `- Method: \`client.${action.method}(params: ${action.requestName}, options?: ${action.settle === undefined ? 'CallOptions' : 'CreationOptions'}): Promise<${action.resultName}>\``,
      ...(action.eachMethod === undefined
        ? []
        : [`- Every item, page by page: \`for await (const item of client.${action.eachMethod}(params))\``]),
      ...(action.settleMethod === undefined
        ? []
        : [
            `- After an unknown outcome: the option \`settle\`, or \`client.${action.settleMethod}(params, marker)\``,
          ]),
      `- Documented host: \`${action.host}\` (site \`${action.site}\`)`,
      `- Limit: ${paceOf(rateLimit)} and account (${sourceNote(action.rateLimitSource)})`,
      `- Repeatable: ${IDEMPOTENCY[action.idempotency]}`,
      `- Source: ${sourceNote(action.source)}`,
    ].join('\n'),
    '### Parameters',
    fieldTable(request),
    ...(relations.length === 0 ? [] : [relations.join('\n')]),
    ...newerSection(action.newerParameters),
    '### Result',
    action.success,
    fieldTable(result),
    '### Example',
    '```ts\n' + (await example(action)) + '```',
    '### Error codes',
    errorTable(action.errors, model, (error) => readFor(action.idempotency, error)),
  ].join('\n\n');
}

function newerSection(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [
    `Documented later, and passed on by the call option \`extraParams\`: ${names.map(code).join(', ')}.`,
  ];
}

/** How calls end, and where each line comes from. */
function endStatusSection({ endStatuses, sources }: Model): string[] {
  if (endStatuses.length === 0) return [];
  const named = [...new Set(endStatuses.flatMap((one) => one.sources))];
  const rows = endStatuses.map(({ code: number, name, direction, meaning, group, sources: from }) => {
    const numbers = from.map((source) => named.indexOf(source) + 1).join(', ');
    return `| ${number ?? ''} | ${name === undefined ? '' : code(name)} | ${direction} | ${cell(meaning)} | ${group} | ${numbers} |`;
  });
  return [
    '## How calls end',
    'The values of `EndStatus` and `EndStatusString`, and the group that we put each into. The list is open: a code that is not here comes through as it is. Automatic tasks, predictive campaigns and AI calls do not support all of them, says the documentation.',
    [
      '| Code | Name | Calls | Meaning | Group | Source |',
      '| --- | --- | --- | --- | --- | --- |',
      ...rows,
    ].join('\n'),
    named.map((source, index) => `${index + 1}. ${sourceNote(sources[source]!)}`).join('\n'),
  ];
}

function typeSection(name: string, type: Schema, model: Model): string {
  const source = model.sources[type['x-source'] ?? ''];
  return [
    `### ${name}`,
    [`Type: ${typeName(type)}.`, type.description ?? '', ...valueNotes(type)].join(' '),
    ...(type.properties === undefined ? [] : [fieldTable(type)]),
    ...(source === undefined ? [] : [`Source: ${sourceNote(source)}.`]),
  ].join('\n\n');
}

function fieldTable(schema: Schema): string {
  return ['| Name | Type | Required | Meaning |', '| --- | --- | --- | --- |', ...fieldRows(schema)].join(
    '\n',
  );
}

/** The fields of an object, and below each the fields of objects that have no name of their own. */
function fieldRows(schema: Schema, prefix = ''): string[] {
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const notes = [field.description ?? '', ...valueNotes(field), ...formNotes(field)];
    const meaning = cell(notes.filter((note) => note !== '').join(' '));
    const row = `| ${code(prefix + name)} | ${typeName(field)} | ${required.has(name) ? 'yes' : 'no'} | ${meaning} |`;
    const [path, inner] = innermost(`${prefix}${name}`, field);
    return [row, ...fieldRows(inner, `${path}.`)];
  });
}

/** What a list holds in the end, and its path, such as `Keys[]`. */
function innermost(path: string, field: Schema): [path: string, inner: Schema] {
  return field.items === undefined ? [path, field] : innermost(`${path}[]`, field.items);
}

/** What a text looks like, for whom the words are not enough. */
function formNotes({ pattern, examples = [] }: Schema): string[] {
  const shown = examples.map((example) => code(JSON.stringify(example))).join(', ');
  return [
    ...(pattern === undefined ? [] : [`Pattern: ${code(pattern)}.`]),
    ...(shown === '' ? [] : [`For example: ${shown}.`]),
  ];
}

/** What the client makes of a code of one action. */
function readFor(
  idempotency: Idempotency,
  { outcome, retry }: SpecError,
): Pick<SpecError, 'outcome' | 'retry'> {
  if (idempotency === 'safe') return { outcome: 'not-executed', retry };
  return { outcome, retry: outcome === 'unknown' && idempotency === 'none' ? 'never' : retry };
}

/** What the client makes of a code, whatever the action. */
function readCommon({ outcome, retry }: SpecError): Pick<SpecError, 'outcome' | 'retry'> {
  const isRepeated = outcome === 'unknown' && retry !== 'never';
  return { outcome, retry: isRepeated ? `${retry}, if the action is safe or idempotent` : retry };
}

/** Each code with its meaning, and below it the pages that the codes come from. */
function errorTable(
  errors: Record<string, SpecError>,
  model: Model,
  read: (error: SpecError) => Pick<SpecError, 'outcome' | 'retry'>,
): string {
  const rows = Object.entries(errors).map(([name, error]) => {
    const { meaning, subcodes } = error;
    const { outcome, retry } = read(error);
    const shown = subcodes === true ? `${code(name)} and its subcodes` : code(name);
    return `| ${shown} | ${cell(meaning)} | ${code(outcome)} | ${retry} |`;
  });
  const sources = new Set(Object.values(errors).map(({ source }) => source));
  const notes = [...sources].map((source) => `Source: ${sourceNote(model.sources[source]!)}.`);
  const table = ['| Code | Meaning | Outcome | Retried |', '| --- | --- | --- | --- |', ...rows].join('\n');
  return [table, ...notes].join('\n\n');
}

/** The documented example, as a call. */
function example({ method, exampleRequest, result }: Action): Promise<string> {
  const field = result.required?.find((name) => name !== 'RequestId') ?? 'RequestId';
  const call = `const { ${field} } = await client.${method}(${JSON.stringify(exampleRequest, null, 2)});`;
  const formatted = examples.get(call) ?? format(call, { parser: 'babel-ts', singleQuote: true });
  examples.set(call, formatted);
  return formatted;
}

/** Formatting takes most of the time, and an example that is emitted again is the same. */
const examples = new Map<string, Promise<string>>();

function cell(text: string): string {
  return text
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll('|', '\\|');
}
