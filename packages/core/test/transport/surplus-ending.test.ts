import { afterEach, describe, expect, test } from 'vitest';
import { clientFor, closeClients, failureOf } from '../support/client.js';
import { closePools, openPool, send, textOf } from '../support/exchanges.js';
import { RawServer, eachRequest, refusal, responseText, success } from '../support/raw-server.js';
import { createThing } from '../support/service.js';

afterEach(closeClients);
afterEach(closePools);

describe('a response that ends its connection', () => {
  test.each([
    ['says so', 'connection: close\r\n'],
    ['keeps it for too short a time', 'keep-alive: timeout=1\r\n'],
  ])('is not believed if another follows in its packet: %s', async (_name, header) => {
    let count = 0;
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, () => {
        count++;
        const first = count % 2 === 1 ? refusal('RequestLimitExceeded') : success(900 + count);
        socket.write(first.replace('\r\n', `\r\n${header}`) + success(count));
      }),
    );
    const client = clientFor(server, { pacing: false });
    for (let call = 1; call <= 4; call++) {
      expect(await failureOf(client.call(createThing, { Name: 'x' }))).toMatchObject({
        code: 'ForeignResponse',
        outcome: 'unknown',
        attempts: 1,
      });
    }
    expect(count, 'nothing was sent twice').toBe(4);
  });

  test.each([
    ['alone', ''],
    ['followed by line ends only', '\r\n\n'],
  ])('is believed if it is %s', async (_name, more) => {
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, () =>
        socket.write(responseText({ TaskId: 7, RequestId: 'r' }, 'connection: close\r\n') + more),
      ),
    );
    const exchange = send(await openPool(), server.url);
    expect(await textOf(exchange)).toContain('"TaskId":7');
    expect(exchange.hasSurplus).toBe(false);
  });
});
