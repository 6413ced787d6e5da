import { brokenEffects } from './broken-effects.js';

const AUTO = 'auto-callout/CreateAutoCalloutTask.yaml';
const LIST = 'auto-callout/DescribeAutoCalloutTasks.yaml';
const PAUSE = 'auto-callout/PauseAutoCalloutTask.yaml';
const CAMPAIGN = 'predictive-dialing/CreatePredictiveDialingCampaign.yaml';

/** A spec that is broken in one place. */
export interface Broken {
  name: string;
  file: string;
  /** What is replaced, once, and by what. A file that does not exist yet is made. */
  change: [from: string | RegExp, to: string];
  /** A text of the line that is named. */
  line?: string;
  /** File and line that are named, if not this file. Default, without `line`: its first line. */
  at?: string;
  says: string;
  remedy: string;
}

export const broken: Broken[] = [
  {
    name: 'a misspelt extension of a field',
    file: AUTO,
    change: ['x-unit: attempts', 'x-unti: attempts'],
    line: 'x-unti',
    says: 'x-unti is not supported here',
    remedy: 'Did you mean x-unit?',
  },
  {
    name: 'a misspelt extension of a request',
    file: AUTO,
    change: ['x-ordered:', 'x-order:'],
    line: 'x-order:',
    says: 'x-order is not supported here',
    remedy: 'Did you mean x-ordered?',
  },
  {
    name: 'a misspelt extension of an operation',
    file: AUTO,
    change: ['x-newer-parameters', 'x-newer-params'],
    line: 'x-newer-params',
    says: 'x-newer-params is not supported here',
    remedy: 'Did you mean x-newer-parameters?',
  },
  {
    name: 'a keyword that nothing reads',
    file: AUTO,
    change: [/maximum: \d+\n/, 'maximum: 3\n              multipleOf: 2\n'],
    line: 'multipleOf',
    says: 'multipleOf is not supported here',
    remedy: 'Remove it, and say it in the description',
  },
  ...['const: 3', 'exclusiveMinimum: 1', 'uniqueItems: true', 'oneOf: [{ type: string }]'].map((keyword) => ({
    name: `the keyword ${keyword}`,
    file: 'types.yaml',
    change: ['      type: string\n', `      type: string\n      ${keyword}\n`] as [string, string],
    line: keyword,
    says: `${keyword.split(':')[0]} is not supported here`,
    remedy: 'Supported here: type, description',
  })),
  {
    name: 'a keyword of another type',
    file: AUTO,
    change: ['description: Name of the task.', 'minimum: 3\n              description: Name of the task.'],
    line: 'minimum: 3',
    says: 'minimum says nothing about a value of type string',
    remedy: 'correct the type',
  },
  {
    name: 'an order of a field that does not exist',
    file: AUTO,
    change: ['[NotBefore, NotAfter]', '[NotBefore, NotLater]'],
    line: 'x-ordered',
    says: 'x-ordered names NotLater, which is not a field',
    remedy: 'The fields are: SdkAppId',
  },
  {
    name: 'a required field that does not exist',
    file: PAUSE,
    change: ['required: [TaskId, SdkAppId]', 'required: [TaskID, SdkAppId]'],
    line: 'required: [TaskID',
    says: 'required names TaskID, which is not a field',
    remedy: 'The fields are: TaskId',
  },
  {
    name: 'a file that nothing refers to',
    file: 'auto-callout/Orphan.yaml',
    change: ['', 'post: {}\n'],
    says: 'nothing refers to this file',
    remedy: 'List it under paths in openapi.yaml',
  },
  {
    name: 'a type that nothing uses',
    file: 'types.yaml',
    change: [/^/, 'Unused: { type: string, description: A text. }\n'],
    line: 'Unused:',
    says: 'no action uses the type Unused',
    remedy: 'Use it, or remove it',
  },
  {
    name: 'a request that is open',
    file: PAUSE,
    change: [/ *additionalProperties: false\n/, ''],
    line: 'schema:',
    says: 'schema has no additionalProperties',
    remedy: 'Add additionalProperties',
  },
  {
    name: 'a type of a request that is open',
    file: 'types.yaml',
    change: [/ *additionalProperties: false\n/, ''],
    line: 'type: object',
    says: 'part of a request and is not closed',
    remedy: 'Add additionalProperties: false',
  },
  {
    name: 'an operation without a rate limit',
    file: AUTO,
    change: [/ *x-rate-limit.*\n/, ''],
    line: 'post:',
    says: 'post has no x-rate-limit',
    remedy: 'Add x-rate-limit; spec/README.md has a template',
  },
  {
    name: 'an error without an outcome',
    file: 'errors.yaml',
    change: ['  outcome: not-executed\n', ''],
    line: 'ActionOffline',
    says: 'ActionOffline has no outcome',
    remedy: 'Add outcome',
  },
  {
    name: 'a correction of what may have been executed',
    file: 'errors.yaml',
    change: ['outcome: unknown\n  retry: never', 'outcome: unknown\n  retry: after-clock-correction'],
    line: 'retry: after-clock-correction',
    says: 'retry has a value that is not allowed here',
    remedy: 'Write one of: "never", "after-backoff"',
  },
  {
    name: 'a source that is not listed',
    file: 'errors.yaml',
    change: ['source: common-errors', 'source: hearsay'],
    line: 'source: hearsay',
    says: '"hearsay" is named as a source',
    remedy: 'Add it there',
  },
  {
    name: 'an operation under another name',
    file: 'openapi.yaml',
    change: ['/PauseAutoCalloutTask:', '/PauseTask:'],
    at: 'auto-callout/PauseAutoCalloutTask.yaml:2',
    says: 'the operationId is PauseAutoCalloutTask',
    remedy: 'Its operationId must be PauseTask',
  },
  {
    name: 'a reference to no file',
    file: 'openapi.yaml',
    change: ['auto-callout/CreateAutoCalloutTask', 'auto-callout/Nothing'],
    line: 'auto-callout/Nothing',
    says: 'there is no file auto-callout/Nothing.yaml',
    remedy: 'correct the reference',
  },
  {
    name: 'a reference to no type',
    file: AUTO,
    change: ['types.yaml#/Variable', 'types.yaml#/Varable'],
    line: 'Varable',
    says: 'there is no type Varable',
    remedy: 'correct the name',
  },
  {
    name: 'a site that is not listed',
    file: AUTO,
    change: ['x-site: intl', 'x-site: moon'],
    line: 'x-site: moon',
    says: 'x-site is not the x-site of a server',
    remedy: 'Sites are: intl, cn',
  },
  {
    name: 'a pattern without a value that fits',
    file: 'types.yaml',
    change: [/ {6}examples: .*\n/, ''],
    line: 'pattern:',
    says: 'a pattern needs words and a value',
    remedy: 'Add "x-pattern-hint" and "examples"',
  },
  {
    name: 'an example of a field that does not fit',
    file: 'types.yaml',
    change: ["examples: ['09:00:00']", "examples: ['9 o’clock']"],
    line: '9 o’clock',
    says: 'the example does not match the pattern',
    remedy: 'Correct one of the two',
  },
  {
    name: 'a documented request that the rules refuse',
    file: CAMPAIGN,
    change: [/Priority: \d+\n/, 'Priority: 999\n'],
    line: 'Priority: 999',
    says: 'the example is refused: Priority: expected an integer from ',
    remedy: 'Correct the example',
  },
  {
    name: 'a documented result with a field that is not declared',
    file: LIST,
    change: ['TotalCount: 1\n', 'TotalCounts: 1\n'],
    line: 'TotalCounts: 1',
    says: 'the example is refused: TotalCounts: is not a known name; did you mean TotalCount',
    remedy: 'Correct the example',
  },
  {
    name: 'a meaning of no value',
    file: CAMPAIGN,
    change: ['{ 0: random, 1: in the order of `Callees` }', '{ 0: random, 2: other }'],
    line: '2: other',
    says: '2 has a meaning, but is not in enum',
    remedy: 'Values are: 0, 1',
  },
  {
    name: 'a list of values for a field that may be null',
    file: CAMPAIGN,
    change: [
      'type: integer\n              format: int64\n              enum: [0, 1]',
      "type: [integer, 'null']\n              format: int64\n              enum: [0, 1]",
    ],
    line: 'enum: [0, 1]',
    says: 'type and enum do not agree on null',
    remedy: 'null in enum; or neither',
  },
  {
    name: 'a derived rule that does not exist',
    file: CAMPAIGN,
    change: ['x-derived: [minLength]', 'x-derived: [maxLength]'],
    line: 'x-derived: [maxLength]',
    says: 'x-derived names maxLength, which is not next to it',
    remedy: 'Name keywords of the same field',
  },
  ...brokenEffects,
  {
    name: 'a type that holds itself',
    file: 'types.yaml',
    change: ["items: { $ref: '#/Variable' }", "items: { $ref: '#/CalleeAttribute' }"],
    line: 'CalleeAttribute:',
    says: 'CalleeAttribute holds itself',
    remedy: 'give it an end',
  },
  {
    name: 'a type under a name that is taken',
    file: 'types.yaml',
    change: [
      /^Variable:([^]*'#\/)Variable/m,
      'Pacer: { type: string, description: A clash. }\nVariable:$1Pacer',
    ],
    line: 'Pacer:',
    says: 'makes Pacer, but @tccc/outbound exports that name already',
    remedy: 'Rename it',
  },
  {
    name: 'a type under a name of JavaScript',
    file: 'types.yaml',
    change: [
      /^Variable:([^]*'#\/)Variable/m,
      'Promise: { type: string, description: A clash. }\nVariable:$1Promise',
    ],
    line: 'Promise:',
    says: 'Promise is a name of JavaScript itself',
    remedy: 'Rename it',
  },
  {
    name: 'a format of another type',
    file: AUTO,
    change: ['format: iana-time-zone', 'format: int64 # here'],
    line: '# here',
    says: 'the format int64 does not exist for the type string',
    remedy: 'Write one of: iana-time-zone',
  },
  {
    name: 'a length beside a format',
    file: AUTO,
    change: ['format: iana-time-zone\n', 'format: iana-time-zone\n              maxLength: 9\n'],
    line: 'maxLength: 9',
    says: 'maxLength says nothing beside format',
    remedy: 'Remove one of the two',
  },
  {
    name: 'a file that is not YAML',
    file: 'errors.yaml',
    change: ['ActionOffline:\n', 'ActionOffline:\nActionOffline:\n'],
    line: 'ActionOffline',
    says: 'Map keys must be unique',
    remedy: 'Write valid YAML',
  },
];
