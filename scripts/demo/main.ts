/** `pnpm demo`: the whole product in one run, against the mock of the service over real HTTP. */
import { MockEngine, MockServer, fixtures, mockCredentials } from '@tccc/mocks';
import type { ActionName } from '@tccc/outbound';
import { OutboundClient, isTcccError } from '@tccc/outbound';

/** More than two windows of the documented limit of 20 requests per second. */
const BURST = 45;

function title(text: string): void {
  console.log(`\n${text}\n${'-'.repeat(text.length)}`);
}

/** The documented example request of an action. */
function exampleOf<Params>(action: ActionName): Params {
  return fixtures.find((fixture) => fixture.action === action)!.request as Params;
}

async function showCreations(client: OutboundClient): Promise<void> {
  title('1. The two documented example requests');
  const task = await client.createAutoCalloutTask(exampleOf('CreateAutoCalloutTask'));
  console.log('createAutoCalloutTask           ->', task);
  const campaign = await client.createPredictiveDialingCampaign(exampleOf('CreatePredictiveDialingCampaign'));
  console.log('createPredictiveDialingCampaign ->', campaign);
}

async function showRefusals(client: OutboundClient, endpoint: string): Promise<void> {
  title('2. A request with mistakes never leaves the process');
  const { IvrId: _ivr, ...rest } = exampleOf<Record<string, unknown>>('CreateAutoCalloutTask');
  const wrong = { ...rest, IvrID: 8, Tries: 9, NotBefore: Date.now() };
  await showError(client.createAutoCalloutTask(wrong as never));

  title('3. A request that the service refuses');
  const stranger = new OutboundClient({ endpoint, credentials: { secretId: 'AKIDunknown', secretKey: 'x' } });
  await showError(stranger.createAutoCalloutTask(exampleOf('CreateAutoCalloutTask')));
  await stranger.close();
}

async function showError(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!isTcccError(error)) throw error;
    console.log(`${error.name}: ${error.message}`);
    console.log(`code: ${error.code}, outcome: ${error.outcome}, attempts: ${error.attempts}`);
  }
}

async function showPacing(client: OutboundClient, engine: MockEngine): Promise<void> {
  title(`4. A burst of ${BURST} calls, paced to 20 requests a second`);
  engine.reset();
  const startedAt = performance.now();
  let done = 0;
  const progress = setInterval(() => console.log(`   ${elapsed(startedAt)}: ${done} of ${BURST} done`), 500);
  const example = exampleOf<Parameters<typeof client.createAutoCalloutTask>[0]>('CreateAutoCalloutTask');
  await Promise.all(
    Array.from({ length: BURST }, () => client.createAutoCalloutTask(example).then(() => done++)),
  );
  clearInterval(progress);
  const refused = engine.journal.entries.filter(({ code }) => code !== 'OK').length;
  console.log(`All ${done} done after ${elapsed(startedAt)}.`);
  console.log(
    `The most requests that the service saw in any one second: ${engine.journal.worstWindow(1000)}; refused: ${refused}.`,
  );
}

function elapsed(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

const engine = new MockEngine({ seed: 1 });
const server = await MockServer.start(engine);
const client = new OutboundClient({ endpoint: server.url, credentials: mockCredentials });
console.log(`The mock of the service listens at ${server.url}.`);
try {
  await showCreations(client);
  await showRefusals(client, server.url);
  await showPacing(client, engine);
} finally {
  await client.close();
  await server.close();
}
