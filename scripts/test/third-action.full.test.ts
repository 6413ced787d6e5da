import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { generate } from '../generate/generate.js';
import { writeTree } from '../generate/tree.js';
import { Editor } from '../support/editor.js';
import { Copy, addConsumer, compileAll } from '../support/copy.js';

const run = promisify(execFile);

/** A made-up action with all that the documented ones lack: nesting, an enumeration of texts, a field that may be null. */
const ACTION = `
post:
  operationId: BookCallback
  summary: Book a call back.
  description: Made up, to show that an action needs nothing but its spec.
  x-source: derived
  x-site: cn
  x-rate-limit: { limit: 3, windowMs: 500, source: derived }
  x-idempotency: safe
  x-effect: { kind: none }
  x-errors:
    FailedOperation.NoAgent: { meaning: No agent is free., outcome: not-executed, retry: after-backoff, source: derived }
  requestBody:
    required: true
    content:
      application/json:
        schema:
          type: object
          description: Parameters of BookCallback.
          additionalProperties: false
          required: [SdkAppId, Channel, Slot]
          properties:
            SdkAppId: { type: integer, format: uint64, description: Application. }
            Channel: { $ref: '../types.yaml#/CallbackChannel' }
            Note: { type: [string, 'null'], minLength: 2, maxLength: 5, description: 'A note. It ends */ no comment.' }
            Slot: { $ref: '../types.yaml#/CallbackSlot' }
        examples:
          documented: { value: { SdkAppId: 1, Channel: phone, Note: null, Slot: { Day: 3, Ranges: [{ StartTime: '09:00:00' }] } } }
  responses:
    '200':
      description: Booked.
      content:
        application/json:
          schema:
            type: object
            description: Result of BookCallback.
            required: [BookingId, RequestId]
            properties:
              BookingId: { type: integer, format: uint64, description: Id. }
              Agent: { type: [string, 'null'], description: Who will call. }
              RequestId: { type: string, description: Id of the request. }
          examples:
            documented: { value: { BookingId: 5, Agent: null, RequestId: r } }
`;

const TYPES = `
CallbackChannel: { type: string, enum: [phone, video], description: How to call. }
CallbackSlot:
  type: object
  description: When to call.
  additionalProperties: false
  required: [Day]
  properties:
    Day: { type: integer, minimum: 1, maximum: 7, description: Day of the week. }
    Ranges: { type: array, items: { $ref: '#/TimeRange' }, description: Times of the day. }
`;

/** Uses the new action like any other: typed, validated, paced, mocked. */
const USE = `
import { MockDispatcher, MockEngine, mockCredentials, fixtures } from '@tccc/mocks';
import type { BookCallbackRequest, BookCallbackResult, BookCallbackErrorCode, CallbackSlot, ErrorCode } from '@tccc/outbound';
import { BookCallback, OutboundClient, isValidationError } from '@tccc/outbound';

const slot: CallbackSlot = { Day: 3, Ranges: [{ StartTime: '09:00:00' }] };
const params: BookCallbackRequest = { SdkAppId: 1, Channel: 'video', Note: null, Slot: slot };
const own: BookCallbackErrorCode = 'FailedOperation.NoAgent';
const code: ErrorCode = own;
// @ts-expect-error Not one of the listed values.
const wrong: BookCallbackRequest = { ...params, Channel: 'fax' };

const engine = new MockEngine({ seed: 1 });
const client = new OutboundClient({ site: 'intl', dispatcher: new MockDispatcher(engine), credentials: mockCredentials });
const result: BookCallbackResult = await client.bookCallback(params);
const agent: string | null | undefined = result.Agent;
await Promise.all([1, 2, 3].map(() => client.bookCallback(params)));
const refusal = await client
  .bookCallback({ ...wrong, Note: '🙂🙂🙂🙂🙂🙂', Slot: { ...slot, Day: 8 } })
  .catch((error: unknown) => (isValidationError(error) ? error.issues.map(({ path, rule }) => path + ' ' + rule) : error));
console.log(JSON.stringify({ result, agent, refusal, code, idempotency: BookCallback.idempotency, worst: engine.journal.worstWindow(500),
  cases: fixtures.find(({ action }) => action === 'BookCallback')?.cases.length }));
`;

test('a third action needs nothing but its spec', async () => {
  await using copy = await Copy.make();
  const inCopy = (path: string) => join(copy.path, path);
  await mkdir(inCopy('spec/callback'));
  await writeFile(inCopy('spec/callback/BookCallback.yaml'), ACTION.trimStart());
  const openapi = await readFile(inCopy('spec/openapi.yaml'), 'utf8');
  await writeFile(
    inCopy('spec/openapi.yaml'),
    `${openapi}  /BookCallback:\n    $ref: callback/BookCallback.yaml\n`,
  );
  await writeFile(
    inCopy('spec/types.yaml'),
    (await readFile(inCopy('spec/types.yaml'), 'utf8')) + TYPES.trimStart(),
  );

  await writeTree(copy.path, await generate(inCopy('spec')));
  await addConsumer(copy, USE);
  await compileAll(copy);

  const { stdout } = await run(process.execPath, [inCopy('consumer/dist/use.js')]);
  expect(JSON.parse(stdout)).toEqual({
    result: { BookingId: expect.any(Number) as number, Agent: null, RequestId: expect.any(String) as string },
    agent: null,
    refusal: ['Channel enum', 'Note maxLength', 'Slot.Day maximum'],
    code: 'FailedOperation.NoAgent',
    idempotency: 'safe',
    worst: 3,
    cases: expect.any(Number) as number,
  });
  const editor = new Editor(inCopy('consumer'));
  const inCall = `import { OutboundClient } from '@tccc/outbound';\nvoid new OutboundClient({ site: 'intl' }).`;
  expect(editor.hover(`${inCall}bookCallback({ ^Channel: 'phone' });`)).toEqual({
    type: '(property) BookCallbackRequest.Channel: CallbackChannel',
    text: 'How to call.\n\nOne of `phone`, `video`.',
  });
  expect(editor.completions(`${inCall}bookCallback({ Channel: '^' });`)).toEqual(['phone', 'video']);
  expect(editor.hover(`${inCall}^bookCallback`).text).toContain('The call changes nothing');

  const reference = await readFile(inCopy('packages/outbound/REFERENCE.md'), 'utf8');
  expect(reference).toContain('## BookCallback');
  expect(reference).toContain('`FailedOperation.NoAgent`');
});
