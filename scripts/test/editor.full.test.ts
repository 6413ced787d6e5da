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
  const call = (parameters: readonly string[]) => `void client.${method}({ ${parameters.join(', ')} });\n`;

  /** A call with every parameter, and one with each alone: the same text for all of them, which is therefore read once. */
  const program = (beside: number, alone: number) => {
    const pointing = (index: number) => given.map((one, at) => (at === index ? `^${one}` : one));
    return (
      IMPORT +
      call(pointing(beside)) +
      pointing(alone)
        .map((one) => call([one]))
        .join('')
    );
  };

  test.each(names)('pointing at %s shows its meaning and its type', (name) => {
    const index = names.indexOf(name);
    const { type, text } = editor.hover(program(index, -1));
    expect(editor.hover(program(-1, index))).toEqual({ type, text });
    expect(type).toContain(`.${name}`);
    expect(text).toMatch(/^[A-Z][^]*\.(\n|$)/);
    expect(`${type}${text}`).not.toMatch(/components|@enum|@description/);
  });

  test('every parameter is offered', () => {
    const offered = editor.completions(`${IMPORT}void client.${method}({ ^ });`);
    expect(offered).toEqual(expect.arrayContaining(names));
  });

  test('pointing at the method shows the names of its types', () => {
    const { type, text } = editor.hover(`${IMPORT}void client.^${method};`);
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
