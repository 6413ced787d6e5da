import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createReceiver } from '@tccc/events';
import type { CallRecord } from '@tccc/events';
import { MockEngine, MockServer, Pusher, mockCredentials } from '@tccc/mocks';
import { OutboundClient } from '@tccc/outbound';

const cli = fileURLToPath(new URL('../../packages/bulk/dist/cli.js', import.meta.url));

/** Lines of the list, and numbers in a request. */
const LINES = 600;
const CHUNK = 100;
const SDK_APP_ID = 1_400_000_000;

/** What the demo has come to. */
export interface ResultsDemo {
  /** Lines of the results, and those that were reached. */
  readonly lines: number;
  readonly reached: number;
  /** Numbers that somebody answered, by the books of the mock. */
  readonly answered: number;
  /** Records that were pushed, and those that only reconciling has found. */
  readonly pushed: number;
  readonly reconciled: number;
  /** Numbers to call again. */
  readonly again: number;
  /** Where the page is. */
  readonly page: string;
}

/** Everything that it prints comes from this run. */
export async function runResultsDemo(print: (line: string) => void, page: string): Promise<ResultsDemo> {
  const folder = await mkdtemp(join(tmpdir(), 'tccc-demo-results-'));
  const calls = { atOnce: 25, recordDelayMs: 500 };
  const engine = new MockEngine({ seed: 3, itemMs: 1_500, rateLimit: 'off', calls });
  const server = await MockServer.start(engine, { stayAlive: true });
  const records = new Map<string, CallRecord>();
  const receiver = await listen(records);
  const faults = { loss: 0.1, repeat: 0.1, duplicate: 0.1, disorder: 0.2 };
  const pusher = new Pusher(engine, {
    url: receiver.url,
    username: 'tccc',
    password: 'demo',
    actions: ['cdr'],
    delayMs: 200,
    repeatMs: 500,
    disorderMs: 1_000,
    faults,
  }).start();
  const run = (args: readonly string[]) => command(folder, server.url, args, print);
  try {
    const list = Array.from(
      { length: LINES },
      (_, index) => `+86138${String(index).padStart(8, '0')},C${index}`,
    );
    await writeFile(join(folder, 'list.csv'), `phone,customer\n${list.join('\n')}\n`);
    await writeFile(join(folder, 'task.json'), JSON.stringify(template()));

    print('\n1. The list is sent');
    await run([
      'run',
      'list.csv',
      '--template',
      'task.json',
      '--ledger',
      'run.ledger',
      '--chunk-size',
      `${CHUNK}`,
      '--endpoint',
      server.url,
      '--yes',
      '--plain',
    ]);
    print('\n2. What became of each number, while calls go on');
    await run([
      'results',
      '--ledger',
      'run.ledger',
      '--endpoint',
      server.url,
      '--output',
      'results.csv',
      '--page',
      'results.html',
      '--retry-list',
      'again.csv',
      '--retry-for',
      'no-answer,busy',
      '--follow',
      '--every',
      '2',
    ]);
    await pusher.deliver();
    const pushed = records.size;
    print('\n3. Some pushes were lost, some came twice. Reconciling finds the rest');
    const reconciled = await reconcile(server.url, records);
    print(`   ${pushed} records were pushed, ${reconciled} more were pulled, ${records.size} in all.`);
    const rows = (await readFile(join(folder, 'results.csv'), 'utf8')).trim().split('\n').slice(1);
    const again = (await readFile(join(folder, 'again.csv'), 'utf8')).trim().split('\n').length - 1;
    const reached = rows.filter((row) => row.includes(',reached,')).length;
    const answered = await answeredOf(engine, server.url);
    print(
      `\n4. The books of the mock: ${answered} numbers answered; the results say ${reached}. ${again} to call again.`,
    );
    await copyFile(join(folder, 'results.html'), page);
    return { lines: rows.length, reached, answered, pushed, reconciled, again, page: resolve(page) };
  } finally {
    await pusher.close();
    await receiver.close();
    await server.close();
    await rm(folder, { recursive: true });
  }
}

function template(): object {
  const now = Math.floor(Date.now() / 1_000);
  return {
    action: 'CreateAutoCalloutTask',
    params: {
      SdkAppId: SDK_APP_ID,
      NotBefore: now,
      NotAfter: now + 3_600,
      Callers: ['008602012345678'],
      IvrId: 8,
      Name: 'Spring',
      Tries: 2,
    },
    columns: { Callee: 'phone', UUI: 'customer' },
  };
}

/** A receiver that keeps each record once. */
async function listen(records: Map<string, CallRecord>) {
  const receiver = createReceiver({
    credentials: [{ username: 'tccc', password: 'demo' }],
    sdkAppId: SDK_APP_ID,
    onEvent(event) {
      if (event.type === 'cdr') records.set(event.call.sessionId, event.call);
    },
  });
  const server = createServer((request, response) => void receiver.node(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}/tccc`, close };
}

async function reconcile(endpoint: string, records: Map<string, CallRecord>): Promise<number> {
  const client = new OutboundClient({ endpoint, credentials: mockCredentials });
  const before = records.size;
  try {
    const since = Math.floor(Date.now() / 1_000) - 600;
    const until = Math.ceil(Date.now() / 1_000) + 1;
    for await (const record of client.reconcile({ SdkAppId: SDK_APP_ID, since, until }))
      records.set(record.sessionId, record);
  } finally {
    await client.close();
  }
  return records.size - before;
}

/** How many numbers somebody answered, as the service shows it. */
async function answeredOf(engine: MockEngine, endpoint: string): Promise<number> {
  const client = new OutboundClient({ endpoint, credentials: mockCredentials });
  let answered = 0;
  try {
    for (const { id } of engine.entities) {
      const { Callees } = await client.describeAutoCalloutTask({ SdkAppId: SDK_APP_ID, TaskId: id });
      answered += Callees.filter(({ State }) => State === 1).length;
    }
  } finally {
    await client.close();
  }
  return answered;
}

async function command(
  folder: string,
  url: string,
  args: readonly string[],
  print: (line: string) => void,
): Promise<void> {
  const shown = (text: string) => text.replaceAll(url, 'http://127.0.0.1:PORT');
  print(`   $ tccc-bulk ${shown(args.join(' '))}`);
  const { secretId, secretKey } = mockCredentials;
  const env = { ...process.env, TENCENTCLOUD_SECRET_ID: secretId, TENCENTCLOUD_SECRET_KEY: secretKey };
  const child = spawn(process.execPath, [cli, ...args], { cwd: folder, env });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (text += data.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  for (const line of shown(text).trimEnd().split('\n').slice(-6)) print(`   ${line}`);
  if (code !== 0) throw new Error(`tccc-bulk ${args[0]} ended with ${code}.`);
}
