import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { createReceiver } from '../src/index.js';
import { basic, cdr, keeping } from './support.js';

/** What something in front of the receiver has made of the body. */
const before: [string, (request: IncomingMessage) => unknown][] = [
  ['a parser that has read it', async (request) => JSON.parse(await text(request))],
  ['a parser of Express 4 that has passed it over', () => ({})],
  ['a parser of Express 5 that has passed it over', () => undefined],
  ['a body that did not come by the stream', () => cdr],
];

test.each(before)('behind %s, a push is read', async (_name, bodyOf) => {
  const { events, options } = keeping();
  const receiver = createReceiver(options);
  const server = createServer(async (request, response) => {
    await receiver.node(Object.assign(request, { body: await bodyOf(request) }), response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/tccc?action=cdr`, {
    method: 'POST',
    headers: { authorization: basic(), 'content-type': 'application/json;charset=utf8', connection: 'close' },
    body: JSON.stringify(cdr),
  });
  expect([response.status, events.map(({ type }) => type)]).toEqual([200, ['cdr']]);
  server.close();
});

test('an empty object that was sent is refused as one', async () => {
  const { refused, options } = keeping();
  const receiver = createReceiver(options);
  const server = createServer(async (request, response) => {
    const body: unknown = JSON.parse(await text(request));
    await receiver.node(Object.assign(request, { body }), response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const headers = { authorization: basic(), connection: 'close' };
  await fetch(`http://127.0.0.1:${port}/tccc?action=cdr`, { method: 'POST', headers, body: '{}' });
  expect(refused).toEqual(['Incomplete']);
  server.close();
});
