import { join } from 'node:path';
import { fixtures } from '@tccc/mocks';
import { OutboundClient, actions } from '@tccc/outbound';
import { describe, expect, test } from 'vitest';
import type { Rules } from '../../packages/core/src/rules.js';
import { Editor } from '../support/editor.js';
import { root } from '../support/root.js';

// TypeScript 5.9, which most editors still run; packages/outbound/test/types.full.test.ts asks TypeScript 7.
const editor = new Editor(join(root, 'packages/outbound/test'));
const IMPORT = `import type { OutboundClient } from '../src/index.js';\ndeclare const client: OutboundClient;\n`;

/** The lines of a program with every call of every action. They are one text, since an editor takes longest to read a new one. */
const lines = [IMPORT];

/** Adds a line, and gives what points at a place in it. */
function addLine(line: string): (column: number) => string {
  const index = lines.push(line) - 1;
  return (column) =>
    [
      ...lines.slice(0, index),
      line.slice(0, column),
      '^',
      line.slice(column),
      ...lines.slice(index + 1),
    ].join('');
}

/** What the hover of a method says of repetition. */
const REPETITION = {
  none: 'The service cannot tell a repeated request from a new one',
  safe: 'The call changes nothing, so it is repeated after a failure',
  idempotent: 'so a call whose outcome is unknown is repeated',
};

describe.each(fixtures.map(({ action }) => action))('in a call of %s', (action) => {
  const method = methodOf(action);
  const fields = actions[action].rules().properties!;
  const names = Object.keys(fields);

  const given = names.map((name) => `${name}: ${valueOf(fields[name]!)}`);
  const start = `void client.${method}({ `;
  const call = (parameters: readonly string[]) => addLine(`${start}${parameters.join(', ')} });\n`);

  // A call with every parameter, one with each alone, and one that is still to be written.
  const pointBeside = call(given);
  const pointsAlone = given.map((one) => call([one]));
  const pointInside = addLine(`${start} });\n`);

  test.each(names)('pointing at %s shows its meaning and its type', (name) => {
    const index = names.indexOf(name);
    const before = given
      .slice(0, index)
      .map((one) => `${one}, `)
      .join('');
    const { type, text } = editor.hover(pointBeside(start.length + before.length));
    expect(editor.hover(pointsAlone[index]!(start.length))).toEqual({ type, text });
    expect(type).toContain(`.${name}`);
    expect(text).toMatch(/^[A-Z][^]*\.(\n|$)/);
    expect(`${type}${text}`).not.toMatch(/components|@enum|@description/);
  });

  test('every parameter is offered', () => {
    const offered = editor.completions(pointInside(start.length));
    expect(offered).toEqual(expect.arrayContaining(names));
  });

  test('pointing at the method shows the names of its types', () => {
    const { type, text } = editor.hover(pointInside('void client.'.length));
    const canSettle = 'settle' in actions[action];
    const options = `${canSettle ? 'CreationOptions' : 'CallOptions'}<ParameterName<${action}Request>>`;
    const result = canSettle ? `Created<${action}Result>` : `${action}Result`;
    expect(type).toBe(
      `(method) OutboundClient.${method}(params: ${action}Request, options?: ${options}): Promise<${result}>`,
    );
    expect(text).toContain(REPETITION[actions[action].idempotency]);
  });
});

test('the codes of an action are offered', () => {
  const program = `import type { CreateAutoCalloutTaskErrorCode } from '../src/index.js';
declare const code: CreateAutoCalloutTaskErrorCode | (string & {});
if (code === '^') {}`;
  const offered = editor.completions(program);
  expect(offered).toContain('InvalidParameterValue.ExperienceAccount');
  expect(offered).toContain('RequestLimitExceeded');
  expect(offered).not.toContain('LimitExceeded.OutOfCountLimit');
});

test('a missing IvrId and AIAgentId are named in a short message', () => {
  const params = `{ SdkAppId: 1, NotBefore: 1, Callees: ['1'], Callers: ['2'] }`;
  const given = '{ SdkAppId: number; NotBefore: number; Callees: string[]; Callers: string[]; }';
  expect(editor.errors(`${IMPORT}void client.createAutoCalloutTask(${params});`)).toEqual([
    `Argument of type '${given}' is not assignable to parameter of type 'CreateAutoCalloutTaskRequest'.
  Property 'AIAgentId' is missing in type '${given}' but required in type 'CreateAutoCalloutTaskRequestWithoutIvrId'.`,
  ]);
});

/** The method of an action: the one whose name differs only in case. */
function methodOf(action: string): string {
  const names = Object.getOwnPropertyNames(OutboundClient.prototype);
  return names.find((one) => one.toLowerCase() === action.toLowerCase())!;
}

/** A value for a parameter. What the compiler tells choices apart by must be right, or it knows no choice. */
function valueOf({ enum: values, type }: Rules): string {
  if (values !== undefined) return JSON.stringify(values[0]);
  return [type].flat().includes('boolean') ? 'true' : '1';
}
