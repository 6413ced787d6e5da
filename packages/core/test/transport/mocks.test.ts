import { MockAgent, getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import { ServiceClient } from '../../src/client.js';
import { clientFor, closeClients, failureOf } from '../support/client.js';
import { TestServer, createThing, credentials } from '../support/service.js';

const before = getGlobalDispatcher();
afterEach(async () => {
  await closeClients();
  setGlobalDispatcher(before);
});

/** What a test sets up that must reach nobody. */
function mockAll(): MockAgent {
  const mock = new MockAgent();
  mock.disableNetConnect();
  setGlobalDispatcher(mock);
  return mock;
}

/** Of a client for the real service, whose host no test can resolve. */
const callToSite = (client: ServiceClient) => failureOf(client.call(createThing, { Name: 'x' }));

const clientForSite = () => new ServiceClient({ credentials, retry: { maxAttempts: 1 } });

describe('while the global dispatcher is a MockAgent', () => {
  test('a client does not go to the real service', async () => {
    mockAll();
    await using client = clientForSite();
    const error = await callToSite(client);
    expect(error).toMatchObject({ code: 'InvalidOption', outcome: 'not-executed', retry: 'never' });
    expect(error.message).toMatch(/^CreateThing was not sent: .* MockAgent.* createMock\(\) /);
  });

  test('a client with an endpoint goes there, such as to a mock of the service', async () => {
    mockAll();
    await using server = await TestServer.start();
    await expect(clientFor(server).call(createThing, { Name: 'x' })).resolves.toMatchObject({ TaskId: 7 });
  });

  test('a client that has it as its dispatcher asks it', async () => {
    const mock = mockAll();
    const Response = { TaskId: 8, RequestId: '11111111-2222-4333-8444-555555555555' };
    mock
      .get('https://thing.example.invalid')
      .intercept({ path: '/', method: 'POST' })
      .reply(200, { Response });
    await using client = new ServiceClient({ credentials, dispatcher: mock });
    await expect(client.call(createThing, { Name: 'x' })).resolves.toEqual(Response);
  });

  test('a client refuses from its next call on, and calls again once the mock is gone', async () => {
    await using client = clientForSite();
    expect((await callToSite(client)).code).toBe('DnsFailed');
    const mock = mockAll();
    expect((await callToSite(client)).code).toBe('InvalidOption');
    mock.deactivate();
    expect((await callToSite(client)).code).toBe('DnsFailed');
  });
});
