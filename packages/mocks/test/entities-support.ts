import type { CreateAutoCalloutTaskRequest, CreatePredictiveDialingCampaignRequest } from '@tccc/outbound';
import { OutboundClient } from '@tccc/outbound';
import type { MockOptions } from '../src/index.js';
import { createMock, mockCredentials } from '../src/index.js';
import { exampleOf } from './support.js';

export const other = { secretId: 'AKIDother', secretKey: 'other-key' };

/** Seconds since the Unix epoch at the start of a test's time. */
export const NOW = 1_800_000_000;

/** A mock whose time a test moves, and a client of it. Signatures are not looked at, for their time is another one. */
export function setUp(options: MockOptions = {}) {
  const time = { s: NOW };
  const clock = { now: () => time.s * 1_000, monotonic: () => 0 };
  const credentials = [mockCredentials, other];
  const { engine, clientOptions } = createMock({
    seed: 1,
    signatures: 'presence',
    clock,
    itemMs: 10_000,
    credentials,
    calls: { shares: { ok: 1 } },
    ...options,
  });
  const client = new OutboundClient(clientOptions);
  return { engine, client, time };
}

export const Callees = ['0086131', '0086132', '0086133'];
export const task: CreateAutoCalloutTaskRequest = {
  SdkAppId: 1,
  NotBefore: NOW + 100,
  NotAfter: NOW + 1_000,
  Callees,
  Callers: ['008602'],
  IvrId: 8,
  Name: 'spring',
  Description: 'sale',
  MaxRingTimeoutSecond: 30,
};
export const campaign = {
  ...exampleOf('CreatePredictiveDialingCampaign'),
  SdkAppId: 1,
  Name: 'spring sale',
  Callees,
  StartTime: NOW + 100,
  EndTime: NOW + 1_000,
} as object as CreatePredictiveDialingCampaignRequest;

export const refusedWith = (code: string) => ({ kind: 'service', code });
