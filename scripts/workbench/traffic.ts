import { setTimeout as sleep } from 'node:timers/promises';
import type { MockServer } from '@tccc/mocks';
import { fixtures, mockCredentials } from '@tccc/mocks';
import type { ActionName, CreateAutoCalloutTaskRequest } from '@tccc/outbound';
import { OutboundClient, isTcccError } from '@tccc/outbound';

/** More than the documented limit of 20 in a second. */
const BURST = 26;

/** Between two steps, in milliseconds. */
const PAUSE_MS = 400;

/** Sends what a page of the mock has something to show for, step after step, until it is told to stop. */
export async function sendTraffic(
  server: MockServer,
  signal: AbortSignal,
  pauseMs = PAUSE_MS,
): Promise<void> {
  const shared = { endpoint: server.url, pacing: false, retry: { maxAttempts: 1 } } as const;
  const client = new OutboundClient({ ...shared, credentials: mockCredentials });
  // As it often comes out of an environment file.
  const quoted = { ...mockCredentials, secretKey: `"${mockCredentials.secretKey}"` };
  const confused = new OutboundClient({ ...shared, credentials: quoted });
  const task = exampleOf<CreateAutoCalloutTaskRequest>('CreateAutoCalloutTask');
  const { SdkAppId } = task;
  const ids: number[] = [];
  const create = async (more: object = {}) => {
    ids.push((await client.createAutoCalloutTask({ ...task, ...more })).TaskId);
  };
  const steps: (() => Promise<unknown>)[] = [
    () => create({ Name: 'Reminder of the appointment' }),
    () => client.createPredictiveDialingCampaign(inAnHour()),
    () => client.describeAutoCalloutTask({ SdkAppId, TaskId: ids.at(-1)! }),
    () => confused.createAutoCalloutTask(task),
    () => client.describeAutoCalloutTasks({ SdkAppId, PageSize: 10, PageNumber: 0 }),
    () => client.createAutoCalloutTask(task, { extraParams: { Calees: task.Callees, PlayTime: 3 } }),
    () => client.pauseAutoCalloutTask({ SdkAppId, TaskId: ids.at(-1)! }),
    () => Promise.allSettled(Array.from({ length: BURST }, () => create())),
    () => client.describeAutoCalloutTask({ SdkAppId, TaskId: 0 }),
    () => create({ Name: 'Survey' }),
  ];
  try {
    for (let step = 0; !signal.aborted; step++) {
      await steps[step % steps.length]!().catch(ignoreRefusals);
      await sleep(pauseMs, undefined, { signal }).catch(() => {});
    }
  } finally {
    await Promise.all([client.close(), confused.close()]);
  }
}

/** The page shows them; that is what they are for. */
function ignoreRefusals(error: unknown): void {
  if (!isTcccError(error)) throw error;
}

/** The documented example, which lies in the past, with times that are still to come. */
function inAnHour() {
  type Params = Parameters<OutboundClient['createPredictiveDialingCampaign']>[0];
  const starts = Math.floor(Date.now() / 1_000) + 3_600;
  const example = exampleOf<Params>('CreatePredictiveDialingCampaign');
  return { ...example, StartTime: starts, EndTime: starts + 3_600 };
}

function exampleOf<Params>(action: ActionName): Params {
  return fixtures.find((fixture) => fixture.action === action)!.request as Params;
}
