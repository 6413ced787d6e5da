/**
 * `pnpm workbench`: the mock with its page, and a little traffic in it.
 * `pnpm workbench -- --picture` only draws the page: packages/mocks/mock-page.png.
 */
import { MockEngine, MockServer } from '@tccc/mocks';
import { readArgs, wholeNumber } from '../support/args.js';
import { sendTraffic } from './traffic.js';

const { port, picture } = readArgs(
  'pnpm workbench [-- --port <number>] [-- --picture]',
  { port: { type: 'string', default: '0' }, picture: { type: 'boolean', default: false } },
  (values) => ({ port: wholeNumber('port', values.port, 0), picture: values.picture }),
);
const engine = new MockEngine({ seed: 1 });
const server = await MockServer.start(engine, { port, stayAlive: true });
const stop = new AbortController();
for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => stop.abort());
const traffic = sendTraffic(server, stop.signal);
if (picture) {
  const { drawPage } = await import('./picture.js');
  console.log(`The picture is ${await drawPage(server.url)}.`);
  stop.abort();
} else {
  console.log(`Open ${server.url} in a browser. Ctrl-C ends it.`);
}
await traffic;
await server.close();
