import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { OutboundClient, isSettleError } from '@tccc/outbound';
import { describe, expect, test } from 'vitest';
import type { FaultName } from '../src/index.js';
import { MockEngine, MockServer, mockCredentials } from '../src/index.js';
import { seededRandom } from '../src/common/random.js';
import { exampleOf } from './support.js';
import { SHORT_LIFE, bundled } from '../../core/test/support/bundled.js';
import { eventually } from '../../core/test/support/wait.js';

const program = await bundled(new URL('creating-process.mjs', import.meta.url));

/** What the process creates at once. */
const CALLS = 8;

/** Responses that never come whole, or slowly; the request has been executed. */
const faults: readonly FaultName[] = ['no-answer', 'stall-in-headers', 'stall-in-body', 'slow-drip'];

const creations = {
  CreateAutoCalloutTask: {
    method: 'createAutoCalloutTask',
    settle: async (client: OutboundClient, marker: string) =>
      (await client.settleAutoCalloutTask(application, marker, { withinMs: 0 })).TaskId,
  },
  CreatePredictiveDialingCampaign: {
    method: 'createPredictiveDialingCampaign',
    settle: async (client: OutboundClient, marker: string) =>
      (await client.settlePredictiveDialingCampaign(application, marker, { withinMs: 0 })).CampaignId,
  },
} as const;

type Creation = keyof typeof creations;

const application = { SdkAppId: 1_400_000_000 };

/** A service, a process that creates there, and a client of this process. */
class Scene implements AsyncDisposable {
  readonly engine: MockEngine;
  readonly client: OutboundClient;
  readonly markers: readonly string[];
  readonly #server: MockServer;
  readonly #child: ChildProcess;
  readonly #creation: Creation;

  private constructor(engine: MockEngine, server: MockServer, creation: Creation) {
    const options = { endpoint: server.url, credentials: mockCredentials };
    this.engine = engine;
    this.#server = server;
    this.#creation = creation;
    this.client = new OutboundClient(options);
    this.markers = Array.from({ length: CALLS }, (_, index) => `before-the-crash-${index + 1}`);
    const params = { ...(exampleOf(creation) as object), ...application };
    const calls = this.markers.map((marker) => ({ params, marker }));
    const job = JSON.stringify({ options, method: creations[creation].method, calls });
    this.#child = spawn(process.execPath, [...SHORT_LIFE, program, job], { stdio: 'ignore' });
  }

  static async begin(engine: MockEngine, creation: Creation): Promise<Scene> {
    return new Scene(engine, await MockServer.start(engine), creation);
  }

  /** Kills the process once this is so, and waits until the service has read all that was sent. */
  async killOnce(isDue: () => boolean): Promise<void> {
    await eventually(() => expect(isDue()).toBe(true));
    await this.#kill();
    await eventually(() => expect(this.#server.connections).toBe(0));
  }

  /** The id that is found by a marker; undefined if nothing is. */
  async settle(marker: string): Promise<number | undefined> {
    try {
      return await creations[this.#creation].settle(this.client, marker);
    } catch (error) {
      if (!isSettleError(error)) throw error;
      expect(error).toMatchObject({ code: 'NotFound', outcome: 'unknown', lookups: 1, marker });
      return undefined;
    }
  }

  /** The ids of what the service created under each marker. */
  get truth(): number[][] {
    const has = (name: unknown, marker: string) => String(name).endsWith(`[${marker}]`);
    return this.markers.map((marker) =>
      this.engine.created.filter(({ params }) => has(params.Name, marker)).map(({ id }) => id),
    );
  }

  async #kill(): Promise<void> {
    const { exitCode, signalCode } = this.#child;
    if (exitCode !== null || signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#kill();
    await this.client.close();
    await this.#server.close();
  }
}

/** Looks everything up, and compares it with what the service has done. Returns how much there was. */
async function expectSettled(scene: Scene): Promise<number> {
  const { truth, markers, engine } = scene;
  for (const ids of truth) expect(ids.length).toBeLessThanOrEqual(1);
  for (const [index, marker] of markers.entries()) {
    expect(await scene.settle(marker), marker).toBe(truth[index]![0]);
  }
  expect(engine.createdCount, 'looking up creates nothing').toBe(truth.flat().length);
  return truth.flat().length;
}

describe.each(Object.keys(creations) as Creation[])('a process that called %s', (creation) => {
  test.each(faults)('and was killed before the response leaves what another one finds: %s', async (fault) => {
    const seed = 1 + faults.indexOf(fault);
    const engine = new MockEngine({ seed, rateLimit: 'off' });
    engine.faults.add({ fault, action: creation });
    const executed = 1 + Math.floor(seededRandom(seed)() * CALLS);
    await using scene = await Scene.begin(engine, creation);
    await scene.killOnce(() => engine.createdCount >= executed);
    expect(await expectSettled(scene)).toBeGreaterThanOrEqual(executed);
  });

  test('and was killed while it looked for it, too', async () => {
    const engine = new MockEngine({ seed: 1, rateLimit: 'off', listDelayMs: 60_000 });
    engine.faults.add({ fault: 'reset-after-create', action: creation });
    await using scene = await Scene.begin(engine, creation);
    const lookups = () => engine.journal.entries.filter(({ action }) => action.startsWith('Describe'));
    await scene.killOnce(() => engine.createdCount === CALLS && lookups().length > 2);
    expect(await scene.settle(scene.markers[0]!), 'the list does not show it yet').toBeUndefined();
    engine.advance(60_000);
    expect(await expectSettled(scene)).toBe(CALLS);
  });
});
