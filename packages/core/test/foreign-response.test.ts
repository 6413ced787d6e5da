import { afterEach, expect, test } from 'vitest';
import { clientFor, closeClients, failureOf } from './support/client.js';
import { RawServer, eachRequest, success } from './support/raw-server.js';
import { TestServer, createThing, freshId } from './support/service.js';

afterEach(closeClients);

/** The messages of two calls, one after the other, to a service that answers them like this. */
async function messagesOf(requestId: () => string, headers: Record<string, string> = {}): Promise<string[]> {
  await using server = await TestServer.start((response) => {
    response.writeHead(200, headers).end(JSON.stringify({ Response: { TaskId: 7, RequestId: requestId() } }));
  });
  const client = clientFor(server);
  const message = () =>
    client.call(createThing, { Name: 'x' }).then(
      () => '',
      (error: Error) => error.message,
    );
  return [await message(), await message()];
}

test('the message says if the request id of a response came before', async () => {
  const id = freshId();
  expect(await messagesOf(() => id)).toEqual([
    '',
    expect.stringContaining('its request id came before') as string,
  ]);
});

test('the message says if a response has the trace id of another request', async () => {
  const others = { 'x-tc-traceid': '00000000-0000-4000-8000-000000000000' };
  const [first, second] = await messagesOf(freshId, others);
  for (const message of [first, second]) expect(message).toContain('it has the trace id of another');
});

test('the request id of a response that another one followed is known, too', async () => {
  const [first, second] = [success(41), success(42)];
  await using server = await RawServer.start((socket) =>
    eachRequest(socket, () => socket.write(server.connections === 1 ? first + second : first)),
  );
  const client = clientFor(server);
  const call = () => failureOf(client.call(createThing, { Name: 'x' }));
  expect((await call()).message).toContain('was followed by another one');
  expect((await call()).message).toContain('its request id came before');
});
