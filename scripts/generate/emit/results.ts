import { docComment } from '../model/docs.js';
import type { SpecResults } from '../read/spec.js';

/** Imports of a client that says what became of each number. */
export const RESULT_IMPORTS = [
  `import type { CallRecord } from '../results/call-record.js';`,
  `import type { NumberResult } from '../results/number-result.js';`,
  `import type { CampaignResultsParams, ReconcileParams, ResultActions, ResultsOptions, TaskResultsParams } from '../results/options.js';`,
  `import type { Reconciliation } from '../results/reconcile.js';`,
];

/** The actions by the names under which the results know them. */
export function emitResultActions(results: SpecResults): string {
  const entries = Object.entries(results).map(([role, action]) => `${role}: ${action as string}`);
  return `const resultActions: ResultActions = { ${entries.join(', ')} };`;
}

/** The methods that need several actions. */
export function emitResultMethods({ records, task, campaign, campaigns, sessions }: SpecResults): string[] {
  return [
    method(
      [
        'What became of each number of an automatic call task: one value for each entry of its list, in its order.',
        '',
        `It asks ${task} once, and ${records} for the records of the calls, in lots and at the pace that the service takes. A call`,
        'without a record yet is `pending`. Ask again later, with the records that you have as `known`, or from a `cursor`.',
        '',
        '@param params The application and the task.',
        '@param options Records that are known already, your own list, a cursor, and a signal.',
        '@throws TcccError as these actions do; what was given before stays valid.',
        '@example',
        'for await (const { state, reason } of client.taskResults({ SdkAppId: 1400000000, TaskId: 4711 }))',
        '  console.log(state, reason?.group);',
      ],
      'taskResults(params: TaskResultsParams, options?: ResultsOptions): AsyncGenerator<NumberResult, void, undefined>',
      'this.resultsOfTask(resultActions, params, options)',
    ),
    method(
      [
        'What became of each number of a predictive dialing campaign: one value for each number.',
        '',
        `It asks ${campaign}, ${campaigns} if that does not give the state, ${sessions} for the calls, and ${records} for their records.`,
        'The service does not list the numbers of a campaign, so give your own list as `entries`: only with it can a number that was',
        'never dialled be named.',
        '',
        '@param params The application and the campaign.',
        '@param options Your own list, records that are known already, a cursor, and a signal.',
        '@throws TcccError as these actions do; what was given before stays valid.',
        '@example',
        'for await (const { state, reason } of client.campaignResults({ SdkAppId: 1400000000, CampaignId: 4711 }))',
        '  console.log(state, reason?.group);',
      ],
      'campaignResults(params: CampaignResultsParams, options?: ResultsOptions): AsyncGenerator<NumberResult, void, undefined>',
      'this.resultsOfCampaign(resultActions, params, options)',
    ),
    method(
      [
        'Every record of the calls of a window, each once: what a push may have lost.',
        '',
        `It asks ${records} from \`longestCallSeconds\` before \`since\`, so that a call that began before and ended within the window is`,
        'not lost, and cuts the window into spans that the service takes. At the end, `next` is the `since` of the next pass.',
        '',
        '@param params The application, and since when.',
        '@param options A signal, a deadline and headers for each page.',
        '@throws TcccError as the action does; what was given before stays valid.',
        '@example',
        'const pass = client.reconcile({ SdkAppId: 1400000000, since: 1800000000 });',
        'for await (const { sessionId, reason } of pass) console.log(sessionId, reason.group);',
      ],
      `reconcile(params: ReconcileParams, options?: CallOptions): Reconciliation<CallRecord>`,
      'this.reconciliation(resultActions, params, options)',
    ),
  ];
}

function method(lines: readonly string[], signature: string, body: string): string {
  return `${docComment(lines)}
  ${signature} {
    return ${body};
  }`;
}
