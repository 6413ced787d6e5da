import { code, docComment, documented, relationNotes, sourceNote } from '../docs.js';
import type { Action, Model } from '../model.js';
import type { Idempotency } from '../spec.js';

/** The client with one method per action. */
export function emitClient({ title, actions }: Model): string {
  const imports = actions.flatMap(({ name, file, requestName, resultName }) => [
    `import type { ${requestName}, ${resultName} } from './${file}.js';`,
    `import { ${name} } from './${file}.js';`,
  ]);
  return [
    [
      `import type { CallOptions } from '@tccc/core';`,
      `import { BaseClient } from '../base-client.js';`,
      ...imports,
    ].join('\n'),
    documented(
      [
        `Client for ${title}.`,
        '',
        'One instance serves a whole process: it keeps connections, paces calls, and is safe to use concurrently.',
        'Close it when you are done, so that the process can end.',
      ],
      `export class OutboundClient extends BaseClient {${actions.map(emitMethod).join('\n\n')}}`,
    ),
  ].join('\n\n');
}

function emitMethod(action: Action): string {
  const { name, method, requestName, resultName, rateLimit } = action;
  const resultField = action.result.required?.find((field) => field !== 'RequestId');
  return `${docComment([
    action.summary,
    '',
    action.description,
    '',
    `At most ${rateLimit.limit} requests per ${rateLimit.windowMs} ms and account; further calls wait their turn.`,
    REPETITION[action.idempotency],
    '',
    `@param params ${relationNotes(action.request).join(' ') || 'The parameters.'}`,
    '@param options Signal, deadline, headers, and parameters newer than this version.',
    `@returns ${action.success}${resultField === undefined ? '' : ` ${code(resultField)} is in the result.`}`,
    '@throws ValidationError before any network use, with every fault at once.',
    '@throws TcccError of another kind; its `outcome` says what is known about the side effect.',
    `@see ${sourceNote(action.source)}`,
  ])}
  ${method}(params: ${requestName}, options?: CallOptions): Promise<${resultName}> {
    return this.call(${name}, params, options);
  }`;
}

/** What a caller should know of repetition. */
const REPETITION: Readonly<Record<Idempotency, string>> = {
  none: 'The service cannot tell a repeated request from a new one, so a call whose outcome is unknown is not repeated.',
  safe: 'The call changes nothing, so it may be repeated, and a call that failed was not executed.',
  idempotent:
    'Several identical requests have the effect of one, so a call whose outcome is unknown may be repeated. If the service then refuses, that says nothing of the first request.',
};
