import { join } from 'node:path';
import { fixtures } from '@tccc/mocks';
import { actions } from '@tccc/outbound';
import { describe, expect, test } from 'vitest';
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
  const method = `${action[0]!.toLowerCase()}${action.slice(1)}`;
  const names = fieldsOf(action);

  test.each(names)('pointing at %s shows its meaning and its type', (name) => {
    const beside = names.map((one) => `${one === name ? '^' : ''}${one}: 1`).join(', ');
    const { type, text } = editor.hover(`${IMPORT}void client.${method}({ ${beside} });`);
    expect(editor.hover(`${IMPORT}void client.${method}({ ^${name}: 1 });`)).toEqual({ type, text });
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
    const isCreation = action.startsWith('Create');
    const options = isCreation ? 'CreationOptions' : 'CallOptions';
    const result = isCreation ? `Created<${action}Result>` : `${action}Result`;
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

/** The parameters that the rules know. */
function fieldsOf(action: keyof typeof actions): string[] {
  return Object.keys(actions[action].rules().properties!);
}
