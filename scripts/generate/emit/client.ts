import { inspect } from 'node:util';
import { code, docComment, documented, paceOf, relationNotes, sourceNote } from '../model/docs.js';
import type { Action, Model } from '../model/model.js';
import { atLeastOneOf } from '../read/schema.js';
import type { Idempotency } from '../read/spec.js';
import { RESULT_IMPORTS, emitResultActions, emitResultMethods } from './results.js';

/** The client with one method per action, one more for each list, and one more for each creation that can be looked up. */
export function emitClient({ title, actions, results }: Model): string {
  const imports = actions.flatMap(({ name, file, requestName, resultName }) => [
    `import type { ${requestName}, ${resultName} } from './${file}.js';`,
    `import { ${name} } from './${file}.js';`,
  ]);
  const methods = [
    ...actions.flatMap(emitMethods),
    ...(results === undefined ? [] : emitResultMethods(results)),
  ];
  const settles = actions.some(({ settle }) => settle !== undefined);
  return [
    [
      `import type { CallOptions, ParameterName } from '@tccc/core';`,
      `import { BaseClient } from '../base-client.js';`,
      ...(settles
        ? [`import type { Created, CreationOptions, SettleOptions } from '../settle/creation.js';`]
        : []),
      ...(results === undefined ? [] : RESULT_IMPORTS),
      ...imports,
    ].join('\n'),
    ...(results === undefined ? [] : [emitResultActions(results)]),
    documented(
      [
        `Client for ${title}.`,
        '',
        'One instance serves a whole process: it keeps connections, paces calls, and is safe to use concurrently.',
        'Close it when you are done, so that the process can end.',
        '',
        '@example',
        "await using client = new OutboundClient({ site: 'intl' });",
        `const { RequestId } = await client.${actions[0]!.method}(${exampleOf(actions[0]!)});`,
      ],
      `export class OutboundClient extends BaseClient {${methods.join('\n\n')}}`,
    ),
  ].join('\n\n');
}

function emitMethods(action: Action): string[] {
  return [
    emitMethod(action),
    ...(action.paging === undefined ? [] : [emitEach(action)]),
    ...(action.settle === undefined ? [] : [emitSettle(action)]),
  ];
}

function emitMethod(action: Action): string {
  const { name, method, requestName, resultName, rateLimit, settle } = action;
  const resultField = action.result.required?.find((field) => field !== 'RequestId');
  const call = settle === undefined ? `this.call(${name}, ` : `this.create(${name}, ${settle.list}, `;
  const checked = `<ParameterName<${requestName}>>`;
  const [options, result] =
    settle === undefined
      ? [`CallOptions${checked}`, resultName]
      : [`CreationOptions${checked}`, `Created<${resultName}>`];
  return `${docComment([
    action.summary,
    '',
    action.description,
    '',
    `At most ${paceOf(rateLimit)} and account; further calls wait for their turn.`,
    REPETITION[action.idempotency],
    ...(settle === undefined
      ? []
      : ['With the option `settle` the client then looks up whether it was created.']),
    '',
    `@param params ${relationNotes(action.request).join(' ') || 'The parameters.'}`,
    `@param options ${settle === undefined ? '' : 'Whether to settle an unknown outcome. '}Signal, deadline, headers, parameters newer than this version, and checks to switch off.`,
    `@returns ${action.success}${resultField === undefined ? '' : ` ${code(resultField)} is in the result.`}`,
    ...(settle === undefined ? [] : ['@throws SettleError if it was looked up, and that did not settle it.']),
    '@throws ValidationError before anything is sent; another TcccError, whose `outcome` says what is known.',
    '@example',
    `await client.${method}(${exampleOf(action)});`,
    `@see ${sourceNote(action.source)}`,
  ])}
  ${method}(params: ${requestName}, options?: ${options}): Promise<${result}> {
    return ${call}params, options);
  }`;
}

function emitEach(action: Action): string {
  const { name, method, eachMethod, paging, requestName, resultName, source } = action;
  const { items, page, size, maxSize } = paging!;
  // A list that can be absent or null has a twin, which is read then.
  const isSure = action.result.required?.includes(items) === true;
  const list = isSure ? `${resultName}['${items}']` : `NonNullable<${resultName}['${items}']>`;
  const largest = maxSize === undefined ? '' : `, at most ${maxSize}`;
  return `${docComment([
    `Every item that ${code(`client.${method}`)} lists, page by page, each once.`,
    '',
    'The list may change meanwhile. What is there all the time is given, unless between two pages some items went and others came:',
    'then one can be missed. Pages are read when their items are needed, and each is a call of its own.',
    '',
    `@param params As for ${code(method)}, without ${code(page)}. ${code(size)} is the size of a page: 100 by default${largest}.`,
    '@param options For each page: signal, deadline, headers, and checks to switch off.',
    `@throws TcccError as ${code(method)} does; what was given before stays valid.`,
    '@example',
    `for await (const one of client.${eachMethod}(${exampleOf(action, [page, size])})) console.log(one);`,
    `@see ${sourceNote(source)}`,
  ])}
  ${eachMethod}(
    params: Omit<${requestName}, '${page}' | '${size}'> & { ${size}?: number },
    options?: CallOptions<ParameterName<${requestName}>>,
  ): AsyncGenerator<${list}[number], void, undefined> {
    return this.each(${name}, params, options);
  }`;
}

function emitSettle(action: Action): string {
  const { name, method, settleMethod, settle, requestName, resultName, source, exampleRequest } = action;
  const { list, with: names } = settle!;
  const known = Object.fromEntries(Object.entries(exampleRequest).filter(([field]) => names.includes(field)));
  return `${docComment([
    `Looks up what ${code(`client.${method}`)} created under a marker, whichever process called it.`,
    '',
    `It reads every page of ${list}, again and again with growing pauses, until it finds the marker. Looking up creates nothing.`,
    'What it does not find may still be under way: the service does not say how soon its lists show what is new.',
    '',
    `@param params ${names.map(code).join(', ')} of the creation, and whatever else you know of it: with ${code(settle!.marker)}, only what has that name and the marker behind it counts, and the rest tells two of them apart.`,
    '@param marker What the creation was marked with: of the option `settle`, or of a `SettleError`.',
    '@param options For how long to look, and a signal that ends it.',
    '@throws SettleError if it was not found in time, was found more than once, or could not be looked up.',
    '@throws ValidationError or ConfigurationError for wrong parameters, a wrong marker or option.',
    '@example',
    `const found = await client.${settleMethod}(${literal(known)}, 'order-17-part-3');`,
    `@see ${sourceNote(source)}`,
  ])}
  ${settleMethod}(
    params: Pick<${requestName}, ${names.map((one) => `'${one}'`).join(' | ')}> & Partial<${requestName}>,
    marker: string,
    options?: SettleOptions,
  ): Promise<Created<${resultName}>> {
    return this.settle(${name}, ${list}, params, marker, options);
  }`;
}

/** The documented example, as short as the rules allow, without some fields. */
function exampleOf({ request, exampleRequest }: Action, without: readonly string[] = []): string {
  const choice = atLeastOneOf(request)?.find((name) => name in exampleRequest);
  const wanted = new Set([...(request.required ?? []), choice]);
  const fields = Object.entries(exampleRequest).filter(
    ([name]) => wanted.has(name) && !without.includes(name),
  );
  return literal(Object.fromEntries(fields));
}

function literal(value: object): string {
  return inspect(value, { breakLength: 90, depth: Infinity });
}

/** What a caller should know of repetition. */
const REPETITION: Readonly<Record<Idempotency, string>> = {
  none: 'The service cannot tell a repeated request from a new one, so a call whose outcome is unknown is not repeated.',
  safe: 'The call changes nothing, so it is repeated after a failure, and a call that failed was not executed.',
  idempotent:
    'Several identical requests have the effect of one, so a call whose outcome is unknown is repeated. If the service then refuses, that says nothing of the first request.',
};
