import { OutboundClient } from '@tccc/outbound';
import { describe, expect } from 'vitest';
import type { TestMock } from '../src/vitest.js';
import { test } from '../src/vitest.js';
import { exampleOf, signedRequest } from './support.js';

const example = exampleOf('CreateAutoCalloutTask');
const [callee] = example.Callees as [string];

function create({ engine }: Pick<TestMock, 'engine'>, more: object = {}): void {
  engine.handle(signedRequest(JSON.stringify({ ...example, ...more })));
}

/** The message with which an assertion fails. */
function failureOf(assertion: () => unknown): string {
  try {
    assertion();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

describe.concurrent('the fixture', () => {
  const seen = new Set<string>();

  test.for([1, 2, 3])('gives test %i a mock of its own', async (number, { mock, expect }) => {
    await using client = new OutboundClient(mock.clientOptions);
    for (let count = 0; count < number * 10; count++) await client.createAutoCalloutTask(example as never);
    expect(mock.engine.calls()).toHaveLength(number * 10);
    expect(seen.has(mock.url)).toBe(false);
    seen.add(mock.url);
  });

  const limited = test.extend({ mockOptions: { seed: 7, rateLimit: 1 } });
  limited('takes options', ({ mock }) => {
    expect(mock.engine.seed).toBe(7);
    create(mock);
    create(mock);
    expect(mock.engine.calls('CreateAutoCalloutTask').map(({ code }) => code)).toEqual([
      'OK',
      'RequestLimitExceeded',
    ]);
  });

  let url = '';
  test('is there during the test', ({ mock }) => {
    url = mock.url;
  });
  test.sequential('and gone after it', async () => {
    await expect
      .poll(() =>
        fetch(`${url}/__mock/health`).then(
          () => 'there',
          () => 'gone',
        ),
      )
      .toBe('gone');
  });
});

describe('toHaveCreatedTask', () => {
  test('looks for parameters', ({ mock }) => {
    expect(mock).not.toHaveCreatedTask();
    create(mock, { Name: 'spring' });
    create(mock, { Name: 'autumn', Tries: 2 });
    expect(mock).toHaveCreatedTask();
    expect(mock.engine).toHaveCreatedTask({ Name: 'spring', Callees: [callee] });
    expect(mock).toHaveCreatedTask({ Name: expect.stringContaining('aut') as string, Tries: 2 });
    expect(mock).not.toHaveCreatedTask({ Name: 'winter' });
  });

  test('says what differs, without a value', ({ mock }) => {
    expect(failureOf(() => expect(mock).toHaveCreatedTask())).toBe(
      'Expected a task to be created, but nothing was created.',
    );
    create(mock);
    const failure = failureOf(() => expect(mock).toHaveCreatedTask({ Callees: ['1'], IvrId: 8, Tries: 3 }));
    expect(failure).toBe(
      'Expected a task to be created, but 1 were created; the nearest differs in Callees, Tries.',
    );
    expect(failureOf(() => expect(mock).not.toHaveCreatedTask())).toMatch(/but one was created/);
  });
});

describe('toHaveNoDuplicateCallees', () => {
  test('counts numbers across creations, and shows none', ({ mock }) => {
    expect(mock).toHaveNoDuplicateCallees();
    create(mock);
    expect(mock).toHaveNoDuplicateCallees();
    create(mock);
    expect(mock).not.toHaveNoDuplicateCallees();
    const failure = failureOf(() => expect(mock).toHaveNoDuplicateCallees());
    expect(failure).toMatch(/no number to be called more than once, but 1 was;/);
    expect(failure).not.toContain(callee);
  });

  const forgetful = test.extend({ mockOptions: { journal: { maxEntries: 1 } } });
  forgetful('does not guess if the mock has forgotten', ({ mock }) => {
    create(mock);
    create(mock);
    expect(() => expect(mock).toHaveNoDuplicateCallees()).toThrow(/has forgotten the first creations/);
  });
});

test('toStayWithinRate knows the documented limit, and takes another', ({ mock }) => {
  for (let count = 0; count < 20; count++) create(mock);
  expect(mock).toStayWithinRate();
  expect(mock).not.toStayWithinRate(5);
  create(mock);
  const failure = failureOf(() => expect(mock).toStayWithinRate());
  expect(failure).toMatch(/CreateAutoCalloutTask: 21 in 1000 ms, the limit is 20\.$/);
});

test('resetHistory forgets requests, and keeps what is there', ({ mock }) => {
  create(mock);
  mock.engine.faults.add({ fault: 'internal-error', nth: 5 });
  mock.engine.resetHistory();
  expect([mock.engine.calls(), mock.engine.created, mock.engine.journal.size]).toEqual([[], [], 0]);
  expect(mock.engine.entities).toHaveLength(1);
  create(mock);
  expect(mock.engine.calls()).toMatchObject([{ sequence: 1, code: 'OK', action: 'CreateAutoCalloutTask' }]);
  expect(mock.engine.created[0]!.id).not.toBe(mock.engine.entities[0]!.id);
});
