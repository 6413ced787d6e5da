import { code, docComment, documented, relationNotes, sourceNote } from '../docs.js';
import type { Action, Model } from '../model.js';

/** The client with one method per action. */
export function emitClient(model: Model): string {
  const types = model.actions.flatMap(({ requestName, resultName }) => [requestName, resultName]);
  return [
    `import type { CallOptions } from '@tccc/core';`,
    `import { BaseClient } from '../base-client.js';`,
    `import { actions } from './actions.js';`,
    `import type { ${types.join(', ')} } from './types.js';`,
    documented(
      [
        `Client for ${model.title}.`,
        '',
        'One instance serves a whole process: it keeps connections, paces calls, and is safe to use concurrently.',
        'Close it when you are done, so that the process can end.',
      ],
      `export class OutboundClient extends BaseClient {${model.actions.map(emitMethod).join('\n\n')}}`,
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
    'The service cannot tell a repeated request from a new one, so a call whose outcome is unknown is not repeated.',
    '',
    `@param params ${relationNotes(action.request).join(' ') || 'The parameters.'}`,
    '@param options Signal, deadline, headers, and parameters newer than this version.',
    `@returns ${resultField === undefined ? 'The result.' : `The result, with ${code(resultField)}.`}`,
    '@throws ValidationError before any network use, with every fault at once.',
    '@throws TcccError of another kind; its `outcome` says what is known about the side effect.',
    `@see ${sourceNote(action.source)}`,
  ])}
  ${method}(params: ${requestName}, options?: CallOptions): Promise<${resultName}> {
    return this.call(actions.${name}, params, options);
  }`;
}
