import { OutboundClient, actions, isTcccError } from '@tccc/outbound';
import type { ActionDefinition, ActionName } from '@tccc/outbound';
import { describe, expect, test } from 'vitest';
import { MockEngine, Refusal, errorResponses, mockClientOptions } from '../src/index.js';
import { exampleOf } from './support.js';

describe.each(Object.keys(actions) as ActionName[])('the error responses of %s', (action) => {
  const { errors }: ActionDefinition = actions[action];

  test('are one for each documented code, those of all actions included', () => {
    const responses = errorResponses(action);
    expect(responses.map(({ code }) => code)).toEqual(Object.keys(errors()));
    expect(responses.length).toBeGreaterThan(30);
    for (const { code, body, status } of responses) {
      expect(status).toBe(200);
      expect(JSON.parse(body)).toEqual({
        Response: {
          Error: { Code: code, Message: expect.stringMatching(/./) as string },
          RequestId: expect.stringMatching(/^[\w-]{36}$/) as string,
        },
      });
    }
  });
});

test('the client reports of each what the table says', async () => {
  const action = 'CreateAutoCalloutTask';
  const engine = new MockEngine({ seed: 1, rateLimit: 'off' });
  await using client = new OutboundClient({ ...mockClientOptions(engine), retry: { maxAttempts: 1 } });
  for (const { code, outcome } of errorResponses(action)) {
    engine.respond(action, () => new Refusal(code, 'As documented.'));
    const error = await client.createAutoCalloutTask(exampleOf(action) as never).catch((one: unknown) => one);
    expect(isTcccError(error) && [error.code, error.outcome]).toEqual([code, outcome]);
  }
});
