import type { FaultName, MockEngine } from '@tccc/mocks';

const FAULTS: readonly [FaultName, number][] = [
  ['reset-after-create', 0.06],
  ['reset-before-create', 0.04],
  ['reset-at-once', 0.03],
  ['internal-error', 0.05],
  ['rate-limited', 0.1],
  ['no-answer', 0.02],
  ['cut-body', 0.03],
  ['html', 0.03],
  ['no-id', 0.02],
  ['success-twice', 0.03],
];

/** Everything that may happen to a request, now and then. */
export function addFaults(engine: MockEngine): void {
  for (const [fault, probability] of FAULTS) engine.faults.add({ fault, probability });
}
