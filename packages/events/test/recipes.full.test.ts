import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { Receiver } from '../src/index.js';
import { createReceiver } from '../src/index.js';
import { basic, cdr, credentials, keeping } from './support.js';

/** Starts what a recipe makes; gives its address, and ends it. */
type Recipe = (receiver: Receiver) => Promise<{ url: string; close: () => unknown }>;

async function listening(server: Server) {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/tccc`, close: () => server.close() };
}

/** A server of Node.js for a function of the web, as Next.js and Hono have one. */
function served(fetch: (request: Request) => Response | Promise<Response>): Server {
  return createServer((request, response) => {
    void (async () => {
      const { method, url, headers } = request;
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = method === 'GET' ? undefined : Buffer.concat(chunks);
      const answer = await fetch(
        new Request(`http://localhost${url}`, {
          method: method!,
          headers: headers as never,
          ...(body && { body }),
        }),
      );
      response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
    })();
  });
}

const recipes: [string, Recipe][] = [
  [
    'http',
    (receiver) => listening(createServer((request, response) => void receiver.node(request, response))),
  ],
  [
    'express',
    (receiver) =>
      listening(
        createServer(express().post('/tccc', (request, response) => receiver.node(request, response))),
      ),
  ],
  [
    // express.json() refuses the charset that the service names, `utf8`: the receiver must come before it.
    'express before its parser of JSON',
    (receiver) => {
      const app = express().post('/tccc', (request, response) => receiver.node(request, response));
      return listening(createServer(app.use(express.json())));
    },
  ],
  [
    'express behind a parser of texts',
    (receiver) => {
      const app = express().use(express.raw({ type: () => true }));
      return listening(
        createServer(app.post('/tccc', (request, response) => receiver.node(request, response))),
      );
    },
  ],
  [
    'fastify',
    async (receiver) => {
      const app = fastify();
      app.register(async (own) => {
        own.removeAllContentTypeParsers();
        own.addContentTypeParser('*', (_request, _body, done) => done(null));
        own.post('/tccc', (request, reply) => {
          reply.hijack();
          return receiver.node(request.raw, reply.raw);
        });
      });
      const url = await app.listen({ port: 0, host: '127.0.0.1' });
      return { url: `${url}/tccc`, close: () => app.close() };
    },
  ],
  [
    'hono',
    (receiver) =>
      listening(served(new Hono().post('/tccc', (context) => receiver.fetch(context.req.raw)).fetch)),
  ],
  [
    'a route handler of Next.js',
    (receiver) => {
      const route = { POST: (request: Request) => receiver.fetch(request) };
      return listening(served((request) => route.POST(request)));
    },
  ],
];

/** A number between two that a parser of JSON can tell apart. */
const LONG_ID = '9007199254740993';

test.each(recipes)('%s takes pushes, repeats and refusals', async (_name, recipe) => {
  const { events, options } = keeping();
  const { url, close } = await recipe(createReceiver(options));
  const send = async (body: object, more: Record<string, string> = {}) => {
    const response = await fetch(`${url}?action=cdr&version=1`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json;charset=utf8',
        'x-tccc-push-uuid': 'p',
        authorization: basic(credentials[1]),
        ...more,
      },
      body: JSON.stringify(body).replace('"row-17"', LONG_ID),
    });
    return [response.status, ((await response.json()) as { ErrCode: number }).ErrCode];
  };
  try {
    expect(await send(cdr)).toEqual([200, 0]);
    expect(await send(cdr)).toEqual([200, 0]);
    expect(await send(cdr, { authorization: 'Basic eA==' })).toEqual([401, 401]);
    expect(await send({ ...cdr, SdkAppId: 1 }, { 'x-tccc-push-uuid': 'q' })).toEqual([403, 403]);
    expect(events).toMatchObject([{ type: 'cdr', call: { uui: LONG_ID } }]);
  } finally {
    await close();
  }
});

test('http refuses a body that is too large before it has all of it', async () => {
  const { refused, options } = keeping({ maxBodyBytes: 1_024 });
  const receiver = createReceiver(options);
  const { url, close } = await listening(
    createServer((request, response) => void receiver.node(request, response)),
  );
  const body = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(32)),
  });
  const sent = fetch(url, {
    method: 'POST',
    body,
    duplex: 'half',
    headers: { authorization: basic() },
  } as RequestInit);
  const status = await sent.then(
    ({ status: given }) => given,
    () => 'cut',
  );
  expect([413, 'cut']).toContain(status);
  expect(refused).toEqual(['TooLarge']);
  await close();
});
