import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MockEngine, MockServer, mockCredentials } from '@tccc/mocks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../support/root.js';

const run = promisify(execFile);
const WHICH = ['before', 'after'] as const;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tccc-migration-'));
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, '@tccc'), { recursive: true });
  await symlink(join(root, 'packages/outbound'), join(modules, '@tccc/outbound'));
  const official = join(root, 'packages/mocks/node_modules/tencentcloud-sdk-nodejs');
  await symlink(official, join(modules, 'tencentcloud-sdk-nodejs'));
  const page = await readFile(join(root, 'docs/migration.md'), 'utf8');
  const blocks = [...page.matchAll(/^```js\n([\s\S]*?)^```/gm)].map(([, block]) => block!);
  expect(blocks.length).toBe(2);
  // Looked for once: a server that always fails is not worth a minute.
  for (const [index, name] of WHICH.entries())
    await writeFile(
      join(folder, `${name}.mjs`),
      blocks[index]!.replace('settle: true', 'settle: { withinMs: 0 }'),
    );
});
afterAll(() => rm(folder, { recursive: true }));

/** What a program of the page prints. */
async function output(name: (typeof WHICH)[number], endpoint: string): Promise<string> {
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    ENDPOINT: endpoint,
    TENCENTCLOUD_SECRET_ID: mockCredentials.secretId,
    TENCENTCLOUD_SECRET_KEY: mockCredentials.secretKey,
  };
  return (await run(process.execPath, [join(folder, `${name}.mjs`)], { env })).stdout;
}

test.each(WHICH)('the program %s creates a task', async (name) => {
  const engine = new MockEngine({ seed: 1 });
  const server = await MockServer.start(engine);
  try {
    expect(await output(name, server.url)).toMatch(/^Task \d+ was created\.\n$/);
    expect(engine.created.length).toBe(1);
  } finally {
    await server.close();
  }
});

/** A server that answers everything in one way. Notes how much it was sent. */
async function answering(status: number, headers: Record<string, string>, body: string) {
  const received: string[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push(Buffer.concat(chunks).toString());
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { received, url, close: () => new Promise((resolve) => server.close(resolve)) };
}

test('the official SDK follows a redirect with the whole POST, and this one does not', async () => {
  const other = await answering(200, {}, '{"Response":{"TaskId":1,"RequestId":"other"}}');
  const gateway = await answering(307, { location: `${other.url}/` }, '{}');
  try {
    expect(await output('before', gateway.url)).toBe('Task 1 was created.\n');
    expect(other.received).toEqual([expect.stringContaining('008613012345678')]);
    expect(await output('after', gateway.url)).toMatch(/^unknown (HttpStatus|NotFound|NoLookup) /);
    expect(other.received.length).toBe(1);
  } finally {
    await gateway.close();
    await other.close();
  }
});

test('the official SDK has no code for an HTTP 500 with one', async () => {
  const broken = await answering(
    500,
    {},
    '{"Response":{"Error":{"Code":"InternalError","Message":"x"},"RequestId":"r-1"}}',
  );
  try {
    expect(await output('before', broken.url)).toMatch(/^undefined /);
    expect(await output('after', broken.url)).toMatch(/^unknown /);
  } finally {
    await broken.close();
  }
});

test('the official SDK rounds an id, and this one gives its digits', async () => {
  const body = '{"Response":{"TaskId":9007199254740993,"RequestId":"r-2"}}';
  const service = await answering(200, {}, body);
  try {
    expect(await output('before', service.url)).toBe('Task 9007199254740992 was created.\n');
    expect(await output('after', service.url)).toMatch(/^executed UnsafeInteger /);
  } finally {
    await service.close();
  }
});
