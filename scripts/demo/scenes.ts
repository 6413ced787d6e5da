import { styleText } from 'node:util';
import { MockEngine, MockServer, fixtures, mockCredentials } from '@tccc/mocks';
import type { ActionName, CreateAutoCalloutTaskRequest } from '@tccc/outbound';
import { OutboundClient, isTcccError, isValidationError } from '@tccc/outbound';
import { createWithBlindRetry } from './blind-retry.js';

/** Takes one line of the demo, with colours. */
export type Print = (line: string) => void;

/** More than two windows of the documented limit of 20 requests per second. */
const BURST = 45;

/** Shows the product, scene by scene. Every figure that it prints comes from this run. */
export async function runDemo(print: Print): Promise<void> {
  for (const scene of [showCreations, showLostConnection, showAfterwards, showMistakes, showPacing]) {
    await withMock((mock) => scene(print, mock));
    print('');
  }
}

/** A mock of the service, and a client that talks to it over real HTTP. */
interface Mock {
  engine: MockEngine;
  url: string;
  client: OutboundClient;
}

/** Each scene has a mock of its own, so that none sees the requests of another. */
async function withMock(use: (mock: Mock) => Promise<void>): Promise<void> {
  const engine = new MockEngine({ seed: 1 });
  const server = await MockServer.start(engine);
  const client = new OutboundClient({ endpoint: server.url, credentials: mockCredentials });
  try {
    await use({ engine, url: server.url, client });
  } finally {
    await client.close();
    await server.close();
  }
}

async function showCreations(print: Print, { client }: Mock): Promise<void> {
  print(title('1. Two creations, with their documented example requests'));
  const { TaskId } = await client.createAutoCalloutTask(exampleOf('CreateAutoCalloutTask'));
  print(`   createAutoCalloutTask            TaskId ${TaskId}`);
  const campaign = exampleOf<Parameters<typeof client.createPredictiveDialingCampaign>[0]>(
    'CreatePredictiveDialingCampaign',
  );
  const { CampaignId } = await client.createPredictiveDialingCampaign(campaign);
  print(`   createPredictiveDialingCampaign  CampaignId ${CampaignId}`);
}

async function showLostConnection(print: Print, { engine, url, client }: Mock): Promise<void> {
  print(title('2. The service creates the task, and the connection is lost before the response'));
  print(dim(row('', 'requests', 'tasks', 'called twice', 'what the caller learns')));
  const params = exampleOf<CreateAutoCalloutTaskRequest>('CreateAutoCalloutTask');
  for (const [name, create] of [
    ['fetch and retry', () => reportBlindRetry(url, params)],
    ['@tccc/outbound', () => reportCall(client, params)],
  ] as const) {
    engine.reset();
    engine.faults.add({ fault: 'reset-after-create', nth: 1 });
    const learnt = await create();
    const isRight = engine.created.length === 1;
    const twice = `${engine.calledMoreThanOnce.size} of ${params.Callees.length}`;
    const text = row(name, String(engine.journal.size), String(engine.created.length), twice, learnt);
    print(paint(isRight ? 'green' : 'red', text));
  }
}

async function reportBlindRetry(url: string, params: CreateAutoCalloutTaskRequest): Promise<string> {
  const { taskId } = await createWithBlindRetry(url, params);
  return `"success", TaskId ${taskId}`;
}

async function reportCall(client: OutboundClient, params: CreateAutoCalloutTaskRequest): Promise<string> {
  try {
    const { TaskId } = await client.createAutoCalloutTask(params);
    return `success, TaskId ${TaskId}`;
  } catch (error) {
    if (!isTcccError(error)) throw error;
    return `${error.code}, outcome: ${error.outcome}`;
  }
}

async function showAfterwards(print: Print, { engine, client }: Mock): Promise<void> {
  print(title('3. The same with the option settle; then the task is paused, looked at, and stopped'));
  const params = {
    ...exampleOf<CreateAutoCalloutTaskRequest>('CreateAutoCalloutTask'),
    Name: 'Spring survey',
  };
  engine.faults.add({ fault: 'reset-after-create', nth: 1 });
  const settle = { marker: 'order-17-part-3' };
  const { TaskId, settled } = await client.createAutoCalloutTask(params, { settle });
  const looked = settled === undefined ? 'not looked up' : `looked up by its marker ${settled.marker}`;
  print(`   createAutoCalloutTask   ${paint('green', `success, TaskId ${TaskId}, ${looked}`)}`);
  const task = { SdkAppId: params.SdkAppId, TaskId };
  const state = async () => STATES[(await client.describeAutoCalloutTask(task)).State];
  print(`   describeAutoCalloutTask ${await state()}`);
  await client.pauseAutoCalloutTask(task);
  print(`   pauseAutoCalloutTask    ${await state()}`);
  await client.stopAutoCalloutTask(task);
  print(`   stopAutoCalloutTask     ${await state()}`);
  print(dim(`   tasks: ${engine.created.length}, called twice: ${engine.calledMoreThanOnce.size}`));
}

/** Names of the states that a task has in this run. */
const STATES: Readonly<Record<number, string>> = { 1: 'running', 4: 'ended', 5: 'paused' };

async function showMistakes(print: Print, { engine, client }: Mock): Promise<void> {
  print(title('4. A request with mistakes: every one is named, and nothing is sent'));
  const { IvrId: _ivr, ...rest } = exampleOf<CreateAutoCalloutTaskRequest>('CreateAutoCalloutTask');
  const wrong = { ...rest, IvrID: 8, Tries: 9 };
  try {
    await client.createAutoCalloutTask(wrong as never);
  } catch (error) {
    if (!isValidationError(error)) throw error;
    // What each message adds in brackets is how to pass the check all the same.
    for (const { message } of error.issues) print(`   ${message.replace(/ \(.*/, '')}`);
    print(dim(`   outcome: ${error.outcome}, requests: ${engine.journal.size}`));
  }
}

async function showPacing(print: Print, { engine, client }: Mock): Promise<void> {
  print(title(`5. ${BURST} calls at once; the service takes 20 in a second and refuses more`));
  const startedAt = performance.now();
  const example = exampleOf<CreateAutoCalloutTaskRequest>('CreateAutoCalloutTask');
  await Promise.all(Array.from({ length: BURST }, () => client.createAutoCalloutTask(example)));
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  for (const [index, count] of requestsPerSecond(engine).entries()) {
    print(`   second ${index + 1}  ${paint('cyan', '█'.repeat(count))} ${count}`);
  }
  const refused = engine.journal.entries.filter(({ code }) => code !== 'OK').length;
  const worst = engine.journal.worstWindow(1000);
  print(
    dim(
      `   tasks: ${engine.created.length}, refused: ${refused}, most in any second: ${worst}, time: ${seconds} s`,
    ),
  );
}

/** How many requests the service saw in each second since the first. */
function requestsPerSecond({ journal }: MockEngine): number[] {
  const counts: number[] = [];
  const first = journal.entries[0]!.receivedAtMs;
  for (const { receivedAtMs } of journal.entries) {
    const second = Math.floor((receivedAtMs - first) / 1000);
    counts[second] = (counts[second] ?? 0) + 1;
  }
  return Array.from(counts, (count) => count ?? 0);
}

/** The documented example request of an action. */
function exampleOf<Params>(action: ActionName): Params {
  return fixtures.find((fixture) => fixture.action === action)!.request as Params;
}

const COLUMNS = [17, 11, 8, 15];

/** One row of a table. */
function row(...cells: string[]): string {
  return `   ${cells.map((cell, index) => cell.padEnd(COLUMNS[index] ?? 0)).join('')}`;
}

function title(text: string): string {
  return paint('bold', text);
}

function dim(text: string): string {
  return paint('dim', text);
}

/** In colour always; who prints takes the colours away if nothing shows them. */
function paint(format: 'bold' | 'dim' | 'green' | 'red' | 'cyan', text: string): string {
  return styleText(format, text, { validateStream: false });
}
