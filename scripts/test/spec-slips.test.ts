import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFolder } from '../generate/read/load-folder.js';
import { readSpec } from '../generate/load-spec.js';
import { buildModel } from '../generate/model/model.js';
import { emitReference } from '../generate/emit/reference.js';
import type { Spec } from '../generate/read/spec.js';
import { root } from '../support/root.js';

const AUTO = 'auto-callout/CreateAutoCalloutTask.yaml';
const LIST = 'auto-callout/DescribeAutoCalloutTasks.yaml';
const PAUSE = 'auto-callout/PauseAutoCalloutTask.yaml';
const DESCRIBE = 'auto-callout/DescribeAutoCalloutTask.yaml';
const CAMPAIGN = 'predictive-dialing/CreatePredictiveDialingCampaign.yaml';
const CAMPAIGNS = 'predictive-dialing/DescribePredictiveDialingCampaigns.yaml';

/** The limits of Tries, whatever they are. */
const LARGEST = /(?<= Tries:\n[^]*?)maximum: \d+\n/;
const LEAST = /(?<= Tries:\n[^]*?)minimum: \d+\n/;

const files = await readFolder(join(root, 'spec'));

/** The spec with one text replaced in one of its files. */
function changedSpec(file: string, from: string | RegExp, to: string): Spec {
  const before = files.get(file)!;
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  return readSpec(new Map([...files, [file, after]]));
}

function refusalOf(file: string, from: string | RegExp, to: string): string {
  try {
    changedSpec(file, from, to);
    return 'taken';
  } catch (error) {
    return (error as Error).message;
  }
}

interface Slip {
  file: string;
  from: string;
  to: string;
  says: string;
  /** A part of the remedy. */
  remedy: string;
}

const slips: Record<string, Slip> = {
  'an order that goes in a circle': {
    file: AUTO,
    from: '- [NotBefore, NotAfter]',
    to: '- [NotBefore, NotAfter]\n            - [NotAfter, NotBefore]',
    says: 'x-ordered goes in a circle from NotBefore to NotAfter and back',
    remedy: 'Remove a pair',
  },
  'an order that goes in a longer circle': {
    file: AUTO,
    from: '- [NotBefore, NotAfter]',
    to: '- [NotBefore, NotAfter]\n            - [NotAfter, Tries]\n            - [Tries, NotBefore]',
    says: 'x-ordered goes in a circle from NotBefore to Tries and back',
    remedy: 'Remove a pair',
  },
  'a field before itself': {
    file: AUTO,
    from: '[NotBefore, NotAfter]',
    to: '[NotAfter, NotAfter]',
    says: 'x-ordered goes in a circle from NotAfter to NotAfter',
    remedy: 'Remove a pair',
  },
  'an order that is said twice': {
    file: AUTO,
    from: '- [NotBefore, NotAfter]',
    to: '- [NotBefore, NotAfter]\n            - [NotBefore, NotAfter]',
    says: 'x-ordered has NotBefore, NotAfter twice',
    remedy: 'Remove one',
  },
  'a marker in a number': {
    file: AUTO,
    from: 'parameter: Name',
    to: 'parameter: Tries',
    says: 'parameter names Tries, whose type is integer',
    remedy: 'type string',
  },
  'a marker in a list': {
    file: AUTO,
    from: 'parameter: Name',
    to: 'parameter: Callees',
    says: 'parameter names Callees, whose type is array',
    remedy: 'type string',
  },
  'a marker in a text whose form is given': {
    file: AUTO,
    from: 'parameter: Name',
    to: 'parameter: TimeZone',
    says: 'parameter names a text with format, which cannot carry a marker',
    remedy: 'a text that may say anything',
  },
  'a marker in a number of the list': {
    file: AUTO,
    from: 'item: Name',
    to: 'item: State',
    says: 'item names State, whose type is integer',
    remedy: 'type string',
  },
  'a marker that is searched for in a number': {
    file: CAMPAIGN,
    from: 'filter: Name',
    to: 'filter: SkillGroupId',
    says: 'filter names SkillGroupId, whose type is integer',
    remedy: 'type string',
  },
  'a list that is given a parameter that it has not': {
    file: AUTO,
    from: 'with: [SdkAppId]',
    to: 'with: [SdkAppId, IvrId]',
    says: 'with names IvrId, which DescribeAutoCalloutTasks does not take',
    remedy: 'Its parameters are: SdkAppId',
  },
  'a list that is given what the look-up gives it': {
    file: CAMPAIGN,
    from: 'with: [SdkAppId]',
    to: 'with: [SdkAppId, Name]',
    says: 'with names Name, which the look-up itself gives',
    remedy: 'Leave it out',
  },
  'a list that needs what the creation may leave out': {
    file: AUTO,
    from: 'required: [SdkAppId, ',
    to: 'required: [',
    says: 'DescribeAutoCalloutTasks needs SdkAppId, which the creation may leave out',
    remedy: 'Make it required',
  },
  'a success that may lack the id of what was created': {
    file: AUTO,
    from: 'required: [TaskId, RequestId]',
    to: 'required: [RequestId]',
    says: 'a success may lack TaskId, the id of what is created',
    remedy: 'Add it to required',
  },
  'an id of what was created that may be 0': {
    file: CAMPAIGN,
    from: 'CampaignId:\n                type: integer\n                minimum: 1\n',
    to: 'CampaignId:\n                type: integer\n',
    says: 'CampaignId, the id of what is created, may be 0',
    remedy: 'Add minimum: 1',
  },
  'a choice that is always made': {
    file: AUTO,
    from: '- required: [IvrId]',
    to: '- required: [Callees]',
    says: 'anyOf names Callees, which is required, so there is always one of them',
    remedy: 'Remove it from one of the two',
  },
  'a group of ends that nothing knows': {
    file: 'end-statuses.yaml',
    from: 'group: answered\n',
    to: 'group: answred\n',
    says: 'group has a value that is not allowed here',
    remedy: 'Write one of: "answered"',
  },
  'a day that the calendar has not': {
    file: 'openapi.yaml',
    from: "updated: '2026-03-27'",
    to: "updated: '2026-02-30'",
    says: 'updated must match format "date"',
    remedy: 'Correct it',
  },
  'an id that is a list': {
    file: AUTO,
    from: '    id: TaskId\n',
    to: '    id: RequestId\n',
    says: 'id names RequestId, whose type is string',
    remedy: 'type integer',
  },
  'a page that is no number': {
    file: CAMPAIGNS,
    from: 'page: PageNumber',
    to: 'page: Name',
    says: 'page names Name, whose type is string',
    remedy: 'type integer',
  },
  'items that are no list': {
    file: LIST,
    from: 'items: Tasks',
    to: 'items: TotalCount',
    says: 'items names TotalCount, whose type is integer',
    remedy: 'type array',
  },
  'a count of what is no list': {
    file: CAMPAIGN,
    from: 'counts: { CalleeCount: Callees }',
    to: 'counts: { CalleeCount: Name }',
    says: 'counts names Name, whose type is string',
    remedy: 'type array',
  },
  'a list of objects whose items are called something else': {
    file: DESCRIBE,
    from: 'wraps: { Callees: Callee }',
    to: 'wraps: { Callees: Number }',
    says: 'Callees names Number, which is not a field',
    remedy: 'The fields are: Callee',
  },
  'a state that nothing has': {
    file: PAUSE,
    from: 'from: { State:',
    to: 'from: { Stat:',
    says: 'a auto-callout-task has no Stat',
    remedy: 'It has: TaskId',
  },
  'a change of what nothing shows': {
    file: PAUSE,
    from: 'to: { State:',
    to: 'to: { Stat:',
    says: 'no action shows, or asks for, the Stat of a auto-callout-task',
    remedy: 'Those that are seen',
  },
  'a choice that is given twice': {
    file: AUTO,
    from: '- required: [IvrId]',
    to: '- required: [IvrId]\n            - required: [IvrId]',
    says: 'anyOf must NOT have duplicate items',
    remedy: 'Correct it',
  },
};

describe('a slip is refused, with its line and what to do:', () => {
  test.each(Object.entries(slips))('%s', (_name, { file, from, to, says, remedy }) => {
    const message = refusalOf(file, from, to);
    const line = message.split('\n').find((one) => one.includes(says));
    expect(line, message).toMatch(/^ {2}spec\/[\w/-]+\.yaml:\d+: /);
    expect(line).toContain(remedy);
  });

  test.each([
    ['minum: 1', 'minimum'],
    ['maxmum: 1', 'maximum'],
    ['minLenght: 1', 'minLength'],
    ['Minimum: 1', 'minimum'],
    ['enums: [1]', 'enum'],
    ['patern: x', 'pattern'],
    ['exampels: [1]', 'examples'],
    ['x-dervied: [minimum]', 'x-derived'],
  ])('%s is meant as %s', (slip, meant) => {
    const says = `${slip.split(':')[0]} is not supported here, so nothing would read it. Did you mean ${meant}?`;
    expect(refusalOf(AUTO, 'x-unit: attempts', slip)).toContain(says);
  });
});

describe('an integer that JavaScript would round', () => {
  test.each<[string, string, string | RegExp, string, string]>([
    ['a limit', AUTO, LARGEST, 'maximum: 9007199254740993\n', '9007199254740993'],
    ['a limit in hex', AUTO, LARGEST, 'maximum: 0x20000000000001\n', '0x20000000000001'],
    ['a limit as a power', AUTO, LARGEST, 'maximum: 1e400\n', '1e400'],
    ['the largest of 64 bits', AUTO, LARGEST, 'maximum: 18446744073709551615\n', '18446744073709551615'],
    ['a least value', AUTO, LEAST, 'minimum: -9007199254740993\n', '-9007199254740993'],
    ['one of a list', CAMPAIGN, 'enum: [0, 1]', 'enum: [0, 9007199254740993]', '9007199254740993'],
    ['a documented id', LIST, 'TaskId: 3241', 'TaskId: 9007199254740993', '9007199254740993'],
    ['no number', AUTO, LARGEST, 'maximum: .nan\n', '.nan'],
  ])('is refused: %s', (_what, file, from, to, shown) => {
    const message = refusalOf(file, from, to);
    expect(message).toMatch(/spec\/[\w/-]+\.yaml:\d+: /);
    expect(message).toContain(`${shown} is not a number that JavaScript holds exactly. Integers go from`);
  });

  test('and the largest that it does not round comes through', () => {
    const { document } = changedSpec(AUTO, LARGEST, 'maximum: 9007199254740991\n');
    const { schema } = document.paths['/CreateAutoCalloutTask']!.post.requestBody.content['application/json'];
    expect(schema.properties!['Tries']!.maximum).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe('the reference', () => {
  const referenceOf = (file: string, from: string | RegExp, to: string) =>
    emitReference(buildModel(changedSpec(file, from, to)));

  /** The rows of every table have as many cells as their heads. */
  function expectWholeTables(page: string): void {
    let columns = 0;
    for (const line of page.replaceAll(/```[^]*?```/g, '').split('\n')) {
      const cells = line.replaceAll('\\|', '').split('|').length;
      if (!line.startsWith('|')) columns = 0;
      else if (columns === 0) columns = cells;
      else expect(cells, line).toBe(columns);
    }
  }

  test.each([
    ['a summary with a pipe', "summary: 'Pause | stop'", 'Pause \\| stop |'],
    ['a summary in lines', 'summary: |\n    One | two.\n\n    Three.', 'One \\| two. Three. |'],
  ])('keeps its tables: %s', async (_what, summary, cell) => {
    const page = await referenceOf(PAUSE, /summary: .*/, summary);
    expectWholeTables(page);
    expect(page.split('\n').find((line) => line.startsWith('| [PauseAutoCalloutTask]'))).toContain(cell);
  });

  test('keeps its tables: a site that is described in lines', async () => {
    const page = await referenceOf('openapi.yaml', 'The China site.', '"China | mainland\\nonly"');
    expectWholeTables(page);
    expect(page).toContain('China \\| mainland only');
  });

  test('shows the format of a field, also of a result', async () => {
    const page = await referenceOf(LIST, /(?<=TotalCount:\n( +)type: integer\n)/, '$1format: uint64\n');
    expect(page).toContain(
      '| `TotalCount` | integer (uint64) | yes | How many tasks there are on all pages. An integer that is not negative. |',
    );
  });

  test('says what a type is, also one that has no fields', async () => {
    const types = `Span:
  type: object
  description: A span.
  additionalProperties: false
  x-ordered: [[From, To]]
  properties:
    From: { type: integer, description: Its start. }
    To: { type: integer, description: Its end. }
    Unit: { $ref: '#/Unit' }
Unit: { type: string, enum: [day, week], description: A unit. }
`;
    const span = "Span: { $ref: '../types.yaml#/Span' }";
    const pause = files.get(PAUSE)!.replace(/properties:\n( +)/, `$&${span}\n$1`);
    const all = new Map([...files, ['types.yaml', `${files.get('types.yaml')}${types}`], [PAUSE, pause]]);
    const page = await emitReference(buildModel(readSpec(all)));
    expect(page).toContain('### Span\n\nType: object. A span. `From` must be before `To`.\n\n| Name |');
    expect(page).toContain('### Unit\n\nType: string. A unit. One of `day`, `week`.\n\n');
  });
});
