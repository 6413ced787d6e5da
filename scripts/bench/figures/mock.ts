import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { interleave, ratioOf, summarise } from '../measure.js';
import { installed } from '../peers.js';
import { Worker } from '../processes.js';
import type { Figure } from '../report.js';
import { freePort } from '../../../packages/core/test/support/free-port.js';
import { root } from '../../support/root.js';

const PRISM = 'Prism on the same spec';
const WATCHED = 'tccc-mock, with its page open';

/** Prism, and a newer Node.js, which it needs. */
const PEERS = { '@stoplight/prism-cli': '5.16.0', node: '24.9.0' };

interface Running {
  url: string;
  stop(): void;
}

/** Waits until something answers at a URL. */
async function untilUp(url: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const isUp = await fetch(url, { method: 'POST' }).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await sleep(100);
  }
  throw new Error(`${url} does not answer`);
}

async function start(command: string, args: (port: number) => string[]): Promise<Running> {
  const port = await freePort();
  const child = spawn(command, args(port), { cwd: root, stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  await untilUp(url);
  return { url, stop: () => void child.kill() };
}

/** Asks for news like the page of the mock, twice a second, until it is stopped. */
function openPage(url: string): () => void {
  let known = { run: '', after: 0 };
  const ask = async () => {
    const response = await fetch(`${url}/__mock/page/news?run=${known.run}&after=${known.after}`);
    const { run, rows } = (await response.json()) as { run: string; rows: [sequence: number][] };
    known = { run, after: rows.at(-1)?.[0] ?? known.after };
  };
  const timer = setInterval(() => void ask().catch(() => {}), 500);
  return () => clearInterval(timer);
}

/**
 * Requests per second of the mock, signatures and parameters verified, against Prism on the same spec, which verifies
 * parameters.
 */
export async function mockFigure(isQuick: boolean): Promise<Figure> {
  const peers = installed('peers', PEERS);
  const mock = await start(process.execPath, (port) => [
    join(root, 'packages/mocks/dist/cli.js'),
    '--port',
    String(port),
    '--rate-limit',
    'off',
    '--secret-id',
    'AKIDbenchmark',
    '--secret-key',
    'benchmark-secret-key',
  ]);
  const prism = await start(join(peers, 'node/bin/node'), (port) => [
    join(peers, '@stoplight/prism-cli/dist/index.js'),
    'mock',
    '--port',
    String(port),
    '--host',
    '127.0.0.1',
    '--errors',
    '--verboseLevel',
    'silent',
    join(root, 'spec/openapi.yaml'),
  ]);
  const workers = {
    mock: await Worker.start('presigned', mock.url),
    prism: await Worker.start('prism', prism.url),
  };
  const calls = isQuick ? { mock: 2_000, prism: 300 } : { mock: 8_000, prism: 1_500 };
  const measure = (kind: 'mock' | 'prism') => async () =>
    (await workers[kind].run(calls[kind], 16)).callsPerSecond;
  const watched = async () => {
    const stop = openPage(mock.url);
    try {
      return await measure('mock')();
    } finally {
      stop();
    }
  };
  const rates = await interleave(
    { mock: measure('mock'), watched, prism: measure('prism') },
    isQuick ? 3 : 7,
  );
  for (const worker of Object.values(workers)) worker.stop();
  mock.stop();
  prism.stop();
  return {
    id: 'mock',
    title: 'The mock over HTTP, 16 in flight',
    measurements: [
      {
        title: 'Requests',
        unit: 'per second',
        sides: [
          { name: 'tccc-mock (verifies signatures, too)', role: 'ours', sample: summarise(rates.mock) },
          { name: WATCHED, role: 'ours', sample: summarise(rates.watched) },
          { name: PRISM, role: 'peer', sample: summarise(rates.prism) },
        ],
        comparisons: [
          { text: 'times Prism', value: ratioOf(rates.mock, rates.prism), target: '>= 4.5', of: PRISM },
          {
            text: 'times Prism, with its page open',
            value: ratioOf(rates.watched, rates.prism),
            target: '>= 3.5',
            of: PRISM,
            side: WATCHED,
          },
        ],
      },
    ],
  };
}
