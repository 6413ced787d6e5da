import type { CreateAutoCalloutTaskRequest } from '@tccc/outbound';

/** A request with this many callees; each number is eleven digits after the country code. */
export function taskWith(callees: number): CreateAutoCalloutTaskRequest {
  return {
    SdkAppId: 1400000000,
    NotBefore: 1_700_000_000,
    Callees: Array.from({ length: callees }, (_, index) => `0086${13_000_000_000 + index}`),
    Callers: ['008602012345678'],
    IvrId: 8,
  };
}

export const credentials = { secretId: 'AKIDbenchmark', secretKey: 'benchmark-secret-key' };

/** What the servers of the benchmarks answer. */
export const RESPONSE = JSON.stringify({
  Response: { TaskId: 1, RequestId: 'a561d5e7-2680-481f-b86e-a9ad7316f4d5' },
});
